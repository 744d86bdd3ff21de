"""Lines below one another in canonical form: groups with dashes, tables with rows, readings."""

from __future__ import annotations

from huiqi.language import syntax as s
from huiqi.language.format_expression import BODY, ExpressionPrinter, rows_of
from huiqi.language.sheet import Sheet

_SIDES = {"zh": ("甲", "乙"), "en": ("first", "second")}
_KINDS = {"并列": "equal", "备注": "noted"}


class LinePrinter:
    """Writes lines to a sheet; `depth` counts the groups around a line, as the parser does."""

    def __init__(self, sheet: Sheet, words: ExpressionPrinter) -> None:
        self.sheet = sheet
        self.words = words

    def line(
        self,
        indent: int,
        line: s.Line,
        depth: int = 0,
        before: str = "",
    ) -> None:
        """A line and all below it; `before` is its label or dashes."""
        content = line.content
        marks = line.marks
        if isinstance(content, s.Group):
            self.sheet.add(indent, f"{before}{self.words.group(content)}:", marks)
            for member in content.members:
                self.member(indent + 2, member, depth + 1)
        elif isinstance(content, s.Reading):
            self.sheet.add(indent, f"{before}{self._reading(content)}:", marks, prose=True)
            for side, lines in zip(
                _SIDES[self.words.lang], (content.first, content.second), strict=True
            ):
                self.side(indent + 2, side, lines, depth)
        else:
            self.expression(indent, content, before, marks, 0)

    def expression(
        self,
        indent: int,
        content: s.Expr,
        before: str,
        marks: s.Marks,
        row_depth: int,
        after: str = "",
        place: int = BODY,
    ) -> None:
        """An expression and the rows of its table; `after` stands behind it on the line."""
        self.sheet.add(indent, f"{before}{self.words.show(content, place)}{after}", marks)
        found = rows_of(content)
        if found:
            self.rows(indent + 2, found[0], row_depth)

    def rows(self, indent: int, table: s.Table, row_depth: int) -> None:
        dashes = "-" * row_depth + " " if row_depth else ""
        for row in table.rows:
            key = f"{dashes}{self.words.key(row.key, table)}: "
            self.expression(indent, row.value.content, key, row.value.marks, row_depth + 1)

    def member(self, indent: int, member: s.Member, depth: int) -> None:
        dashes = "-" * depth + " "
        if not member.name:
            self.line(indent, member.content, depth, dashes)
            return
        name = dashes + self.words.name_or_text(member.name)
        if member.full:
            name += f" {self.words.full(member.full)}"
        grouped = isinstance(member.content.content, s.Group)
        self.line(indent, member.content, depth, name + (" " if grouped else ": "))

    def side(self, indent: int, side: str, lines: tuple[s.Line, ...], depth: int) -> None:
        """One reading: on the line of its name, or, being several conditions, below it."""
        if len(lines) == 1:
            self.line(indent, lines[0], depth, f"{side}: ")
            return
        self.sheet.add(indent, f"{side}:")
        for line in lines:
            self.line(indent + 2, line)

    def _reading(self, reading: s.Reading) -> str:
        english = self.words.lang == "en"
        kind = _KINDS[reading.kind] if english else reading.kind
        said = ["reading" if english else "解读", kind, reading.decision, reading.name]
        return " ".join(part for part in said if part)
