"""A fact file from facts: what an interview learned, in the form that `fact_files` reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from huiqi.vocabulary.calendar import DateRange
from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.given import Candidate, Entries, Entry, Facts, Grant, Said, show_value

GRANTED = "此前已获"
_SAID = {Said.NOT_ASKED: "未知", Said.NOT_KNOWN: "不知道", Said.NOT_APPLICABLE: "不适用"}
_DATED = ("title", "register", "event")


def write_facts(
    facts: Facts, vocabulary: Vocabulary, name: str = "", as_of: date | None = None
) -> str:
    """The YAML of a fact file. Reading it again gives the same facts."""
    import yaml

    content = facts_content(facts, vocabulary, name, as_of)
    return yaml.dump(
        content, Dumper=yaml.SafeDumper, allow_unicode=True, sort_keys=False, width=110
    )


def facts_content(
    facts: Facts, vocabulary: Vocabulary, name: str = "", as_of: date | None = None
) -> dict[str, Any]:
    """A fact file as plain data, for YAML or JSON."""
    content: dict[str, Any] = {}
    if name:
        content["名称"] = name
    if facts.is_example:
        content["示例"] = "true"
    if as_of is not None:
        content["申报日"] = as_of.isoformat()
    content["事实"] = _subject(facts, vocabulary.facts, vocabulary)
    return content


def _subject(
    facts: Facts, declared: Mapping[str, Declaration], vocabulary: Vocabulary
) -> dict[str, Any]:
    written: dict[str, Any] = {}
    for (name, period), entry in facts.values.items():
        if name == GRANTED:
            money = Declaration(name, name, "money", (("元", 1),), "元")
            written[f"{GRANTED} {period}"] = _entry(entry, money, vocabulary)
            continue
        fact = declared.get(name)
        if fact is None or name in facts.records:
            continue
        value = _entry(entry, fact, vocabulary)
        if period:
            key = f"{period}年度" if period.isdecimal() else period
            written.setdefault(name, {})[key] = value
        else:
            written[name] = value
    for kind, records in facts.records.items():
        owner = vocabulary.find(kind)
        fields = owner.fields if owner else {}
        written[kind] = {
            "完整": "是" if records.complete else "否",
            "清单": [_subject(item, fields, vocabulary) for item in records.items],
        }
    return written


def _entry(entry: Entry, fact: Declaration, vocabulary: Vocabulary) -> Any:
    if entry.said is not Said.GIVEN:
        return _SAID[entry.said]
    values = [_candidate(item, fact, vocabulary) for item in entry.candidates]
    return values[0] if len(values) == 1 else values


def _candidate(item: Candidate, fact: Declaration, vocabulary: Vocabulary) -> Any:
    if isinstance(item.value, Entries):
        return _entries(item.value, item, fact, vocabulary)
    text = _spelled(item, fact, vocabulary)
    if isinstance(item.value, tuple) and not item.value:
        return []
    return _sourced({"值": text}, item) if item.source or item.on else text


def _spelled(item: Candidate, fact: Declaration, vocabulary: Vocabulary) -> str:
    """As people read it; a code whose name stands for another entry too is written as a code."""
    if not fact.codes:
        return show_value(item.value, fact, vocabulary)
    table = vocabulary.table(fact.codes)
    codes = item.value if isinstance(item.value, tuple) else (str(item.value),)
    names = []
    for code in codes:
        label = table.label(code)
        try:
            names.append(label if table.resolve(label) == code else code)
        except ValueError:
            names.append(code)
    return "、".join(names)


def _sourced(written: dict[str, Any], item: Candidate) -> dict[str, Any]:
    if item.source:
        written["来源"] = item.source
    if item.on:
        written["日期"] = item.on.isoformat()
    return written


def _entries(entries: Entries, item: Candidate, fact: Declaration, vocabulary: Vocabulary) -> Any:
    answered: dict[str, Any] = {}
    if entries.queried is not None:
        answered["查询日"] = entries.queried.isoformat()
    if entries.statement is not None:
        answered["承诺"] = entries.statement.isoformat()
    if not entries.items and entries.complete:
        if answered or item.source or item.on:
            return _sourced({"列入": "否", **answered}, item)
        return "无"
    grants = [_grant(grant, fact, vocabulary) for grant in entries.items]
    if grants == [{}] and entries.complete and answered:
        return _sourced({"列入": "是", **answered}, item)
    if grants == [{}] and entries.complete and not answered:
        return _sourced({"值": "有"}, item) if item.source or item.on else "有"
    for grant in grants[:1]:
        _sourced(grant, item)
    if answered or not entries.complete:
        return {"完整": "是" if entries.complete else "否", "清单": grants, **answered}
    return grants


def _grant(grant: Grant, fact: Declaration, vocabulary: Vocabulary) -> dict[str, Any]:
    written: dict[str, Any] = {}
    if grant.granted is not None:
        written["授予日"] = _day(grant.granted)
    if grant.expires is not None:
        written["有效至"] = grant.expires.isoformat()
    if grant.under_review:
        written["复核中"] = "是"
    if grant.fields is not None:
        written |= _subject(grant.fields, fact.fields, vocabulary)
    return written


def _day(days: DateRange) -> str:
    """A day, or the year or month that is all that is known of it."""
    first, last = days.first.isoformat(), days.last.isoformat()
    if days.is_exact:
        return first
    if first[5:] == "01-01" and last[5:] == "12-31" and first[:4] == last[:4]:
        return first[:4]
    return first[:7] if first[:7] == last[:7] else first
