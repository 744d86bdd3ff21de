"""Slips of the pen in a rule file: one indent, colon, dash or letter that is not as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from huiqi.language.words import LABELS, SECTIONS, token_table

_KEYWORDS = frozenset({*SECTIONS, *LABELS, *token_table(), "解读"})
_LABEL = re.compile(r"( *(?:-+ )?)([\u4e00-\u9fff]{2,6})(?=[:： ]|$)")
_DASHES = re.compile(r"( *)(-+) ")


@dataclass(frozen=True, slots=True)
class Slip:
    """`rows` stand in the place of the file's rows from `line` (1-based) up to `end`."""

    kind: str
    line: int
    end: int
    rows: tuple[str, ...]

    def applied(self, rows: list[str]) -> list[str]:
        """The file with the slip."""
        return [*rows[: self.line - 1], *self.rows, *rows[self.end :]]


def slips(rows: list[str]) -> Iterator[Slip]:
    """Every slip of a rule file: indents by 1, 2, 4 columns of a line or of all below it too."""
    for at, row in enumerate(rows):
        said = row.strip()
        if not said or said[0] in "#@":
            continue
        below = _below(rows, at)
        for columns in (-4, -2, -1, 1, 2, 4):
            for kind, last in (("line", at + 1), ("block", below)):
                if kind == "block" and below == at + 1:
                    continue
                moved = [_moved(one, columns) for one in rows[at:last]]
                fits = tuple(one for one in moved if one is not None)
                if len(fits) == len(moved):
                    yield Slip(f"indent {columns:+} {kind}", at + 1, last, fits)
        continues = at > 0 and rows[at - 1].rstrip().endswith(("、", ","))
        yield from _in_a_line(row, at, labelled=not continues)


def _below(rows: list[str], at: int) -> int:
    indent = _indent(rows[at])
    end = at + 1
    while end < len(rows) and rows[end].strip() and _indent(rows[end]) > indent:
        end += 1
    return end


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _moved(row: str, columns: int) -> str | None:
    if columns < 0:
        return row[-columns:] if _indent(row) >= -columns else None
    return " " * columns + row


def _in_a_line(row: str, at: int, labelled: bool) -> Iterator[Slip]:
    changed: list[tuple[str, str]] = []
    colon = row.find(":")
    if colon >= 0:
        changed.append(("colon dropped", row[:colon] + row[colon + 1 :]))
    dashes = _DASHES.match(row)
    if dashes:
        changed.append(("dash dropped", row[: dashes.end(1)] + row[dashes.end(1) + 1 :]))
        changed.append(("dash added", row[: dashes.end(1)] + "-" + row[dashes.end(1) :]))
        changed.append(("bullet dropped", row[: dashes.end(1)] + row[dashes.end() :]))
    else:
        changed.append(("bullet added", " " * _indent(row) + "- " + row.lstrip(" ")))
    label = _LABEL.match(row)
    if (
        label
        and labelled
        and (label.group(2) in _KEYWORDS or row[label.end(2) :][:1] in (":", "："))
    ):
        word = label.group(2)
        start = row[: label.start(2)]
        rest = row[label.end(2) :]
        changed.append(("label shortened", start + word[:-1] + rest))
        changed.append(("label swapped", start + word[1] + word[0] + word[2:] + rest))
        changed.append(("label mistyped", start + word[0] + "某" + word[2:] + rest))
    for kind, new in changed:
        if new != row:
            yield Slip(kind, at + 1, at + 1, (new,))
