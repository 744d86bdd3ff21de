"""Tables at work: which rows apply, and what they give (numbers, codes or texts)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from huiqi.language import tree as t
from huiqi.mechanisms import first_time, series
from huiqi.mechanisms import number as n
from huiqi.mechanisms.bands import bands_between
from huiqi.mechanisms.number import INF, NOTHING_MISSING, Num, exactly
from huiqi.mechanisms.truth import F, J, T
from huiqi.reasoning import history
from huiqi.reasoning.context import Context
from huiqi.reasoning.dispatch import code_of, state, value
from huiqi.reasoning.window import needed
from huiqi.vocabulary.codes import CodeTable
from huiqi.vocabulary.units import Number

Rows = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """The sets of rows that may apply. `judged`: a person tells which; otherwise facts will.

    `perhaps_undefined`: completing the facts may leave the key without value, and then a person tells.
    """

    options: tuple[Rows, ...]
    missing: frozenset[str] = NOTHING_MISSING
    judged: bool = False
    causes: tuple[str, ...] = ()
    perhaps_undefined: bool = False


def select(node: t.Node, ctx: Context) -> Selection:
    if isinstance(node, t.NumberTable):
        return _select_band(node, ctx)
    if isinstance(node, t.CodeTableRows):
        return _select_code(node, ctx)
    assert isinstance(node, t.ConditionTable)
    return _select_condition(node, ctx)


def _select_band(node: t.NumberTable, ctx: Context) -> Selection:
    subject = value(node.subject, ctx)
    if subject.point is not None:
        band = bands_between(node.bands, subject.point, subject.point)[0]
        return Selection((_at_border(band, ctx),))
    options: list[Rows] = []
    for span in subject.spans:
        for band in bands_between(node.bands, span.low_min, span.high_max):
            if band.rows not in options:
                options.append(band.rows)
    return Selection(
        tuple(options),
        subject.missing,
        subject.is_known,
        subject.causes,
        series.is_perhaps_undefined(subject),
    )


def _at_border(band: t.Band, ctx: Context) -> Rows:
    """The rows at a value; on a border that the text leaves to two rows or to none, by the reading chosen."""
    if band.shared:
        ctx.touched.add("B3")
        ctx.notes.append("恰在分界")
        ctx.conventions.add("B3")
        if ctx.chosen("B3") == "乙":
            return (*band.rows, *band.shared)
    if band.gap:
        ctx.touched.add("B5")
        ctx.notes.append("条文分档有缺口")
        ctx.conventions.add("B5")
        if ctx.chosen("B5") == "乙":
            return ()
    return band.rows


def _select_code(node: t.CodeTableRows, ctx: Context) -> Selection:
    """The rows of each code that it may be; a coarse code may turn out to be any code below it."""
    found = code_of(node.subject, ctx)
    table = ctx.program.tables[node.table]
    if found.undefined:
        every_row = tuple((i,) for i in range(len(node.rows)))
        return Selection(every_row, judged=True, causes=(found.undefined,))
    options: list[Rows] = []
    for code in found.options:
        options += _code_options(table, node.codes, node.every, code)
    if found.is_open:
        options += _all_options(table, node.codes, node.every)
    if found.every and len(found.options) > 1:
        # It is all of these codes: their rows together, the rest only where none has a row.
        rest = _nothing(node.codes)
        named = dict.fromkeys(index for rows in options if rows != rest for index in rows)
        return Selection((tuple(named) or rest,))
    unique = tuple(dict.fromkeys(options)) or (_nothing(node.codes),)
    missing = found.missing if len(unique) > 1 else NOTHING_MISSING
    return Selection(unique, missing, found.judged)


def _nothing(codes: tuple[tuple[str, ...], ...]) -> Rows:
    """The row 其他, or no row."""
    return next(((index,) for index, row in enumerate(codes) if not row), ())


def _rows_of(table: CodeTable, codes: tuple[tuple[str, ...], ...], every: bool, code: str) -> Rows:
    """The rows a code surely falls under: all of them, or the one that names it most closely."""
    depth = {
        index: max(len(table.path(one)) for one in row if table.is_under(code, one))
        for index, row in enumerate(codes)
        if code and any(table.is_under(code, one) for one in row)
    }
    if not depth:
        return _nothing(codes)
    return tuple(depth) if every else (max(depth, key=lambda index: depth[index]),)


@lru_cache(maxsize=4096)
def _code_options(
    table: CodeTable, codes: tuple[tuple[str, ...], ...], every: bool, code: str
) -> tuple[Rows, ...]:
    sure = _rows_of(table, codes, every, code)
    possible = [
        index
        for index, row in enumerate(codes)
        if code
        and any(table.could_be_under(code, one) and not table.is_under(code, one) for one in row)
    ]
    if not possible:
        return (sure,)
    below = [_rows_of(table, codes, every, one) for one in sorted(table.members(code))]
    reached = {index for rows in below for index in rows}
    extra: list[Rows] = [
        (*(sure if every else ()), index) for index in possible if index not in reached
    ]
    return tuple(dict.fromkeys([sure, *below, *extra]))


@lru_cache(maxsize=1024)
def _all_options(
    table: CodeTable, codes: tuple[tuple[str, ...], ...], every: bool
) -> tuple[Rows, ...]:
    leaves = (code for code in table.codes() if not table.children(code))
    return tuple(dict.fromkeys(_rows_of(table, codes, every, code) for code in leaves))


def _select_condition(node: t.ConditionTable, ctx: Context) -> Selection:
    rest = next((index for index, item in enumerate(node.conditions) if item is None), None)
    sure: list[int] = []
    open_rows: list[int] = []
    missing: frozenset[str] = NOTHING_MISSING
    causes: tuple[str, ...] = ()
    judged = True
    for index, condition in enumerate(node.conditions):
        if condition is None:
            continue
        trace = state(condition, ctx)
        if trace.state == T:
            sure.append(index)
        elif trace.state != F:
            open_rows.append(index)
            missing |= needed(trace)
            causes += trace.causes
            judged &= trace.state == J
    if sure:
        # A row that may hold as well is taken where it pays more, so it stays possible beside the sure ones.
        more: list[Rows] = [(), *((index,) for index in open_rows), tuple(open_rows)]
        beside = dict.fromkeys(tuple(sorted((*sure, *rows))) for rows in more)
        return Selection(tuple(beside), missing, bool(open_rows) and judged, causes)
    options: list[Rows] = [(index,) for index in open_rows]
    exhaustive = rest is None and _opposites(node)
    if not (exhaustive and open_rows):
        options.append((rest,) if rest is not None else ())
    return Selection(tuple(options), missing, bool(open_rows) and judged, causes)


def _opposites(node: t.ConditionTable) -> bool:
    if len(node.conditions) != 2:
        return False
    first, second = node.conditions
    return second == t.Negation(first) or first == t.Negation(second)  # type: ignore[arg-type]


# ---------------------------------------------------------------- numbers
def number_table(node: t.NumberTable, ctx: Context) -> Num:
    if node.mode == "marginal":
        return less_granted(node.difference, marginal(node, ctx), ctx)
    if node.mode == "first":
        return first_reached(node, ctx)
    return less_granted(node.difference, rows_value(node, ctx), ctx)


def rows_value(node: t.NumberTable | t.CodeTableRows | t.ConditionTable, ctx: Context) -> Num:
    """The value of the rows that apply: one alternative for each set of rows that may."""
    chosen = select(node, ctx)
    every = isinstance(node, t.NumberTable) and node.mode == "each"
    every |= isinstance(node, t.CodeTableRows) and node.every
    worked: dict[Rows, Num] = {}
    for rows in chosen.options:
        values = [value(node.rows[index].value, ctx) for index in rows]
        if not values:
            worked[rows] = exactly(0)
        elif every:
            worked[rows] = n.total(values)
        else:
            worked[rows] = values[0] if len(values) == 1 else n.greatest(*values)
    made = _merge(chosen, list(worked.values()))
    if isinstance(node, t.CodeTableRows) and node.difference:
        made = less_granted(True, made, ctx)
    return made


def _merge(chosen: Selection, values: list[Num]) -> Num:
    if len(values) == 1:
        return values[0]
    if chosen.judged:
        return n.judged_between(values, "、".join(chosen.causes))
    made = n.one_of(values, chosen.missing)
    return replace(made, marks=made.marks | series.MAYBE) if chosen.perhaps_undefined else made


def marginal(node: t.NumberTable, ctx: Context) -> Num:
    """Each slice of the subject times its row, added (D6)."""
    subject = value(node.subject, ctx)
    parts: list[Num] = []
    for band in node.bands:
        if not band.rows or (band.low is not None and band.low == band.high):
            continue
        parts.append(n.multiply(_slice(subject, band), value(node.rows[band.rows[0]].value, ctx)))
    ctx.conventions.add("D6")
    if subject.point is not None:
        at = bands_between(node.bands, subject.point, subject.point)[0]
        if at.gap:
            ctx.notes.append("条文分档有缺口")
            ctx.conventions.add("B5")
            ctx.touched.add("B5")
            if ctx.chosen("B5") == "乙":
                return exactly(0)
    return n.total(parts)


def _slice(subject: Num, band: t.Band) -> Num:
    low: n.End = band.low if band.low is not None else 0
    high: n.End = band.high if band.high is not None else INF

    def part(end: n.End) -> n.End:
        reached = min(end, high)
        return INF if reached == INF else max(0, reached - low)

    return n.lift(part, subject)


def first_reached(node: t.NumberTable, ctx: Context) -> Num:
    """首次达到: the steps newly reached in this year, and what they pay (C18, C19, C20, D4, D5)."""
    assert ctx.year is not None
    if not history.year_in_time(ctx.year, ctx):
        ctx.notes.append("事件不在文件的时间内")
        return exactly(0)
    current = value(node.subject, ctx)
    if series.is_undefined(current):
        # A year before founding reaches nothing; any other figure without value is a person's to judge (H7).
        return exactly(0) if current.causes == (series.TOO_YOUNG,) else current
    before = history.highest_before(node.subject, ctx)
    ctx.conventions |= {"C18", "C19"}
    thresholds = [row_threshold(node, index) for index in range(len(node.rows))]
    reached = first_time.newly_reached(current, before.value, node.bands, thresholds)
    values = [value(row.value, ctx) for row in node.rows]
    every = node.each_tier
    if not node.difference and not every:
        ctx.touched.add("D4")
        ctx.conventions.add("D4")
        every = ctx.chosen("D4") == "乙"
    missing = current.missing | before.value.missing
    if not node.difference:
        return first_time.paid(reached, values, every, missing)
    ctx.touched.add("C20")
    ctx.conventions.add("C20")
    options = []
    for rows in reached:
        if not rows:
            options.append(exactly(0))
            continue
        granted = history.granted_before(node, before, thresholds, values, ctx)
        options.append(n.greatest(n.subtract(values[rows[-1]], granted), exactly(0)))
    return n.one_of(options, missing)


def row_threshold(node: t.NumberTable, index: int) -> Number:
    """The lower end of a row of 首次达到: the lowest value whose bands name it."""
    lows = [band.low for band in node.bands if index in band.rows and band.low is not None]
    return min(lows) if lows else 0


def less_granted(difference: bool, made: Num, ctx: Context) -> Num:
    """补差 on any table: less what was granted before for the same matter, not below 0."""
    if not difference:
        return made
    ctx.conventions.add("C20")
    granted = history.granted(ctx)
    if granted is None:
        high = made.high
        granted = n.unknown(history.granted_id(ctx), 0, high)
    return n.greatest(n.subtract(made, granted), exactly(0))
