"""Which documents can concern an enterprise by where it is (their 地区), before any rule is asked.

A document of a place concerns those who are there: by registration, operation, tax, statistics or
insurance, or by a project or building of theirs (facts declared with `locates`). A place known too
coarsely may lie inside; while the place of registration is unknown, every document concerns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from huiqi.language import tree as t
from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.given import Candidate, Entry, Facts, Said

REGISTERED = "注册地"
DIVISIONS = "行政区划"


class Whereabouts:
    """Where an enterprise is, as far as its facts say."""

    def __init__(self, firm: Facts, vocabulary: Vocabulary) -> None:
        entry = firm.entry(REGISTERED)
        self.is_known = entry is not None and any(True for _ in _codes(entry))
        self.codes = tuple(dict.fromkeys(_places(firm, vocabulary)))
        self._table = vocabulary.tables.get(DIVISIONS)
        self._settled: dict[tuple[str, ...], bool] = {}

    def may_concern(self, document: t.Document) -> bool:
        """False only where every known place lies outside every region of the document."""
        regions = document.region_codes
        if not regions or not self.is_known or self._table is None:
            return True
        if regions not in self._settled:
            table = self._table
            self._settled[regions] = any(
                table.could_be_under(code, region) for code in self.codes for region in regions
            )
        return self._settled[regions]


def _places(firm: Facts, vocabulary: Vocabulary) -> Iterator[str]:
    for (name, _), entry in firm.values.items():
        if _locates(vocabulary.find(name)):
            yield from _codes(entry)
    for kind, records in firm.records.items():
        declared = vocabulary.find(kind)
        fields = declared.fields if declared is not None else {}
        locating = [name for name, one in fields.items() if one.locates]
        for record in records.items:
            for name in locating:
                given = record.entry(name)
                if given is not None:
                    yield from _codes(given)


def _codes(entry: Entry) -> Iterator[str]:
    if entry.said is not Said.GIVEN:
        return
    for candidate in entry.candidates:
        value = candidate.value
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from value


def moved_to(firm: Facts, place: str, vocabulary: Vocabulary) -> Facts:
    """The same enterprise as if it and all its projects lay in `place` (a code): “if you were in …”."""
    there = Entry(Said.GIVEN, (Candidate(place),))
    own = {
        (name, period): there if _locates(vocabulary.find(name)) else entry
        for (name, period), entry in firm.values.items()
    }
    records = {
        kind: replace(
            known, items=tuple(_moved(one, vocabulary.find(kind), there) for one in known.items)
        )
        for kind, known in firm.records.items()
    }
    return replace(firm, values={**own, (REGISTERED, ""): there}, records=records)


def _moved(record: Facts, kind: Declaration | None, there: Entry) -> Facts:
    fields = kind.fields if kind is not None else {}
    values = {
        (name, period): there if _locates(fields.get(name)) else entry
        for (name, period), entry in record.values.items()
    }
    return replace(record, values=values)


def _locates(fact: Declaration | None) -> bool:
    return fact is not None and fact.locates
