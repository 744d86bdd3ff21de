"""Numbers that are known in part, by facts and by people.

A value is a range that a person decides within ([low, high]: a ceiling, a judged score, a ratio without
denominator), and each end of it is itself an interval while facts are missing (SEMANTICS A9, A12, B9, H3, A17):

    low_min ≤ low ≤ low_max          high_min ≤ high ≤ high_max          low ≤ high

An exact number has all four equal. Conflicting sources (A8) and open branches give several such spans.
All arithmetic is exact: int or Fraction, with infinite ends as floats used for nothing but comparison.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from huiqi.mechanisms.truth import NO, PERSON, YES, State, either, state_of
from huiqi.vocabulary.units import Number

End: TypeAlias = "int | Fraction | float"
INF = math.inf
MAX_SPANS = 8
NOTHING_MISSING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Span:
    """One possibility; see the module. Infinite ends are ±math.inf."""

    low_min: End
    low_max: End
    high_min: End
    high_max: End

    @property
    def is_point(self) -> bool:
        return self.low_min == self.high_max

    @property
    def is_known(self) -> bool:
        """No fact is missing: both ends stand, whatever a person may decide between them."""
        return self.low_min == self.low_max and self.high_min == self.high_max


@dataclass(frozen=True, slots=True)
class Num:
    """A number known in part.

    missing: fact ids that can still move it. causes: why a person decides within it.
    marks: how the range arose (ceiling, floor, range, soft, unstated).
    """

    spans: tuple[Span, ...]
    missing: frozenset[str] = NOTHING_MISSING
    causes: tuple[str, ...] = ()
    marks: frozenset[str] = NOTHING_MISSING

    @property
    def point(self) -> Number | None:
        """The exact value, or None while anything is open."""
        span = self.spans[0]
        if len(self.spans) == 1 and span.low_min == span.high_max:
            return span.low_min  # type: ignore[return-value]
        return None

    @property
    def low(self) -> End:
        return min(span.low_min for span in self.spans)

    @property
    def high(self) -> End:
        return max(span.high_max for span in self.spans)

    @property
    def is_known(self) -> bool:
        return len(self.spans) == 1 and self.spans[0].is_known


def exactly(value: Number) -> Num:
    return Num((Span(value, value, value, value),))


def unknown(missing: str, low: End = -INF, high: End = INF) -> Num:
    """A missing fact between its declared bounds."""
    return Num((Span(low, high, low, high),), frozenset((missing,)))


def decided(low: End, high: End, mark: str = "", cause: str = "") -> Num:
    """A range inside which a person decides: 至多, 至少, a~b, judged points."""
    return Num(
        (Span(low, low, high, high),),
        causes=(cause,) if cause else (),
        marks=frozenset((mark,)) if mark else NOTHING_MISSING,
    )


def undefined(cause: str) -> Num:
    """No value at all (B9, B10, B14, H7): a person decides every question about it."""
    return Num((Span(-INF, -INF, INF, INF),), causes=(cause,), marks=frozenset(("undefined",)))


def _merge_causes(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return first if not second else tuple(dict.fromkeys(first + second))


def _made(spans: Iterable[Span], operands: Iterable[Num]) -> Num:
    """The result over `spans`; it drops the missing facts and causes that no longer move it."""
    unique = tuple(spans)
    if len(unique) > 1:  # hashing exact fractions costs more than the rest of this
        unique = tuple(dict.fromkeys(unique))
    if len(unique) > MAX_SPANS:
        unique = (
            Span(
                min(s.low_min for s in unique),
                max(s.low_max for s in unique),
                min(s.high_min for s in unique),
                max(s.high_max for s in unique),
            ),
        )
    missing: frozenset[str] = NOTHING_MISSING
    causes: tuple[str, ...] = ()
    marks: frozenset[str] = NOTHING_MISSING
    for operand in operands:
        missing |= operand.missing
        causes = _merge_causes(causes, operand.causes)
        marks |= operand.marks
    if len(unique) == 1:
        only = unique[0]
        if only.is_known:
            missing = NOTHING_MISSING
        if only.low_min == only.high_min and only.low_max == only.high_max:
            causes = ()
            marks = marks & {"unstated", "soft", "perhaps_undefined"}
    return Num(unique, missing, causes, marks)


def lift(operation: Callable[..., End], *operands: Num, falling: tuple[int, ...] = ()) -> Num:
    """Apply an operation that rises in every operand (falls in those listed) to the ends."""
    points = [operand.point for operand in operands]
    if None not in points:
        value = operation(*points)
        return _made((Span(value, value, value, value),), operands)
    if all(len(operand.spans) == 1 for operand in operands):
        return _made((_lifted(operation, [o.spans[0] for o in operands], falling),), operands)
    spans = [_lifted(operation, combination, falling) for combination in _combinations(operands)]
    return _made(spans, operands)


def _lifted(operation: Callable[..., End], spans: Sequence[Span], falling: tuple[int, ...]) -> Span:
    low_min, low_max, high_min, high_max = [], [], [], []
    for index, span in enumerate(spans):
        if index in falling:
            low_min.append(span.high_max)
            low_max.append(span.high_min)
            high_min.append(span.low_max)
            high_max.append(span.low_min)
        else:
            low_min.append(span.low_min)
            low_max.append(span.low_max)
            high_min.append(span.high_min)
            high_max.append(span.high_max)
    return Span(
        operation(*low_min), operation(*low_max), operation(*high_min), operation(*high_max)
    )


def _combinations(operands: tuple[Num, ...]) -> list[tuple[Span, ...]]:
    combinations: list[tuple[Span, ...]] = [()]
    for operand in operands:
        spans = operand.spans
        if len(combinations) * len(spans) > 32:
            spans = (hull_of(operand),)
        combinations = [(*made, span) for made in combinations for span in spans]
    return combinations


def hull_of(value: Num) -> Span:
    """One span that holds every possibility."""
    return Span(
        min(s.low_min for s in value.spans),
        max(s.low_max for s in value.spans),
        min(s.high_min for s in value.spans),
        max(s.high_max for s in value.spans),
    )


def _plus(left: End, right: End) -> End:
    if isinstance(left, float) or isinstance(right, float):
        if left == -right and (left in (INF, -INF)):
            return -INF  # only reached on ends that are unbounded anyway
        return left if isinstance(left, float) else right
    return left + right


def add(left: Num, right: Num) -> Num:
    return lift(_plus, left, right)


def subtract(left: Num, right: Num) -> Num:
    def minus(first: End, second: End) -> End:
        if isinstance(first, float) or isinstance(second, float):
            return first if isinstance(first, float) else -second
        return first - second

    return lift(minus, left, right, falling=(1,))


def _times(left: End, right: End) -> End:
    if left == 0 or right == 0:
        return 0
    if isinstance(left, float) or isinstance(right, float):
        return INF if (left > 0) == (right > 0) else -INF
    return left * right


def multiply(left: Num, right: Num) -> Num:
    if left.low >= 0 and right.low >= 0:
        return lift(_times, left, right)
    return _by_corners(_times, left, right)


def _by_corners(operation: Callable[[End, End], End], left: Num, right: Num) -> Num:
    """For operations that neither rise nor fall: the least and the greatest corner."""
    one, other = left.point, right.point
    if one is not None and other is not None:
        value = operation(one, other)
        return _made((Span(value, value, value, value),), (left, right))
    corners = [
        operation(a, b)
        for first, second in _combinations((left, right))
        for a in (first.low_min, first.high_max)
        for b in (second.low_min, second.high_max)
    ]
    low, high = min(corners), max(corners)
    if left.is_known and right.is_known:
        return _made((Span(low, low, high, high),), (left, right))
    return _made((Span(low, high, low, high),), (left, right))


def divide(left: Num, right: Num, cause: str = "比例无定义") -> Num:
    """left ÷ right; undefined where the denominator is 0, open where it may be (B9)."""
    if right.point == 0:
        return undefined(cause)
    if right.low <= 0 <= right.high:
        if left.is_known and right.is_known:
            return undefined(cause)
        marks = frozenset(("perhaps_undefined",))
        return Num((Span(-INF, INF, -INF, INF),), left.missing | right.missing, right.causes, marks)

    def quotient(first: End, second: End) -> End:
        if isinstance(second, float):
            return 0
        if isinstance(first, float):
            return first if second > 0 else -first
        if first == 0:
            return 0
        return exact_quotient(first, second)

    if left.low >= 0 and right.low > 0:
        return lift(quotient, left, right, falling=(1,))
    return _by_corners(quotient, left, right)


def exact_quotient(first: Number, second: Number) -> Number:
    value = Fraction(first) / Fraction(second)
    return value.numerator if value.denominator == 1 else value


def least(*values: Num) -> Num:
    """取小; a value that can never be the least is dropped with its missing facts."""
    bound = min(max(span.low_max for span in v.spans) for v in values)
    top = min(v.high for v in values)
    kept = [v for v in values if v.low < max(bound, top) or v.low <= top]
    return lift(min, *kept) if len(kept) > 1 else kept[0]


def greatest(*values: Num) -> Num:
    """取大, 择优; a value that can never be the greatest is dropped with its missing facts."""
    floor = max(v.low for v in values)
    kept = [v for v in values if v.high > floor or (v.low == floor and v.high == floor)]
    kept = kept or [max(values, key=lambda v: v.low)]
    if len(kept) > 1:
        seen: list[Num] = []
        for value in kept:
            if value.point is not None and any(other.point == value.point for other in seen):
                continue
            seen.append(value)
        kept = seen
    return lift(max, *kept) if len(kept) > 1 else kept[0]


def capped(value: Num, cap: Num) -> Num:
    """封顶: the lesser of both; the value keeps its marks while it is still a range."""
    return lift(min, value, cap) if value.high > cap.low else value


def floored(value: Num, floor: Num) -> Num:
    return lift(max, value, floor) if value.low < floor.high else value


def total(values: Iterable[Num]) -> Num:
    result = exactly(0)
    for value in values:
        result = add(result, value)
    return result


def one_of(values: Iterable[Num], missing: frozenset[str]) -> Num:
    """One of these values, and facts will tell which."""
    found = list(values)
    if all(value.point is not None and value.point == found[0].point for value in found):
        return found[0]
    spans = [span for value in found for span in value.spans]
    made = _made(spans, found)
    if len(made.spans) == 1 and made.spans[0].is_known:
        return made
    return replace(made, missing=made.missing | missing)


def judged_between(values: Iterable[Num], cause: str = "") -> Num:
    """One of these values, and a person decides which: the hull as a decided range."""
    found = list(values)
    if len(found) == 1:
        return found[0]
    made = _made(
        (
            Span(
                min(s.low_min for v in found for s in v.spans),
                min(max(s.low_max for s in v.spans) for v in found),
                max(min(s.high_min for s in v.spans) for v in found),
                max(s.high_max for v in found for s in v.spans),
            ),
        ),
        found,
    )
    return replace(made, causes=_merge_causes(made.causes, (cause,) if cause else ()))


def compare(left: Num, op: str, right: Num) -> State:
    """The state of `left op right` over every possibility (A8, A9)."""
    one, other = left.point, right.point
    if one is not None and other is not None:
        return state_of(*((YES, YES) if _holds(one, op, other) else (NO, NO)))
    return either(
        _compare_spans(first, op, second) for first, second in _combinations((left, right))
    )


def _holds(left: End, op: str, right: End) -> bool:
    if op == "≥":
        return left >= right
    if op == ">":
        return left > right
    if op == "≤":
        return left <= right
    if op == "<":
        return left < right
    return left == right if op == "=" else left != right


def _compare_spans(left: Span, op: str, right: Span) -> State:
    if op in ("≤", "<"):
        return _compare_spans(right, "≥" if op == "≤" else ">", left)
    if op in ("≥", ">"):
        surely, possibly = NO, NO
        if _holds(left.low_min, op, right.high_max):
            surely = YES
        elif _holds(left.high_min, op, right.low_max):
            surely = PERSON
        if _holds(left.low_max, op, right.high_min):
            possibly = YES
        elif _holds(left.high_max, op, right.low_min):
            possibly = PERSON
        return state_of(min(surely, possibly), max(surely, possibly))
    equal = _equal_spans(left, right)
    return equal if op == "=" else state_of(YES - equal.high, YES - equal.low)


def _equal_spans(left: Span, right: Span) -> State:
    if left.is_point and right.is_point:
        return state_of(*((YES, YES) if left.low_min == right.low_min else (NO, NO)))
    if left.low_min > right.high_max or right.low_min > left.high_max:
        return state_of(NO, NO)
    if left.is_known and right.is_known:
        return state_of(PERSON, PERSON)
    return state_of(NO, YES)


def round_fen(value: Num) -> Num:
    """Each end to the fen, half up, and not below 0 (B16)."""

    def rounded(end: End) -> End:
        if isinstance(end, float):
            return end if end > 0 else 0
        if isinstance(end, int):
            return max(end, 0)
        return max((2 * end.numerator + end.denominator) // (2 * end.denominator), 0)

    return lift(rounded, value)


def without_nothing(value: Num) -> Num:
    """The amount given that something is granted (A17): drop the possibility of exactly 0."""
    if len(value.spans) < 2:
        return value
    kept = tuple(span for span in value.spans if span.high_max != 0)
    if not kept or len(kept) == len(value.spans):
        return value
    made = replace(value, spans=kept)
    if len(kept) == 1 and kept[0].is_known:
        made = replace(made, missing=NOTHING_MISSING)
    return made
