"""Lines, indentation, comments and margins: the first pass over a rule file.

Whitespace means one thing: two more spaces make a child. What is left of a line after its comment and its
margin (`@…`) is its content. Errors are kept as problems; the lines that can be placed still are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from huiqi.language.problems import Problem
from huiqi.language.syntax import Marks

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 24

_FULLWIDTH = str.maketrans("：，（）；［］", ":,();[]")
_QUOTED = re.compile(r"「[^」]*」")
# Behind a blank or the sign that ends a label or an item; a bare # or @ inside a word is part of it.
_MARGIN = re.compile(r"(?:(?<=[\s:：,，、→])|^)@")
_COMMENT = re.compile(r"(?:(?<=[\s:：,，、→])|^)#")


@dataclass(slots=True)
class Entry:
    """One logical line: where it stands, what it says, and the lines indented below it.

    `raw` is `text` before full-width signs became canonical; both have the same length.
    """

    line: int
    indent: int
    text: str
    marks: Marks
    raw: str = ""
    children: list[Entry] = field(default_factory=list)
    dashes: int = 0


def hoisted(marks: Marks, inner: Marks) -> Marks:
    """`marks` with what stands beside a line inside its block, where that line keeps no marks."""
    if inner == Marks():
        return marks
    return Marks(
        marks.words + inner.words,
        marks.addresses + inner.addresses,
        marks.unverified or inner.unverified,
        marks.comment,
        marks.above + inner.above + ((inner.comment,) if inner.comment else ()),
    )


def _outside_quotes(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    for match in pattern.finditer(text):
        if not any(start < match.start() < end for start, end in quoted):
            yield match.start()


def canonical_signs(text: str) -> str:
    """Full-width `：，（）` outside 「」 as their canonical signs; the length does not change."""
    if "「" not in text:
        return text.translate(_FULLWIDTH)
    parts: list[str] = []
    end = 0
    for match in _QUOTED.finditer(text):
        parts += [text[end : match.start()].translate(_FULLWIDTH), match.group()]
        end = match.end()
    return "".join([*parts, text[end:].translate(_FULLWIDTH)])


def split_margin(text: str) -> tuple[str, tuple[str, ...], tuple[str, ...], bool]:
    """(content, locator words, addresses, unverified) of a line without its comment."""
    if "@" not in text:
        return text.rstrip(), (), (), False
    starts = list(_outside_quotes(_MARGIN, text))
    if not starts:
        return text.rstrip(), (), (), False
    words: list[str] = []
    addresses: list[str] = []
    unverified = False
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        mark = text[start + 1 : stop].strip()
        if mark in ("未核", "unverified"):
            unverified = True
        elif mark.startswith("§"):
            addresses.append(mark[1:].strip())
        elif mark:
            words.append(mark)
    return text[: starts[0]].rstrip(), tuple(words), tuple(addresses), unverified


def read_layout(text: str) -> tuple[list[Entry], tuple[str, ...], list[Problem]]:
    """The top-level entries with their children, comments after the last line, and what is wrong."""
    problems: list[Problem] = []
    top: list[Entry] = []
    stack: list[Entry] = []
    above: list[str] = []
    open_list: Entry | None = None
    for number, raw in enumerate(text.split("\n"), start=1):
        raw = raw.rstrip("\r\t \u3000")
        stripped = raw.lstrip(" ")
        if not stripped:
            continue
        indent = len(raw) - len(stripped)
        if stripped[0] in "\t\u3000\u00a0":
            problems.append(
                Problem(
                    "E-tab",
                    "缩进只能用半角空格",
                    "indentation must be plain spaces",
                    number,
                    1,
                    "把制表符或全角空格换成两个半角空格",
                    "replace it by two spaces",
                )
            )
            stripped = stripped.lstrip("\t\u3000\u00a0 ")
            indent = 2 * len(stack)
        comment = ""
        cut = next(_outside_quotes(_COMMENT, stripped), None) if "#" in stripped else None
        if cut is not None:
            comment = stripped[cut + 1 :].strip()
            stripped = stripped[:cut].rstrip()
            if not stripped:
                above.append(comment)
                continue
        content, words, addresses, unverified = split_margin(stripped)
        if open_list is not None and indent == open_list.indent + 4 and stripped[0] != "-":
            open_list.text += canonical_signs(content)
            open_list.raw += content
            open_list.marks = Marks(
                open_list.marks.words + words,
                open_list.marks.addresses + addresses,
                open_list.marks.unverified or unverified,
                comment or open_list.marks.comment,
                open_list.marks.above,
            )
            if not open_list.text.endswith(("、", ",")):
                open_list = None
            continue
        if (
            not content
            and (words or addresses or unverified)
            and stack
            and indent > stack[-1].indent
        ):
            # A margin on a line of its own belongs to the line above it.
            last = stack[-1]
            last.marks = Marks(
                last.marks.words + words,
                last.marks.addresses + addresses,
                last.marks.unverified or unverified,
                comment or last.marks.comment,
                last.marks.above,
            )
            continue
        entry = Entry(
            number,
            indent,
            canonical_signs(content),
            Marks(words, addresses, unverified, comment, tuple(above)),
            content,
        )
        above = []
        _place(entry, top, stack, problems)
        open_list = entry if entry.text.endswith(("、", ",")) else None
    return top, tuple(above), problems


def _place(entry: Entry, top: list[Entry], stack: list[Entry], problems: list[Problem]) -> None:
    depth, odd = divmod(entry.indent, 2)
    if odd or depth > len(stack) or depth > MAX_DEPTH:
        problems.append(
            Problem(
                "E-indent",
                f"缩进 {entry.indent} 格放不进结构：上一行的下级应缩进 {2 * len(stack)} 格",
                f"an indent of {entry.indent} fits nowhere: a child of the line above has {2 * len(stack)}",
                entry.line,
                1,
                "每一级恰好多缩进两格",
                "each level is exactly two spaces deeper",
            )
        )
        depth = min(depth, len(stack))
    del stack[depth:]
    (stack[-1].children if stack else top).append(entry)
    stack.append(entry)
