"""Fenced blocks of a page of the documentation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<text>.*?)^```$", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Fenced:
    """A block with the words behind its fence (`rule refused E-gap`) and the line it begins on."""

    words: tuple[str, ...]
    text: str
    line: int

    @property
    def kind(self) -> str:
        return self.words[0] if self.words else ""


def fenced(page: Path) -> list[Fenced]:
    """All fenced blocks of a page, in order."""
    content = page.read_text(encoding="utf-8")
    return [
        Fenced(
            tuple(match["info"].split()), match["text"], content.count("\n", 0, match.start()) + 1
        )
        for match in _FENCE.finditer(content)
    ]
