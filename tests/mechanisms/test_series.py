"""Growth, compound growth, means and increments against plain arithmetic (SEMANTICS B10–B12, B16, B17, C10, D20)."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.mechanisms import number as n
from huiqi.mechanisms import series
from huiqi.mechanisms.number import Num, exactly
from huiqi.mechanisms.truth import F, J, State, T, either, truth
from tests.mechanisms.ranges import completions, numbers

QUICK = settings(max_examples=60, derandomize=True)
SLOW = settings(max_examples=10_000)
SIGNS = ("≥", ">", "≤", "<", "=", "≠")


def _holds(left: Fraction | int, sign: str, right: Fraction | int) -> bool:
    return {
        "≥": left >= right,
        ">": left > right,
        "≤": left <= right,
        "<": left < right,
        "=": left == right,
        "≠": left != right,
    }[sign]


def grown(base: int, current: int, sign: str, percent: int) -> State:
    """增速 against a positive rate by the words of B10."""
    if base > 0:
        return truth(_holds(current * 100, sign, base * (100 + percent)))
    if current <= base:
        return truth(sign in "≤<≠")
    return J


amounts = st.integers(-20, 40)
rates = st.integers(1, 120)
signs = st.sampled_from(SIGNS)


@QUICK
@given(amounts, amounts, signs, rates)
def test_growth_compares_as_its_words_say(base: int, current: int, sign: str, percent: int) -> None:
    made = series.growth(exactly(current), exactly(base))
    assert n.compare(made, sign, exactly(Fraction(percent, 100))) == grown(
        base, current, sign, percent
    )


@QUICK
@given(numbers("上年", -2, 4, person=False), numbers("本年", -2, 4, person=False), signs, rates)
def test_growth_of_figures_known_in_part_holds_every_completion(
    base: Num, current: Num, sign: str, percent: int
) -> None:
    made = series.growth(current, base)
    found = n.compare(made, sign, exactly(Fraction(percent, 100)))
    points = [
        (one.low, other.low)
        for one, other in product(completions(base), completions(current))
        if one.low == one.high and other.low == other.high
    ]
    wanted = either(grown(int(b), int(c), sign, percent) for b, c in points)
    assert found.low <= wanted.low <= wanted.high <= found.high
    if not found.is_settled:
        assert made.missing == base.missing | current.missing or made.missing


def _compound(start: int, end: int, years: int, sign: str, percent: int) -> None:
    made = series.compound_growth(exactly(start), exactly(end), years)
    found = n.compare(made, sign, exactly(Fraction(percent, 100)))
    if start > 0:
        wanted = truth(_holds(end * 100**years, sign, start * (100 + percent) ** years))
    elif end <= start:
        wanted = truth(sign in "≤<≠")
    else:
        wanted = J
    assert found == wanted


starts = st.one_of(st.integers(-5, 5), st.integers(1, 10**12))
ends = st.one_of(st.integers(-5, 5), st.integers(0, 10**12))


@QUICK
@given(starts, ends, st.integers(1, 5), signs, rates)
def test_compound_growth_compares_as_whole_numbers_would(
    start: int, end: int, years: int, sign: str, percent: int
) -> None:
    _compound(start, end, years, sign, percent)


@QUICK
@given(st.integers(1, 10**6), st.integers(1, 4), signs, rates, st.sampled_from([-1, 0, 1]))
def test_compound_growth_at_the_threshold(
    start: int, years: int, sign: str, percent: int, beside: int
) -> None:
    """The end that meets the rate exactly, one fen less and one fen more."""
    _compound(start * 100**years, start * (100 + percent) ** years + beside, years, sign, percent)


@pytest.mark.slow
@SLOW
@given(starts, ends, st.integers(1, 8), signs, rates)
def test_compound_growth_of_many(start: int, end: int, years: int, sign: str, percent: int) -> None:
    _compound(start, end, years, sign, percent)


@QUICK
@given(numbers("首年", -1, 4, person=False), numbers("末年", -3, 8, person=False), signs, rates)
def test_compound_growth_known_in_part_holds_every_completion(
    start: Num, end: Num, sign: str, percent: int
) -> None:
    found = n.compare(series.compound_growth(start, end, 2), sign, exactly(Fraction(percent, 100)))
    for one, other in product(completions(start), completions(end)):
        if one.low != one.high or other.low != other.high:
            continue
        there = n.compare(
            series.compound_growth(exactly(one.low), exactly(other.low), 2),
            sign,
            exactly(Fraction(percent, 100)),
        )
        assert found.low <= there.low <= there.high <= found.high


@QUICK
@given(st.lists(numbers("年", 0, 4), min_size=1, max_size=3))
def test_the_mean_lies_where_every_completion_has_it(values: list[Num]) -> None:
    made = series.mean(values)
    for picks in product(*(completions(value) for value in values)):
        low = sum((Fraction(pick.low) for pick in picks), Fraction(0)) / len(values)
        high = sum((Fraction(pick.high) for pick in picks), Fraction(0)) / len(values)
        assert made.low <= low <= high <= made.high


@QUICK
@given(numbers("上年", -3, 3), numbers("本年", -3, 3))
def test_an_increment_is_never_below_nothing(base: Num, current: Num) -> None:
    made = series.increment(current, base)
    for before, now in product(completions(base), completions(current)):
        assert made.low <= max(0, now.low - before.high)
        assert max(0, now.high - before.low) <= made.high
    assert made.low >= 0


def test_the_figures_of_the_decisions() -> None:
    point = exactly
    assert series.compound_growth(point(100), point(121), 2).point == Fraction(1, 10)
    mean = series.mean(
        [
            series.growth(point(now), point(base))
            for base, now in ((800, 1000), (1000, 1200), (1200, 1140))
        ]
    )
    assert mean.point == (Fraction(1, 4) + Fraction(1, 5) - Fraction(1, 20)) / 3
    assert series.increment(point(50), point(-100)).point == 150
    rate = exactly(Fraction(1, 10))
    assert n.compare(series.growth(point(-200), point(-100)), "≥", rate) == F
    assert n.compare(series.growth(point(50), point(-100)), "≥", rate) == J
    assert n.compare(series.growth(point(500), point(0)), "≥", rate) == J
    assert n.compare(series.growth(point(110), point(100)), "≥", rate) == T


@QUICK
@given(st.integers(0, 10**7), st.integers(1, 10**5))
def test_whole_units_and_grains(value: int, unit: int) -> None:
    assert series.whole_units(exactly(value), exactly(unit)).point == value // unit
    assert series.rounded(exactly(value), exactly(unit), down=True).point == value // unit * unit
    half_up = (2 * value + unit) // (2 * unit) * unit
    assert series.rounded(exactly(value), exactly(unit), down=False).point == half_up
