"""Titles, registers and faults as people write them: grants with their days and facts, or a yes or no with its day."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace

from huiqi.library.fact_values import (
    DATE,
    SOURCE,
    VALUE,
    VALUE_KEYS,
    FactValues,
    Values,
    is_yes,
    text_of,
    twice,
    wrong,
)
from huiqi.library.written import Written
from huiqi.vocabulary.calendar import parse_date
from huiqi.vocabulary.declare import Declaration
from huiqi.vocabulary.given import (
    Candidate,
    Entries,
    Entry,
    FactError,
    FactProblem,
    Facts,
    Grant,
    Said,
    read_value,
)
from huiqi.vocabulary.mistakes import VocabularyError

AWARDED, EXPIRES = ("授予日", "发生日", "列入日", "granted"), ("有效至", "expires")
LISTED, QUERIED, STATED = ("列入", "listed"), ("查询日", "queried"), ("承诺", "statement")
COMPLETE, ITEMS = ("完整", "complete"), ("清单", "items")
UNDER_REVIEW = ("复核中", "under_review")
ENTRY_KEYS = {*AWARDED, *EXPIRES, *UNDER_REVIEW, *SOURCE, *DATE, *VALUE}
REGISTER_KEYS = {*LISTED, *QUERIED, *STATED, *SOURCE, *DATE, *VALUE, *COMPLETE, *ITEMS}


@dataclass(slots=True)
class DatedFacts(FactValues):
    """Reads what is dated; the facts that a grant has of its own are read by `add_field`."""

    @abstractmethod
    def add_field(
        self, values: Values, owner: Declaration, name: str, written: Written, label: str
    ) -> None:
        """Take in one fact of a grant or record."""

    def add_dated(self, values: Values, fact: Declaration, written: Written, where: str) -> None:
        if (fact.name, "") in values:
            self.report(twice(fact.name), written.line, where)
            return
        if written.is_text:
            self.put(values, fact, (fact.name, ""), written, where)
            return
        entry = self._dated_entry(fact, written, where)
        if entry is not None:
            values[fact.name, ""] = entry

    def _dated_entry(self, fact: Declaration, written: Written, where: str) -> Entry | None:
        if written.is_list:
            return self._grants(fact, written.items, True, Entries(), where)
        keys = {key for key, _ in written.pairs or ()}
        if not keys & {*LISTED, *QUERIED, *STATED, *COMPLETE, *ITEMS}:
            if keys <= VALUE_KEYS and keys & {*VALUE}:
                return self.entry(fact, written, where)
            return self._grants(fact, (written,), True, Entries(), where)
        self.strange_keys(fact, written, REGISTER_KEYS, where)
        answered = Entries(
            queried=self.date_of(fact, written.get(*QUERIED), where),
            statement=self.date_of(fact, written.get(*STATED), where),
        )
        listed = written.get(*LISTED, *VALUE)
        items = written.get(*ITEMS)
        if items is not None:
            complete = is_yes(written.get(*COMPLETE))
            return self._grants(fact, items.items, complete, answered, where)
        if listed is None and answered.statement is None:
            self.report(
                wrong(
                    fact, "没有写“列入”是还是否", "does not say whether listed (列入)",
                    "写作 {列入: 否, 查询日: 2022-05-02}", "write {listed: no, queried: 2022-05-02}",
                ),
                written.line,
                where,
            )  # fmt: skip
            return None
        told = listed if listed is not None else Written("否", line=written.line)
        entry = self.entry(fact, told, where)
        if entry is None or entry.said is not Said.GIVEN:
            return entry
        source = text_of(written.get(*SOURCE))
        on = self.date_of(fact, written.get(*DATE), where)
        value = entry.candidates[0].value
        assert isinstance(value, Entries), "INVARIANT: a register holds entries"
        made = replace(value, queried=answered.queried, statement=answered.statement)
        return Entry(Said.GIVEN, (Candidate(made, source, on),))

    def _grants(
        self,
        fact: Declaration,
        items: tuple[Written, ...],
        complete: bool,
        answered: Entries,
        where: str,
    ) -> Entry | None:
        grants: list[Grant] = []
        source, on = "", None
        for index, item in enumerate(items, start=1):
            label = fact.name if len(items) == 1 else f"{fact.name}{index}"
            if item.is_text:
                entry = self.entry(fact, item, where)
                if entry and entry.candidates and isinstance(entry.candidates[0].value, Entries):
                    grants += entry.candidates[0].value.items
                else:
                    complete = False  # an entry that could not be read may be any
                continue
            grant = self._grant(fact, item, label, where)
            if grant is None:
                complete = False
                continue
            grants.append(grant)
            source = source or text_of(item.get(*SOURCE))
            on = on or self.date_of(fact, item.get(*DATE), where)
        made = replace(answered, items=tuple(grants), complete=complete)
        return Entry(Said.GIVEN, (Candidate(made, source, on),))

    def _grant(self, fact: Declaration, written: Written, label: str, where: str) -> Grant | None:
        if not written.is_mapping:
            self.report(
                wrong(fact, "这里应写 {授予日: …, 有效至: …}", "a grant is written {granted: …}"),
                written.line,
                where,
            )
            return None
        awarded, expires = written.get(*AWARDED), written.get(*EXPIRES)
        fields: Values = {}
        for key, value in written.pairs or ():
            if key not in ENTRY_KEYS or key in fact.fields:
                self.add_field(fields, fact, key, value, label)
        spelled = text_of(awarded)
        if expires is not None and text_of(expires):
            spelled = f"{spelled}~{text_of(expires)}" if spelled else ""
        grant = Grant(fields=Facts(fact.name, label, fields))
        try:
            if spelled:
                read = read_value(spelled, fact, self.vocabulary)
                assert isinstance(read, Entries), "INVARIANT: a title holds entries"
                if len(read.items) != 1:
                    raise FactError(_one_day(fact))
                grant = replace(read.items[0], fields=grant.fields)
            elif expires is not None and text_of(expires):
                grant = replace(grant, expires=parse_date(text_of(expires)))
        except FactError as error:
            self.report(error.problem, (awarded or expires or written).line, where)
            return None
        except VocabularyError as error:
            problem = FactProblem("F-date", fact.name, error.message("zh"), error.message("en"))
            self.report(problem, (expires or written).line, where)
            return None
        under_review = written.get(*UNDER_REVIEW)
        return replace(grant, under_review=under_review is not None and is_yes(under_review))


def _one_day(fact: Declaration) -> FactProblem:
    return FactProblem(
        "F-date",
        fact.name,
        "授予日应是一天",
        "the day of the grant is one day",
        "没有就整项写 无；几次写成几条",
        "write none for the whole; several grants are several entries",
    )
