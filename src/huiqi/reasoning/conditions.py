"""The state of a condition: the reference meaning of every node that gives yes, no, or something between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from huiqi.language import tree as t
from huiqi.mechanisms import number as n
from huiqi.mechanisms import series, titles, truth
from huiqi.mechanisms.number import NOTHING_MISSING, Num
from huiqi.mechanisms.truth import FT, PERSON, F, J, T, state_of
from huiqi.reasoning import lookup, tables
from huiqi.reasoning.context import NEVER, SURE, Context, Trace, atom
from huiqi.reasoning.dispatch import code_of, state, texts_of, value
from huiqi.reasoning.records import list_missing, member_trace, records_of
from huiqi.reasoning.spans import in_span, span, window_of
from huiqi.reasoning.traces import agreed, combined, shown
from huiqi.reasoning.values import UNSTATED, years
from huiqi.reasoning.window import needed
from huiqi.vocabulary.calendar import DateRange, add_months


def _clause(node: t.Clause, ctx: Context) -> Trace:
    seen, noted, outer_parts = len(ctx.observed), len(ctx.notes), ctx.parts
    ctx.parts = []
    made = state(node.of, ctx)
    parts, ctx.parts = ctx.parts, outer_parts
    if made.text or made in (SURE, NEVER):
        children = [made] if made.text else []
        made = Trace(
            "all" if children else "atom", made.state, children=children, causes=made.causes
        )
    made.text = node.source.text
    made.source = node.source
    if not made.observed:
        made.observed = tuple(ctx.observed[seen:])
    if len(ctx.notes) > noted:
        made.notes = (*made.notes, *ctx.notes[noted:])
    if parts and made.op == "atom":
        made.children = parts
    return made


def _fixed(node: t.Fixed, ctx: Context) -> Trace:
    del ctx
    return SURE if node.holds else NEVER


def _yes(node: t.FactYes, ctx: Context) -> Trace:
    found, missing = lookup.yes(node, ctx)
    return atom(found, missing)


# ---------------------------------------------------------------- comparisons
def _compare_numbers(node: t.CompareNumbers, ctx: Context) -> Trace:
    outer_parts, ctx.parts = ctx.parts, []
    left, right = value(node.left, ctx), value(node.right, ctx)
    parts, ctx.parts = ctx.parts, outer_parts
    ctx.conventions.add("B1")
    found = n.compare(left, node.op, right)
    causes = left.causes + right.causes
    judged = bool(causes) or not (_is_firm(left) and _is_firm(right))
    judged |= "perhaps_undefined" in left.marks | right.marks
    made = Trace(
        "atom",
        found,
        missing=NOTHING_MISSING if found.is_settled else left.missing | right.missing,
        causes=causes if found not in (T, F) else (),
        children=parts,
        judged=judged,
        value=left,
        gap_dims=node.dims,
    )
    if left.point is not None and right.point is not None:
        made.gap = n.subtract(left, right)
    return made


def _is_firm(value_: Num) -> bool:
    """Nothing is left to a person in it."""
    return all(s.low_min == s.high_min and s.low_max == s.high_max for s in value_.spans)


def _compare_dates(node: t.CompareDates, ctx: Context) -> Trace:
    left, right = lookup.day(node.left, ctx), lookup.day(node.right, ctx)
    missing = left.missing | right.missing
    if left.undefined or right.undefined:
        return atom(J, causes=(left.undefined or right.undefined,))
    if left.days is None or right.days is None:
        return atom(FT, missing)
    first = n.Num((_days(left.days),))
    second = n.Num((_days(right.days),))
    return atom(n.compare(first, node.op, second), missing)


def _days(days: DateRange) -> n.Span:
    low, high = days.first.toordinal(), days.last.toordinal()
    return n.Span(low, high, low, high)


def _compare_codes(node: t.CompareCodes, ctx: Context) -> Trace:
    table = ctx.program.tables[node.table]
    left, right = code_of(node.left, ctx), code_of(node.right, ctx)
    if left.undefined or right.undefined:
        return atom(J, causes=(left.undefined or right.undefined,))
    missing = left.missing | right.missing
    if left.is_open or right.is_open:
        return atom(FT, missing)
    states = []
    for one in left.options:
        for other in right.options:
            if node.op in "=≠":
                holds = (one == other) == (node.op == "=")
            elif not one or not other:
                holds = False
            else:
                # A lower place is a higher level.
                holds = {
                    "≥": table.rank(one) <= table.rank(other),
                    ">": table.rank(one) < table.rank(other),
                    "≤": table.rank(one) >= table.rank(other),
                    "<": table.rank(one) > table.rank(other),
                }[node.op]
            states.append(truth.truth(holds))
    return atom(truth.either(states) if states else F, missing)


def _same_text(node: t.SameText, ctx: Context) -> Trace:
    options, missing = texts_of(node.left, ctx)
    if not options:
        return atom(FT, missing)
    found = truth.either(truth.truth((one in node.texts) != node.negated) for one in options)
    return atom(found, missing)


def _in_codes(node: t.InCodes, ctx: Context) -> Trace:
    table = ctx.program.tables[node.table]
    found = code_of(node.of, ctx)
    if found.undefined:
        made = F if found.undefined.startswith("不适用") else J
        made = truth.not_(made) if node.negated else made
        return atom(made, causes=(found.undefined,) if made == J else ())
    if found.is_open:
        return atom(FT, found.missing, judged=found.perhaps_undefined)
    states = []
    for one in found.options:
        if one and any(table.is_under(one, code) for code in node.codes):
            states.append(T)
        elif one and any(table.could_be_under(one, code) for code in node.codes):
            states.append(FT)
        else:
            states.append(F)
    if found.judged:
        merged = truth.either(states)
        made = merged if merged.is_settled else J
    else:
        made = truth.any_of(states) if found.every else truth.either(states or [F])
    return atom(truth.not_(made) if node.negated else made, found.missing)


def _in_span(node: t.InSpan, ctx: Context) -> Trace:
    days = lookup.day(node.of, ctx)
    sure, possible, missing = span(node.span, ctx, inclusive_end=True)
    missing |= days.missing
    ctx.conventions.add("C13")
    if days.undefined:
        return atom(J, causes=(days.undefined,))
    if days.days is None or (sure is None and possible is None):
        return atom(FT, missing)
    notes: tuple[str, ...] = ()
    if isinstance(node.span, t.SpanFrom) and possible is not None:
        notes = (f"最后一日 {possible.last.isoformat()}",)
    return atom(in_span(days.days, sure, possible), missing, notes=notes)


def _in_range(node: t.InRange, ctx: Context) -> Trace:
    """One band test is one atom (A9): a value that is one of several, all outside, is surely outside."""
    of, low, high = value(node.of, ctx), value(node.low, ctx), value(node.high, ctx)
    found = truth.either(
        truth.all_of((n.compare(one, "≥", low), n.compare(one, "≤", high)))
        for one in (n.Num((span_,)) for span_ in of.spans)
    )
    return atom(found, of.missing, causes=of.causes if found not in (T, F) else ())


def _month_in(node: t.MonthIn, ctx: Context) -> Trace:
    found = value(node.of, ctx)
    months = [month for month in range(1, 13) if found.low <= month <= found.high]
    inside = [month in node.months for month in months]
    return atom(truth.either(truth.truth(one) for one in inside), found.missing)


def _year_in(node: t.YearIn, ctx: Context) -> Trace:
    return atom(truth.truth(years(node.period, ctx)[-1] in node.years))


# ---------------------------------------------------------------- records, time
def _records_exist(node: t.RecordsExist, ctx: Context) -> Trace:
    inner = ctx.within(window_of(node.period, ctx)) if node.period else ctx
    ctx.conventions.add("A11")
    found = records_of(node.records.kind, ctx)
    if found is None:
        return atom(FT, list_missing(node.records.kind, ctx))
    children = [member_trace(node.records, item, inner) for item in found.items]
    if not found.complete:
        children.append(atom(FT, frozenset((node.records.kind,))))
    if not children:
        return atom(F, notes=("清单为空",))
    return children[0] if len(children) == 1 else combined("any", children)


def _has_passed(node: t.HasPassed, ctx: Context) -> Trace:
    start = lookup.day(node.start, ctx)
    ctx.conventions.add("C13")
    if start.undefined:
        return atom(J, causes=(start.undefined,))
    if start.days is None:
        return atom(FT, start.missing)

    def due(day: Any) -> bool:
        if node.days:
            return bool((ctx.as_of - day).days >= node.days)
        return bool(ctx.as_of >= add_months(day, node.months))

    states = (truth.truth(due(start.days.first)), truth.truth(due(start.days.last)))
    return atom(truth.either(states), start.missing)


def _each_year(node: t.EachYear, ctx: Context) -> Trace:
    """The condition in each year (C10 均); a year in which the enterprise did not exist fails it (B14)."""
    children = []
    for year in years(node.period, ctx):
        if not ctx.existed_in(year):
            children.append(atom(F, notes=(f"{year}年尚未成立",)))
            continue
        inner = ctx.at_year(year)
        inner.observed = []
        made = state(node.of, inner)
        if made.causes == (series.TOO_YOUNG,):
            made = atom(F, notes=(f"{year}年的比较缺上一年：{series.TOO_YOUNG}",))
        made = replace(made, text=f"{year}年度", observed=tuple(inner.observed))
        ctx.observed += inner.observed
        children.append(made)
    return combined("all", children)


# ---------------------------------------------------------------- connectives
def _all(node: t.AllOf, ctx: Context) -> Trace:
    return combined("all", [state(item, ctx) for item in node.items])


def _any(node: t.AnyOf, ctx: Context) -> Trace:
    return combined("any", [state(item, ctx) for item in node.items])


def _none(node: t.NoneOf, ctx: Context) -> Trace:
    return combined("none", [state(item, ctx) for item in node.items])


def _at_least(node: t.AtLeastOf, ctx: Context) -> Trace:
    ctx.conventions.add("A13")
    return combined("at_least", [state(item, ctx) for item in node.items], node.count)


def _not(node: t.Negation, ctx: Context) -> Trace:
    of = state(node.of, ctx)
    return Trace("not", truth.not_(of.state), children=[of], causes=of.causes, notes=of.notes)


def _soft(node: t.SoftLimit, ctx: Context) -> Trace:
    of = state(node.of, ctx)
    ctx.conventions.add("A15")
    made = state_of(max(of.state.low, PERSON), max(of.state.high, PERSON))
    causes = of.causes if of.state == T else (*of.causes, "原则上")
    return Trace("soft", made, children=[of], causes=causes)


def _judged(node: t.Judged, ctx: Context) -> Trace:
    ctx.conventions.add("A14")
    return atom(J, causes=(f"评审：{node.words}",))


def _left_open(node: t.LeftOpen, ctx: Context) -> Trace:
    ctx.conventions.add("A4")
    return atom(J, causes=(f"{UNSTATED}：{node.words}",))


def _use(node: t.UseCondition, ctx: Context) -> Trace:
    definition = ctx.program.definitions[node.definition]
    inner = ctx
    if node.firm and ctx.subject is not ctx.firm:
        inner = ctx.about(ctx.firm, "企业")
    made = state(definition.body, inner)
    if made in (SURE, NEVER):
        return made
    return replace(made, text=made.text or definition.name, source=made.source or definition.source)


def _event_in_time(node: t.EventInTime, ctx: Context) -> Trace:
    found = lookup.day(node.of, ctx)
    time = ctx.time
    ctx.conventions |= {"C2", "C3"}
    if time is None:
        return atom(F, notes=("文件的时间尚未开始",))
    if found.undefined:
        return atom(F)  # what does not apply to the enterprise has not happened
    if found.days is None:
        return atom(FT, found.missing)
    return atom(titles.lies_within(found.days, time), found.missing)


def _in_term(node: t.InTerm, ctx: Context) -> Trace:
    sure, possible, missing = span(node.span, ctx, inclusive_end=False)
    ctx.conventions.add("C12")
    if possible is None:
        return atom(FT, missing)
    if not node.annual or ctx.year is None:
        return atom(in_span(DateRange(ctx.as_of, ctx.as_of), sure, possible), missing)

    def touches(days: DateRange | None) -> bool:
        return days is not None and days.first.year <= (ctx.year or 0) <= days.last.year

    return atom(truth.either((truth.truth(touches(sure)), truth.truth(touches(possible)))), missing)


def _at_year(node: t.AtYear, ctx: Context) -> Trace:
    (year,) = years(node.period, ctx)
    return state(node.of, ctx.at_year(year))


def _in_window(node: t.InWindow, ctx: Context) -> Trace:
    return state(node.of, ctx.within(window_of(node.period, ctx)))


def _reading(node: t.ReadingOf, ctx: Context) -> Trace:
    side = ctx.chosen(node.key)
    if side is not None:
        return state(node.first if side == "甲" else node.second, ctx)
    if node.kind == "备注":
        ctx.touched.add(node.key)
        return state(node.first, ctx)
    ctx.shared.add(node.key)
    return agreed(node.key, node.name, state(node.first, ctx), state(node.second, ctx))


def _carried(node: t.Carried, ctx: Context) -> Trace:
    if ctx.chosen(node.key) is not None:
        return state(node.of, ctx)
    first = state(node.of, ctx.choosing(node.key, "甲"))
    second = state(node.of, ctx.choosing(node.key, "乙").apart())
    if node.key == "F2" and not _has_group(ctx):
        return first
    ctx.conventions.add(node.key)
    if first.state == second.state and first.state.is_settled:
        note = f"并列 {node.key}：两种读法都{shown(first.state)}"
        return replace(first, notes=(*first.notes, note))
    ctx.shared.add(node.key)
    return agreed(node.key, "", first, second)


def _has_group(ctx: Context) -> bool:
    entry = ctx.firm.entry("编制合并报表")
    return not (entry and entry.candidates and entry.candidates[0].value is False)


def _condition_value(node: t.Node, ctx: Context) -> Trace:
    """A table whose rows are conditions, used as a condition."""
    chosen = tables.select(node, ctx)
    rows: tuple[t.TableRow, ...] = node.rows  # type: ignore[union-attr]
    traces = [
        state(rows[selected[0]].value, ctx) if selected else NEVER for selected in chosen.options
    ]
    if len(traces) == 1:
        return traces[0]
    made = truth.either(trace.state for trace in traces)
    return Trace(
        "atom", made, missing=chosen.missing | frozenset().union(*(needed(x) for x in traces))
    )


STATES: dict[type, Callable[[Any, Context], Trace]] = {
    t.Clause: _clause,
    t.Fixed: _fixed,
    t.FactYes: _yes,
    t.CompareNumbers: _compare_numbers,
    t.CompareDates: _compare_dates,
    t.CompareCodes: _compare_codes,
    t.SameText: _same_text,
    t.InCodes: _in_codes,
    t.InSpan: _in_span,
    t.InRange: _in_range,
    t.MonthIn: _month_in,
    t.YearIn: _year_in,
    t.RecordsExist: _records_exist,
    t.HasPassed: _has_passed,
    t.EachYear: _each_year,
    t.AllOf: _all,
    t.AnyOf: _any,
    t.NoneOf: _none,
    t.AtLeastOf: _at_least,
    t.Negation: _not,
    t.SoftLimit: _soft,
    t.Judged: _judged,
    t.LeftOpen: _left_open,
    t.UseCondition: _use,
    t.EventInTime: _event_in_time,
    t.InTerm: _in_term,
    t.AtYear: _at_year,
    t.InWindow: _in_window,
    t.ReadingOf: _reading,
    t.Carried: _carried,
    t.NumberTable: _condition_value,
    t.CodeTableRows: _condition_value,
    t.ConditionTable: _condition_value,
}
