"""The shipped rule files and their library, read once for a test run."""

from __future__ import annotations

from functools import lru_cache

from huiqi.language import syntax as s
from huiqi.language.parse import parse
from huiqi.library.load import load_vocabulary
from huiqi.library.paths import policies_dir, vocabulary_dir
from huiqi.vocabulary.declare import Vocabulary


@lru_cache(maxsize=1)
def rule_texts() -> dict[str, str]:
    """File name → text of every shipped rule file."""
    folder = policies_dir()
    paths = sorted(folder.rglob("*.rule"))
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in paths}


@lru_cache(maxsize=1)
def rule_trees() -> dict[str, s.RuleFile]:
    return {name: parse(text, name).tree for name, text in rule_texts().items()}


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    return load_vocabulary(vocabulary_dir())
