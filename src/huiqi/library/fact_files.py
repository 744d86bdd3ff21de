"""Fact files: one enterprise's facts in YAML, JSON or a sheet, as people write them.

    名称: 温岭某泵业有限公司
    申报日: 2022-06-30
    事实:
      营业收入: {2020年度: 2100万元, 2021年度: {值: 2300万元, 来源: 审计报告}}
      高新技术企业: [{授予日: 2019-11-01, 有效至: 2022-10-31}]
      经营异常名录: {列入: 否, 查询日: 2022-05-02}
      研发费用: {2021年度: 不知道}

Every wrong entry is reported with its line and what to write instead; the others are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from huiqi.language.problems import Problem
from huiqi.library.fact_entries import FactEntries
from huiqi.library.written import UnreadableError, Written, from_python, read_written
from huiqi.vocabulary.calendar import parse_date
from huiqi.vocabulary.contradictions import contradictions
from huiqi.vocabulary.declare import Vocabulary
from huiqi.vocabulary.given import FactProblem, Facts
from huiqi.vocabulary.mistakes import VocabularyError

NAME, IDENTIFIER, EXAMPLE = ("名称", "name"), ("标识", "id"), ("示例", "example")
AS_OF, FACTS = ("申报日", "as_of"), ("事实", "facts")
_HEAD = {*NAME, *IDENTIFIER, *EXAMPLE, *AS_OF, *FACTS}
_YES = ("是", "true", "yes")
TABLES = (".csv", ".tsv", ".parquet")
SHEETS = (".xlsx", ".xlsm", ".xls", ".ods")


@dataclass(frozen=True, slots=True)
class FactFile:
    """One enterprise: its facts, the day it asks for, and what could not be used.

    `as_of` is None where the file names no day. `problems` carry file, line, what was found and what
    was expected; facts that contradict one another are reported there and left out of `facts`.
    """

    name: str
    facts: Facts
    as_of: date | None = None
    is_example: bool = False
    identifier: str = ""
    problems: tuple[Problem, ...] = ()


def read_fact_file(path: Path, vocabulary: Vocabulary) -> FactFile:
    """The facts in a .yaml, .json or .xlsx file.

    Raises UnreadableError for a file of which nothing can be used, OSError where it cannot be opened.
    """
    if path.suffix.lower() in TABLES:
        raise UnreadableError(
            "F-table",
            "这是多家企业的表，请先用 huiqi import 变成事实文件",
            "a table of firms: turn it into fact files with huiqi import",
        )
    if path.suffix.lower() in SHEETS:
        from huiqi.library.fact_sheet import read_sheet

        path.stat()
        written = read_sheet(path)
    else:
        written = read_written(path)
    return fact_file(written, vocabulary, str(path))


def fact_file(
    written: Written | Mapping[str, Any], vocabulary: Vocabulary, file: str = ""
) -> FactFile:
    """A fact file from its content (keys 名称, 申报日, 示例, 事实). Raises UnreadableError."""
    content = from_python(written)
    if not content.is_mapping:
        raise UnreadableError(
            "F-form", "应写作“名称: …”“事实: …”", "a mapping with 名称 and 事实 is expected", 1, 1
        )
    entries = FactEntries(vocabulary, file)
    for key, value in content.pairs or ():
        if key not in _HEAD:
            entries.report(_strange_head(key, vocabulary), value.line)
    as_of = _as_of(content.get(*AS_OF), entries)
    given = content.get(*FACTS)
    if given is None or not (given.is_mapping or given.text == ""):
        problem = FactProblem("F-form", "事实", "没有“事实: …”这一块", "there is no block 事实")
        entries.report(problem, given.line if given else content.line)
        given = Written(pairs=())
    _take(entries, given)
    name = _text(content.get(*NAME))
    is_example = _text(content.get(*EXAMPLE)).lower() in _YES
    facts = Facts("企业", "", entries.values, entries.records, is_example)
    facts = _consistent(facts, as_of, entries, given)
    return FactFile(
        name, facts, as_of, is_example, _text(content.get(*IDENTIFIER)), tuple(entries.problems)
    )


def facts_of(given: Mapping[str, Any], vocabulary: Vocabulary) -> tuple[Facts, tuple[Problem, ...]]:
    """Facts from a plain mapping in the form of the block 事实, and what could not be used."""
    read = fact_file({"事实": given}, vocabulary)
    return read.facts, read.problems


def _take(entries: FactEntries, given: Written) -> None:
    for name, value in given.pairs or ():
        entries.add(name, value)


def _consistent(facts: Facts, as_of: date | None, entries: FactEntries, given: Written) -> Facts:
    """The facts without those that contradict one another; each contradiction is reported."""
    lines = {name: value.line for name, value in given.pairs or ()}
    doubtful: set[tuple[str, str]] = set()
    for found in contradictions(facts, as_of):
        entries.report(found.problem, lines.get(found.problem.name, 0))
        doubtful.update(found.doubtful)
    if not doubtful:
        return facts
    kept = {key: entry for key, entry in facts.values.items() if key not in doubtful}
    return replace(facts, values=kept)


def _as_of(written: Written | None, entries: FactEntries) -> date | None:
    if written is None:
        return None
    try:
        return parse_date(written.text or "")
    except VocabularyError as error:
        problem = FactProblem("F-date", "申报日", error.message("zh"), error.message("en"))
        entries.report(problem, written.line)
        return None


def _strange_head(key: str, vocabulary: Vocabulary) -> FactProblem:
    is_fact = vocabulary.find(key) is not None
    return FactProblem(
        "F-head",
        key,
        "要写在“事实:”下面" if is_fact else "不认识这一项",
        "belongs under 事实 (facts)" if is_fact else "unknown key",
        "" if is_fact else "可用：名称、标识、示例、申报日、事实",
        "" if is_fact else "known: name, id, example, as_of, facts",
    )


def _text(written: Written | None) -> str:
    return (written.text or "") if written is not None else ""
