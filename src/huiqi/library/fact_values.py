"""One value as a person wrote it → what it says of a fact, with source and date; what is wrong is reported."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from huiqi.language.problems import Problem
from huiqi.library.written import Written
from huiqi.vocabulary.calendar import parse_date
from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.given import Candidate, Entry, FactError, FactProblem, Said, read_entry
from huiqi.vocabulary.mistakes import VocabularyError

VALUE, SOURCE, DATE = ("值", "value"), ("来源", "source"), ("日期", "date")
VALUE_KEYS = {*VALUE, *SOURCE, *DATE}
_YES = ("是", "yes", "true", "有", "完整")

Values = dict[tuple[str, str], Entry]


@dataclass(slots=True)
class FactValues:
    """Reads single values; `file` is put into every problem."""

    vocabulary: Vocabulary
    file: str = ""
    problems: list[Problem] = field(default_factory=list)

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

    def put(
        self,
        values: Values,
        fact: Declaration,
        key: tuple[str, str],
        written: Written,
        where: str,
    ) -> None:
        if key in values:
            self.report(twice(fact.name), written.line, where)
            return
        entry = self.entry(fact, written, where)
        if entry is not None:
            values[key] = entry

    def entry(self, fact: Declaration, written: Written, where: str) -> Entry | None:
        """What a text, a mapping with 值, or a list of several sources says; None if nothing can be used."""
        if written.is_list and fact.many and all(item.is_text for item in written.items):
            joined = "、".join(item.text or "" for item in written.items)
            written = Written(joined or "无", line=written.line)
            if joined == "":
                return Entry(Said.GIVEN, (Candidate(()),))
        parts = written.items if written.is_list else (written,)
        if not parts:
            self.report(wrong(fact, "没有值", "has no value"), written.line, where)
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
            self.strange_keys(fact, written, VALUE_KEYS, where)
            source = text_of(written.get(*SOURCE))
            on = self.date_of(fact, written.get(*DATE), where)
            inner = written.get(*VALUE)
            if inner is None:
                self.report(
                    wrong(fact, "没有写“值”", "has no value (值)", "写作 {值: …, 来源: …}"),
                    written.line,
                    where,
                )
                return None
            text = inner
        if text.is_list and fact.many:
            text = Written("、".join(item.text or "" for item in text.items), line=text.line)
        if text.text is None:
            self.report(
                wrong(fact, "这里应当是一个值", "one value is expected here"), text.line, where
            )
            return None
        if not text.text:
            self.report(
                wrong(
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

    def strange_keys(
        self, fact: Declaration, written: Written, known: set[str], where: str
    ) -> None:
        for key, value in written.pairs or ():
            if key not in known:
                shown = "、".join(sorted(k for k in known if not k.isascii()))
                self.report(
                    wrong(
                        fact, f"不认识“{key}”", f"unknown key “{key}”",
                        f"可用：{shown}", f"known: {shown}",
                    ),
                    value.line,
                    where,
                )  # fmt: skip
        for key, value in written.doubled():
            self.report(twice(f"{fact.name} {key}"), value.line, where)

    def date_of(self, fact: Declaration, written: Written | None, where: str) -> date | None:
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


def wrong(
    fact: Declaration, zh: str, en: str, fix_zh: str = "", fix_en: str = "", code: str = "F-form"
) -> FactProblem:
    return FactProblem(code, fact.name, zh, en, fix_zh, fix_en or fix_zh)


def twice(name: str) -> FactProblem:
    return FactProblem("F-twice", name, "写了两次，用前一次", "is given twice; the first is used")


def text_of(written: Written | None) -> str:
    return (written.text or "") if written is not None else ""


def is_yes(written: Written | None) -> bool:
    return written is None or text_of(written).lower() in _YES
