"""What a measure pays, as rows of condition → amount that a view can draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from huiqi.language import syntax as s
from huiqi.language.format_expression import BODY, ExpressionPrinter, rows_of

_ALWAYS = ("任何情况", "always")
_NOTES = {
    "取最高档": ("取符合的最高一档", "the highest row that applies"),
    "各档都给": ("符合的各档都给", "every row that applies is paid"),
    "分段": ("分段计算后相加", "each slice at its own row, added up"),
    "补差": ("减去此前已获的", "less what was granted before"),
    "首次达到": ("首次达到时给", "when first reached"),
    "合计": ("各部分相加", "the parts are added up"),
    "择优": ("取其中最高", "the best part counts"),
    "择一": ("选其中一项", "one part is chosen"),
}


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """All of `when` (empty: always) → `amount`. `part` names the part of a sum or a choice."""

    when: tuple[str, ...]
    amount: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """Rows, and how they go together."""

    rows: tuple[DecisionRow, ...]
    notes: tuple[str, ...] = ()


def decision_table(section: s.Section, lang: str = "zh") -> DecisionTable:
    """The amounts of a measure or of a definition that is a value; no rows where it gives no money."""
    maker = _Maker(ExpressionPrinter(lang))
    rows: list[DecisionRow] = []
    field = section.field("奖励")
    if field is not None and isinstance(field.content, s.Block):
        rows += maker.lines(field.content.lines, (), "")
    elif section.kind in ("定义", "落实"):
        rows += maker.lines(section.body, (), "")
    for exception in section.all("例外"):
        rows += maker.exception(exception)
    return DecisionTable(tuple(rows), tuple(dict.fromkeys(maker.notes)))


class _Maker:
    def __init__(self, words: ExpressionPrinter) -> None:
        self.words = words
        self.language = 0 if words.lang == "zh" else 1
        self.notes: list[str] = []

    def _note(self, word: str) -> None:
        self.notes.append(_NOTES[word][self.language])

    def lines(
        self, lines: Iterable[s.Line], when: tuple[str, ...], part: str
    ) -> Iterator[DecisionRow]:
        for line in lines:
            yield from self.rows(line.content, when, part)

    def exception(self, field: s.Field) -> Iterator[DecisionRow]:
        assert isinstance(field.content, s.ExceptionOf)
        found = {one.label: one.content for one in field.content.fields}
        case, award = found.get("情形"), found.get("奖励")
        if not isinstance(case, s.Block) or not isinstance(award, s.Block):
            return
        when = tuple(self._said(line.content) for line in case.lines)
        yield from self.lines(award.lines, when, field.content.name)

    def rows(self, node: s.Expr, when: tuple[str, ...], part: str) -> Iterator[DecisionRow]:
        if isinstance(node, s.Group):
            yield from self._group(node, when, part)
        elif isinstance(node, s.Reading):
            for side, lines in zip(("甲", "乙"), (node.first, node.second), strict=True):
                reading = (f"按读法{side}", f"reading {'first' if side == '甲' else 'second'}")
                said = f"{reading[self.language]}: {node.name or node.decision}"
                yield from self.lines(lines, (*when, said), part)
        elif found := rows_of(node):
            for mode in found[0].modes:
                self._note(mode)
            for row in found[1]:
                key = self._key(row.key, found[0])
                value = _replaced(node, found[0], row.value.content)
                yield from self.rows(value, (*when, key), part)
        elif isinstance(node, s.IfGiven):
            yield from self.rows(node.of, (*when, self.words.show(node.condition)), part)
        else:
            yield DecisionRow(when or (_ALWAYS[self.language],), self.words.show(node), part)

    def _group(self, node: s.Group, when: tuple[str, ...], part: str) -> Iterator[DecisionRow]:
        if node.each is not None:
            amount = self.words.show(node.each)
            for member in node.members:
                said = self._said(member.content.content)
                yield DecisionRow((*when, said), amount, part)
            return
        if node.kind in _NOTES:
            self._note(node.kind)
        for member in node.members:
            name = " / ".join(one for one in (part, member.name) if one)
            yield from self.rows(member.content.content, when, name)

    def _said(self, node: s.Expr) -> str:
        if isinstance(node, s.Group):
            members = "、".join(self._said(member.content.content) for member in node.members)
            return f"{self.words.group(node)}({members})"
        if isinstance(node, s.Reading):
            return " / ".join(self._said(line.content) for line in (*node.first, *node.second))
        return self.words.show(node)

    def _key(self, key: s.Key, table: s.Table) -> str:
        said = self.words.key(key, table)
        if table.subject is None or key.rest or key.condition is not None:
            return said
        subject = self.words.show(table.subject, BODY)
        return f"{subject} {said}" if key.bounds else f"{subject} = {said}"


def _replaced(node: Any, table: s.Table, value: s.Expr) -> Any:
    """The line with one row's value in the table's place."""
    if node is table:
        return value
    if isinstance(node, tuple):
        return tuple(_replaced(item, table, value) for item in node)
    if not isinstance(node, msgspec.Struct):
        return node
    parts = {name: _replaced(getattr(node, name), table, value) for name in node.__struct_fields__}
    return type(node)(**parts)
