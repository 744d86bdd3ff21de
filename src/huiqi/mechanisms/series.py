"""Yearly figures: growth, compound growth, increments, folds over years (SEMANTICS B10–B14, C10, D20)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt

from huiqi.mechanisms.number import (
    INF,
    Num,
    Span,
    add,
    decided,
    divide,
    exact_quotient,
    exactly,
    greatest,
    lift,
    multiply,
    subtract,
    total,
    undefined,
)
from huiqi.vocabulary.units import Number

NO_GROWTH_RATE = "增长率无定义"
MAYBE = frozenset(("perhaps_undefined",))  # completing the facts may leave it without value
TOO_YOUNG = "成立不满"
_DIGITS = 10**40


def is_undefined(value: Num) -> bool:
    """Surely without value, whatever facts arrive."""
    return "undefined" in value.marks and all(
        span.low_max == -INF and span.high_min == INF for span in value.spans
    )


def is_perhaps_undefined(value: Num) -> bool:
    """Completing the facts may leave it without value."""
    return bool(MAYBE & value.marks)


def growth(current: Num, base: Num) -> Num:
    """(current − base) ÷ base, as an exact share; defined for a positive base only (B10).

    With a base ≤ 0: surely no growth where current ≤ base, otherwise a person decides.
    """
    if is_undefined(current) or is_undefined(base):
        return current if is_undefined(current) else base
    now, before = current.point, base.point
    if now is not None and before is not None:
        if before > 0:
            return exactly(exact_quotient(now - before, before))
        if now <= before:
            return decided(-INF, 0, cause=NO_GROWTH_RATE)
        return undefined(NO_GROWTH_RATE)
    if base.low > 0:
        return subtract(divide(current, base), exactly(1))
    missing = current.missing | base.missing
    if base.high <= 0:
        # No growth (≤ 0) where the figure fell or stayed, no rate at all where it rose.
        return Num((Span(-INF, -INF, 0, INF),), missing, (NO_GROWTH_RATE,), MAYBE)
    return Num((Span(-INF, INF, -INF, INF),), missing, current.causes, MAYBE)


def increment(current: Num, base: Num) -> Num:
    """max(0, current − base); a base that the firm, existing, did not have is 0 (D20)."""
    if "na" in base.marks:
        base = exactly(0)
    if is_undefined(current) or is_undefined(base):
        return current if is_undefined(current) else base
    return greatest(subtract(current, base), exactly(0))


def mean(values: Sequence[Num]) -> Num:
    """The arithmetic mean; undefined as soon as one value is (B14)."""
    for value in values:
        if is_undefined(value):
            return value
    return multiply(total(values), exactly(exact_quotient(1, len(values))))


def summed(values: Sequence[Num]) -> Num:
    for value in values:
        if is_undefined(value):
            return value
    result = values[0]
    for value in values[1:]:
        result = add(result, value)
    return result


def compound_growth(start: Num, end: Num, years: int) -> Num:
    """(end ÷ start)^(1/years) − 1 (B11).

    An irrational root is given from below to 40 digits: it never equals a written threshold, so every comparison
    with one comes out as end·100ⁿ against start·(100+r)ⁿ would.
    """
    for value in (start, end):
        if is_undefined(value):
            return value
    if start.point is not None and start.point <= 0:
        if end.high <= start.point:
            return decided(-INF, 0, cause=NO_GROWTH_RATE)
        if end.low <= start.point:
            return Num((Span(-INF, -INF, 0, INF),), end.missing, (NO_GROWTH_RATE,), MAYBE)
        return undefined(NO_GROWTH_RATE)
    ratio = divide(end, start, NO_GROWTH_RATE)
    return lift(lambda share: share if isinstance(share, float) else root(share, years) - 1, ratio)


def root(value: Number, degree: int) -> Number:
    """The degree-th root, exact where it is rational, else from below to 40 digits.

    A negative value is given back as it stands: below every rate that a rule can name, and rising.
    """
    fraction = Fraction(value)
    if fraction < 0:
        return value
    top, bottom = (
        _integer_root(fraction.numerator, degree),
        _integer_root(fraction.denominator, degree),
    )
    if top**degree == fraction.numerator and bottom**degree == fraction.denominator:
        return exact_quotient(top, bottom)
    scaled = fraction.numerator * _DIGITS**degree // fraction.denominator
    return Fraction(_integer_root(scaled, degree), _DIGITS)


def _integer_root(value: int, degree: int) -> int:
    if degree == 1 or value < 2:
        return value
    if degree == 2:
        return isqrt(value)
    low, high = 0, 1 << (value.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        if middle**degree <= value:
            low = middle
        else:
            high = middle - 1
    return low


def whole_units(value: Num, unit: Num) -> Num:
    """How many whole units fit (满数; B17, H6)."""

    def floor(share: float | Number) -> float | Number:
        return share if isinstance(share, float) else share // 1

    return lift(floor, divide(value, unit))


def rounded(value: Num, grain: Num, down: bool) -> Num:
    """To multiples of the grain: half up, or down (B16: only where written)."""

    def to_grain(end: float | Number) -> float | Number:
        size = grain.point
        if isinstance(end, float) or size is None or size == 0:
            return end
        share = Fraction(end) / Fraction(size)
        steps = share // 1 if down else (2 * share + 1) // 2
        return steps * size

    return lift(to_grain, value)
