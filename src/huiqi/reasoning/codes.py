"""What gives a code: facts, grades by thresholds, the highest or lowest of several, tables whose rows are codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from huiqi.language import tree as t
from huiqi.mechanisms import number as n
from huiqi.reasoning import lookup
from huiqi.reasoning.context import CodeValue, Context
from huiqi.reasoning.dispatch import code_of, value
from huiqi.reasoning.tables import select
from huiqi.reasoning.values import years
from huiqi.vocabulary.units import Number


def _constant(node: t.CodeConstant, ctx: Context) -> CodeValue:
    del ctx
    return CodeValue((node.code,))


def _clause(node: t.Clause, ctx: Context) -> CodeValue:
    return code_of(node.of, ctx)


def _all(node: t.AllOf, ctx: Context) -> CodeValue:
    return code_of(node.items[0], ctx)


def _use(node: t.UseValue, ctx: Context) -> CodeValue:
    definition = ctx.program.definitions[node.definition]
    inner = ctx.about(ctx.firm, "企业") if node.firm else ctx
    return code_of(definition.body, inner)


def _grade(node: t.GradeBy, ctx: Context) -> CodeValue:
    """The best class whose lower bound the indicator reaches; the last class below all of them."""
    indicator = value(node.of, ctx)
    bounds = [value(bound, ctx).point for bound in node.bounds]
    options: list[str] = []
    for span in indicator.spans:
        low, high = _class_of(span.low_min, bounds), _class_of(span.high_max, bounds)
        options += [node.classes[place] for place in range(high, low + 1)]
    unique = tuple(dict.fromkeys(options))
    if len(unique) == 1:
        return CodeValue(unique)
    if indicator.is_known and indicator.causes:
        return CodeValue((), undefined="、".join(indicator.causes))
    return CodeValue(unique, indicator.missing)


def _class_of(value: n.End, bounds: Sequence[Number | None]) -> int:
    for place, bound in enumerate(bounds):
        if bound is not None and value >= bound:
            return place
    return len(bounds)


def _extreme(node: t.Extreme, ctx: Context) -> CodeValue:
    """The highest or lowest code of several in an ordered table."""
    table = ctx.program.tables[node.table]
    found = [code_of(item, ctx) for item in node.items]
    for one in found:
        if one.undefined:
            return one
    pick = min if node.greatest else max
    options: list[tuple[str, ...]] = [()]
    for one in found:
        options = [(*made, code) for made in options for code in one.options]
    codes = tuple(dict.fromkeys(pick(made, key=table.rank) for made in options if made))
    if len(codes) == 1:
        return CodeValue(codes)
    missing = frozenset(item for one in found if len(one.options) > 1 for item in one.missing)
    return CodeValue(codes, missing)


def _table(node: t.Node, ctx: Context) -> CodeValue:
    """The code of the row that applies; where that is open, of each row that may, or none at all."""
    chosen = select(node, ctx)
    rows: tuple[t.TableRow, ...] = node.rows  # type: ignore[union-attr]
    found = [
        code_of_row(rows[selected[0]].value, ctx) if selected else _NO_ROW
        for selected in chosen.options
    ]
    without = [one for one in found if one.undefined]
    if len(found) == 1 or len(without) == len(found):
        return found[0]
    if without and chosen.judged:
        return without[0]
    missing = chosen.missing.union(*(one.missing for one in found))
    options = tuple(dict.fromkeys(code for one in found for code in one.options))
    is_open = bool(without) or any(one.is_open for one in found)
    return CodeValue(
        options, missing, is_open, judged=chosen.judged, perhaps_undefined=bool(without)
    )


_NO_ROW = CodeValue((), undefined="表内没有这一行")


def code_of_row(row: t.Node, ctx: Context) -> CodeValue:
    return CodeValue((), undefined=row.words) if isinstance(row, t.Unstated) else code_of(row, ctx)


def _when_not_applicable(node: t.WhenNotApplicable, ctx: Context) -> CodeValue:
    found = code_of(node.of, ctx)
    return code_of(node.other, ctx) if found.undefined.startswith("不适用") else found


def _at_year(node: t.AtYear, ctx: Context) -> CodeValue:
    (year,) = years(node.period, ctx)
    return code_of(node.of, ctx.at_year(year))


CODES: dict[type, Callable[..., CodeValue]] = {
    t.Clause: _clause,
    t.AllOf: _all,
    t.FactCode: lookup.code,
    t.CodeConstant: _constant,
    t.UseValue: _use,
    t.GradeBy: _grade,
    t.Extreme: _extreme,
    t.NumberTable: _table,
    t.CodeTableRows: _table,
    t.ConditionTable: _table,
    t.WhenNotApplicable: _when_not_applicable,
    t.AtYear: _at_year,
}
