"""The six states against brute force: an interval on F < J < T stands for every settled state inside it (SEMANTICS A1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations_with_replacement, product

import pytest

from huiqi.mechanisms.truth import (
    FJ,
    FT,
    JT,
    NO,
    PERSON,
    YES,
    F,
    J,
    State,
    T,
    agree,
    all_of,
    any_of,
    at_least,
    clip,
    either,
    named_state,
    not_,
    state_of,
)

STATES = (F, FJ, J, FT, JT, T)


def settled(state: State) -> range:
    return range(state.low, state.high + 1)


def hull(ends: Iterable[int]) -> State:
    found = list(ends)
    return state_of(min(found), max(found))


def completed(combine: Callable[[tuple[int, ...]], int], states: Iterable[State]) -> State:
    """The states that every completion of each gives, taken together."""
    return hull(combine(one) for one in product(*(settled(state) for state in states)))


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_and_or_are_the_least_and_the_greatest_of_every_completion(size: int) -> None:
    for states in combinations_with_replacement(STATES, size):
        assert all_of(states) == completed(min, states)
        assert any_of(states) == completed(max, states)


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_at_least_k_holds_when_k_of_a_completion_hold(size: int) -> None:
    for states in combinations_with_replacement(STATES, size):
        for count in range(1, size + 1):

            def kth(ends: tuple[int, ...], count: int = count) -> int:
                return sorted(ends, reverse=True)[count - 1]

            assert at_least(count, states) == completed(kth, states)
        assert at_least(0, states) == T
        assert at_least(size + 1, states) == F


def test_not_mirrors_the_chain() -> None:
    for state in STATES:
        assert not_(state) == completed(lambda ends: YES - ends[0], (state,))
        assert not_(not_(state)) == state


def test_two_readings_agree_or_a_person_decides() -> None:
    for first, second in product(STATES, repeat=2):
        wanted = completed(lambda ends: ends[0] if ends[0] == ends[1] else PERSON, (first, second))
        assert agree(first, second) == wanted
        assert agree(second, first) == wanted


def test_the_hull_holds_each_state_and_nothing_beyond_them() -> None:
    for states in combinations_with_replacement(STATES, 3):
        assert either(states) == hull(end for state in states for end in settled(state))


def test_the_table_of_the_specification() -> None:
    rows = {
        "F": "F/F F/FJ F/J F/FT F/JT F/T",
        "FJ": "F/FJ FJ/FJ FJ/J FJ/FT FJ/JT FJ/T",
        "J": "F/J FJ/J J/J FJ/JT J/JT J/T",
        "FT": "F/FT FJ/FT FJ/JT FT/FT FT/JT FT/T",
        "JT": "F/JT FJ/JT J/JT FT/JT JT/JT JT/T",
        "T": "F/T FJ/T J/T FT/T JT/T T/T",
    }
    for left, cells in rows.items():
        for right, cell in zip(STATES, cells.split(), strict=True):
            both = all_of((named_state(left), right)), any_of((named_state(left), right))
            assert "/".join(state.name for state in both) == cell, f"{left} with {right}"


def test_clipping_keeps_the_part_inside_the_window() -> None:
    for state in STATES:
        for low, high in ((NO, YES), (PERSON, YES), (NO, PERSON), (PERSON, PERSON)):
            first, last = clip(state, low, high)
            assert {min(max(end, low), high) for end in settled(state)} <= set(
                range(first, last + 1)
            )
