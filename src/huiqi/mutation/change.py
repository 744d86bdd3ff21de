"""Every small change of a checked node: thresholds, signs, rates, caps, rows, 且/或, periods (LANGUAGE section 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from huiqi.language import tree as t
from huiqi.language.periods import near_years
from huiqi.vocabulary.units import Number, exact

_LOOSER = {"≥": ">", ">": "≥", "≤": "<", "<": "≤", "=": "≠", "≠": "="}
_DIGITS = "零一两三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: what it is, on which line, and the whole body with it."""

    what: str
    line: int
    body: Any


def mutants(body: t.Node) -> Iterator[Mutant]:
    """Each mutant of a condition, an amount or a definition."""
    yield from _walk(body, 0)


def _walk(node: Any, line: int) -> Iterator[Mutant]:
    if isinstance(node, t.Clause):
        line = node.source.line or line
    if isinstance(node, t.ReadingOf) and node.kind == "备注":
        # 乙 of a 备注 changes no verdict and no sum; only what is printed beside it.
        for made in _walk(node.first, line):
            yield replace(made, body=replace(node, first=made.body))
        return
    for what, changed in _changes(node):
        yield Mutant(what, line, changed)
    yield from _without(node, line)
    if not is_dataclass(node) or isinstance(node, t.Source | t.Band):
        return
    for one in fields(node):
        value = getattr(node, one.name)
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                for made in _walk(item, _line_of(item, line)):
                    changed = (*value[:index], made.body, *value[index + 1 :])
                    yield replace(made, body=replace(node, **{one.name: changed}))  # type: ignore[type-var]
        elif is_dataclass(value):
            for made in _walk(value, line):
                yield replace(made, body=replace(node, **{one.name: made.body}))  # type: ignore[type-var]


def _line_of(item: Any, line: int) -> int:
    source = getattr(item, "source", None)
    return source.line if isinstance(source, t.Source) and source.line else line


def _changes(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, t.CompareNumbers | t.CompareDates | t.CompareCodes):
        yield f"{node.op} → {_LOOSER[node.op]}", replace(node, op=_LOOSER[node.op])
    if isinstance(node, t.CompareNumbers) and isinstance(node.right, t.Constant):
        for value in _around(node.right.value):
            yield "门槛", replace(node, right=replace(node.right, value=value))
    if isinstance(node, t.CompareDates) and isinstance(node.right, t.DateConstant):
        for days in (-1, 1):
            moved = replace(node.right, value=node.right.value + timedelta(days=days))
            yield "日期", replace(node, right=moved)
    if isinstance(node, t.Arithmetic) and node.op in "×/" and isinstance(node.right, t.Constant):
        yield "比例", replace(node, right=_times(node.right))
    if isinstance(node, t.Cap):
        if isinstance(node.cap, t.Constant):
            yield "封顶", replace(node, cap=_times(node.cap))
        yield "去掉封顶", node.of
    if isinstance(node, t.Ceiling):
        yield "去掉至多", node.of
    if isinstance(node, t.DecidedRange) and isinstance(node.high, t.Constant):
        yield "范围上端", replace(node, high=_times(node.high))
    if isinstance(node, t.AllOf) and len(node.items) > 1:
        yield "且 → 或", t.AnyOf(node.items)
    if isinstance(node, t.AnyOf) and len(node.items) > 1:
        yield "或 → 且", t.AllOf(node.items)
    if isinstance(node, t.AtLeastOf):
        for count in (node.count - 1, node.count + 1):
            if 0 < count <= len(node.items):
                yield "至少几项", replace(node, count=count)
    if isinstance(node, t.InCodes) and len(node.codes) > 1:
        for index in range(len(node.codes)):
            yield "去掉一个代码", replace(node, codes=node.codes[:index] + node.codes[index + 1 :])
    if isinstance(node, t.InCodes | t.SameText):
        yield "取反", replace(node, negated=not node.negated)
    if isinstance(node, t.HasPassed | t.SpanFrom):
        if node.months:
            yield "期限", replace(node, months=node.months + 1)
        if node.days:
            yield "期限", replace(node, days=node.days + 1)
    if isinstance(node, t.SpanFrom) and node.calendar_years:
        yield "期限", replace(node, calendar_years=node.calendar_years + 1)
    if isinstance(node, t.DateRangeConstant):
        yield "起日", replace(node, first=node.first + timedelta(days=1))
        yield "止日", replace(node, last=node.last - timedelta(days=1))
    if isinstance(node, t.YearFold | t.CompoundGrowth | t.EachYear | t.InWindow | t.AtYear):
        yield "期间", replace(node, period=_longer(node.period))
    if isinstance(node, t.TitleHolds | t.Happened | t.RecordsExist) and node.period:
        longer = _longer(node.period)
        if longer != node.period:
            yield "期间", replace(node, period=longer)
    if isinstance(node, t.WholeUnits) and isinstance(node.unit, t.Constant):
        yield "每满", replace(node, unit=_times(node.unit))
    if isinstance(node, t.NumberTable):
        yield from _bands(node)
    if isinstance(node, t.NumberTable | t.CodeTableRows | t.ConditionTable):
        yield from _rows(node)
    if isinstance(node, t.EachMet) and isinstance(node.each, t.Constant):
        yield "每项分值", replace(node, each=_times(node.each))
    if isinstance(node, t.WhenHolds) and isinstance(node.of, t.Constant):
        yield "分值", replace(node, of=_times(node.of))
    if isinstance(node, t.GradeBy):
        for index, bound in enumerate(node.bounds):
            if isinstance(bound, t.Constant):
                for value in _around(bound.value):
                    moved_bound = replace(bound, value=value)
                    bounds = (*node.bounds[:index], moved_bound, *node.bounds[index + 1 :])
                    yield "分档下限", replace(node, bounds=bounds)


