"""上限: what several awards of one measure add up to under its own limits (SEMANTICS D11, D12, F9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiqi.language import tree as t
from huiqi.mechanisms import number as n
from huiqi.mechanisms import truth
from huiqi.mechanisms.choose import best_of
from huiqi.mechanisms.number import INF, Num, Span, exactly
from huiqi.mechanisms.truth import FT, F, State, T
from huiqi.reasoning import history, lookup
from huiqi.reasoning.context import SURE, Context, Trace
from huiqi.reasoning.dispatch import state, value
from huiqi.reasoning.window import needed
from huiqi.vocabulary.units import POINTS

_NOT_NO = (T, truth.J, truth.FJ, truth.JT, FT)


@dataclass(frozen=True, slots=True)
class Awarded:
    """One record's award: its state, its amount given that it is granted, and where it was worked out."""

    trace: Trace
    amount: Num
    ctx: Context


def counted(one: Awarded, alone: bool) -> Num:
    """What one record enters a sum with: its amount where it is granted, from 0 where that is open (A17)."""
    amount, found = one.amount, one.trace.state
    if alone or found == T:
        return amount
    if found.is_settled:
        spans = tuple(Span(0, 0, s.high_min, s.high_max) for s in amount.spans)
    else:
        spans = tuple(Span(0, s.low_max, 0, s.high_max) for s in amount.spans)
    return Num(spans, amount.missing | needed(one.trace), amount.causes, amount.marks)


def per_item(measure: t.Measure, amount: Num, ctx: Context) -> Num:
    """Limits on one record's award."""
    for limit in measure.limits:
        if limit.counts or not _is_of_one(limit):
            continue
        holds = state(limit.condition, ctx) if limit.condition is not None else SURE
        if holds.state != F:
            amount = _under(holds, n.capped(amount, value(limit.limit, ctx)), amount)
    return amount


def over_records(measure: t.Measure, items: Sequence[Awarded], ctx: Context) -> Num:
    """Count limits take the best records, then their sum meets the subject's limits."""
    alone = len(items) == 1
    total = _within_counts(measure, items, [counted(one, alone) for one in items], ctx)
    least = min(one.amount.low for one in items)
    if least > 0 and not any(one.trace.state == T for one in items):
        total = n.floored(
            total, Num((Span(least, least, least, least),))
        )  # at least one is granted
    return over_subject(measure, total, ctx)


def _within_counts(
    measure: t.Measure, items: Sequence[Awarded], amounts: Sequence[Num], ctx: Context
) -> Num:
    """The records that count: under every count limit at once, those that surely or possibly fall under it."""
    sure: list[tuple[frozenset[int], int]] = []
    possible: list[tuple[frozenset[int], int]] = []
    missing: frozenset[str] = n.NOTHING_MISSING
    for limit in measure.limits:
        most = value(limit.limit, ctx).point if _is_count(limit) else None
        if most is None:
            continue
        holds = [
            SURE if limit.condition is None else state(limit.condition, one.ctx) for one in items
        ]
        for found, states in ((sure, (T,)), (possible, _NOT_NO)):
            members = frozenset(i for i, one in enumerate(holds) if one.state in states)
            if len(members) > most:
                found.append((members, int(most)))
        missing |= frozenset().union(*(needed(trace) for trace in holds))
        if sum(one.state != F for one in holds) > most:
            ctx.notes.append(f"每户最多 {int(most)} 项，取最高的")
            ctx.conventions.add("D11")
    if not possible:
        return n.total(amounts)
    most_cut = best_of(amounts, possible)
    if sure == possible:
        return most_cut
    return n.one_of([best_of(amounts, sure) if sure else n.total(amounts), most_cut], missing)


