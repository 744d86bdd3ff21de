"""From a state to a verdict, and the verdicts that remain possible (SEMANTICS A2, A3)."""

from __future__ import annotations

from enum import Enum

from huiqi.mechanisms.truth import NO, PERSON, YES, F, J, State, T
from huiqi.reasoning.context import Trace
from huiqi.reasoning.window import reachable


class Verdict(Enum):
    ELIGIBLE = "eligible"
    NEEDS_REVIEW = "needs_review"
    UNDETERMINED = "undetermined"
    INELIGIBLE = "ineligible"

    def label(self, lang: str = "zh") -> str:
        zh, en = _LABELS[self]
        return zh if lang == "zh" else en


_LABELS = {
    Verdict.ELIGIBLE: ("符合", "eligible"),
    Verdict.NEEDS_REVIEW: ("待评审", "needs review"),
    Verdict.UNDETERMINED: ("待补充", "undetermined"),
    Verdict.INELIGIBLE: ("不符合", "ineligible"),
}
_OF_END = {YES: Verdict.ELIGIBLE, PERSON: Verdict.NEEDS_REVIEW, NO: Verdict.INELIGIBLE}


def verdict_of(state: State) -> Verdict:
    return {T: Verdict.ELIGIBLE, F: Verdict.INELIGIBLE, J: Verdict.NEEDS_REVIEW}.get(
        state, Verdict.UNDETERMINED
    )


def remaining(trace: Trace) -> tuple[Verdict, ...]:
    """The verdicts that completing the facts can still lead to, best first; one where it is settled."""
    return tuple(_OF_END[end] for end in sorted(reachable(trace), reverse=True))


def bound_text(state: State) -> str:
    """What is already certain of an open state: 至多待评审, 至少待评审, or nothing."""
    if state.low == NO and state.high == PERSON:
        return "至多待评审"
    if state.low == PERSON and state.high == YES:
        return "至少待评审"
    return ""
