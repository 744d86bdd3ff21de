"""Figures of a giving sentence that nothing in the rules of its document says: a lost limit, tier or term.

The other direction of `compare`: there a rule's figure must stand in the text, here a figure of a
sentence that was encoded must stand somewhere in the rules (in a condition, an amount, or in words).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from huiqi.anchors.coverage import Touches
from huiqi.anchors.figures import BARE, RATIO, Figure, figures_in
from huiqi.anchors.lines import Resting
from huiqi.anchors.text import plain

# Dates, titles of other texts and numbers of clauses hold no figure of the benefit.
_NO_FIGURES = re.compile(
    r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月(?:\d{1,2}日|底|末|初|份)?|\d{1,2}日"
    r"|\d{4}[-~至]\d{4}年?|《[^》]*》|〔\d{4}〕\d+号|\d{4}届|第[\d一二三四五六七八九十百]+[条款项批号届次]"
    r"|\d+个?工作日|[\d一二三四五六七八九十]+届(?:[一二三四五六七八九十]+[中次]全会)?"
)
_COMMON = {Figure(1, BARE), Figure(1, RATIO)}


def lost_figures(touches: Touches, lines: Iterable[Resting]) -> Iterator[tuple[str, str]]:
    """(address of the clause, the figure with the words around it), in the order of the text."""
    known: dict[object, list[Figure]] = {}
    for line in lines:
        said = [figure for figure, _ in line.claims.figures]
        for figure in (*said, *figures_in(plain(line.text))):
            known.setdefault(figure.value, []).append(figure)
    for address, words in touches.encoded():
        barred = [match.span() for match in _NO_FIGURES.finditer(words)]
        ways: dict[int, list[Figure]] = {}  # one place may be read in several ways
        for figure in figures_in(words):
            ways.setdefault(figure.start, []).append(figure)
        for start, figures in ways.items():
            end = max(figure.end for figure in figures)
            if any(first < end and start < last for first, last in barred):
                continue
            if all(figure.family == BARE for figure in figures) or _is_common(figures):
                continue
            if not any(one.same(own) for one in figures for own in known.get(one.value, ())):
                yield address, words[max(0, start - 8) : end + 6]


def _is_common(figures: Iterable[Figure]) -> bool:
    """One of something, or the whole of it, is mostly said by other words."""
    return any(figure.value == 0 or figure.same(common) for figure in figures for common in _COMMON)