def over_subject(measure: t.Measure, total: Num, ctx: Context) -> Num:
    """Limits per enterprise; without 每年 they are for life, so what was granted before leaves less room."""
    for limit in measure.limits:
        if not _is_cap(limit):
            continue
        holds = state(limit.condition, ctx) if limit.condition is not None else SURE
        if holds.state == F:
            continue
        cap = value(limit.limit, ctx)
        if is_for_life(limit):
            earlier = earlier_awards(measure, cap, ctx)
            if earlier is not None:
                cap = n.greatest(n.subtract(cap, earlier), exactly(0))
                ctx.conventions.add("D12")
            elif total.high > cap.low:
                ctx.notes.append("按此前未领取计")
        ctx.conventions.add("D11")
        total = _under(holds, n.capped(total, cap), total)
    return total if measure.dims == POINTS else n.round_fen(total)


def within_budget(measure: t.Measure, amount: Num, ctx: Context) -> Num:
    """No award exceeds the whole of a public total (D14)."""
    if measure.budget_total is None:
        return amount
    return n.capped(amount, value(measure.budget_total, ctx))


def _under(holds: Trace, cut: Num, whole: Num) -> Num:
    """A limit with a condition of its own cuts only while that holds (E11)."""
    if holds.state == T:
        return cut
    if holds.state.is_settled:
        return n.judged_between((cut, whole), "、".join(holds.causes))
    return n.one_of([cut, whole], needed(holds))


def _is_of_one(limit: t.Limit) -> bool:
    """It cuts the award for one item, person or level; 每年 beside it is that award's year."""
    return bool(set(limit.scopes) & {"每项", "每人", "每级"}) and "每户" not in limit.scopes


def _is_cap(limit: t.Limit) -> bool:
    """It cuts what the enterprise gets in all: 每户, 总额, or 每年 alone."""
    return not limit.counts and not _is_of_one(limit)


def _is_count(limit: t.Limit) -> bool:
    """It says how many of the enterprise's records are paid; 每项 每年 1次 only says how often one may be."""
    return limit.counts and not _is_of_one(limit)


def is_for_life(limit: t.Limit) -> bool:
    return "每户" in limit.scopes and "每年" not in limit.scopes


def earlier_awards(measure: t.Measure, cap: Num, ctx: Context) -> Num | None:
    """What was granted before; open where nothing was said and earlier years of the term have passed (A6)."""
    said = history.granted(ctx)
    if said is not None:
        return n.capped(said, cap) if said.high == INF else said
    if _is_later_year(measure, ctx):
        return n.capped(n.unknown(history.granted_id(ctx), 0), cap)
    return None


def _is_later_year(measure: t.Measure, ctx: Context) -> bool:
    node = measure.term
    while isinstance(node, t.Clause | t.InTerm):
        node = node.of if isinstance(node, t.Clause) else node.span
    if not isinstance(node, t.SpanFrom):
        return False
    start = lookup.day(node.start, ctx.apart())
    year = ctx.year or ctx.as_of.year
    return start.days is None or start.days.first.year < year


def used_up(measure: t.Measure, ctx: Context) -> State:
    """Whether a lifetime limit is surely or possibly filled by earlier awards (A16)."""
    found = F
    for limit in measure.limits:
        if not (_is_cap(limit) and is_for_life(limit)):
            continue
        holds = state(limit.condition, ctx).state if limit.condition is not None else T
        if holds == F:
            continue
        cap = value(limit.limit, ctx)
        earlier = earlier_awards(measure, cap, ctx)
        if earlier is None:
            continue
        if earlier.low >= cap.high and holds == T:
            return T
        if earlier.high >= cap.low:
            found = truth.any_of((found, FT))
    return found


def open_list(measure: t.Measure, one: Num | None, ctx: Context) -> Num | None:
    """What a list of unknown length can bring: at least one award, at most what the limits allow."""
    if measure.amount is None:
        return None
    low = one.low if one is not None else 0
    high: n.End = INF
    for limit in measure.limits:
        if _is_count(limit) and limit.condition is None and one is not None:
            count = value(limit.limit, ctx).point
            if count is not None and one.high != INF:
                high = min(high, one.high * count)
    spans = (Span(max(low, 0), high, max(low, 0), high),)
    marks = one.marks if one is not None else n.NOTHING_MISSING
    total = Num(spans, frozenset((measure.subject,)), marks=marks)
    return over_subject(measure, total, ctx)
