"""The calls of `import huiqi`: facts in, answers and explanations out; nothing is decided here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from huiqi.language.problems import Problem
from huiqi.library.conventions import convention_titles
from huiqi.library.fact_files import FactFile, facts_of, read_fact_file
from huiqi.library.library import Library
from huiqi.reasoning import answer as answers
from huiqi.reasoning.answer_json import answer_json
from huiqi.reasoning.explain import explain_lines
from huiqi.reasoning.why import Explainer
from huiqi.vocabulary.calendar import parse_date
from huiqi.vocabulary.given import Facts

Day: TypeAlias = date | str


class FactsError(ValueError):
    """Facts that cannot be used; `problems` says which, and what to write instead."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(problem.text().lstrip(": ") for problem in problems))
        self.problems = problems


def facts(given: Mapping[str, Any], library: Library) -> Facts:
    """The facts of one enterprise from a mapping in the form of a fact file's block 事实.

    Values are written with their unit ("2300万元", "68人", "3.5%"), days as ISO dates or `date`;
    yearly figures under their year: {"营业收入": {"2021年度": "2300万元"}}. "未知" is not asked,
    "不知道" asked and not known, "不适用" not applicable; what is left out is not asked.

    Raises FactsError if any entry cannot be used (`read_facts` keeps the others instead).

    >>> import huiqi
    >>> library = huiqi.load()
    >>> huiqi.facts({"职工总数": {"2021年度": "68人"}}, library).entry("职工总数", "2021").candidates[0].value
    68
    >>> huiqi.facts({"职工总数": {"2021年度": "−3人"}}, library)
    Traceback (most recent call last):
    huiqi.library.calculation.FactsError: Q-below-minimum 职工总数：“−3人”小于可能的最小值0人
    """
    made, problems = facts_of(given, library.vocabulary)
    if problems:
        raise FactsError(problems)
    return made


def read_facts(path: Path | str, library: Library) -> FactFile:
    """A fact file (.yaml, .json, .xlsx) with what could not be used as `problems`; the rest is kept.

    Raises huiqi.library.written.UnreadableError for a file of which nothing can be used, OSError
    where it cannot be opened.
    """
    return read_fact_file(Path(path), library.vocabulary)


def calculate(
    library: Library,
    facts: Facts,
    as_of: Day,
    known_at: Day | None = None,
    measures: Iterable[str] | None = None,
    everywhere: bool = False,
) -> answers.Answer:
    """What the enterprise gets on a day: every measure that can concern it, or those named (id or name).

    A document of a place concerns those who are there, or whose place is unknown; the ids of the
    others stand in `elsewhere`. With `everywhere` they are asked too.

    `as_of` is the day asked about (a date or "2022-06-30"); `known_at` the day up to which texts
    were known, if that is an earlier one. Money is in fen (1/100 yuan), exact. A measure that
    cannot be evaluated is listed in `errors`, the others are answered. Raises DateError for a text
    that is no date.

    Source of every rule: SEMANTICS A–I; the numbers used stand in each result's `conventions`.
    """
    known = _day(known_at) if known_at is not None else None
    return answers.calculate(
        library.program, library.vocabulary, facts, _day(as_of), known, measures, everywhere
    )


def explain(library: Library, answer: answers.Answer, measure: str, lang: str = "zh") -> str:
    """Why a measure came out as it did, as indented text: each condition with its clause and value.

    `measure` is an id (文号 and name) or a name; `lang` "zh" or "en". Raises KeyError for a measure
    that the answer does not hold.
    """
    explainer = Explainer(library.program, library.vocabulary, lang)
    return "\n".join(explain_lines(answer.result(measure), explainer, convention_titles(lang)))


def to_json(library: Library, answer: answers.Answer, lang: str = "zh") -> dict[str, Any]:
    """The answer as plain data, as `huiqi calc --json` prints it (docs/reference/answer.schema.json).

    Money is a decimal string in yuan, days are ISO, an end without bound is None.
    """
    explainer = Explainer(library.program, library.vocabulary, lang)
    return answer_json(answer, explainer, convention_titles(lang))


def _day(day: Day) -> date:
    return day if isinstance(day, date) else parse_date(day)
