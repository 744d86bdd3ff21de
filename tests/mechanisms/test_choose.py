"""The best awards under count limits against every choice (SEMANTICS D11)."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.mechanisms.choose import best_of, greatest_sum
from huiqi.mechanisms.number import exactly

Drawn = tuple[list[int], list[tuple[frozenset[int], int]]]


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    ends = draw(st.lists(st.integers(0, 9), min_size=1, max_size=6))
    sets = st.frozensets(st.integers(0, len(ends) - 1), min_size=1)
    return ends, draw(st.lists(st.tuples(sets, st.integers(0, 3)), max_size=3))


@settings(max_examples=200, derandomize=True)
@given(drawn())
def test_the_greatest_sum_is_that_of_the_best_choice(found: Drawn) -> None:
    ends, limits = found
    places = range(len(ends))
    sums = [
        sum(ends[i] for i in chosen)
        for size in range(len(ends) + 1)
        for chosen in combinations(places, size)
        if all(len(members & set(chosen)) <= most for members, most in limits)
    ]
    assert greatest_sum(ends, limits) == max(sums)
    assert best_of([exactly(end) for end in ends], limits).point == max(sums)
