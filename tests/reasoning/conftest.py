"""Small libraries from rule text, for tests of what is said about an answer."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from huiqi.library.fact_files import facts_of
from huiqi.library.library import Library, library_from_texts
from huiqi.library.load import load_vocabulary
from huiqi.library.paths import vocabulary_dir
from huiqi.reasoning.answer import Answer, calculate
from huiqi.vocabulary.calendar import parse_date
from huiqi.vocabulary.declare import Vocabulary

HEAD = """政策 试〔2024〕1号 试行办法
  机关: 某市人民政府
  地区: 温岭市
  发布: 2024-01-05
  施行: 2024-02-01
  核对: 全文 2024-03-01

"""

Answered = Callable[..., tuple[Library, Answer]]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary(vocabulary_dir())


@pytest.fixture(scope="session")
def answered(vocabulary: Vocabulary) -> Answered:
    """The library of a rule text, and its answer for facts as people write them."""

    def answer(
        rule: str, facts: Mapping[str, Any], as_of: str = "2024-06-30", head: str = HEAD
    ) -> tuple[Library, Answer]:
        library = library_from_texts({"t.rule": head + rule}, vocabulary)
        errors = [one.text() for one in library.problems if one.severity == "error"]
        assert not errors, errors
        made, problems = facts_of(facts, vocabulary)
        assert not problems, [one.text() for one in problems]
        return library, calculate(library.program, library.vocabulary, made, parse_date(as_of))

    return answer
