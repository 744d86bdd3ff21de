"""docs/reference/language.md: every example is checked and run, every refusal gives its code."""

from __future__ import annotations

from functools import cache
from inspect import isclass
from itertools import pairwise
from typing import Any

import msgspec
import pytest
import yaml

from huiqi.language import syntax as s
from huiqi.language import words as w
from huiqi.language.canonical import canonical
from huiqi.language.parse import parse
from huiqi.library.library import Library, library_from_texts
from huiqi.vocabulary.declare import Vocabulary, declare
from tests.docs.fenced import ROOT, Fenced, fenced
from tests.docs.keywords import page_with_table
from tests.docs.test_problems import whole_file
from tests.spec.run_case import shipped_vocabulary

PAGE = ROOT / "docs" / "reference" / "language.md"
BLOCKS = fenced(PAGE)
RULES = [one for one in BLOCKS if one.words == ("rule",)]
REFUSED = [one for one in BLOCKS if one.words[:2] == ("rule", "refused")]
SAME = [(before, one) for before, one in pairwise(BLOCKS) if one.words == ("rule", "same")]


def at(block: Fenced) -> str:
    return f"line{block.line}"


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary with the names that the page declares."""
    declared: dict[str, Any] = {}
    for block in BLOCKS:
        if block.kind == "vocabulary":
            declared |= yaml.safe_load(block.text)
    return shipped_vocabulary().extended(declare(name, entry) for name, entry in declared.items())


def library(block: Fenced) -> Library:
    return library_from_texts({f"第{block.line}行": whole_file(block.text)}, vocabulary())


@pytest.mark.parametrize("block", RULES, ids=at)
def test_an_example_passes_the_check_and_its_worked_cases_come_out(block: Fenced) -> None:
    made = library(block)
    assert [one.text() for one in made.problems] == []
    assert [run.problem.text() for run in made.examples() if run.problem] == []


@pytest.mark.parametrize("block", REFUSED, ids=at)
def test_a_refused_example_gives_the_code_it_names(block: Fenced) -> None:
    problems = library(block).problems
    assert block.words[2] in {one.code for one in problems}, [one.text() for one in problems]


@pytest.mark.parametrize(("chinese", "english"), SAME, ids=lambda block: at(block))
def test_the_english_block_is_the_same_tree(chinese: Fenced, english: Fenced) -> None:
    trees = []
    for block in (chinese, english):
        parsed = parse(whole_file(block.text))
        assert [one.text() for one in parsed.problems] == []
        trees.append(without_positions(canonical(parsed.tree)))
    assert trees[0] == trees[1]


def without_positions(tree: s.RuleFile) -> str:
    """The canonical text stands for the tree: it holds everything but positions."""
    from huiqi.language.format import format_rule_file

    return format_rule_file(tree)


@pytest.mark.parametrize("block", [one for one in BLOCKS if one.kind == "python"], ids=at)
def test_the_python_runs(block: Fenced) -> None:
    exec(block.text, {})


def test_the_examples_use_every_construct_of_the_syntax_tree() -> None:
    used: set[str] = set()
    stack: list[Any] = [parse(whole_file(block.text)).tree for block in RULES]
    while stack:
        node = stack.pop()
        if isinstance(node, tuple):
            stack += node
        elif isinstance(node, msgspec.Struct):
            used.add(type(node).__name__)
            stack += [getattr(node, name) for name in node.__struct_fields__]
    assert constructs() - used == set()


def constructs() -> set[str]:
    """The node types of `huiqi.language.syntax`."""
    return {
        name
        for name, item in vars(s).items()
        if isclass(item)
        and issubclass(item, msgspec.Struct)
        and item.__module__ == s.__name__
        and not item.__subclasses__()
    }


@pytest.mark.parametrize(
    "word",
    [*w.LABELS, *w.FUNCTIONS, *w.STACK_VERBS, *w.TERMINALS["MODE"], *w.TERMINALS["HOLD"],
     *w.TERMINALS["GROUP"]],
)  # fmt: skip
def test_every_word_stands_in_an_example(word: str) -> None:
    assert any(word in block.text for block in RULES)


@pytest.mark.parametrize("word", [*w.SECTIONS, *w.LABELS, *w.FUNCTIONS])
def test_every_section_field_and_function_is_explained(word: str) -> None:
    assert word in PAGE.read_text(encoding="utf-8").split("<!-- keywords")[0]


def test_the_table_of_keywords_is_current() -> None:
    content = PAGE.read_text(encoding="utf-8")
    assert content == page_with_table(content), "run: python -m tests.docs.keywords"
