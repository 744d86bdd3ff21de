"""docs/reference/problems.md names every code, and its examples give the codes they stand under."""

from __future__ import annotations

import re

import pytest

from huiqi.language.words import SECTIONS
from huiqi.library.fact_files import fact_file
from huiqi.library.library import library_from_texts
from huiqi.library.written import from_yaml
from huiqi.vocabulary.declare import declare
from huiqi.vocabulary.gate import check_names
from tests.docs.problem_codes import PAGE, entries, other_examples
from tests.spec.run_case import shipped_vocabulary

_SECTION = re.compile(rf"({'|'.join(['语言', *SECTIONS, *SECTIONS.values()])})( |$)", re.M)


def whole_file(rule: str) -> str:
    """A rule file around lines of a measure."""
    if _SECTION.match(rule):
        return rule
    lines = [f"  {line}" for line in rule.rstrip().splitlines()]
    award = [] if any(line.startswith("  奖励") for line in lines) else ["  奖励: 1万元"]
    return "\n".join(["事项 例", *lines, *award]) + "\n"


def test_every_code_used_in_the_source_is_on_the_page() -> None:
    on_page = set(re.findall(r"^### (\S+)$", PAGE.read_text(encoding="utf-8"), re.M))
    assert on_page == set(entries()), "run: python -m tests.docs.problem_codes"


def test_every_code_has_words_and_an_example() -> None:
    assert [code for code, entry in entries().items() if not entry.wordings] == []
    assert [code for code, entry in entries().items() if not entry.example] == []


def test_no_example_stands_under_a_code_that_is_gone() -> None:
    assert set(other_examples()) - set(entries()) == set()


@pytest.mark.parametrize("code", [c for c, one in other_examples().items() if "rule" in one])
def test_the_rule_gives_its_code(code: str) -> None:
    text = whole_file(other_examples()[code]["rule"])
    problems = library_from_texts({"例.rule": text}, shipped_vocabulary()).problems
    assert code in {one.code for one in problems}, [one.text() for one in problems]


@pytest.mark.parametrize("code", [c for c, one in other_examples().items() if "facts" in one])
def test_the_fact_gives_its_code(code: str) -> None:
    given = "\n".join(f"  {line}" for line in other_examples()[code]["facts"].splitlines())
    problems = fact_file(from_yaml(f"名称: 例\n事实:\n{given}\n"), shipped_vocabulary()).problems
    assert code in {one.code for one in problems}, [one.text() for one in problems]


@pytest.mark.parametrize("code", [c for c, one in other_examples().items() if "name" in one])
def test_the_name_gives_its_code(code: str) -> None:
    name = other_examples()[code]["name"]
    declared = declare(name, {"en": "x", "type": "yes_no", "definition": "例"})
    findings = check_names(shipped_vocabulary().extended([declared]), {}, 0).findings
    assert (code, name) in {(one.code, one.name) for one in findings}
