"""Whether anything is due at all (SEMANTICS A16).

Where the words themselves can leave nothing due (an increment, 首次, a table row that pays nothing, whole units) the
benefit adds the condition that its own amount is more than nothing. A plain factor adds none: if it is unknown only
the sum is, and if it is known to be 0 the verdict stays and 0 is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce
from typing import Any

from huiqi.language import tree as t
from huiqi.mechanisms import series, truth
from huiqi.mechanisms.number import Num
from huiqi.mechanisms.truth import FT, PERSON, F, J, T
from huiqi.reasoning import tables
from huiqi.reasoning.context import SURE, Context, Trace
from huiqi.reasoning.dispatch import state, value
from huiqi.reasoning.overrides import either_of
from huiqi.reasoning.traces import agreed, combined
from huiqi.reasoning.window import needed, reachable


def due(node: t.Node, ctx: Context) -> Trace:
    """The state of “its own amount is more than 0”, as far as the words of the clause decide it."""
    return _DUE.get(type(node), _plain)(node, ctx)


def something_due(amount: Num) -> truth.State:
    """Of a computed amount, read at its upper end (a ceiling is an entitlement to be decided)."""
    states = []
    for span in amount.spans:
        if span.high_min > 0:
            states.append(T)
        elif span.high_max <= 0:
            states.append(F)
        else:
            states.append(FT)
    return truth.either(states)


def _plain(node: t.Node, ctx: Context) -> Trace:
    del node, ctx
    return SURE


def _computed(node: t.Node, ctx: Context) -> Trace:
    worked = value(node, ctx)
    if series.is_undefined(worked):
        return Trace("atom", J, "计得金额大于0", causes=worked.causes)
    judged = series.is_perhaps_undefined(worked)
    return Trace(
        "atom", something_due(worked), "计得金额大于0", missing=worked.missing, judged=judged
    )


def _constant(node: t.Constant, ctx: Context) -> Trace:
    del ctx
    return Trace("atom", truth.truth(node.value > 0))


def _inner(node: Any, ctx: Context) -> Trace:
    return due(node.of, ctx)


def _all(node: t.AllOf, ctx: Context) -> Trace:
    return due(node.items[0], ctx)


def _use(node: t.UseValue, ctx: Context) -> Trace:
    definition = ctx.program.definitions[node.definition]
    inner = ctx.about(ctx.firm, "企业") if node.firm else ctx
    return due(definition.body, inner)


def _arithmetic(node: t.Arithmetic, ctx: Context) -> Trace:
    if node.op == "−":
        return _computed(node, ctx) if isinstance(node.right, t.AtYear) else due(node.left, ctx)
    both = [due(node.left, ctx), due(node.right, ctx)]
    return combined("any" if node.op == "+" else "all", both)


def _extreme(node: t.Extreme, ctx: Context) -> Trace:
    return combined("any" if node.greatest else "all", [due(item, ctx) for item in node.items])


def _cap(node: t.Cap, ctx: Context) -> Trace:
    return combined("all", [due(node.of, ctx), due(node.cap, ctx)])


def _floor(node: t.FloorAt, ctx: Context) -> Trace:
    return combined("any", [due(node.of, ctx), due(node.floor, ctx)])


def _range(node: t.DecidedRange, ctx: Context) -> Trace:
    return due(node.high, ctx)


def _when(node: t.WhenHolds, ctx: Context) -> Trace:
    return combined("all", [state(node.condition, ctx), due(node.of, ctx)])


def _group(node: t.ValueGroup, ctx: Context) -> Trace:
    return combined("any", [due(part.value, ctx) for part in node.parts])


def _each(node: t.EachMet, ctx: Context) -> Trace:
    return combined("any", [state(one, ctx) for one in node.conditions])


def _number_table(node: t.NumberTable, ctx: Context) -> Trace:
    if node.mode in ("marginal", "first") or node.difference:
        return _computed(node, ctx)
    return _rows(node, ctx)


def _code_table(node: t.CodeTableRows, ctx: Context) -> Trace:
    return _computed(node, ctx) if node.difference else _rows(node, ctx)


def _rows(node: Any, ctx: Context) -> Trace:
    chosen = tables.select(node, ctx)
    traces = [
        combined("any", [due(node.rows[index].value, ctx) for index in rows])
        if rows
        else Trace("atom", F)
        for rows in chosen.options
    ]
    if len(traces) == 1:
        return traces[0]
    choose = partial(reduce, truth.agree) if chosen.judged else truth.either
    made = choose([trace.state for trace in traces])
    missing = chosen.missing.union(*(needed(trace) for trace in traces))
    causes = chosen.causes if made not in (T, F) else ()
    judged = chosen.perhaps_undefined or any(PERSON in reachable(trace) for trace in traces)
    return Trace("atom", made, "计得金额大于0", missing=missing, causes=causes, judged=judged)


def _reading(node: t.ReadingOf, ctx: Context) -> Trace:
    side = ctx.chosen(node.key)
    if side is not None:
        return due(node.first if side == "甲" else node.second, ctx)
    if node.kind == "备注":
        ctx.touched.add(node.key)
        return due(node.first, ctx)
    first, second = due(node.first, ctx), due(node.second, ctx)
    if first.state == second.state and first.state.is_settled:
        return first
    return agreed(node.key, node.name, first, second)


def _exceptional(node: t.Exceptional, ctx: Context) -> Trace:
    case = state(node.case, ctx)
    if case.state.is_settled and case.state != J:
        return due(node.other if case.state == T else node.normal, ctx)
    return either_of("计得金额大于0", case, due(node.other, ctx), due(node.normal, ctx))


def nothing_is_a_no(node: t.Node, ctx: Context) -> bool:
    """Whether every 0 that a benefit can come to leaves nothing due, so that whoever is granted it gets more.

    A plain product of facts may be 0 and still be granted.
    """
    if isinstance(node, t.Clause | t.Cap | t.Carried | t.WhenHolds | t.Ceiling):
        return nothing_is_a_no(node.of, ctx)
    if isinstance(node, t.UseValue):
        return nothing_is_a_no(ctx.program.definitions[node.definition].body, ctx)
    parts: tuple[t.Node, ...] = ()
    if isinstance(node, t.AllOf | t.Extreme):
        parts = node.items
    elif isinstance(node, t.Arithmetic) and node.op in "×+":
        parts = (node.left, node.right)
    elif isinstance(node, t.Arithmetic) and node.op == "−":
        return isinstance(node.right, t.AtYear)  # a difference between years
    elif isinstance(node, t.NumberTable | t.CodeTableRows | t.ConditionTable):
        parts = tuple(row.value for row in node.rows)
    elif isinstance(node, t.ValueGroup):
        parts = tuple(part.value for part in node.parts)
    elif isinstance(node, t.Exceptional):
        parts = (node.other, node.normal)
    elif isinstance(node, t.ReadingOf):
        parts = (node.first, node.second)
    if parts:
        return all(nothing_is_a_no(part, ctx) for part in parts)
    return isinstance(node, t.Constant | t.WholeUnits | t.Increment)


_DUE: dict[type, Callable[[Any, Context], Trace]] = {
    t.Clause: _inner,
    t.AllOf: _all,
    t.Constant: _constant,
    t.UseValue: _use,
    t.AtYear: _computed,
    t.Arithmetic: _arithmetic,
    t.Extreme: _extreme,
    t.Increment: _computed,
    t.WholeUnits: _computed,
    t.Cap: _cap,
    t.FloorAt: _floor,
    t.Ceiling: _inner,
    t.NoLess: _inner,
    t.DecidedRange: _range,
    t.WhenHolds: _when,
    t.WhenNotApplicable: _inner,
    t.ValueGroup: _group,
    t.EachMet: _each,
    t.NumberTable: _number_table,
    t.CodeTableRows: _code_table,
    t.ConditionTable: _rows,
    t.ReadingOf: _reading,
    t.Carried: _inner,
    t.Exceptional: _exceptional,
}
