"""The documents of a library as a list: number, title, level, place, time, how checked, what is covered."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from huiqi.anchors.lock import Lock, LockedDocument
from huiqi.language import tree as t
from huiqi.library.library import Library
from huiqi.reasoning.places import DIVISIONS
from huiqi.vocabulary.codes import CodeTable

# id → (中文, English), broadest first
LEVELS = {
    "national": ("国家", "national"),
    "provincial": ("省级", "provincial"),
    "municipal": ("市级", "municipal"),
    "county": ("县级", "county"),
    "shared": ("共用", "shared definitions"),
}
STATES = {
    "in_force": ("现行", "in force"),
    "not_yet": ("尚未施行", "not yet in force"),
    "ended": ("已到期", "ended"),
    "draft": ("草案", "draft"),
    "unknown": ("起止未见", "time not seen"),
}
HOW_CHECKED = {
    "全文": ("全文", "full text"),
    "仅二手": ("仅二手", "secondary"),
    "未核": ("未核", "not yet"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One document of the list; `coverage` is that of the anchor lock, None where no text was read."""

    document: t.Document
    level: str
    state: str
    measures: tuple[t.Measure, ...]
    coverage: LockedDocument | None = None

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def name(self) -> str:
        """Number and title; the title alone where the text shows no number."""
        head = self.document
        return head.title if head.id.startswith("无文号") else f"{head.id} {head.title}"

    @property
    def place(self) -> str:
        return "、".join(self.document.region) or "全国"


def catalogue(library: Library, lock: Lock, on: date) -> list[Listed]:
    """All documents, national first, then by place and number; their state is that of the day `on`."""
    measures: dict[str, list[t.Measure]] = {}
    for measure in library.program.measures.values():
        measures.setdefault(measure.document, []).append(measure)
    found = [
        Listed(
            head,
            level_of(head, bool(measures.get(key))),
            state_on(head, on),
            tuple(measures.get(key, ())),
            covered if (covered := lock.documents.get(key)) and covered.giving else None,
        )
        for key, head in library.program.documents.items()
    ]
    order = list(LEVELS)
    return sorted(
        found, key=lambda one: (order.index(one.level), one.document.region_codes, one.id)
    )


def level_of(head: t.Document, has_measures: bool = True) -> str:
    """Whose document it is, by the place it holds in."""
    if not head.region_codes:
        return "national" if has_measures or head.region else "shared"
    codes = head.region_codes
    if any(code.endswith("0000") for code in codes):
        return "provincial"
    return "municipal" if any(code.endswith("00") for code in codes) else "county"


def state_on(head: t.Document, on: date) -> str:
    if head.draft:
        return "draft"
    starts = head.in_force or head.issued
    if head.ends is not None and on > head.ends:
        return "ended"
    if starts is not None and on < starts:
        return "not_yet"
    return "unknown" if starts is None and head.ends is None else "in_force"


def chosen(
    rows: Iterable[Listed],
    table: CodeTable | None,
    *,
    place: str | None = None,
    level: str | None = None,
    state: str | None = None,
    checked: str | None = None,
    word: str | None = None,
) -> Iterator[Listed]:
    """The rows that fit: `place` a code of 行政区划 (what concerns it: above, at and below), `word` in number or title."""
    for row in rows:
        head = row.document
        if place is not None and not _concerns(head, place, table):
            continue
        if level is not None and row.level != level:
            continue
        if state is not None and row.state != state:
            continue
        if checked is not None and (head.checked or "未核") != checked:
            continue
        if word is not None and word not in f"{head.id} {head.title} {'、'.join(head.region)}":
            continue
        yield row


def _concerns(head: t.Document, place: str, table: CodeTable | None) -> bool:
    if not head.region_codes or table is None:
        return True
    return any(table.could_be_under(place, region) for region in head.region_codes)


def sample(rows: Sequence[Listed], count: int, seed: int) -> list[Listed]:
    """`count` documents with measures, drawn by `seed`, in the order of the list."""
    able = [row for row in rows if row.measures]
    drawn = random.Random(seed).sample(range(len(able)), min(count, len(able)))
    return [able[index] for index in sorted(drawn)]


def divisions(library: Library) -> CodeTable | None:
    return library.vocabulary.tables.get(DIVISIONS)
