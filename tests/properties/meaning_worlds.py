"""Worlds for the shipped rules: every fact that they read gets a value, mostly near the figures that they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from huiqi.language import tree as t
from huiqi.vocabulary.calendar import DateRange
from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.given import Candidate, Entries, Entry, Facts, Grant, Records, Said, Value
from huiqi.vocabulary.units import Dims, Number

FOUNDED = "成立日"
YEARS = range(2014, 2025)
Values = dict[tuple[str, str], Entry]


@dataclass
class Pools:
    """The figures, codes and texts that the rules themselves name: where something can turn."""

    numbers: dict[Dims, list[Number]] = field(default_factory=dict)
    codes: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)


def nodes_of(thing: object) -> Iterator[Any]:
    """Every node of the checked tree under a thing."""
    if isinstance(thing, Mapping):
        for value in thing.values():
            yield from nodes_of(value)
    elif isinstance(thing, tuple | list):
        for value in thing:
            yield from nodes_of(value)
    elif is_dataclass(thing):
        yield thing
        for one in fields(thing):
            yield from nodes_of(getattr(thing, one.name))


def pools_of(program: t.Program) -> Pools:
    pools = Pools()
    for node in nodes_of(
        (program.measures, program.definitions, program.parameters, program.filled)
    ):
        if isinstance(node, t.Constant):
            pools.numbers.setdefault(node.dims, []).append(node.value)
        elif isinstance(node, t.NumberTable):
            ends = [end for band in node.bands for end in (band.low, band.high) if end is not None]
            pools.numbers.setdefault((), []).extend(ends)
            pools.numbers.setdefault((("元", 1),), []).extend(ends)
        elif isinstance(node, t.InCodes):
            pools.codes.setdefault(node.table, []).extend(node.codes)
        elif isinstance(node, t.CodeTableRows):
            pools.codes.setdefault(node.table, []).extend(
                code for row in node.codes for code in row
            )
        elif isinstance(node, t.SameText) and isinstance(node.left, t.FactText):
            pools.texts.setdefault(node.left.name, []).extend(node.texts)
    return pools


@dataclass(frozen=True)
class Maker:
    """Draws whole worlds from a seed, and the same worlds known in part."""

    vocabulary: Vocabulary
    pools: Pools

    def world(self, seed: int) -> Facts:
        chance = Random(seed)
        founded = date(chance.choice((2015, 2018, 2020)), chance.randint(1, 12), 28)
        values: Values = {(FOUNDED, ""): _entry(DateRange(founded, founded))}
        lists: dict[str, Records] = {}
        for name, found in self.vocabulary.facts.items():
            if name == FOUNDED:
                continue
            if found.type == "records":
                count = chance.choice((0, 1, 1, 2))
                items = tuple(
                    self._record(found, f"{name}{at}", founded.year, chance)
                    for at in range(1, count + 1)
                )
                lists[name] = Records(items)
            else:
                years = [year for year in YEARS if year >= founded.year]
                self._put(values, found, years, chance)
        return Facts("企业", "", values, lists)

    def _record(self, kind: Declaration, label: str, since: int, chance: Random) -> Facts:
        values: Values = {}
        for found in kind.fields.values():
            self._put(values, found, [year for year in YEARS if year >= since], chance)
        return Facts(kind.name, label, values)

    def _put(self, values: Values, found: Declaration, years: list[int], chance: Random) -> None:
        periods = [str(year) for year in years] if found.is_annual else [""]
        for period in periods:
            value = self._value(found, chance)
            if value is not None:
                values[found.name, period] = _entry(value)

    def _value(self, found: Declaration, chance: Random) -> Value | None:
        if found.is_number:
            return self._number(found, chance)
        if found.type == "yes_no":
            return chance.random() < 0.6
        if found.type == "date":
            return _day(chance)
        if found.type == "code":
            code = chance.choice(self._codes(found.codes, chance))
            return (code,) if found.many else code
        if found.type == "text":
            return chance.choice([*self.pools.texts.get(found.name, []), "别的"])
        if found.type in ("title", "register", "event"):
            return self._entries(found, chance)
        return None

    def _codes(self, table: str, chance: Random) -> list[str]:
        """Codes that the rules name, groups left out, and two of any."""
        known = self.vocabulary.table(table)
        every = list(known.codes())
        named = [
            code
            for code in self.pools.codes.get(table, [])
            if code in known and code not in known.groups()
        ]
        return [*named, *chance.sample(every, min(2, len(every)))]

    def _number(self, found: Declaration, chance: Random) -> Number:
        pool = self.pools.numbers.get(found.dims) or [0, 1, 10, 100]
        value = chance.choice(pool) + chance.choice((0, 0, 0, 1, -1))
        if chance.random() < 0.2:
            value = value * Fraction(chance.randint(0, 300), 100)
        low = found.minimum
        return value if low is None else max(value, low)

    def _entries(self, found: Declaration, chance: Random) -> Entries:
        if chance.random() < (0.4 if found.type == "title" else 0.85):
            return Entries()
        granted = _day(chance)
        expires = (
            granted.first + timedelta(days=chance.choice((365, 1095)))
            if chance.random() < 0.5
            else None
        )
        values: Values = {}
        for one in found.fields.values():
            self._put(values, one, [granted.first.year], chance)
        return Entries((Grant(granted, expires, Facts(found.name, found.name, values)),))

    def less(self, world: Facts, seed: int, share: float) -> Facts:
        """Without about that share of the facts; the founding date stays."""
        chance = Random(seed)
        kept = {
            key: entry
            for key, entry in world.values.items()
            if key[0] == FOUNDED or chance.random() > share
        }
        lists = {}
        for name, records in world.records.items():
            if chance.random() < share / 2:
                continue
            items = tuple(self._less_record(item, chance, share) for item in records.items)
            complete = records.complete and chance.random() > share / 3
            lists[name] = Records(items if complete else items[:1], complete)
        return replace(world, values=kept, records=lists)

    def _less_record(self, item: Facts, chance: Random, share: float) -> Facts:
        kept = {key: entry for key, entry in item.values.items() if chance.random() > share}
        return replace(item, values=kept)


def _entry(value: Value) -> Entry:
    return Entry(Said.GIVEN, (Candidate(value),))


def _day(chance: Random) -> DateRange:
    day = date(2019, 1, 1) + timedelta(days=chance.randint(0, 2100))
    return DateRange(day, day)
