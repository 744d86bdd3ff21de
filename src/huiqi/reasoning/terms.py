"""Opened terms and their fillings between documents (打开 / 落实): which lower text speaks for this enterprise."""

from __future__ import annotations

from dataclasses import dataclass

from huiqi.language import tree as t
from huiqi.reasoning import lookup
from huiqi.reasoning.context import Context

NOT_FILLED = "落实文件未见"


@dataclass(frozen=True, slots=True)
class Filling:
    body: t.Node | None
    cause: str = ""
    missing: frozenset[str] = frozenset()


def filling(term: str, ctx: Context) -> Filling:
    """The filling of the enterprise's place; the default where none is loaded, else open with the missing text."""
    opened = ctx.program.opened[term]
    found = ctx.program.filled.get(term, ())
    place = lookup.code(t.FactCode("注册地", "行政区划", False, True), ctx)
    divisions = ctx.program.tables.get("行政区划")
    possible = False
    for one in found:
        if not one.region:
            return Filling(one.body)
        for option in place.options:
            if divisions is None:
                continue
            if any(divisions.is_under(option, region) for region in one.region):
                ctx.notes.append(f"“{opened.name}”由 {one.document} 落实")
                return Filling(one.body)
            possible |= any(divisions.could_be_under(option, region) for region in one.region)
        possible |= place.is_open
    if possible:
        return Filling(None, missing=place.missing)
    if opened.unfilled is not None:
        return Filling(opened.unfilled)
    who = opened.may_fill or "下级文件"
    return Filling(None, f"{NOT_FILLED}：{opened.name}（由{who}规定）")
