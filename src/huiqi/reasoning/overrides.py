"""例外 and 另有规定: what stands in for a measure's own conditions or award while their case holds."""

from __future__ import annotations

from dataclasses import replace

from huiqi.language import tree as t
from huiqi.mechanisms import truth
from huiqi.mechanisms.number import Num
from huiqi.mechanisms.truth import PERSON, F, J, T, state_of
from huiqi.reasoning.context import Context, Trace
from huiqi.reasoning.dispatch import state, value
from huiqi.reasoning.values import under
from huiqi.reasoning.window import needed


def exceptional_state(node: t.Exceptional, ctx: Context) -> Trace:
    case = state(node.case, ctx)
    if case.state == T:
        no_second_exception(node, ctx)
        made = state(node.other, ctx)
        return replace(made, notes=(*made.notes, f"适用例外：{node.name}"))
    if case.state == F:
        return state(node.normal, ctx)
    return either_of(node.name, case, state(node.other, ctx), state(node.normal, ctx))


def either_of(name: str, case: Trace, other: Trace, normal: Trace) -> Trace:
    """`other` where the case holds, else `normal`, while that is open or a person's to say."""
    hull = truth.either((other.state, normal.state))
    if case.state == J and not hull.is_settled:
        low = hull.low if other.state.low == normal.state.low else min(PERSON, hull.high)
        high = hull.high if other.state.high == normal.state.high else max(PERSON, hull.low)
        hull = state_of(min(low, high), max(low, high))
    missing = needed(case) | needed(other) | needed(normal)
    return Trace(
        "atom",
        hull,
        name,
        children=[case, other, normal],
        missing=missing,
        causes=(*case.causes, *other.causes, *normal.causes),
        judged=True,
    )


def exceptional_value(node: t.Exceptional, ctx: Context) -> Num:
    trace = state(node.case, ctx)
    if trace.state == T:
        no_second_exception(node, ctx)
        ctx.notes.append(f"适用例外：{node.name}")
    return under(trace, lambda: value(node.other, ctx), lambda: value(node.normal, ctx))


class ExceptionsClashError(ValueError):
    """Two exceptions of one measure hold and no order is written: the rule is at fault, not the facts."""


def no_second_exception(node: t.Exceptional, ctx: Context) -> None:
    inner = node.normal
    while isinstance(inner, t.AllOf | t.Clause):
        inner = (
            inner.of
            if isinstance(inner, t.Clause)
            else inner.items[0]
            if inner.items
            else t.Fixed(True)
        )
    if isinstance(inner, t.Exceptional):
        if state(inner.case, ctx.apart()).state == T:
            raise ExceptionsClashError(f"例外“{node.name}”与“{inner.name}”同时成立，没有写先后")
        no_second_exception(inner, ctx)
