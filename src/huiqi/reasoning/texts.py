"""What gives words: text facts, written words, and tables or definitions whose rows are words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiqi.language import tree as t
from huiqi.mechanisms.number import NOTHING_MISSING
from huiqi.reasoning import lookup
from huiqi.reasoning.context import Context
from huiqi.reasoning.dispatch import texts_of
from huiqi.reasoning.tables import select
from huiqi.reasoning.values import years

Texts = tuple[tuple[str, ...], frozenset[str]]


def _clause(node: t.Clause, ctx: Context) -> Texts:
    return texts_of(node.of, ctx)


def _all(node: t.AllOf, ctx: Context) -> Texts:
    return texts_of(node.items[0], ctx)


def _constant(node: t.TextConstant, ctx: Context) -> Texts:
    del ctx
    return (node.words,), NOTHING_MISSING


def _at_year(node: t.AtYear, ctx: Context) -> Texts:
    return texts_of(node.of, ctx.at_year(years(node.period, ctx)[-1]))


def _use(node: t.UseValue, ctx: Context) -> Texts:
    inner = ctx.about(ctx.firm, "企业") if node.firm else ctx
    return texts_of(ctx.program.definitions[node.definition].body, inner)


def _table(node: Any, ctx: Context) -> Texts:
    """The words of every row that may apply; none = the empty text."""
    chosen = select(node, ctx)
    options: list[str] = []
    missing = chosen.missing
    for selected in chosen.options:
        if selected:
            found, more = texts_of(node.rows[selected[0]].value, ctx)
            options += found
            missing |= more
        else:
            options.append("")
    return tuple(dict.fromkeys(options)), missing


TEXTS: dict[type, Callable[[Any, Context], Texts]] = {
    t.Clause: _clause,
    t.AllOf: _all,
    t.FactText: lookup.text,
    t.TextConstant: _constant,
    t.AtYear: _at_year,
    t.UseValue: _use,
    t.NumberTable: _table,
    t.CodeTableRows: _table,
    t.ConditionTable: _table,
}
