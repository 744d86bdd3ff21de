"""The facts of one enterprise as people wrote them: names looked up, years, lists of records.

Everything that cannot be used is reported with its line; the rest is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from huiqi.library.fact_dated import COMPLETE, ITEMS, DatedFacts
from huiqi.library.fact_values import DATE, SOURCE, VALUE_KEYS, Values, is_yes, twice, wrong
from huiqi.library.written import Written
from huiqi.vocabulary.declare import Declaration
from huiqi.vocabulary.given import (
    HIGHEST_BEFORE,
    Entry,
    FactProblem,
    Facts,
    Records,
    Said,
    period_key,
)
from huiqi.vocabulary.nearest import nearest

GRANTED = "此前已获"
GRANTED_MONEY = Declaration(GRANTED, "granted before", "money", (("元", 1),), "元", minimum=0)
_SAID = {
    "未知": Said.NOT_ASKED,
    "unknown": Said.NOT_ASKED,
    "不知道": Said.NOT_KNOWN,
    "not known": Said.NOT_KNOWN,
    "不适用": Said.NOT_APPLICABLE,
    "not applicable": Said.NOT_APPLICABLE,
}
_NONE = ("无", "none", "没有", "否", "no")
_DATED = ("title", "register", "event")


@dataclass(slots=True)
class FactEntries(DatedFacts):
    """Collects facts and problems; begins empty."""

    values: Values = field(default_factory=dict)
    records: dict[str, Records] = field(default_factory=dict)
    english: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, fact in self.vocabulary.facts.items():
            self.english.setdefault(fact.en.lower(), name)

    # ------------------------------------------------------------ one fact
    def add(self, name: str, written: Written) -> None:
        """Take in what stands under a name."""
        head, _, measure = name.partition(" ")
        if head == GRANTED and measure.strip():
            self.put(self.values, GRANTED_MONEY, (GRANTED, measure.strip()), written, name)
            return
        period, bare = _split_period(name)
        fact = self.find(bare)
        if fact is None:
            self.report(self._unknown(bare, [*self.vocabulary.facts]), written.line)
        elif fact.type == "records":
            self._add_records(fact, written)
        elif period:
            self._one_period(self.values, fact, period, written, "")
        else:
            self._add_fact(self.values, fact, written, "")

    def find(self, name: str) -> Declaration | None:
        found = self.vocabulary.find(name)
        if found is None and name.lower() in self.english:
            found = self.vocabulary.facts[self.english[name.lower()]]
        return found

    def _unknown(self, name: str, names: list[str]) -> FactProblem:
        near = nearest(name, names)[:3]
        shown = "、".join(near)
        return FactProblem(
            "F-unknown",
            name,
            "词汇表里没有这个事实",
            "no such fact is declared",
            f"是否想写 {shown}？" if near else "用 huiqi vocab 查找",
            f"did you mean {shown}?" if near else "look it up with huiqi vocab",
        )

    # ------------------------------------------------------------ years
    def _add_fact(self, values: Values, fact: Declaration, written: Written, where: str) -> None:
        if fact.type in _DATED:
            self.add_dated(values, fact, written, where)
        elif written.is_mapping and not self._is_value(written):
            for period, value in written.pairs or ():
                self._one_period(values, fact, period, value, where)
            for period, value in written.doubled():
                self.report(twice(f"{period} {fact.name}"), value.line, where)
        else:
            self._one_period(values, fact, "", written, where)

    @staticmethod
    def _is_value(written: Written) -> bool:
        return any(key in VALUE_KEYS for key, _ in written.pairs or ())

    def _one_period(
        self, values: Values, fact: Declaration, period: str, written: Written, where: str
    ) -> None:
        problem = _period_problem(fact, period)
        if problem is not None:
            self.report(problem, written.line, where)
            return
        key = (fact.name, period_key(period))
        if fact.type in _DATED:
            self.add_dated(values, fact, written, where)
            return
        self.put(values, fact, key, written, where)

    # ------------------------------------------------------------ records
    def _add_records(self, kind: Declaration, written: Written) -> None:
        if kind.name in self.records:
            self.report(twice(kind.name), written.line)
            return
        if written.text is not None:
            if written.text in _NONE:
                self.records[kind.name] = Records(())
            elif written.text in _SAID:
                # kept, so that nobody is asked for the list twice
                self.values[kind.name, ""] = Entry(_SAID[written.text])
            else:
                self.report(_list_expected(kind), written.line)
            return
        items, complete = written, True
        if written.is_mapping:
            inner = written.get(*ITEMS)
            if inner is None or inner.is_mapping or (inner.text or "无") not in (*_NONE, "无"):
                self.report(_list_expected(kind), written.line)
                return
            self.strange_keys(kind, written, {*COMPLETE, *ITEMS, *SOURCE, *DATE}, "")
            items, complete = inner, is_yes(written.get(*COMPLETE))
        made = tuple(self._records_of(kind, items.items))
        complete = complete and len(made) == len(items.items)
        self.records[kind.name] = Records(made, complete)

    def _records_of(self, kind: Declaration, items: tuple[Written, ...]) -> Iterator[Facts]:
        for index, item in enumerate(items, start=1):
            label = f"{kind.name}{index}"
            if not item.is_mapping:
                self.report(_list_expected(kind), item.line)
                continue
            values: Values = {}
            for key, value in item.pairs or ():
                self.add_field(values, kind, key, value, label)
            yield Facts(kind.name, label, values)

    def add_field(
        self, values: Values, owner: Declaration, name: str, written: Written, label: str
    ) -> None:
        period, bare = _split_period(name)
        fact = owner.fields.get(bare) or next(
            (one for one in owner.fields.values() if one.en.lower() == bare.lower()), None
        )
        if fact is None:
            self.report(self._unknown(bare, [*owner.fields]), written.line, label)
        elif period:
            self._one_period(values, fact, period, written, label)
        else:
            self._add_fact(values, fact, written, label)


def _split_period(name: str) -> tuple[str, str]:
    """`2021年度 营业收入` → ("2021年度", "营业收入"); most names have no period."""
    head, _, rest = name.partition(" ")
    if rest and (head[:4].isdecimal() or head == HIGHEST_BEFORE):
        return head, rest.strip()
    return "", name.strip()


def _period_problem(fact: Declaration, period: str) -> FactProblem | None:
    key = period_key(period)
    if fact.is_annual and not key:
        return wrong(
            fact, "这是年度数，没有写哪一年", "a yearly figure needs its year",
            f"写作 {fact.name}: {{2023年度: …}}", f"write {fact.name}: {{2023: …}}", "F-no-year",
        )  # fmt: skip
    if fact.is_annual and not key.isdecimal() and key != HIGHEST_BEFORE:
        return wrong(
            fact, f"“{period}”不是年度", f"“{period}” is no year", "写作 2023年度", "write 2023",
            "F-period",
        )  # fmt: skip
    if key.isdecimal() and not 1900 <= int(key) <= 2200:
        return wrong(
            fact, f"年份 {key} 不在 1900–2200", f"the year {key} is not in 1900–2200", code="F-year"
        )
    if fact.period == "day" and key:
        return wrong(
            fact, f"是申报日当天的情况，不写“{period}”", f"is as of the day asked: no “{period}”",
            f"写作 {fact.name}: …", f"write {fact.name}: …", "F-period",
        )  # fmt: skip
    if fact.period == "fixed" and key and key != HIGHEST_BEFORE:
        return wrong(
            fact, f"不分期间，不能写“{period}”", f"has no period: “{period}” does not fit",
            code="F-period",
        )  # fmt: skip
    return None


def _list_expected(kind: Declaration) -> FactProblem:
    return FactProblem(
        "F-list",
        kind.name,
        "清单要一条一条写",
        "a list is written item by item",
        "写作 {完整: 是, 清单: [{…}, {…}]}，没有就写 无",
        "write {complete: yes, items: [{…}]}, or none",
    )
