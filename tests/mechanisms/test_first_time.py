"""首次达到 against the years themselves (SEMANTICS C18, C19, D4, D5)."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.mechanisms.bands import EACH, Interval, build_bands
from huiqi.mechanisms.first_time import newly_reached, paid
from huiqi.mechanisms.number import Num, exactly
from huiqi.vocabulary.units import Number
from tests.mechanisms.ranges import completions, numbers

QUICK = settings(max_examples=150, derandomize=True)
Step = tuple[int, bool]

steps_of_tables = st.lists(
    st.tuples(st.integers(1, 5), st.booleans()), min_size=1, max_size=3, unique_by=lambda s: s[0]
)


def reached(step: Step, value: Number) -> bool:
    limit, closed = step
    return value >= limit if closed else value > limit


@QUICK
@given(steps_of_tables, numbers("今年", 0, 6, person=False), numbers("此前", 0, 6, person=False))
def test_newly_reached_are_the_steps_of_each_completion(
    steps: list[Step], now: Num, before: Num
) -> None:
    rows = [Interval(limit, closed, None, False) for limit, closed in steps]
    bands, _ = build_bands(rows, EACH, True)
    found = newly_reached(now, before, bands, [limit for limit, _ in steps])
    order = sorted(range(len(steps)), key=lambda index: steps[index][0])
    for one, other in product(completions(now), completions(before)):
        if one.low != one.high or other.low != other.high:
            continue
        wanted = tuple(
            i for i in order if reached(steps[i], one.low) and not reached(steps[i], other.low)
        )
        assert wanted in found
    if now.point is not None and before.point is not None:
        assert len(found) == 1


@QUICK
@given(st.lists(st.lists(st.integers(0, 3), unique=True).map(sorted), min_size=1, max_size=4))
def test_the_highest_step_pays_alone_or_each_pays(sets: list[list[int]]) -> None:
    values = [exactly(10), exactly(20), exactly(40), exactly(70)]
    options = [tuple(rows) for rows in sets]
    for every in (False, True):
        made = paid(options, values, every, frozenset(("此前最高",)))
        for rows in options:
            amounts = [values[row].point or 0 for row in rows]
            wanted = sum(amounts) if every else (amounts[-1] if amounts else 0)
            assert made.low <= wanted <= made.high
            assert any(span.low_min == wanted == span.high_max for span in made.spans)
