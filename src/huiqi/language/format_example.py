"""Worked examples in canonical form. Facts that stood on one line stay on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from huiqi.language import syntax as s
from huiqi.language.format_expression import ExpressionPrinter
from huiqi.language.words import EXAMPLE_WORDS, GIVEN_VALUES, PERIODS

_NO_MARKS = s.Marks()


def example(one: s.Example, words: ExpressionPrinter) -> Iterator[tuple[int, str, s.Marks]]:
    """(indent below the field's lines, text, marks) of each line of an example."""
    english = words.lang == "en"
    base = _base(one.base, english)
    if not one.block:
        given = ", ".join([*base, *(_given(fact, english) for fact in one.given)])
        yield 0, f"{given} {_result(one, words)}".lstrip(), one.marks
        return
    yield 0, f"{one.name}:", one.marks
    first = True
    for _, facts in groupby(one.given, key=lambda fact: fact.line):
        shown = [_given(fact, english) for fact in facts]
        yield 2, ", ".join([*base, *shown] if first else shown), _NO_MARKS
        first = False
    if first and base:
        yield 2, base[0], _NO_MARKS
    for records in one.records:
        yield 2, f"{records.kind}:", _NO_MARKS
        for item in _items(records, english):
            yield 4, f"- {item}", _NO_MARKS
    yield 2, _result(one, words), _NO_MARKS


def _base(base: str, english: bool) -> list[str]:
    if not base:
        return []
    if base == "同上":
        return ["as_above" if english else base]
    return [f"{'as' if english else '同'} {base}"]


def _items(records: s.GivenRecords, english: bool) -> Iterable[str]:
    yield from (", ".join(_given(fact, english) for fact in item) for item in records.items)
    if not records.complete:
        yield "rest_unknown" if english else "其余未知"


def _given(fact: s.Given, english: bool) -> str:
    period, value = fact.period, fact.value
    if english:
        period = PERIODS.get(period, period)
        value = EXAMPLE_WORDS[value] if value in GIVEN_VALUES else value
    return f"{period} {fact.name}: {value}".lstrip()


def _result(one: s.Example, words: ExpressionPrinter) -> str:
    english = words.lang == "en"
    amount = "unstated" if english and one.amount == "未载明" else one.amount
    said = ["→", words.word(one.verdict) if one.verdict else "", amount]
    for zh, value in (
        ("另读", one.other),
        ("缺", "、".join(one.missing)),
        ("金额缺", "、".join(one.missing_amount)),
    ):
        if value:
            said += [{"另读": "noted", **EXAMPLE_WORDS}[zh] if english else zh, value]
    return " ".join(part for part in said if part)
