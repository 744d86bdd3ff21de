"""The greatest total under exclusions and caps against every subset (SEMANTICS E2, E8)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.reasoning.combine import _best
from huiqi.reasoning.linear import greatest_total

QUICK = settings(max_examples=150, derandomize=True)
SLOW = settings(max_examples=10_000)
Cap = tuple[frozenset[int], int]


@st.composite
def caps(draw: st.DrawFn, count: int) -> Cap:
    members = draw(st.sets(st.integers(0, count - 1), min_size=1))
    return frozenset(members), draw(st.integers(0, 8))


@st.composite
def capped(draw: st.DrawFn, most: int = 4) -> tuple[list[int], list[Cap]]:
    amounts = draw(st.lists(st.integers(0, 5), min_size=1, max_size=most))
    return amounts, draw(st.lists(caps(len(amounts)), max_size=3))


def by_trying(amounts: Sequence[int], limits: Sequence[Cap]) -> Fraction:
    """In halves: the corners of such small programmes lie on thirds at most where three caps cross."""
    steps = 2 if len(limits) < 3 else 1
    best = Fraction(0)
    for shares in product(*(range(steps * amount + 1) for amount in amounts)):
        if all(sum(shares[i] for i in members) <= steps * limit for members, limit in limits):
            best = max(best, Fraction(sum(shares), steps))
    return best


def _check_linear(drawn: tuple[list[int], list[Cap]]) -> None:
    amounts, limits = drawn
    total, shares = greatest_total(amounts, limits)
    assert sum(shares) == total
    assert all(0 <= share <= amount for share, amount in zip(shares, amounts, strict=True))
    for members, limit in limits:
        assert sum(shares[i] for i in members) <= limit
    assert total >= by_trying(amounts, limits)
    assert total <= dual_bound(amounts, limits)


def dual_bound(amounts: Sequence[int], limits: Sequence[Cap]) -> Fraction:
    """No total can exceed Σ limits·y + Σ amounts·max(0, 1 − Σ y) for any y ≥ 0; the least over halves."""
    halves = [Fraction(0), Fraction(1, 2), Fraction(1)]
    best = Fraction(sum(amounts))
    for weights in product(halves, repeat=len(limits)):
        bound = sum((w * limit for w, (_, limit) in zip(weights, limits, strict=True)), Fraction(0))
        for at, amount in enumerate(amounts):
            covered = sum(
                (w for w, (members, _) in zip(weights, limits, strict=True) if at in members),
                Fraction(0),
            )
            bound += amount * max(Fraction(0), 1 - covered)
        best = min(best, bound)
    return best


@QUICK
@given(capped())
def test_the_greatest_total_meets_every_cap_and_none_is_greater(
    drawn: tuple[list[int], list[Cap]],
) -> None:
    _check_linear(drawn)


@pytest.mark.slow
@pytest.mark.timeout(900)
@settings(max_examples=3_000)
@given(capped())
def test_the_greatest_total_of_many(drawn: tuple[list[int], list[Cap]]) -> None:
    _check_linear(drawn)


@st.composite
def contested(draw: st.DrawFn) -> tuple[list[int], list[frozenset[int]], list[Cap]]:
    amounts = draw(st.lists(st.integers(0, 9), min_size=1, max_size=6))
    pairs = [frozenset(pair) for pair in combinations(range(len(amounts)), 2)]
    excluded = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    return amounts, excluded, draw(st.lists(caps(len(amounts)), max_size=2))


def _check_best(drawn: tuple[list[int], list[frozenset[int]], list[Cap]]) -> None:
    amounts, excluded, limits = drawn
    best = Fraction(0)
    for size in range(len(amounts) + 1):
        for chosen in combinations(range(len(amounts)), size):
            if any(pair <= set(chosen) for pair in excluded):
                continue
            kept = [amounts[i] if i in chosen else 0 for i in range(len(amounts))]
            best = max(best, Fraction(greatest_total(kept, limits)[0]))
    total, chosen_set = _best(amounts, excluded, limits)
    assert total == best
    paying = {i for i in chosen_set if amounts[i] > 0}
    assert not any(pair <= paying for pair in excluded)


@QUICK
@given(contested())
def test_the_best_set_is_the_best_of_all_sets(
    drawn: tuple[list[int], list[frozenset[int]], list[Cap]],
) -> None:
    _check_best(drawn)


@pytest.mark.slow
@pytest.mark.timeout(900)
@SLOW
@given(contested())
def test_the_best_set_of_many(
    drawn: tuple[list[int], list[frozenset[int]], list[Cap]],
) -> None:
    _check_best(drawn)


def test_overlapping_caps_all_hold() -> None:
    total, _ = greatest_total([3000, 2500, 800], [(frozenset((0, 1, 2)), 5000)])
    assert total == 5000
    total, _ = greatest_total([4, 4, 4], [(frozenset((0, 1)), 5), (frozenset((1, 2)), 5)])
    assert total == 9
