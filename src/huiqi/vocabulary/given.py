"""The facts of one subject as they are known: values with source and date, gaps with their reason.

A fact is a set of possible values (SEMANTICS A8, A9); one of four things was said about it: given, not asked, asked
and not known, not applicable. Lists carry a completeness flag (A11), registers the day they were queried (A7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any, TypeAlias

from huiqi.vocabulary.calendar import (
    DateRange,
    add_months,
    parse_date,
    parse_date_range,
    parse_partial_date,
)
from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.mistakes import words_of
from huiqi.vocabulary.nearest import nearest
from huiqi.vocabulary.quantity import QuantityError, format_quantity, parse_quantity, read_quantity
from huiqi.vocabulary.units import Number, unit_text

HIGHEST_BEFORE = "此前最高"


class Said(Enum):
    """What was said about a fact."""

    GIVEN = "given"
    NOT_ASKED = "not_asked"
    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A number known to lie between two ends (both included; None = unbounded), in base units."""

    low: Number | None
    high: Number | None


@dataclass(frozen=True, slots=True)
class Grant:
    """One title, listing or fault: when (a range where the day is not known), until when, and its own facts."""

    granted: DateRange | None = None
    expires: date | None = None
    fields: Facts | None = None
    under_review: bool = False


@dataclass(frozen=True, slots=True)
class Entries:
    """The titles, listings or faults on file. `complete` = there are no others; `queried` and `statement` are days."""

    items: tuple[Grant, ...] = ()
    complete: bool = True
    queried: date | None = None
    statement: date | None = None


Value: TypeAlias = "Number | Bounds | DateRange | bool | str | tuple[str, ...] | Entries"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value with where it came from."""

    value: Value
    source: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    said: Said
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Records:
    items: tuple[Facts, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one subject: an enterprise, or one of its records.

    values: (name, period) -> entry; period is "" for what has none, "2023" for a year, "此前最高" for the highest of
    all years that are not given one by one. records: kind -> list.
    """

    kind: str = "企业"
    label: str = ""
    values: Mapping[tuple[str, str], Entry] = field(default_factory=dict)
    records: Mapping[str, Records] = field(default_factory=dict)
    is_example: bool = False

    def entry(self, name: str, period: str = "") -> Entry | None:
        return self.values.get((name, period))

    def years(self, name: str) -> list[int]:
        return sorted(
            int(period) for known, period in self.values if known == name and period.isdecimal()
        )

    def with_(self, name: str, period: str, entry: Entry) -> Facts:
        return replace(self, values={**self.values, (name, period): entry})


@dataclass(frozen=True, slots=True)
class FactProblem:
    """Why a given fact cannot be used, where it stands, and what to write instead."""

    code: str
    name: str
    zh: str
    en: str
    fix_zh: str = ""
    fix_en: str = ""

    def text(self, lang: str = "zh") -> str:
        body, fix = (self.zh, self.fix_zh) if lang == "zh" else (self.en, self.fix_en)
        return f"{self.code} {self.name}: {body}" + (f" → {fix}" if fix else "")


class FactError(ValueError):
    def __init__(self, problem: FactProblem) -> None:
        super().__init__(problem.text())
        self.problem = problem


def _wrong(code: str, name: str, zh: str, en: str, fix_zh: str = "", fix_en: str = "") -> FactError:
    return FactError(FactProblem(code, name, zh, en, fix_zh, fix_en))


_SAID = {
    "未知": Said.NOT_ASKED,
    "unknown": Said.NOT_ASKED,
    "不知道": Said.NOT_KNOWN,
    "not known": Said.NOT_KNOWN,
    "不适用": Said.NOT_APPLICABLE,
    "not applicable": Said.NOT_APPLICABLE,
}
_YES = {"是": True, "有": True, "yes": True, "true": True, "否": False, "无": False, "没有": False}
_YES |= {"no": False, "none": False, "false": False, "has": True}
_PERIOD = re.compile(r"(\d{4})(?:年度?|$)")


def period_key(text: str) -> str:
    """`2023年度` -> "2023"; other periods (quarters, months, 此前最高) as written."""
    match = _PERIOD.fullmatch(text.strip())
    return match.group(1) if match else text.strip()


def read_entry(text: str, fact: Declaration, vocabulary: Vocabulary) -> Entry:
    """What one written value says about a fact. Raises FactError.

    Forms: a value · `未知` `不知道` `不适用` · `298人 据 社保 / 305人 据 自报` · `≥ 300万元` · `100万元~200万元` ·
    for titles 有, 无, a grant date, `2022-11-01~2025-10-31`.
    """
    text = text.strip()
    if text in _SAID:
        return Entry(_SAID[text])
    candidates = []
    for part in re.split(r"\s+/\s+", text):
        value, _, source = part.partition(" 据 ")
        candidates.append(Candidate(read_value(value.strip(), fact, vocabulary), source.strip()))
    return Entry(Said.GIVEN, tuple(candidates))


