"""Puts traces together: and, or, none, at least k, two readings that both count."""

from __future__ import annotations

from collections.abc import Sequence

from huiqi.mechanisms import truth
from huiqi.mechanisms.truth import PERSON, F, J, State, T
from huiqi.reasoning.context import Trace


def combined(op: str, children: Sequence[Trace], count: int = 0) -> Trace:
    states = [child.state for child in children]
    if op == "all":
        made = truth.all_of(states)
    elif op == "any":
        made = truth.any_of(states)
    elif op == "none":
        made = truth.all_of(truth.not_(one) for one in states)
    else:
        made = truth.at_least(count, states)
    causes = tuple(dict.fromkeys(cause for child in children for cause in child.causes))
    return Trace(op, made, children=list(children), count=count, causes=causes)


def agreed(key: str, name: str, first: Trace, second: Trace) -> Trace:
    """Two readings that both count (I3): where they differ, a person decides; cause 解读."""
    made = truth.agree(first.state, second.state)
    label = f"并列 {key}" + (f" {name}" if name and name != key else "")
    if first.state == second.state and first.state.is_settled:
        note = f"{label}：两种读法都{shown(first.state)}"
    else:
        one, other = _SIDES.get(key, ("", ""))
        note = f"{label}：甲 {one}{shown(first.state)}，乙 {other}{shown(second.state)}"
    causes = tuple(dict.fromkeys((*first.causes, *second.causes)))
    if PERSON in (made.low, made.high) and first.state != second.state:
        causes = (*causes, f"解读 {key}")
    return Trace("agree", made, name, children=[first, second], causes=causes, notes=(note,))


_SIDES = {"C9": ("滚动 ", "日历年 "), "F2": ("单体 ", "合并 ")}


def shown(found: State) -> str:
    return {T: "符合", F: "不符合", J: "待评审"}.get(found, "待补充")