def _around(value: Number) -> tuple[Number, Number]:
    """A little less and a little more: one of a small count, else 1 %."""
    if isinstance(value, int) and abs(value) < 100:
        return value - 1, value + 1
    step = abs(Fraction(value)) / 100
    return exact(value - step), exact(value + step)


def _times(constant: t.Constant) -> t.Constant:
    """A tenth more; 0 becomes 1."""
    value = exact(Fraction(constant.value) * 11 / 10) if constant.value else 1
    return replace(constant, value=value)


_REMOVED = {t.AllOf: "去掉一条", t.AnyOf: "去掉一种", t.NoneOf: "去掉一项"}


def _without(node: Any, line: int) -> Iterator[Mutant]:
    """A group without each of its members; the change stands on the member's line."""
    what = _REMOVED.get(type(node))
    if what is None:
        return
    for index, item in enumerate(node.items):
        kept = node.items[:index] + node.items[index + 1 :]
        if kept:
            words = item.source.text if isinstance(item, t.Clause) else ""
            changed = replace(node, items=kept)
            yield Mutant(f"{what} {words}".strip(), _line_of(item, line), changed)


def _longer(period: str) -> str:
    near = near_years(period)
    if near:
        years, rolling, including = near
        head = "滚动" if rolling else "近"
        count = _DIGITS[years + 1] if years < 10 else str(years + 1)
        return f"{head}{count}年{'含当年' if including else ''}"
    return {"上年度": "前年度", "当年": "上年度", "前年度": "上年度"}.get(period, period)


def _bands(node: t.NumberTable) -> Iterator[tuple[str, Any]]:
    for index in range(len(node.bands) - 1):
        left, right = node.bands[index], node.bands[index + 1]
        if left.high is None or left.high != right.low:
            continue
        for value in _around(left.high):
            if (left.low is not None and value <= left.low) or (
                right.high is not None and value >= right.high
            ):
                continue
            moved = (replace(left, high=value), replace(right, low=value))
            yield (
                "分档界限",
                replace(node, bands=(*node.bands[:index], *moved, *node.bands[index + 2 :])),
            )
        flipped = (
            replace(left, high_closed=not left.high_closed),
            replace(right, low_closed=not right.low_closed),
        )
        if node.mode != "marginal":
            yield (
                "分界归哪一档",
                replace(node, bands=(*node.bands[:index], *flipped, *node.bands[index + 2 :])),
            )
    if node.difference:
        yield "去掉补差", replace(node, difference=False)


def _rows(node: Any) -> Iterator[tuple[str, Any]]:
    for index, row in enumerate(node.rows):
        if isinstance(row.value, t.Constant):
            changed = replace(row, value=_times(row.value))
            rows = (*node.rows[:index], changed, *node.rows[index + 1 :])
            yield f"行 {row.label}", replace(node, rows=rows)
