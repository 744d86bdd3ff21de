"""The clauses of an official text, by their addresses: 第四条第一款, 二（七）, 附件2二（三）.

Texts number in several ways and crawlers lose line breaks, so a number opens a clause at the start
of a paragraph, or inside one behind a full stop where it continues its list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from huiqi.anchors.text import OfficialText, plain
from huiqi.vocabulary.numerals import read_numeral

_CN = "[零〇一二三四五六七八九十百]"
_MARKER = re.compile(
    rf"(?P<附件>附件(?:\d{{1,2}}|{_CN}{{1,3}}(?!、))?(?![:,。、)]))"
    rf"|第(?P<章>{_CN}{{1,4}})章|第(?P<节>{_CN}{{1,4}})节"
    rf"|第(?P<条>{_CN}{{1,5}}|\d{{1,3}})条"
    rf"|(?P<一>{_CN}{{1,4}})、"
    rf"|\((?P<括>{_CN}{{1,4}})\)"
    r"|\((?P<数>\d{1,2})\)"
    r"|(?P<点>\d{1,2})[.、](?!\d)"
    r"|(?P<字>[A-Z])\."
    r"|(?P<圈>[①-⑳])"
)
_LEVELS = {
    "附件": 0,
    "章": 1,
    "节": 2,
    "条": 3,
    "一": 3,
    "括": 4,
    "点": 5,
    "数": 6,
    "字": 7,
    "圈": 8,
}
_PARAGRAPH_ONLY = frozenset({"附件", "章", "节", "条", "字"})
_STOPS = frozenset('。;:!?)"')
_REFERS_ON = frozenset("项款条目~至、")
_HEADING_LIMIT = 30


@dataclass(slots=True)
class Clause:
    """A numbered piece of the text; `own` are the starts of its own paragraphs (款)."""

    kind: str
    number: int
    start: int
    end: int = 0
    children: list[Clause] = field(default_factory=list)
    own: list[int] = field(default_factory=list)

    def descendants(self) -> Iterator[Clause]:
        """Breadth first: an outer clause is found before an inner one of the same number."""
        layer = self.children
        while layer:
            yield from layer
            layer = [child for clause in layer for child in clause.children]


Span = tuple[int, int]


def read_clauses(text: OfficialText) -> Clause:
    """The tree of clauses; the root is the whole text."""
    root = Clause("", 0, 0)
    path = [root]
    last: dict[str, int] = {}
    paragraphs = set(text.paragraphs)
    for match in _markers(text):
        kind = match.lastgroup or ""
        number = _number(kind, match.group(kind))
        if not _opens(text, match, kind, number, paragraphs, last, path[-1]):
            continue
        level = _LEVELS[kind]
        while len(path) > 1 and _LEVELS[path[-1].kind] >= level:
            path.pop().end = match.start()
        last = {known: n for known, n in last.items() if _LEVELS[known] <= level or known == "括"}
        last[kind] = number
        clause = Clause(kind, number, match.start())
        path[-1].children.append(clause)
        path.append(clause)
    for clause in path:
        clause.end = len(text.text)
    _share_paragraphs(root, text.paragraphs)
    return root


def _markers(text: OfficialText) -> Iterator[re.Match[str]]:
    """Every number that may open a clause, in order; a paragraph's first is read from its start."""
    found = {match.start(): match for match in _MARKER.finditer(text.text)}
    for start in text.paragraphs:
        match = _MARKER.match(text.text, start)
        if match is not None:
            found[start] = match
    return (found[start] for start in sorted(found))


def _number(kind: str, written: str) -> int:
    if kind == "附件":
        written = written.removeprefix("附件")
        if not written:
            return 0
    if kind == "字":
        return ord(written) - 64
    if kind == "圈":
        return ord(written) - ord("①") + 1
    return int(written) if written.isdecimal() else read_numeral(written) or 0


def _opens(
    text: OfficialText,
    match: re.Match[str],
    kind: str,
    number: int,
    paragraphs: set[int],
    last: dict[str, int],
    inside: Clause,
) -> bool:
    """Whether this number begins a clause rather than being mentioned in one."""
    start, end = match.start(), match.end()
    following = text.text[end : end + 1]
    if kind in ("括", "数") and following in _REFERS_ON:
        return False
    if start in paragraphs:
        # Two paragraphs may meet inside the match once blanks are gone (附件 / 1.…).
        return not any(start < border < end for border in paragraphs)
    if kind in _PARAGRAPH_ONLY or start == 0:
        return False
    if number not in (1, last.get(kind, 0) + 1):
        return False
    if text.text[start - 1] in _STOPS:
        return True
    heading = text.text[inside.start : start]
    return (
        kind == "括"
        and inside.kind in ("一", "条")
        and len(heading) <= _HEADING_LIMIT
        and not re.search(r"[。,;:]", heading)
    )


