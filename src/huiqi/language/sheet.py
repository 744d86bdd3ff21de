"""Lines on their way to text: margins at one column per section, long lines continued."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from huiqi.language.syntax import Marks

WIDTH = 110
MARGIN_AT = 68  # the margin column of a section lies no further right
_NO_MARKS = Marks()


@dataclass(frozen=True, slots=True)
class Shown:
    indent: int
    text: str
    marks: Marks = _NO_MARKS
    head: bool = False
    prose: bool = False


def display_width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


@dataclass(slots=True)
class Sheet:
    """Collects the lines of one section; `text` lays them out."""

    unverified: str = "未核"
    lines: list[Shown] = field(default_factory=list)

    def add(self, indent: int, text: str, marks: Marks = _NO_MARKS, prose: bool = False) -> None:
        """A line; in prose a comma with a blank behind it stays as it is."""
        self.lines.append(Shown(indent, text, marks, prose=prose))

    def head(self, text: str, marks: Marks) -> None:
        """The first line of a section: its margin follows after one blank."""
        self.lines.append(Shown(0, text, marks, head=True, prose=True))

    def text(self) -> list[str]:
        fitting = [
            width
            for line in self.lines
            if self._margin(line.marks) and not line.head
            if (width := line.indent + display_width(line.text)) <= MARGIN_AT - 2
        ]
        column = max(fitting, default=0) + 2
        return [row for line in self.lines for row in self._rows(line, column)]

    def _margin(self, marks: Marks) -> str:
        found = [f"@§{address}" for address in marks.addresses]
        found += [f"@{words}" for words in marks.words]
        if marks.unverified:
            found.append(f"@{self.unverified}")
        return " ".join(found)

    def _rows(self, line: Shown, column: int) -> list[str]:
        start = " " * line.indent
        rows = [f"{start}# {comment}".rstrip() for comment in line.marks.above]
        body = continued(line.text, line.indent, line.prose)
        margin = self._margin(line.marks)
        comment = f"  # {line.marks.comment}" if line.marks.comment else ""
        width = display_width(body[-1])
        if not margin:
            body[-1] += comment
        elif line.head:
            body[-1] += f" {margin}{comment}"
        elif len(body) == 1 and width <= column - 2:
            body[-1] += " " * (column - width) + margin + comment
        else:
            body[-1] += comment
            body.append(f"{start}  {margin}")
        return rows + body


def continued(text: str, indent: int, prose: bool = False) -> list[str]:
    """The line, or, where it is too long, its parts: each but the last ends in `、` or `,`."""
    start = " " * indent
    if indent + display_width(text) <= WIDTH:
        return [start + text]
    rows: list[str] = []
    row = start
    for piece in _pieces(text, prose):
        if row.strip() and display_width(row + piece) > WIDTH:
            rows.append(row.rstrip(" "))
            row, piece = start + "    ", piece.lstrip(" ")
        row += piece
    return [*rows, row]


def _pieces(text: str, prose: bool) -> list[str]:
    """Cut outside 「」 behind each `、`, and, outside brackets and prose, behind each `, `."""
    pieces: list[str] = []
    quoted = False
    depth = 0
    begin = 0
    for index, char in enumerate(text):
        quoted = char == "「" or (quoted and char != "」")
        depth += (char in "([") - (char in ")]")
        if quoted or char not in "、,":
            continue
        follows = text[index + 1 : index + 2]
        comma = char == "," and follows == " " and not depth and not prose
        if comma or (char == "、" and follows and follows not in " @#"):
            pieces.append(text[begin : index + 1])
            begin = index + 1
    return [*pieces, text[begin:]]
