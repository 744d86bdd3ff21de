"""What always holds of the language: printed text reads back, in both languages and as JSON."""

from __future__ import annotations

import pytest
from hypothesis import given

from huiqi.language import syntax as s
from huiqi.language.canonical import canonical, strip_positions
from huiqi.language.format import format_rule_file
from huiqi.language.json_form import from_json, to_json
from huiqi.language.parse import parse
from tests.properties.sections import rule_files


@pytest.mark.parametrize("lang", ["zh", "en"])
@given(rule_files)
def test_printed_rules_read_back_to_the_same_tree(lang: str, tree: s.RuleFile) -> None:
    text = format_rule_file(tree, lang)
    found = parse(text)
    assert [problem.text() for problem in found.problems] == []
    assert strip_positions(found.tree) == strip_positions(canonical(tree))
    assert format_rule_file(found.tree, lang) == text


@given(rule_files)
def test_json_reads_back_to_the_same_tree(tree: s.RuleFile) -> None:
    assert from_json(to_json(tree)) == tree
