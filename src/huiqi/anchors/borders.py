"""Border words of a text against the signs of a rule: 以上 超过 不足 达到 … (SEMANTICS B1, B2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from huiqi.anchors.figures import Figure, figures_in

UP, DOWN = "up", "down"
# word → (direction, whether the border itself is included unless the document says otherwise)
_INCLUDED = {
    UP: "不低于 不少于 不小于 不得低于 不得少于 不得小于 大于等于 大于或等于 至少 最低 达到 达 满",
    DOWN: "不超过 不高于 不大于 不多于 不得超过 不得高于 不得多于 不得大于 小于等于 小于或等于 最高 最多 至多",
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
    rf"(?:期|期限)?(?P<beside>{_BESIDE})?(?P<and>[及或])?(?P<word>以上|以下|以内)?(?P<after>{_BESIDE})?"
)
_CONVENTION = re.compile(r"(.+?)(不含|含)")
_DASH = re.compile(rf"(?:{_BESIDE})?(?:[-~至]|到)")
# 最高奖励200万元, 最高可补助100万元: the verb stands between.
_AWARDED = re.compile(r"(最高|最多|最低)可?(?:奖励|奖补|补助|补贴|资助|给予|支持)$")
_LIST_JOINT = re.compile(r"(?:\((?:不)?含\))?[、和或及]")

_BEYOND = {"≥": "<", "<": "≥", ">": "≤", "≤": ">"}
_OPS = {(UP, True): "≥", (UP, False): ">", (DOWN, True): "≤", (DOWN, False): "<"}


def document_borders(conventions: Iterable[str]) -> dict[str, bool]:
    """`以上含、超过不含` → which words include their border in this document."""
    said: dict[str, bool] = {}
    for convention in conventions:
        if convention.startswith("边界"):
            said[convention] = True
        match = _CONVENTION.fullmatch(convention)
        if match is not None:
            said[match.group(1)] = match.group(2) == "含"
    return said


@dataclass(frozen=True, slots=True)
class Sign:
    """A comparison that words stand for. Strength: 2 said beside the figure (含, 及), 1 by a border
    word, 0 by a dash alone (SEMANTICS B3)."""

    op: str
    strength: int

    @property
    def points_up(self) -> bool:
        return self.op in "≥>"


def signs_at(words: str, figure: Figure, conventions: dict[str, bool]) -> set[Sign]:
    """The signs that the words around a figure stand for; empty without border words."""
    there = figures_in(words)
    signs: set[Sign] = set()
    for index, one in enumerate(there):
        if one.same(figure):
            signs |= _signs(words, there, index, conventions)
    return signs


def _signs(
    words: str, there: tuple[Figure, ...], index: int, conventions: dict[str, bool]
) -> set[Sign]:
    one = there[index]
    tail = _TAIL.match(words, one.end)
    assert tail is not None, "the pattern matches the empty string"
    beside = tail.group("beside") or tail.group("after")
    explicit = None if beside is None else "不含" not in beside
    word = tail.group("word")
    if word:
        direction, default = _AFTER[word]
        included = conventions.get(word, default)
        explicit = True if explicit is None and tail.group("and") else explicit
    elif before := _word_before(words, there, index):
        direction, default = _BEFORE[before]
        included = conventions.get(before, default)
    elif one.is_counted and _ranks(words, one):
        direction, included = DOWN, True
    else:
        return _dashed(words, there, index, explicit, conventions)
    if explicit is not None:
        return {Sign(_OPS[direction, explicit], 2)}
    return {Sign(_OPS[direction, included], 1)}


def _ranks(words: str, figure: Figure) -> bool:
    """前三名, 500强: at most that rank."""
    return (
        words[max(0, figure.start - 1) : figure.start] == "前"
        or words[figure.end : figure.end + 1] == "强"
    )


def _dashed(
    words: str,
    there: tuple[Figure, ...],
    index: int,
    explicit: bool | None,
    conventions: dict[str, bool],
) -> set[Sign]:
    """An end of 3%-5%: the lower one belongs to the band, the upper one may (B3)."""
    if any(word.startswith("边界") and word != "边界从高" for word in conventions):
        return set()
    one = there[index]
    joint = _DASH.match(words, one.end)
    if joint and any(other.start == joint.end() for other in there):
        if explicit is not None:
            return {Sign(_OPS[UP, explicit], 2)}
        return {Sign("≥", 0)}
    if any(
        _DASH.fullmatch(words, other.end, one.start) for other in there if other.end < one.start
    ):
        if explicit is not None:
            return {Sign(_OPS[DOWN, explicit], 2)}
        return {Sign("≤", 0), Sign("<", 0)}
    return set()


def _word_before(words: str, there: tuple[Figure, ...], index: int) -> str | None:
    """The border word in front; in a list (首次达到1000万元、2000万元) that of its first figure."""
    start = there[index].start
    while index:
        previous = there[index - 1]
        if previous.start == there[index].start:  # the same figure with and without shared unit
            index -= 1
            continue
        if not _LIST_JOINT.fullmatch(words[previous.end : start]):
            break
        index, start = index - 1, previous.start
    before = _AWARDED.sub(r"\1", words[max(0, start - 8) : start])
    return next((word for word in _LONGEST_FIRST if before.endswith(word)), None)


def contradicts(op: str, signs: set[Sign], is_key: bool = False) -> bool:
    """Whether a rule's comparison disagrees with every sign that the words give its figure.

    Where both sides of a text touch the figure (300人及以上…300人以下) one of them must open, and
    where neither does (不足100万元…超过100万元) one must close. A table's row (`is_key`) may also be
    what lies beyond a border (> 1000平方米 where the words say 1000平方米以内).
    """
    if not signs or any(sign.op == op for sign in signs):
        return False
    up = op in "≥>"
    own = [sign for sign in signs if sign.points_up == up]
    other = [sign for sign in signs if sign.points_up != up]
    if is_key and not own:
        return all(sign.op != _BEYOND[op] for sign in other)
    if not own or not other:
        return True
    if op in "<>":
        said = any(sign.strength == 2 for sign in own)
        return said or not any(sign.op in "≥≤" and sign.strength for sign in other)
    return any(sign.op in "≥≤" for sign in (*own, *other))
