"""Damaged rule texts never raise, and what still reads without problems prints without change."""

from __future__ import annotations

import pytest

from huiqi.checking.program import check_library
from huiqi.language.canonical import canonical, strip_positions
from huiqi.language.format import format_rule_file
from huiqi.language.parse import parse
from tests.language.mutations import damaged_texts
from tests.language.shipped import rule_texts, vocabulary


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", range(4))
def test_20000_damaged_texts_never_raise(seed: int) -> None:
    """5,000 texts for each of four seeds: parse, check and print."""
    _survive(5_000, seed)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(100, 104))
def test_200000_damaged_texts_never_raise(seed: int) -> None:
    _survive(50_000, seed)


def _survive(count: int, seed: int) -> None:
    sections = [part for text in rule_texts().values() for part in text.split("\n\n")]
    for text in damaged_texts(sections, count, seed):
        try:
            _through(text)
        except Exception as error:
            error.add_note(f"seed {seed}, text: {text!r}")
            raise


def _through(text: str) -> None:
    found = parse(text, "x.rule")
    checked = check_library({"x.rule": found.tree}, vocabulary())
    for problem in (*found.problems, *checked.problems):
        assert problem.text() and problem.text("en")
    if found.problems:
        return
    for lang in ("zh", "en"):
        printed = format_rule_file(found.tree, lang)
        again = parse(printed)
        assert again.problems == ()
        assert strip_positions(again.tree) == strip_positions(canonical(found.tree))
        assert format_rule_file(again.tree, lang) == printed
