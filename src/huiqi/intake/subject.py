"""One subject as its rows build it up, and the fact file it becomes."""

from dataclasses import dataclass, field, replace
from typing import Any

from huiqi.intake.mapping import Column, TableMapping

Value = str | list[str] | dict[str, str | list[str]]

# A register is asked once and answered once; a title may be granted again, each time an entry.
REGISTER_PARTS = {"列入", "查询日", "承诺", "值"}


@dataclass(frozen=True)
class Given:
    """What one row gives for a fact: a value, or an entry of several parts from several columns."""

    column: Column
    period: str | None
    value: Value
    row: int

    @property
    def is_entry(self) -> bool:
        """True for one of possibly several entries, as of a title."""
        return isinstance(self.value, dict) and not self.value.keys() <= REGISTER_PARTS

    @property
    def slot(self) -> tuple[str, str | None, str]:
        """Where it belongs: two values in one slot must agree."""
        return (self.column.fact, self.period, str(self.value) if self.is_entry else "")


def entries_of(values: list[Given]) -> list[Given]:
    """The values of one row, those that are parts of one entry put together."""
    found: dict[tuple[str, str | None], Given] = {}
    for item in values:
        key = (item.column.fact, item.period)
        if not item.column.part:
            found[key] = item
            continue
        assert not isinstance(item.value, dict)
        begun = found.get(key)
        parts = begun.value if begun else {}
        assert isinstance(parts, dict), "INVARIANT: a fact has parts in all its columns or in none"
        found[key] = replace(begun or item, value={**parts, item.column.part: item.value})
    return list(found.values())


@dataclass(frozen=True)
class Clash:
    """A value that contradicts one given before."""

    header: str
    value: str
    details: dict[str, str]


@dataclass
class Subject:
    """`row` is where the subject was first seen."""

    name: str
    key: str
    row: int
    facts: dict[tuple[str, str | None, str], Given] = field(default_factory=dict)
    records: list[list[Given]] = field(default_factory=list)

    def clash(self, given: list[Given], mapping: TableMapping) -> Clash | None:
        """The first of the values that differs from what an earlier row gave for the same slot."""
        if mapping.records:
            return None
        for item in given:
            known = self.facts.get(item.slot)
            if known and known.value != item.value:
                details = {
                    "first": str(known.row),
                    "fact": " ".join(part for part in (item.period, item.column.fact) if part),
                    "known": _written(known.value),
                }
                return Clash(item.column.header, _written(item.value), details)
        return None

    def repeated(self, given: list[Given], mapping: TableMapping) -> int | None:
        """The earlier row that gave all this already.

        Two records may well be alike (two equal machines), so in a table of records nothing
        counts as repeated.
        """
        if mapping.records:
            return None
        known = [self.facts.get(item.slot) for item in given]
        rows = [item.row for item in known if item]
        if len(rows) < len(known):
            return None
        return max(rows, default=self.row)

    def add(self, given: list[Given], name: str, mapping: TableMapping) -> None:
        self.name = name
        if mapping.records:
            self.records.append(given)
            return
        for item in given:
            self.facts.setdefault(item.slot, item)

    def as_fact_file(self, mapping: TableMapping) -> dict[str, Any]:
        """The form in which people write fact files: 名称, 标识, 示例, 申报日, 事实."""
        file: dict[str, Any] = {"名称": self.name}
        if mapping.id_column:
            file["标识"] = self.key
        if mapping.is_example:
            file["示例"] = True
        if mapping.as_of:
            file["申报日"] = mapping.as_of
        file["事实"] = self._record_facts(mapping) if mapping.records else self._facts()
        return file

    def _facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        for item in self.facts.values():
            fact = item.column.fact
            place, key = (facts, fact)
            if item.period:
                place, key = facts.setdefault(fact, {}), item.period
            if item.is_entry:
                place.setdefault(key, []).append(_valued(item))
            else:
                place[key] = _valued(item)
        return facts

    def _record_facts(self, mapping: TableMapping) -> dict[str, Any]:
        assert mapping.records
        items = [{g.column.fact: _valued(g) for g in record} for record in self.records]
        is_complete = "是" if mapping.is_complete else "否"
        return {mapping.records: {"完整": is_complete, "清单": items}}


def _valued(item: Given) -> Any:
    told = {"来源": item.column.source, "日期": item.column.date}
    provenance = {key: text for key, text in told.items() if text}
    if isinstance(item.value, dict):
        return {**item.value, **provenance}
    return {"值": item.value, **provenance} if provenance else item.value


def _written(value: Value) -> str:
    if isinstance(value, dict):
        return "、".join(f"{part} {_written(inner)}" for part, inner in value.items())
    return value if isinstance(value, str) else "、".join(value)
