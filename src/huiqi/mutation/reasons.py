"""Why a change goes unnoticed: the author's comment `# 例子看不出：…` on a line or right above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from huiqi.language import syntax as s

MARKS = ("例子看不出：", "examples cannot tell: ")


def reasons(section: s.Section) -> Mapping[int, str]:
    """Line → the reason that its author gives for changes which no example can notice."""
    return dict(_reasons(section))


def _reasons(node: Any) -> Iterator[tuple[int, str]]:
    if isinstance(node, tuple):
        for item in node:
            yield from _reasons(item)
        return
    if not isinstance(node, msgspec.Struct):
        return
    marks = getattr(node, "marks", None)
    if isinstance(marks, s.Marks):
        for comment in (marks.comment, *marks.above):
            words = comment.lstrip("# ").strip()
            for mark in MARKS:
                if words.startswith(mark):
                    yield getattr(node, "line", 0), words.removeprefix(mark).strip()
    for name in node.__struct_fields__:
        yield from _reasons(getattr(node, name))
