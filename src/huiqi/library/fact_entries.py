"""One fact as a person wrote it → what it says: a value with source and date, years, a list, a register's answer.

Everything that cannot be used is reported with its line; the rest is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from huiqi.language.problems import Problem
from huiqi.library.written import Written
from huiqi.vocabulary.calendar import parse_date
from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.given import (
    HIGHEST_BEFORE,
    Candidate,
    Entries,
    Entry,
    FactError,
    FactProblem,
    Facts,
    Grant,
    Records,
    Said,
    period_key,
    read_entry,
    read_value,
)
from huiqi.vocabulary.mistakes import VocabularyError
from huiqi.vocabulary.nearest import nearest

FIRM = "企业"
GRANTED = "此前已获"
GRANTED_MONEY = Declaration(GRANTED, "granted before", "money", (("元", 1),), "元", minimum=0)
_DAY = Declaration("日期", "date", "date")

VALUE, SOURCE, DATE = ("值", "value"), ("来源", "source"), ("日期", "date")
AWARDED, EXPIRES = ("授予日", "发生日", "列入日", "granted"), ("有效至", "expires")
LISTED, QUERIED, STATED = ("列入", "listed"), ("查询日", "queried"), ("承诺", "statement")
COMPLETE, ITEMS = ("完整", "complete"), ("清单", "items")
UNDER_REVIEW = ("复核中", "under_review")
_VALUE_KEYS = {*VALUE, *SOURCE, *DATE}
_ENTRY_KEYS = {*AWARDED, *EXPIRES, *UNDER_REVIEW, *SOURCE, *DATE, *VALUE}
_REGISTER_KEYS = {*LISTED, *QUERIED, *STATED, *SOURCE, *DATE, *VALUE, *COMPLETE, *ITEMS}
_SAID = ("未知", "unknown", "不知道", "not known", "不适用", "not applicable")
_NONE = ("无", "none", "没有", "否", "no")
_YES = ("是", "yes", "true", "有", "完整")
_DATED = ("title", "register", "event")

Values = dict[tuple[str, str], Entry]


@dataclass(slots=True)
class FactEntries:
    """Collects facts and problems. `file` is put into every problem."""

    vocabulary: Vocabulary
    file: str = ""
    values: Values = field(default_factory=dict)
    records: dict[str, Records] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    english: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, fact in self.vocabulary.facts.items():
            self.english.setdefault(fact.en.lower(), name)

    # ------------------------------------------------------------ one fact
    def add(self, name: str, written: Written) -> None:
        """Take in what stands under a name."""
        head, _, measure = name.partition(" ")
        if head == GRANTED and measure.strip():
            self._put(self.values, GRANTED_MONEY, (GRANTED, measure.strip()), written, name)
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

    def report(self, problem: FactProblem, line: int = 0, where: str = "") -> None:
        """`where` names the record or title that the fact belongs to."""
        name = f"{where}.{problem.name}" if where and where != problem.name else problem.name
        self.problems.append(
            Problem(
                problem.code,
                f"{name}：{problem.zh}",
                f"{name}: {problem.en}",
                line,
                1 if line else 0,
                problem.fix_zh,
                problem.fix_en,
                self.file,
            )
        )

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

    # ------------------------------------------------------------ values
    def _add_fact(self, values: Values, fact: Declaration, written: Written, where: str) -> None:
        if fact.type in _DATED:
            self._add_dated(values, fact, written, where)
        elif written.is_mapping and not self._is_value(written):
            for period, value in written.pairs or ():
                self._one_period(values, fact, period, value, where)
            for period, value in written.doubled():
                self.report(_twice(f"{period} {fact.name}"), value.line, where)
        else:
            self._one_period(values, fact, "", written, where)

    @staticmethod
    def _is_value(written: Written) -> bool:
        return any(key in _VALUE_KEYS for key, _ in written.pairs or ())

    def _one_period(
        self, values: Values, fact: Declaration, period: str, written: Written, where: str
    ) -> None:
        problem = _period_problem(fact, period)
        if problem is not None:
            self.report(problem, written.line, where)
            return
        key = (fact.name, period_key(period))
        if fact.type in _DATED:
            self._add_dated(values, fact, written, where)
            return
        self._put(values, fact, key, written, where)

    def _put(
        self,
        values: Values,
        fact: Declaration,
        key: tuple[str, str],
        written: Written,
        where: str,
    ) -> None:
        if key in values:
            self.report(_twice(fact.name), written.line, where)
            return
        entry = self._entry(fact, written, where)
        if entry is not None:
            values[key] = entry

    def _entry(self, fact: Declaration, written: Written, where: str) -> Entry | None:
        """What a text, a mapping with 值, or a list of several sources says; None if nothing can be used."""
        if written.is_list and fact.many and all(item.is_text for item in written.items):
            joined = "、".join(item.text or "" for item in written.items)
            written = Written(joined or "无", line=written.line)
            if joined == "":
                return Entry(Said.GIVEN, (Candidate(()),))
        parts = written.items if written.is_list else (written,)
        if not parts:
            self.report(_wrong(fact, "没有值", "has no value"), written.line, where)
            return None
        candidates: list[Candidate] = []
        for part in parts:
            entry = self._candidate(fact, part, where)
            if entry is None:
                continue
            if entry.said is not Said.GIVEN:
                if len(parts) == 1:
                    return entry
                continue
            candidates += entry.candidates
        return Entry(Said.GIVEN, tuple(candidates)) if candidates else None

    def _candidate(self, fact: Declaration, written: Written, where: str) -> Entry | None:
        source, on, text = "", None, written
        if written.is_mapping:
            self._strange_keys(fact, written, _VALUE_KEYS, where)
            source = _text_of(written.get(*SOURCE))
            on = self._date_of(fact, written.get(*DATE), where)
            inner = written.get(*VALUE)
            if inner is None:
                self.report(
                    _wrong(fact, "没有写“值”", "has no value (值)", "写作 {值: …, 来源: …}"),
                    written.line,
                    where,
                )
                return None
            text = inner
        if text.is_list and fact.many:
            text = Written("、".join(item.text or "" for item in text.items), line=text.line)
        if text.text is None:
            self.report(
                _wrong(fact, "这里应当是一个值", "one value is expected here"), text.line, where
            )
            return None
        if not text.text:
            self.report(
                _wrong(
                    fact, "没有值", "has no value", "没问过写 未知，问过而不知道写 不知道",
                    "write unknown, or not known if it was asked",
                ),
                text.line,
                where,
            )  # fmt: skip
            return None
        try:
            entry = read_entry(text.text, fact, self.vocabulary)
        except FactError as error:
            self.report(error.problem, text.line or written.line, where)
            return None
        if not source and on is None:
            return entry
        return replace(
            entry,
            candidates=tuple(
                replace(item, source=item.source or source, on=on) for item in entry.candidates
            ),
        )

    def _strange_keys(
        self, fact: Declaration, written: Written, known: set[str], where: str
    ) -> None:
        for key, value in written.pairs or ():
            if key not in known:
                shown = "、".join(sorted(k for k in known if not k.isascii()))
                self.report(
                    _wrong(
                        fact, f"不认识“{key}”", f"unknown key “{key}”",
                        f"可用：{shown}", f"known: {shown}",
                    ),
                    value.line,
                    where,
                )  # fmt: skip
        for key, value in written.doubled():
            self.report(_twice(f"{fact.name} {key}"), value.line, where)

    def _date_of(self, fact: Declaration, written: Written | None, where: str) -> date | None:
        if written is None:
            return None
        try:
            return parse_date(written.text or "")
        except VocabularyError as error:
            self.report(
                FactProblem("F-date", fact.name, error.message("zh"), error.message("en")),
                written.line,
                where,
            )
            return None

    # ------------------------------------------------------------ titles, registers, faults
    def _add_dated(self, values: Values, fact: Declaration, written: Written, where: str) -> None:
        if (fact.name, "") in values:
            self.report(_twice(fact.name), written.line, where)
            return
        if written.is_text:
            self._put(values, fact, (fact.name, ""), written, where)
            return
        entry = self._dated_entry(fact, written, where)
        if entry is not None:
            values[fact.name, ""] = entry

    def _dated_entry(self, fact: Declaration, written: Written, where: str) -> Entry | None:
        if written.is_list:
            return self._grants(fact, written.items, True, Entries(), where)
        keys = {key for key, _ in written.pairs or ()}
        if not keys & {*LISTED, *QUERIED, *STATED, *COMPLETE, *ITEMS}:
            if keys <= _VALUE_KEYS and keys & {*VALUE}:
                return self._entry(fact, written, where)
            return self._grants(fact, (written,), True, Entries(), where)
        self._strange_keys(fact, written, _REGISTER_KEYS, where)
        answered = Entries(
            queried=self._date_of(fact, written.get(*QUERIED), where),
            statement=self._date_of(fact, written.get(*STATED), where),
        )
        listed = written.get(*LISTED, *VALUE)
        items = written.get(*ITEMS)
        if items is not None:
            complete = _is_yes(written.get(*COMPLETE))
            return self._grants(fact, items.items, complete, answered, where)
        if listed is None and answered.statement is None:
            self.report(
                _wrong(
                    fact, "没有写“列入”是还是否", "does not say whether listed (列入)",
                    "写作 {列入: 否, 查询日: 2022-05-02}", "write {listed: no, queried: 2022-05-02}",
                ),
                written.line,
                where,
            )  # fmt: skip
            return None
        told = listed if listed is not None else Written("否", line=written.line)
        entry = self._entry(fact, told, where)
        if entry is None or entry.said is not Said.GIVEN:
            return entry
        source = _text_of(written.get(*SOURCE))
        on = self._date_of(fact, written.get(*DATE), where)
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
                entry = self._entry(fact, item, where)
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
            source = source or _text_of(item.get(*SOURCE))
            on = on or self._date_of(fact, item.get(*DATE), where)
        made = replace(answered, items=tuple(grants), complete=complete)
        return Entry(Said.GIVEN, (Candidate(made, source, on),))

    def _grant(self, fact: Declaration, written: Written, label: str, where: str) -> Grant | None:
        if not written.is_mapping:
            self.report(
                _wrong(fact, "这里应写 {授予日: …, 有效至: …}", "a grant is written {granted: …}"),
                written.line,
                where,
            )
            return None
        awarded, expires = written.get(*AWARDED), written.get(*EXPIRES)
        fields: Values = {}
        for key, value in written.pairs or ():
            if key not in _ENTRY_KEYS or key in fact.fields:
                self._add_field(fields, fact, key, value, label)
        spelled = _text_of(awarded)
        if expires is not None and _text_of(expires):
            spelled = f"{spelled}~{_text_of(expires)}" if spelled else ""
        grant = Grant(fields=Facts(fact.name, label, fields))
        try:
            if spelled:
                read = read_value(spelled, fact, self.vocabulary)
                assert isinstance(read, Entries), "INVARIANT: a title holds entries"
                grant = replace(read.items[0], fields=grant.fields)
            elif expires is not None and _text_of(expires):
                grant = replace(grant, expires=parse_date(_text_of(expires)))
        except FactError as error:
            self.report(error.problem, (awarded or expires or written).line, where)
            return None
        except VocabularyError as error:
            problem = FactProblem("F-date", fact.name, error.message("zh"), error.message("en"))
            self.report(problem, (expires or written).line, where)
            return None
        under_review = written.get(*UNDER_REVIEW)
        return replace(grant, under_review=under_review is not None and _is_yes(under_review))

    # ------------------------------------------------------------ records
    def _add_records(self, kind: Declaration, written: Written) -> None:
        if kind.name in self.records:
            self.report(_twice(kind.name), written.line)
            return
        if written.text is not None:
            if written.text in _NONE:
                self.records[kind.name] = Records(())
            elif written.text not in _SAID:
                self.report(_list_expected(kind), written.line)
            return
        items, complete = written, True
        if written.is_mapping:
            inner = written.get(*ITEMS)
            if inner is None or inner.is_mapping or (inner.text or "无") not in (*_NONE, "无"):
                self.report(_list_expected(kind), written.line)
                return
            self._strange_keys(kind, written, {*COMPLETE, *ITEMS, *SOURCE, *DATE}, "")
            items, complete = inner, _is_yes(written.get(*COMPLETE))
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
                self._add_field(values, kind, key, value, label)
            yield Facts(kind.name, label, values)

    def _add_field(
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
        return _wrong(
            fact, "这是年度数，没有写哪一年", "a yearly figure needs its year",
            f"写作 {fact.name}: {{2023年度: …}}", f"write {fact.name}: {{2023: …}}", "F-no-year",
        )  # fmt: skip
    if fact.is_annual and not key.isdecimal() and key != HIGHEST_BEFORE:
        return _wrong(
            fact, f"“{period}”不是年度", f"“{period}” is no year", "写作 2023年度", "write 2023",
            "F-period",
        )  # fmt: skip
    if key.isdecimal() and not 1900 <= int(key) <= 2200:
        return _wrong(
            fact, f"年份 {key} 不在 1900–2200", f"the year {key} is not in 1900–2200", code="F-year"
        )
    if fact.period == "day" and key:
        return _wrong(
            fact, f"是申报日当天的情况，不写“{period}”", f"is as of the day asked: no “{period}”",
            f"写作 {fact.name}: …", f"write {fact.name}: …", "F-period",
        )  # fmt: skip
    if fact.period == "fixed" and key and key != HIGHEST_BEFORE:
        return _wrong(
            fact, f"不分期间，不能写“{period}”", f"has no period: “{period}” does not fit",
            code="F-period",
        )  # fmt: skip
    return None


def _wrong(
    fact: Declaration, zh: str, en: str, fix_zh: str = "", fix_en: str = "", code: str = "F-form"
) -> FactProblem:
    return FactProblem(code, fact.name, zh, en, fix_zh, fix_en or fix_zh)


def _twice(name: str) -> FactProblem:
    return FactProblem("F-twice", name, "写了两次，用前一次", "is given twice; the first is used")


def _list_expected(kind: Declaration) -> FactProblem:
    return FactProblem(
        "F-list",
        kind.name,
        "清单要一条一条写",
        "a list is written item by item",
        "写作 {完整: 是, 清单: [{…}, {…}]}，没有就写 无",
        "write {complete: yes, items: [{…}]}, or none",
    )


def _text_of(written: Written | None) -> str:
    return (written.text or "") if written is not None else ""


def _is_yes(written: Written | None) -> bool:
    return written is None or _text_of(written).lower() in _YES
