"""Arithmetic on numbers known in part holds every completion, and names every fact that can move it (A9, A12, B9, H3)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.mechanisms import number as n
from huiqi.mechanisms.number import Num, Span, exactly
from huiqi.mechanisms.truth import NO, PERSON, YES, State, state_of
from huiqi.vocabulary.units import Number
from tests.mechanisms.ranges import Choice, completions, holds, numbers

QUICK = settings(max_examples=60, derandomize=True)
SLOW = settings(max_examples=2_000)

Pair = tuple[Num, Num]
pairs = st.tuples(numbers("甲"), numbers("乙"))


def chosen(operation: Callable[..., Number | None], picks: Iterable[Choice]) -> list[Number | None]:
    """What the operation gives over every choice of the people."""
    return [operation(*values) for values in product(*picks)]


def _half(value: Number) -> Number:
    return Fraction(value) / 2


def check(made: Num, operands: Sequence[Num], operation: Callable[..., Number | None]) -> None:
    """`made` holds what each completion gives, and no fact that it leaves out can move that."""
    seen: dict[tuple[Choice, ...], tuple[Number, Number]] = {}
    for picks in product(*(completions(one) for one in operands)):
        results = chosen(operation, picks)
        if None in results:
            continue  # no value at all: a person decides
        found = [value for value in results if value is not None]
        low, high = min(found), max(found)
        seen[picks] = (low, high)
        assert holds(made, low, high), f"{picks} gives {low}~{high}, not in {made.spans}"
    for at, operand in enumerate(operands):
        if not operand.missing or operand.missing <= made.missing:
            continue
        for picks, ends in seen.items():
            for other, other_ends in seen.items():
                same = picks[:at] == other[:at] and picks[at + 1 :] == other[at + 1 :]
                assert not same or ends == other_ends, f"{operand.missing} moves it"
    if all(operand.point is not None for operand in operands) and seen:
        assert made.point is not None
        assert made.missing == frozenset()


OPERATIONS: dict[str, tuple[Callable[..., Num], Callable[..., Number | None]]] = {
    "add": (n.add, lambda a, b: a + b),
    "subtract": (n.subtract, lambda a, b: a - b),
    "multiply": (n.multiply, lambda a, b: a * b),
    "divide": (n.divide, lambda a, b: Fraction(a) / Fraction(b) if b else None),
    "least": (n.least, min),
    "greatest": (n.greatest, max),
    "capped": (n.capped, min),
    "floored": (n.floored, max),
}


def _check_operation(name: str, pair: Pair) -> None:
    operation, plain = OPERATIONS[name]
    check(operation(*pair), pair, plain)


@pytest.mark.parametrize("name", OPERATIONS)
@QUICK
@given(pairs)
def test_an_operation_holds_every_completion(name: str, pair: Pair) -> None:
    _check_operation(name, pair)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", OPERATIONS)
@SLOW
@given(pairs)
def test_an_operation_holds_every_completion_of_many(name: str, pair: Pair) -> None:
    _check_operation(name, pair)


@QUICK
@given(numbers("甲", 0, 3), numbers("乙", 0, 3), numbers("丙", 0, 3))
def test_three_operands_of_the_extremes(first: Num, second: Num, third: Num) -> None:
    values = (first, second, third)
    check(n.greatest(*values), values, max)
    check(n.least(*values), values, min)
    check(n.total(values), values, lambda a, b, c: a + b + c)


@QUICK
@given(st.lists(numbers("甲"), min_size=1, max_size=3))
def test_one_of_several_holds_each_of_them(values: list[Num]) -> None:
    made = n.one_of(values, frozenset(("情形",)))
    for value in values:
        for choice in completions(value):
            assert holds(made, choice.low, choice.high)
    points = {value.point for value in values}
    assert ("情形" in made.missing) == (len(points) > 1 or None in points) or made.is_known


@QUICK
@given(st.lists(st.builds(lambda value: value, numbers("甲")), min_size=1, max_size=3))
def test_what_a_person_chooses_between_holds_each_choice(values: list[Num]) -> None:
    made = n.judged_between(values, "择优")
    for picks in product(*(completions(value) for value in values)):
        low, high = min(pick.low for pick in picks), max(pick.high for pick in picks)
        assert holds(made, low, high)


# ---------------------------------------------------------------- comparisons
_HOLDS: dict[str, Callable[[Number, Number], bool]] = {
    "≥": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "≤": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    "=": lambda a, b: a == b,
    "≠": lambda a, b: a != b,
}


def compared(op: str, left: Num, right: Num) -> State:
    """By trying every completion of the facts and, in each, every choice of the people."""
    ends = []
    for one, other in product(completions(left), completions(right)):
        answers = {_HOLDS[op](a, b) for a, b in product(one, other)}
        ends.append(PERSON if len(answers) == 2 else YES if True in answers else NO)
    return state_of(min(ends), max(ends))


def _check_comparison(op: str, pair: Pair) -> None:
    left, right = pair
    found, wanted = n.compare(left, op, right), compared(op, left, right)
    if op in "=≠":
        assert found.low <= wanted.low <= wanted.high <= found.high
        if left.point is not None and right.point is not None:
            assert found == wanted
    else:
        assert found == wanted


@pytest.mark.parametrize("op", _HOLDS)
@QUICK
@given(pairs)
def test_a_comparison_is_what_its_completions_say(op: str, pair: Pair) -> None:
    _check_comparison(op, pair)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("op", _HOLDS)
@SLOW
@given(pairs)
def test_a_comparison_is_what_its_completions_say_of_many(op: str, pair: Pair) -> None:
    _check_comparison(op, pair)


# ---------------------------------------------------------------- what has no value, no end, or no fen
def test_a_ratio_over_nothing_is_a_persons_to_decide() -> None:
    made = n.divide(exactly(5), exactly(0))
    assert "undefined" in made.marks and not made.missing
    assert n.compare(made, "≥", exactly(1)) == state_of(PERSON, PERSON)


def test_a_denominator_that_may_be_nothing_stays_open() -> None:
    made = n.divide(exactly(5), n.unknown("乙", 0))
    assert made.missing == {"乙"}
    assert n.compare(made, "≥", exactly(1)) == state_of(NO, YES)


@QUICK
@given(st.fractions(min_value=-5, max_value=100, max_denominator=400))
def test_fen_are_rounded_half_up_and_never_below_nothing(value: Fraction) -> None:
    made = n.round_fen(exactly(value)).point
    assert made is not None
    assert made == max(0, math.floor(value + Fraction(1, 2)))


@QUICK
@given(numbers("甲", -3, 6))
def test_rounding_holds_every_completion(value: Num) -> None:
    halves = Num(
        tuple(
            Span(*(_half(end) for end in (s.low_min, s.low_max, s.high_min, s.high_max)))  # type: ignore[arg-type]
            for s in value.spans
        ),
        value.missing,
        value.causes,
    )
    made = n.round_fen(halves)
    for choice in completions(value):
        low, high = (
            max(0, math.floor(Fraction(end, 2) + Fraction(1, 2)))
            for end in (choice.low, choice.high)
        )
        assert holds(made, low, high)
