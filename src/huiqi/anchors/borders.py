"""Border words of a text against the signs of a rule: 以上 超过 不足 达到 … (SEMANTICS B1, B2)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from huiqi.anchors.figures import Figure, figures_in
from huiqi.anchors.written import Border

UP, DOWN = "up", "down"
# word → (direction, whether the border itself is included unless the document says otherwise)
_INCLUDED = {
    UP: "不低于 不少于 不小于 不得低于 大于等于 大于或等于 至少 最低 达到 达 满",
    DOWN: "不超过 不高于 不大于 不多于 不得超过 不得高于 小于等于 小于或等于 最高 最多 至多",
}
_EXCLUDED = {
    UP: "超过 突破 高于 大于 多于",
    DOWN: "不足 不满 不到 未满 低于 小于 少于",
}
_BEFORE = {
    word: (direction, included)
    for words, included in ((_INCLUDED, True), (_EXCLUDED, False))
    for direction, listed in words.items()
    for word in listed.split()
}
_AFTER = {"以上": (UP, True), "以下": (DOWN, True), "以内": (DOWN, True)}
_LONGEST_FIRST = sorted(_BEFORE, key=len, reverse=True)
_BESIDE = r"\((?:含|不含|含本数)\)"
_TAIL = re.compile(
    rf"(?P<beside>{_BESIDE})?(?P<and>[及或])?(?P<word>以上|以下|以内)?(?P<after>{_BESIDE})?"
)
_CONVENTION = re.compile(r"(.+?)(不含|含)")
_LIST_JOINT = re.compile(r"(?:\((?:不)?含\))?[、和或及]")

_OPS = {(UP, True): "≥", (UP, False): ">", (DOWN, True): "≤", (DOWN, False): "<"}


def document_borders(conventions: Iterable[str]) -> dict[str, bool]:
    """`以上含、超过不含` → which words include their border in this document."""
    said: dict[str, bool] = {}
    for convention in conventions:
        match = _CONVENTION.fullmatch(convention)
        if match is not None:
            said[match.group(1)] = match.group(2) == "含"
    return said


def signs_at(words: str, figure: Figure, conventions: dict[str, bool]) -> set[str]:
    """The signs that the words around a figure stand for; empty without border words."""
    there = figures_in(words)
    signs: set[str] = set()
    for index, one in enumerate(there):
        if one.same(figure):
            sign = _sign(words, there, index, conventions)
            if sign:
                signs.add(sign)
    return signs


def _sign(
    words: str, there: tuple[Figure, ...], index: int, conventions: dict[str, bool]
) -> str | None:
    one = there[index]
    tail = _TAIL.match(words, one.end)
    assert tail is not None, "the pattern matches the empty string"
    beside = tail.group("beside") or tail.group("after")
    explicit = None if beside is None else "不含" not in beside
    word = tail.group("word")
    if word:
        direction, default = _AFTER[word]
        included = conventions.get(word, default) or tail.group("and") is not None
    else:
        before = _word_before(words, there, index)
        if before is None:
            return None
        direction, default = _BEFORE[before]
        included = conventions.get(before, default)
    return _OPS[direction, included if explicit is None else explicit]


def _word_before(words: str, there: tuple[Figure, ...], index: int) -> str | None:
    """The border word in front; in a list (首次达到1000万元、2000万元) that of its first figure."""
    start = there[index].start
    while index:
        previous = there[index - 1]
        if previous.start == there[index].start:  # the same figure with and without its shared unit
            index -= 1
            continue
        if not _LIST_JOINT.fullmatch(words[previous.end : start]):
            break
        index, start = index - 1, previous.start
    before = words[max(0, start - 6) : start]
    return next((word for word in _LONGEST_FIRST if before.endswith(word)), None)


def contradicts(border: Border, signs: set[str]) -> bool:
    """Whether a rule's comparison disagrees with every sign that the words give its figure.

    Where both sides of a text touch the figure (300人及以上…300人以下) one of them must open, and
    where neither does (不足100万元…超过100万元) one must close: both signs of a direction fit.
    """
    if not signs or border.op in signs:
        return False
    both = bool(signs & {"≥", ">"}) and bool(signs & {"≤", "<"})
    if not both:
        return True
    return not (border.op in "<>" or signs == {"<", ">"})
