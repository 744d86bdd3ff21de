"""Which facts can still change a state, and where completing them can lead: against brute force (SEMANTICS A2, A5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.mechanisms import truth
from huiqi.mechanisms.truth import NO, PERSON, YES, State, state_of
from huiqi.reasoning.context import Trace
from huiqi.reasoning.window import needed, reachable

OPS = ("all", "any", "none", "at_least", "not", "soft", "agree")
World = Mapping[str, int]


@dataclass(frozen=True)
class Leaf:
    """An atom on one fact with three values, and the settled state that each gives; no fact = settled."""

    fact: str
    gives: tuple[int, ...]


@dataclass(frozen=True)
class Node:
    op: str
    children: tuple[Tree, ...]
    count: int = 0


Tree = Leaf | Node


def facts_of(tree: Tree) -> Iterator[str]:
    if isinstance(tree, Leaf):
        if tree.fact:
            yield tree.fact
        return
    for child in tree.children:
        yield from facts_of(child)


def settled(tree: Tree, world: World) -> int:
    """The state of a tree once every fact is known, by the words of A1, A13, A15 and I3."""
    if isinstance(tree, Leaf):
        return tree.gives[world[tree.fact] if tree.fact else 0]
    ends = [settled(child, world) for child in tree.children]
    if tree.op == "all":
        return min(ends)
    if tree.op == "any":
        return max(ends)
    if tree.op == "none":
        return YES - max(ends)
    if tree.op == "at_least":
        return sorted(ends, reverse=True)[tree.count - 1]
    if tree.op == "not":
        return YES - ends[0]
    if tree.op == "soft":
        return max(ends[0], PERSON)
    return ends[0] if ends[0] == ends[1] else PERSON


def trace_of(tree: Tree) -> Trace:
    """The same tree as the interpreter leaves it behind."""
    if isinstance(tree, Leaf):
        state = state_of(min(tree.gives), max(tree.gives))
        missing = frozenset() if state.is_settled else frozenset((tree.fact,))
        return Trace("atom", state, missing=missing, judged=PERSON in tree.gives)
    children = [trace_of(child) for child in tree.children]
    return Trace(
        tree.op,
        _state(tree, [child.state for child in children]),
        children=children,
        count=tree.count,
    )


def _state(tree: Node, states: Sequence[State]) -> State:
    if tree.op == "all":
        return truth.all_of(states)
    if tree.op == "any":
        return truth.any_of(states)
    if tree.op == "none":
        return truth.not_(truth.any_of(states))
    if tree.op == "at_least":
        return truth.at_least(tree.count, states)
    if tree.op == "not":
        return truth.not_(states[0])
    if tree.op == "soft":
        return state_of(max(states[0].low, PERSON), max(states[0].high, PERSON))
    return truth.agree(*states)


def worlds(facts: Sequence[str]) -> Iterator[dict[str, int]]:
    for values in product(range(3), repeat=len(facts)):
        yield dict(zip(facts, values, strict=True))


def can_matter(tree: Tree, facts: Sequence[str]) -> set[str]:
    """The facts of which a change alone, in some world, changes the state."""
    found = set()
    for world in worlds(facts):
        here = settled(tree, world)
        for fact in facts:
            if fact not in found and any(
                settled(tree, {**world, fact: value}) != here for value in range(3)
            ):
                found.add(fact)
    return found


@st.composite
def trees(draw: st.DrawFn, facts: list[str], repeated: bool, depth: int = 3) -> Tree:
    """`facts` is used up from its end unless a fact may occur several times."""
    if depth == 0 or draw(st.integers(0, 3)) == 0:
        if not facts or draw(st.integers(0, 3)) == 0:
            return Leaf("", (draw(st.sampled_from((NO, PERSON, YES))),))
        fact = draw(st.sampled_from(facts)) if repeated else facts.pop()
        gives = draw(st.tuples(*[st.sampled_from((NO, PERSON, YES))] * 3))
        return Leaf(fact, gives)
    op = draw(st.sampled_from(OPS))
    size = {"not": 1, "soft": 1, "agree": 2}.get(op) or draw(st.integers(1, 3))
    children = tuple(draw(trees(facts, repeated, depth - 1)) for _ in range(size))
    count = draw(st.integers(1, size)) if op == "at_least" else 0
    return Node(op, children, count)


@st.composite
def once(draw: st.DrawFn) -> Tree:
    return draw(trees([f"事实{i}" for i in range(5)], repeated=False))


@st.composite
def several_times(draw: st.DrawFn) -> Tree:
    return draw(trees([f"事实{i}" for i in range(3)], repeated=True))


def _check_once(tree: Tree) -> None:
    facts = list(dict.fromkeys(facts_of(tree)))
    trace = trace_of(tree)
    ends = {settled(tree, world) for world in worlds(facts)}
    assert trace.state.low <= min(ends) and max(ends) <= trace.state.high
    assert reachable(trace) == ends
    assert needed(trace) == can_matter(tree, facts)


def _check_several_times(tree: Tree) -> None:
    facts = list(dict.fromkeys(facts_of(tree)))
    trace = trace_of(tree)
    ends = {settled(tree, world) for world in worlds(facts)}
    assert reachable(trace) >= ends
    assert needed(trace) >= can_matter(tree, facts)


@settings(max_examples=300, derandomize=True)
@given(once())
def test_exact_where_no_fact_occurs_twice(tree: Tree) -> None:
    _check_once(tree)


@settings(max_examples=300, derandomize=True)
@given(several_times())
def test_never_too_few_where_a_fact_occurs_twice(tree: Tree) -> None:
    _check_several_times(tree)


@pytest.mark.slow
@pytest.mark.timeout(900)
@settings(max_examples=5_000)
@given(once())
def test_exact_where_no_fact_occurs_twice_in_many(tree: Tree) -> None:
    _check_once(tree)


@pytest.mark.slow
@pytest.mark.timeout(900)
@settings(max_examples=5_000)
@given(several_times())
def test_never_too_few_where_a_fact_occurs_twice_in_many(tree: Tree) -> None:
    _check_several_times(tree)