def read_value(text: str, fact: Declaration, vocabulary: Vocabulary) -> Value:
    if fact.is_number:
        return _number(text, fact)
    if fact.type in ("title", "register", "event"):
        return _entries(text, fact)
    if fact.type == "date":
        try:
            return parse_date_range(text)
        except ValueError as error:
            raise _wrong(
                "F-date", fact.name, words_of(error, "zh"), words_of(error, "en")
            ) from None
    if fact.type == "yes_no":
        if text.lower() not in _YES:
            raise _wrong(
                "F-yes-no", fact.name, f"“{text}”应是 是 或 否", f"“{text}” should be yes or no"
            )
        return _YES[text.lower()]
    if fact.type == "code":
        return _code(text, fact, vocabulary)
    if fact.type == "records":
        raise _wrong("F-list", fact.name, "清单要一条一条写", "a list is written item by item")
    return text.strip("「」")


def _number(text: str, fact: Declaration) -> Number | Bounds:
    match = re.fullmatch(r"(≥|>=|≤|<=|>|<)\s*(.+)", text)
    if match:
        value = _one(match.group(2), fact)
        if match.group(1) in ("≥", ">=", ">"):
            return Bounds(value, None)
        return Bounds(fact.minimum, value)
    low, tilde, high = text.partition("~")
    if tilde and high:
        if not re.search(r"[^\d.\s]", low):
            low += re.sub(r"^[\d.\s]+", "", high)
        first, second = _one(low, fact), _one(high, fact)
        if first > second:
            raise _wrong("F-range", fact.name, f"“{text}”前大后小", f"“{text}” runs backwards")
        return Bounds(first, second)
    return _one(text, fact)


def _one(text: str, fact: Declaration) -> Number:
    try:
        return read_quantity(text.strip(), fact.dims, fact.minimum).value
    except QuantityError as error:
        raise _wrong(error.code, fact.name, error.message("zh"), error.message("en")) from None


def _date(text: str, fact: Declaration) -> DateRange:
    try:
        return parse_partial_date(text)
    except ValueError as error:
        raise _wrong("F-date", fact.name, words_of(error, "zh"), words_of(error, "en")) from None


def _entries(text: str, fact: Declaration) -> Entries:
    if text.lower() in _YES:
        held = _YES[text.lower()]
        return Entries((Grant(),) if held else ())
    grants = []
    for part in text.split("、"):
        first, tilde, last = part.partition("~")
        granted = _date(first.strip(), fact)
        expires = None
        if tilde:
            try:
                expires = parse_date(last.strip())
            except ValueError as error:
                raise _wrong(
                    "F-date", fact.name, words_of(error, "zh"), words_of(error, "en")
                ) from None
        grants.append(_grant(granted, expires, fact))
    return Entries(tuple(grants))


def _grant(granted: DateRange | None, expires: date | None, fact: Declaration) -> Grant:
    if expires is None and granted is not None and fact.validity_months:
        end = add_months(granted.last, fact.validity_months)
        expires = date.fromordinal(end.toordinal() - 1)
    if granted is not None and expires is not None and expires < granted.first:
        raise _wrong("F-order", fact.name, "有效至早于授予日", "it expires before it was granted")
    return Grant(granted, expires)


def _code(text: str, fact: Declaration, vocabulary: Vocabulary) -> str | tuple[str, ...]:
    table = vocabulary.table(fact.codes)
    parts = [part.strip().strip("「」") for part in text.split("、")]
    try:
        codes = tuple(table.resolve(part) for part in parts)
    except ValueError as error:
        raise _wrong("F-code", fact.name, words_of(error, "zh"), words_of(error, "en")) from None
    if fact.many:
        return codes
    if len(codes) > 1:
        raise _wrong("F-one", fact.name, "只能有一个值", "takes one value")
    return codes[0]


