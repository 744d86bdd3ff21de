"""Remarks of the interpreter have English words; what quotes a rule stays as it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from huiqi.language import tree as t
from huiqi.library.fact_files import read_fact_file
from huiqi.library.load import load
from huiqi.reasoning.answer import calculate
from huiqi.reasoning.context import Trace
from huiqi.reasoning.english import form_words, told
from huiqi.reasoning.why import walk

EXAMPLES = sorted((Path(__file__).parents[2] / "firms" / "examples").glob("*.yaml"))


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("按另一种读法：50万元", "by another reading: 500000 yuan"),
        ("按另一种读法：不符合", "by another reading: ineligible"),
        ("按另一种读法：符合 30万元", "by another reading: eligible 300000 yuan"),
        ("按另一种读法：10万元~20万元", "by another reading: 100000 yuan~200000 yuan"),
        ("并列 C9：两种读法都不符合", "two readings C9: ineligible by both readings"),
        (
            "并列 C9：甲 滚动 待补充，乙 日历年 符合",
            "two readings C9: first (rolling) undetermined, second (calendar years) eligible",
        ),
        (
            "文件已于 2024-01-01 到期；存量承诺",
            "the text ended on 2024-01-01; promises from before the end",
        ),
        ("评审：行业领先", "review: 行业领先"),
        ("没有写过的话", "没有写过的话"),
        ("2020-10-23 起施行", "in force from 2020-10-23"),
    ],
)
def test_a_remark_in_english(chinese: str, english: str) -> None:
    assert told(chinese, "en") == english
    assert told(chinese, "zh") == chinese


def test_forms() -> None:
    assert form_words("奖励、补助", "en") == "award, subsidy"
    assert form_words("奖励", "zh") == "奖励"


def remarks(trace: Trace) -> Iterator[str]:
    yield from trace.notes
    yield from trace.causes
    for child in trace.children:
        yield from remarks(child)


def test_every_remark_made_of_an_example_firm_has_english_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUIQI_CACHE_DIR", str(tmp_path))
    library = load()
    found: set[str] = set()
    for path in EXAMPLES:
        file = read_fact_file(path, library.vocabulary)
        assert file.as_of is not None
        answer = calculate(library.program, library.vocabulary, file.facts, file.as_of)
        found |= set(answer.total.notes)
        for result in answer.results:
            found |= {*remarks(result.why), *result.readings}
            found |= {cause for _, cause in result.judgement}
    definitions = [one.body for one in library.program.definitions.values()]
    quoted = {node.words for node in walk((*definitions,)) if isinstance(node, t.JudgedPoints)}
    assert sorted(one for one in found - quoted if told(one, "en") == one) == []
