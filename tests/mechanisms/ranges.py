"""Numbers known in part, drawn small enough that every possibility of facts and people can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from huiqi.mechanisms.number import End, Num, Span
from huiqi.vocabulary.units import Number


@dataclass(frozen=True)
class Choice:
    """One completion of the facts: what a person may choose from, both ends included."""

    low: Number
    high: Number

    def __iter__(self) -> Iterator[Number]:
        """The whole numbers inside, and a half between them."""
        steps = int(2 * (self.high - self.low))
        return (self.low + Fraction(step, 2) for step in range(steps + 1))


def completions(value: Num) -> list[Choice]:
    """Every pair of whole ends that the facts may settle on."""
    found = []
    for span in value.spans:
        lows = range(int(span.low_min), int(span.low_max) + 1)
        highs = range(int(span.high_min), int(span.high_max) + 1)
        found += [Choice(low, high) for low in lows for high in highs if low <= high]
    return list(dict.fromkeys(found))


def holds(value: Num, low: End, high: End) -> bool:
    """Some possibility of `value` has these ends."""
    return any(
        span.low_min <= low <= span.low_max and span.high_min <= high <= span.high_max
        for span in value.spans
    )


@st.composite
def spans(draw: st.DrawFn, low: int = -3, high: int = 3) -> Span:
    ends = st.integers(low, high)
    kind = draw(st.sampled_from(["point", "fact", "person", "both"]))
    if kind == "point":
        value = draw(ends)
        return Span(value, value, value, value)
    first, second = sorted((draw(ends), draw(ends)))
    if kind == "person":
        return Span(first, first, second, second)
    if kind == "fact":
        return Span(first, second, first, second)
    third, fourth = sorted((draw(ends), draw(ends)))
    return Span(min(first, third), min(second, fourth), max(first, third), max(second, fourth))


@st.composite
def numbers(
    draw: st.DrawFn, name: str, low: int = -3, high: int = 3, most: int = 2, person: bool = True
) -> Num:
    """A number that rests on one fact, `name`, wherever facts can move it."""
    found = tuple(dict.fromkeys(draw(st.lists(spans(low, high), min_size=1, max_size=most))))
    if not person:
        found = tuple(
            dict.fromkeys(Span(s.low_min, s.high_max, s.low_min, s.high_max) for s in found)
        )
    known = len(found) == 1 and found[0].is_known
    firm = all(span.low_min == span.high_min and span.low_max == span.high_max for span in found)
    return Num(
        found, frozenset() if known else frozenset((name,)), () if firm else (f"评审{name}",)
    )