# ---------------------------------------------------------------- whole sets of facts
@dataclass(slots=True)
class FactReader:
    """Builds Facts from written pairs, collecting what cannot be used; the rest is kept."""

    vocabulary: Vocabulary
    problems: list[FactProblem] = field(default_factory=list)
    year: int | None = None  # the year of a yearly figure that is written without one

    def find(self, name: str, kind: str) -> Declaration | None:
        if kind != "企业":
            owner = self.vocabulary.find(kind)
            return owner.fields.get(name) if owner else None
        return self.vocabulary.find(name)

    def put(
        self, values: dict[tuple[str, str], Entry], kind: str, name: str, period: str, text: Any
    ) -> None:
        """Add one written fact; report it if it cannot be used."""
        fact = self.find(name, kind)
        if fact is None:
            self.problems.append(self._unknown(name, kind))
            return
        try:
            key = self._period(fact, period)
            values[fact.name, key] = read_entry(str(text), fact, self.vocabulary)
        except FactError as error:
            self.problems.append(error.problem)

    def _period(self, fact: Declaration, period: str) -> str:
        key = period_key(period)
        if fact.is_annual and not key and self.year is not None:
            return str(self.year)
        if fact.is_annual and not key:
            raise _wrong(
                "F-no-year",
                fact.name,
                "这是年度数，要写哪一年",
                "a yearly figure needs its year",
                f"写作 2023年度 {fact.name}",
                f"write 2023年度 {fact.name}",
            )
        if fact.period == "fixed" and key and key != HIGHEST_BEFORE:
            raise _wrong(
                "F-period", fact.name, f"不分期间，不能写“{period}”", f"has no period “{period}”"
            )
        if key.isdecimal() and not 1900 <= int(key) <= 2200:
            raise _wrong(
                "F-year", fact.name, f"年份 {key} 不在 1900–2200", f"year {key} out of range"
            )
        return key

    def _unknown(self, name: str, kind: str) -> FactProblem:
        owner = self.vocabulary.find(kind)
        names = list(owner.fields) if kind != "企业" and owner else list(self.vocabulary.facts)
        near = nearest(name, names)
        shown = "、".join(near[:3]) if near else ""
        return FactProblem(
            "F-unknown",
            name,
            f"词汇表里没有“{name}”",
            f"“{name}” is not declared",
            f"是否想写 {shown}？" if shown else "先在 vocabulary/facts 里声明",
            f"did you mean {shown}?" if shown else "declare it in vocabulary/facts",
        )


def contradictions(facts: Facts) -> Iterator[FactProblem]:
    """Facts that cannot all be true: founded after dissolved, a title granted before founding."""
    founded = _day(facts, "成立日")
    dissolved = _day(facts, "注销日")
    if founded and dissolved and founded.first > dissolved.last:
        yield FactProblem(
            "F-contradiction", "成立日", "成立日晚于注销日", "founded after it was dissolved"
        )
    total = facts.entry("职工总数")
    del total


def _day(facts: Facts, name: str) -> DateRange | None:
    entry = facts.entry(name)
    if entry is None or not entry.candidates:
        return None
    value = entry.candidates[0].value
    return value if isinstance(value, DateRange) else None


def show_value(value: Value, fact: Declaration, vocabulary: Vocabulary, lang: str = "zh") -> str:
    """A value as a reader writes it; the inverse of `read_value` for what has one spelling."""
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[lang][value]
    if isinstance(value, Bounds):
        low = "" if value.low is None else format_quantity(value.low, fact.dims, lang)
        high = "" if value.high is None else format_quantity(value.high, fact.dims, lang)
        if not high:
            return f"≥ {low}"
        return f"{low}~{high}" if low else f"≤ {high}"
    if isinstance(value, DateRange):
        first = value.first.isoformat()
        return first if value.is_exact else f"{first}~{value.last.isoformat()}"
    if isinstance(value, Entries):
        return _show_entries(value, lang)
    if isinstance(value, str):
        return vocabulary.table(fact.codes).label(value, lang) if fact.codes else value
    if isinstance(value, tuple):
        table = vocabulary.table(fact.codes)
        return "、".join(table.label(code, lang) for code in value)
    return format_quantity(value, fact.dims, lang)


def _show_entries(entries: Entries, lang: str) -> str:
    if not entries.items:
        if not entries.complete:
            return "未查全" if lang == "zh" else "not complete"
        return "无" if lang == "zh" else "none"
    shown = []
    for item in entries.items:
        if item.granted is None:
            shown.append("有" if lang == "zh" else "held")
        else:
            until = f"~{item.expires.isoformat()}" if item.expires else ""
            shown.append(item.granted.first.isoformat() + until)
    return "、".join(shown)


def fact_id(name: str, period: str = "", label: str = "") -> str:
    """How a fact is named in an answer: `2023年度 营业收入`, `知识产权3.类别`."""
    named = f"{label}.{name}" if label else name
    if period.isdecimal():
        return f"{period}年度 {named}"
    return f"{period} {named}" if period else named


__all__: Sequence[str] = [
    "HIGHEST_BEFORE",
    "Bounds",
    "Candidate",
    "Entries",
    "Entry",
    "FactError",
    "FactProblem",
    "FactReader",
    "Facts",
    "Grant",
    "Records",
    "Said",
    "contradictions",
    "fact_id",
    "parse_quantity",
    "period_key",
    "read_entry",
    "read_value",
    "show_value",
    "unit_text",
]
