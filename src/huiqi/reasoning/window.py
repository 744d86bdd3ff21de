"""Which missing facts can still change a state (SEMANTICS A5), and which verdicts remain possible (A2)."""

from __future__ import annotations

from itertools import product

from huiqi.mechanisms.number import NOTHING_MISSING
from huiqi.mechanisms.truth import NO, PERSON, YES, clip
from huiqi.reasoning.context import Trace


def needed(trace: Trace, low: int = NO, high: int = YES) -> frozenset[str]:
    """The missing facts that can still move the root: the walk with a window [low, high].

    A child whose ends are equal once clipped to its window is pruned with all its facts. Exact where no fact occurs
    twice; otherwise a superset.
    """
    first, last = clip(trace.state, low, high)
    if first == last:
        return NOTHING_MISSING
    if trace.op in ("atom", "part"):
        return trace.missing
    found: frozenset[str] = NOTHING_MISSING
    for index, child in enumerate(trace.children):
        others = [other.state for at, other in enumerate(trace.children) if at != index]
        low_here, high_here = low, high
        if trace.op == "all":
            high_here = min([high, *(state.high for state in others)])
        elif trace.op == "any":
            low_here = max([low, *(state.low for state in others)])
        elif trace.op == "none":
            low_here, high_here = YES - high, YES - low
            low_here = max([low_here, *(state.low for state in others)])
        elif trace.op == "not":
            low_here, high_here = YES - high, YES - low
        elif trace.op == "soft":
            low_here = max(low, PERSON)  # no and “a person decides” come out alike
        elif trace.op == "at_least":
            lows = sorted((state.low for state in others), reverse=True)
            highs = sorted((state.high for state in others), reverse=True)
            k = trace.count
            if len(lows) >= k:
                low_here = max(low, lows[k - 1])
            if k >= 2 and len(highs) >= k - 1:
                high_here = min(high, highs[k - 2])
        elif trace.op == "agree":
            other = others[0]
            if other.low >= PERSON:
                low_here = max(low, PERSON)
            if other.high <= PERSON:
                high_here = min(high, PERSON)
        if low_here <= high_here:
            found |= needed(child, low_here, high_here)
    return found


def reachable(trace: Trace) -> frozenset[int]:
    """The settled states that completing the facts can lead to, each atom on its own."""
    state = trace.state
    if state.low == state.high:
        return frozenset((state.low,))
    if trace.op in ("atom", "part"):
        ends = {state.low, state.high}
        if trace.judged:
            ends |= set(range(state.low, state.high + 1))
        return frozenset(ends)
    children = [reachable(child) for child in trace.children]
    if trace.op == "not":
        return frozenset(YES - end for end in children[0])
    if trace.op == "soft":
        return frozenset(max(end, PERSON) for end in children[0])
    if trace.op == "agree":
        return frozenset(
            first if first == second else PERSON for first, second in product(*children)
        )
    if trace.op == "at_least":
        return _at_least(children, trace.count)
    combine = min if trace.op == "all" else max
    found = children[0]
    for child in children[1:]:
        found = frozenset(combine(first, second) for first in found for second in child)
    return frozenset(YES - end for end in found) if trace.op == "none" else found


def _at_least(children: list[frozenset[int]], count: int) -> frozenset[int]:
    """Reachable k-th greatest ends, by counting how many children reach each level."""
    found: set[int] = set()
    counts = {(0, 0)}  # (how many are T, how many are at least J)
    for child in children:
        counts = {
            (yes + (end == YES), person + (end >= PERSON))
            for yes, person in counts
            for end in child
        }
    for yes, person in counts:
        found.add(YES if yes >= count else PERSON if person >= count else NO)
    return frozenset(found)
