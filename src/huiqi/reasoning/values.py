"""The value of an expression: the reference meaning of every node that gives a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from huiqi.language import tree as t
from huiqi.language.periods import near_years, years_of
from huiqi.mechanisms import number as n
from huiqi.mechanisms import series
from huiqi.mechanisms.number import INF, NOTHING_MISSING, Num, Span, exactly
from huiqi.mechanisms.truth import FJ, FT, JT, F, J, State, T
from huiqi.reasoning import lookup
from huiqi.reasoning.context import Context, Trace
from huiqi.reasoning.dispatch import state, value
from huiqi.reasoning.spans import window_of
from huiqi.reasoning.terms import filling
from huiqi.reasoning.window import needed
from huiqi.vocabulary.calendar import full_months_between

UNSTATED = "文件未载明"
NO_ROW = "参数没有这一年的数"


def _clause(node: t.Clause, ctx: Context) -> Num:
    return value(node.of, ctx)


def _all(node: t.AllOf, ctx: Context) -> Num:
    assert len(node.items) == 1, "INVARIANT: a value is one line"
    return value(node.items[0], ctx)


def _constant(node: t.Constant, ctx: Context) -> Num:
    del ctx
    return exactly(node.value)


def _use(node: t.UseValue, ctx: Context) -> Num:
    definition = ctx.program.definitions[node.definition]
    inner = _inside(definition, node.firm, ctx)
    body = definition.body
    if node.item:
        part = _part(body, node.item)
        assert part is not None, "INVARIANT: the checker found this part"
        return _valued_part(part, inner)
    return value(body, inner)


def _inside(definition: t.Definition, firm: bool, ctx: Context) -> Context:
    if firm and ctx.subject is not ctx.firm:
        return ctx.about(ctx.firm, "企业")
    return ctx


def _part(body: Any, path: tuple[str, ...]) -> t.Part | None:
    while isinstance(body, t.Clause | t.AllOf):
        body = body.of if isinstance(body, t.Clause) else body.items[0]
    if not isinstance(body, t.ValueGroup):
        return None
    for part in body.parts:
        if part.name == path[0]:
            return part if len(path) == 1 else _part(part.value, path[1:])
        found = _part(part.value, path) if not part.name else None
        if found:
            return found
    return None


def _parameter(node: t.UseParameter, ctx: Context) -> Num:
    parameter = ctx.program.parameters[node.parameter]
    assert ctx.year is not None
    row = None
    for year, row_value, source in parameter.rows:
        if year < 0:
            if -year == ctx.year:
                row = (row_value, source)
        elif year <= ctx.year:
            row = (row_value, source)
    if row is None:
        ctx.notes.append(f"{NO_ROW}：{parameter.name}（{ctx.year}年度），由规则库补，不用企业填")
        return n.unknown(f"{ctx.year}年度 {parameter.name}")
    where = "、".join(row[1].addresses) or parameter.document
    ctx.notes.append(f"{parameter.name}（{ctx.year}年度）依据 {where}")
    return value(row[0], ctx)


def _term(node: t.UseTerm, ctx: Context) -> Num:
    found = filling(node.term, ctx)
    if found.body is not None:
        return value(found.body, ctx)
    opened = ctx.program.opened[node.term]
    high: n.End = opened.full if opened.full is not None else INF
    if found.missing:
        return Num((Span(0, high, 0, high),), found.missing)
    return n.decided(0, high, "range", found.cause)


def _arithmetic(node: t.Arithmetic, ctx: Context) -> Num:
    left, right = value(node.left, ctx), value(node.right, ctx)
    for side in (left, right):
        if series.is_undefined(side):
            return side
    if node.op == "+":
        return n.add(left, right)
    if node.op == "−":
        return n.subtract(left, right)
    if node.op == "×":
        return n.multiply(left, right)
    made = n.divide(left, right)
    if series.is_undefined(made):
        ctx.conventions.add("B9")
    return made


def _extreme(node: t.Extreme, ctx: Context) -> Num:
    values = [value(item, ctx) for item in node.items]
    return n.greatest(*values) if node.greatest else n.least(*values)


def years(period: str, ctx: Context) -> tuple[int, ...]:
    found = years_of(period, ctx.as_of.year, ctx.last_complete)
    if period == "上年度":
        ctx.conventions.add("C8")
    elif near_years(period):
        ctx.conventions.add("C10")
    return found


def _year_fold(node: t.YearFold, ctx: Context) -> Num:
    values = [value(node.of, ctx.at_year(year)) for year in years(node.period, ctx)]
    if node.how == "mean":
        return series.mean(values)
    if node.how == "sum":
        return series.summed(values)
    return n.greatest(*values) if node.how == "max" else n.least(*values)


def _at_year(node: t.AtYear, ctx: Context) -> Num:
    (year,) = years(node.period, ctx)
    return value(node.of, ctx.at_year(year))


def _in_window(node: t.InWindow, ctx: Context) -> Num:
    return value(node.of, ctx.within(window_of(node.period, ctx)))


def _growth(node: t.Growth, ctx: Context) -> Num:
    current, base = _pair(node.of, ctx)
    ctx.conventions.add("B10")
    return series.growth(current, base)


def _pair(of: t.Node, ctx: Context) -> tuple[Num, Num]:
    if isinstance(of, t.AtYear):
        (year,) = years(of.period, ctx)
        of = of.of
    else:
        assert ctx.year is not None
        year = ctx.year
    return value(of, ctx.at_year(year)), value(of, ctx.at_year(year - 1))


def _compound(node: t.CompoundGrowth, ctx: Context) -> Num:
    """近N年复合: the N values, exponent N − 1; with N + 1 values the other reading (B11, B12)."""
    found = years(node.period, ctx)
    ctx.touched.add("B12")
    ctx.conventions |= {"B11", "B12"}
    first = found[0] - 1 if ctx.chosen("B12") == "乙" else found[0]
    start = value(node.of, ctx.at_year(first))
    end = value(node.of, ctx.at_year(found[-1]))
    return series.compound_growth(start, end, found[-1] - first)


def _increment(node: t.Increment, ctx: Context) -> Num:
    return series.increment(*_pair(node.of, ctx))


def _whole_units(node: t.WholeUnits, ctx: Context) -> Num:
    ctx.conventions.add("B17")
    return series.whole_units(value(node.of, ctx), value(node.unit, ctx))


def _rounded(node: t.Rounded, ctx: Context) -> Num:
    return series.rounded(value(node.of, ctx), value(node.grain, ctx), node.down)


def _places(node: t.Places, ctx: Context) -> Num:
    """A share of a group in whole places: floor; second reading half up, at least 1 (H8)."""
    exact = n.multiply(value(node.share, ctx), value(node.size, ctx))
    ctx.touched.add("H8")
    ctx.conventions.add("H8")
    second = ctx.chosen("H8") == "乙"

    def places(end: n.End) -> n.End:
        if isinstance(end, float):
            return end
        return max(1, (2 * Fraction(end) + 1) // 2) if second else Fraction(end) // 1

    return n.lift(places, exact)


def _years_between(node: t.YearsBetween, ctx: Context) -> Num:
    start = lookup.day(node.start, ctx)
    if isinstance(node.end, str):
        last = years(node.end, ctx)[-1]
        end_years = (last, last)
        missing = start.missing
    else:
        end = lookup.day(node.end, ctx)
        missing = start.missing | end.missing
        if end.days is None:
            return Num((Span(-INF, INF, -INF, INF),), missing)
        end_years = (end.days.first.year, end.days.last.year)
    if start.days is None:
        return Num((Span(-INF, INF, -INF, INF),), missing)
    low, high = end_years[0] - start.days.last.year, end_years[1] - start.days.first.year
    return Num(
        (Span(low * 12, high * 12, low * 12, high * 12),),
        missing if low != high else NOTHING_MISSING,
    )


def _date_part(node: t.DatePart, ctx: Context) -> Num:
    found = lookup.day(node.of, ctx)
    if found.days is None:
        low: n.End = 1 if node.part == "月份" else -INF
        high: n.End = 12 if node.part == "月份" else INF
        return Num((Span(low, high, low, high),), found.missing)
    first, last = (_part_of(node.part, end, ctx) for end in (found.days.first, found.days.last))
    if node.part == "月份" and found.days.first.year != found.days.last.year:
        first, last = 1, 12
    first, last = min(first, last), max(first, last)
    return Num(
        (Span(first, last, first, last),), found.missing if first != last else NOTHING_MISSING
    )


def _part_of(part: str, when: date, ctx: Context) -> int:
    if part == "月份":
        return when.month
    if part == "年份":
        return when.year
    if part == "第几年":
        return 12 * ((ctx.year or ctx.as_of.year) - when.year + 1)
    if part == "月数":
        return full_months_between(when, ctx.as_of)
    return (ctx.as_of - when).days


def _cap(node: t.Cap, ctx: Context) -> Num:
    made = n.capped(value(node.of, ctx), value(node.cap, ctx))
    if node.soft:
        ctx.conventions.add("A15")
        ctx.notes.append("上限原则上不超过，可突破")
    return made


def _floor(node: t.FloorAt, ctx: Context) -> Num:
    return n.floored(value(node.of, ctx), value(node.floor, ctx))


def _ceiling(node: t.Ceiling, ctx: Context) -> Num:
    of = value(node.of, ctx)
    ctx.conventions.add("D1")
    spans = tuple(Span(0, 0, span.high_min, span.high_max) for span in of.spans)
    return Num(spans, of.missing, of.causes, of.marks | {"ceiling"})


def _no_less(node: t.NoLess, ctx: Context) -> Num:
    of = value(node.of, ctx)
    ctx.conventions.add("D2")
    spans = tuple(Span(span.low_min, span.low_max, INF, INF) for span in of.spans)
    return Num(spans, of.missing, of.causes, of.marks | {"floor"})


def _decided(node: t.DecidedRange, ctx: Context) -> Num:
    low, high = value(node.low, ctx), value(node.high, ctx)
    ctx.conventions.add("D2")
    made = n.judged_between((low, high))
    return replace(made, marks=made.marks | {"range"})


def _when_holds(node: t.WhenHolds, ctx: Context) -> Num:
    trace = state(node.condition, ctx)
    ctx.parts.append(trace)
    return under(trace, lambda: value(node.of, ctx), lambda: exactly(0))


def under(trace: Trace, then: Callable[[], Num], otherwise: Callable[[], Num]) -> Num:
    """`then` while the condition holds, else `otherwise`; open conditions leave both possible."""
    found: State = trace.state
    if found == T:
        return then()
    if found == F:
        return otherwise()
    yes, no = then(), otherwise()
    if found == J:
        return n.judged_between((yes, no), "、".join(trace.causes))
    missing = needed(trace)
    judged = n.judged_between((yes, no), "、".join(trace.causes))
    options = {FT: (yes, no), FJ: (no, judged), JT: (yes, judged)}[found]
    return n.one_of(options, missing)


def _when_not_applicable(node: t.WhenNotApplicable, ctx: Context) -> Num:
    made = value(node.of, ctx)
    if "na" in made.marks or series.TOO_YOUNG in made.causes:
        ctx.conventions.add("H7")
        return value(node.other, ctx)
    return made


def _judged_points(node: t.JudgedPoints, ctx: Context) -> Num:
    ctx.conventions.add("H3")
    return n.decided(node.low, node.high, "range", node.words)


def _unstated(node: t.Unstated, ctx: Context) -> Num:
    ctx.conventions.add("D18")
    return Num(
        (Span(0, 0, INF, INF),),
        causes=(f"{UNSTATED}：{node.words}",),
        marks=frozenset(("unstated",)),
    )


def _valued_part(part: t.Part, ctx: Context) -> Num:
    inner = ctx.fork()
    inner.parts, inner.observed = [], []
    made = value(part.value, inner)
    ctx.observed += inner.observed
    if part.name or part.source.text:
        ctx.parts.append(
            Trace(
                "part",
                T,
                part.name or part.source.text,
                part.source,
                inner.parts,
                made.missing,
                made.causes,
                observed=tuple(inner.observed),
                value=made,
            )
        )
    return made


def _group(node: t.ValueGroup, ctx: Context) -> Num:
    values = [_valued_part(part, ctx) for part in node.parts]
    if node.how == "sum":
        return n.total(_defined(values))
    best = n.greatest(*_defined(values))
    names = [part.name for part in node.parts]
    if all(names) and len(names) > 1:
        taken = max(zip(values, names, strict=True), key=lambda pair: (pair[0].low, pair[0].high))[
            1
        ]
        others = "、".join(name for name in names if name != taken)
        ctx.notes.append(f"取{taken}（另可选 {others}）")
        ctx.conventions.add("E6")
    return best


def _defined(values: list[Num]) -> list[Num]:
    """A part without value lets a person give anything from nothing up; it does not spoil the others (B9)."""
    return [
        Num((Span(0, 0, INF, INF),), causes=v.causes, marks=v.marks)
        if series.is_undefined(v)
        else v
        for v in values
    ]


def _each_met(node: t.EachMet, ctx: Context) -> Num:
    each = value(node.each, ctx)
    made = exactly(0)
    for condition in node.conditions:
        trace = state(condition, ctx)
        ctx.parts.append(trace)
        made = n.add(made, under(trace, lambda: each, lambda: exactly(0)))
    if node.full is not None:
        made = n.capped(made, exactly(node.full))
    return made


def _reading(node: t.ReadingOf, ctx: Context) -> Num:
    side = ctx.chosen(node.key)
    if side is not None:
        return value(node.first if side == "甲" else node.second, ctx)
    if node.kind == "备注":
        ctx.touched.add(node.key)
        return value(node.first, ctx)
    ctx.shared.add(node.key)
    first, second = value(node.first, ctx), value(node.second, ctx)
    nothing_due = ctx.measure is not None and ctx.measure.can_be_nothing
    return hull(first, second, node.key, nothing_due)


def hull(first: Num, second: Num, key: str, nothing_due: bool = False) -> Num:
    """并列 amounts: the hull of the readings that grant one (I3).

    Where nothing due is a no (A16), a reading that leaves nothing grants none; a plain 0 is an amount.
    """
    if first.point is not None and first.point == second.point:
        return first
    if nothing_due and 0 in (first.point, second.point):
        return second if first.point == 0 else first
    made = n.judged_between((first, second))
    return replace(made, causes=(*made.causes, f"解读 {key}"), marks=made.marks | {"readings"})


def _carried(node: t.Carried, ctx: Context) -> Num:
    if ctx.chosen(node.key) is not None:
        return value(node.of, ctx)
    ctx.shared.add(node.key)
    first = value(node.of, ctx.choosing(node.key, "甲"))
    second = value(node.of, ctx.choosing(node.key, "乙"))
    if first == second:
        return first
    return n.judged_between((first, second))


VALUES: dict[type, Callable[[Any, Context], Num]] = {
    t.Clause: _clause,
    t.AllOf: _all,
    t.Constant: _constant,
    t.FactNumber: lookup.number,
    t.UseValue: _use,
    t.UseParameter: _parameter,
    t.UseTerm: _term,
    t.Arithmetic: _arithmetic,
    t.Extreme: _extreme,
    t.YearFold: _year_fold,
    t.AtYear: _at_year,
    t.InWindow: _in_window,
    t.Growth: _growth,
    t.CompoundGrowth: _compound,
    t.Increment: _increment,
    t.WholeUnits: _whole_units,
    t.Rounded: _rounded,
    t.Places: _places,
    t.YearsBetween: _years_between,
    t.DatePart: _date_part,
    t.Cap: _cap,
    t.FloorAt: _floor,
    t.Ceiling: _ceiling,
    t.NoLess: _no_less,
    t.DecidedRange: _decided,
    t.WhenHolds: _when_holds,
    t.WhenNotApplicable: _when_not_applicable,
    t.JudgedPoints: _judged_points,
    t.Unstated: _unstated,
    t.ValueGroup: _group,
    t.EachMet: _each_met,
    t.ReadingOf: _reading,
    t.Carried: _carried,
}
