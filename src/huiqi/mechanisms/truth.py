"""The six states of a condition (SEMANTICS A1) and how they combine.

A condition stands on the chain F < J < T (no, a person decides, yes); what is known of it is an interval on the
chain. Strong Kleene logic is its shadow: true iff the low end is T, false iff the high end is F.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NO, PERSON, YES = 0, 1, 2
_LETTERS = "FJT"


@dataclass(frozen=True, slots=True)
class State:
    """An interval [low, high] on NO < PERSON < YES; use the six constants or `state_of`."""

    low: int
    high: int

    @property
    def name(self) -> str:
        """F, J, T, FJ, JT or FT."""
        low, high = _LETTERS[self.low], _LETTERS[self.high]
        return low if low == high else low + high

    @property
    def is_settled(self) -> bool:
        return self.low == self.high

    def __repr__(self) -> str:
        return self.name


F, J, T = State(0, 0), State(1, 1), State(2, 2)
FJ, JT, FT = State(0, 1), State(1, 2), State(0, 2)
_ALL = {(s.low, s.high): s for s in (F, J, T, FJ, JT, FT)}


def state_of(low: int, high: int) -> State:
    return _ALL[low, high]


def named_state(name: str) -> State:
    return next(state for state in _ALL.values() if state.name == name)


def truth(value: bool) -> State:
    return T if value else F


def all_of(states: Iterable[State]) -> State:
    """AND: the least of both ends."""
    low = high = YES
    for state in states:
        low, high = min(low, state.low), min(high, state.high)
    return _ALL[low, high]


def any_of(states: Iterable[State]) -> State:
    """OR: the greatest of both ends."""
    low = high = NO
    for state in states:
        low, high = max(low, state.low), max(high, state.high)
    return _ALL[low, high]


def not_(state: State) -> State:
    return _ALL[YES - state.high, YES - state.low]


def at_least(count: int, states: Sequence[State]) -> State:
    """At least k of n (A13): the k-th greatest low end and the k-th greatest high end."""
    if count <= 0:
        return T
    if count > len(states):
        return F
    lows = sorted((state.low for state in states), reverse=True)
    highs = sorted((state.high for state in states), reverse=True)
    return _ALL[lows[count - 1], highs[count - 1]]


def agree(first: State, second: State) -> State:
    """Two readings that both count (I3): an end on which they differ is a person's to decide."""
    low = first.low if first.low == second.low else PERSON
    high = first.high if first.high == second.high else PERSON
    return _ALL[min(low, high), max(low, high)]


def either(states: Iterable[State]) -> State:
    """One of these holds and it is not known which: the hull."""
    found = list(states)
    return _ALL[min(s.low for s in found), max(s.high for s in found)]


def clip(state: State, low: int, high: int) -> tuple[int, int]:
    """The state's ends inside a window [low, high]; equal ends mean that it can change nothing there (A5)."""
    return min(max(state.low, low), high), min(max(state.high, low), high)