def _share_paragraphs(clause: Clause, paragraphs: tuple[int, ...]) -> None:
    inner = [(child.start, child.end) for child in clause.children]
    clause.own = [clause.start] + [
        start
        for start in paragraphs
        if clause.start < start < clause.end and not any(a <= start < b for a, b in inner)
    ]
    for child in clause.children:
        _share_paragraphs(child, paragraphs)


# ---------------------------------------------------------------- addresses
_TOKEN = re.compile(
    rf"(?P<前言>前言)|附件(?P<附件>\d{{0,2}})"
    rf"|第\(?(?P<序>{_CN}{{1,5}}|\d{{1,3}})\)?(?P<级>[章节条款项目点])"
    rf"|\((?P<括>{_CN}{{1,4}})\)|\((?P<数>\d{{1,2}})\)|(?P<一>{_CN}{{1,4}})|(?P<点>\d{{1,2}})"
)
_UNIT_KINDS = {
    "章": ("章",),
    "节": ("节",),
    "条": ("条", "一"),
    "项": ("括", "点"),
    "目": ("点", "数"),
    "点": ("点", "数"),
}


@lru_cache(maxsize=1024)
def parse_address(address: str) -> tuple[tuple[str, int], ...] | None:
    """The steps of one address (第七条第三项 → 条 7, 项 3); None if it is none."""
    rest = plain(address)
    steps: list[tuple[str, int]] = []
    while rest:
        match = _TOKEN.match(rest)
        if match is None or not match.end():
            return None
        if match.group("前言"):
            steps.append(("前言", 0))
        elif match.group("附件") is not None:
            steps.append(("附件", int(match.group("附件") or 0)))
        elif match.group("级"):
            steps.append(("第" + match.group("级"), _number("条", match.group("序"))))
        else:
            kind = match.lastgroup or ""
            steps.append((kind, _number(kind, match.group(kind))))
        rest = rest[match.end() :]
    return tuple(steps) or None


def find_clause(root: Clause, address: str) -> Span | None:
    """The span of one address, or None."""
    steps = parse_address(address)
    if steps is None:
        return None
    here = root
    for index, (kind, number) in enumerate(steps):
        if kind == "前言":
            first = next((c for c in root.descendants() if c.kind not in ("附件",)), None)
            return (0, first.start if first else root.end)
        if kind == "第款":
            if number > len(here.own) or index != len(steps) - 1:
                return None
            ends = [*here.own[1:], here.end]
            return here.own[number - 1], ends[number - 1]
        found = _step(here, kind, number)
        if found is None:
            return None
        here = found
    return here.start, here.end


def _step(here: Clause, kind: str, number: int) -> Clause | None:
    kinds = _UNIT_KINDS[kind[1:]] if kind.startswith("第") else (kind,)
    inside = list(here.descendants())
    for wanted in kinds:
        found = next((c for c in inside if c.kind == wanted and c.number == number), None)
        if found is not None:
            return found
        if wanted == "条" and any(c.kind == "条" for c in inside):
            return None
    return None


def split_addresses(addresses: str) -> list[str]:
    """`附件2一、第十一条` as single addresses."""
    return [part for part in addresses.split("、") if part]


def smallest_clause(root: Clause, position: int) -> Span:
    """The innermost clause around a position."""
    here = root
    while True:
        inner = next((c for c in here.children if c.start <= position < c.end), None)
        if inner is None:
            return here.start, here.end
        here = inner


_SHOWN = {
    "附件": "附件{}", "章": "第{}章", "节": "第{}节", "条": "第{}条", "一": "{}、", "括": "（{}）",
    "点": "{}", "数": "（{}）", "字": "", "圈": "",
}  # fmt: skip
_DIGITS = "零一二三四五六七八九"


def address_of(root: Clause, position: int) -> str:
    """The address of the innermost clause around a position, as a reader writes it."""
    parts: list[str] = []
    here = root
    while inner := next((c for c in here.children if c.start <= position < c.end), None):
        number = inner.number
        arabic = inner.kind in ("附件", "点", "数")
        shown = ("" if not number else str(number)) if arabic else _chinese(number)
        if inner.kind not in ("章", "节"):
            parts.append(_SHOWN[inner.kind].format(shown).rstrip("、"))
        here = inner
    return "".join(parts) or "前言"


def _chinese(number: int) -> str:
    """A clause's number below a thousand in Chinese; a larger one is a misreading and stays as it is."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    shown = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        shown += "十" if number < 20 else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        shown += "零"
    return shown + (_DIGITS[ones] if ones else "")
