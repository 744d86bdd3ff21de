"""The shipped rule files and their library, read once for a test run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from huiqi.checking.program import check_library
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.parse import parse
from huiqi.library.load import load_vocabulary
from huiqi.library.paths import policies_dir, vocabulary_dir
from huiqi.reasoning.why import walk
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


@lru_cache(maxsize=1)
def _needs() -> dict[str, frozenset[str]]:
    """File → the files that it needs: whose definitions it uses, or whose document it names."""
    program = check_library(rule_trees(), vocabulary()).program
    file_of = {key: head.file for key, head in program.documents.items()}
    found: dict[str, set[str]] = {file: set() for file in rule_trees()}
    owners: list[t.Measure | t.Definition] = [*program.measures.values()]
    owners += program.definitions.values()
    for owner in owners:
        for used in _documents_in(owner, program):
            found[file_of[owner.document]].add(file_of[used])
    for file, text in rule_texts().items():
        found[file] |= {file_of[key] for key in file_of if key in text and len(key) > 6}
    return {file: frozenset(others - {file}) for file, others in found.items()}


def _documents_in(owner: t.Measure | t.Definition, program: t.Program) -> Iterator[str]:
    for node in walk(owner):
        if isinstance(node, t.UseCondition | t.UseValue):
            yield program.definitions[node.definition].document
        elif isinstance(node, t.UseParameter):
            yield program.parameters[node.parameter].document
        elif isinstance(node, t.UseTerm):
            yield program.opened[node.term].document


@lru_cache(maxsize=256)
def trees_around(file: str) -> dict[str, s.RuleFile]:
    """The trees that a change in one file can concern: what it names, through others too, and what names it."""
    wanted = {file, *(other for other, needed in _needs().items() if file in needed)}
    open_files = list(wanted)
    while open_files:
        more = _needs()[open_files.pop()] - wanted
        wanted |= more
        open_files += more
    trees = {name: tree for name, tree in rule_trees().items() if name in wanted}
    return trees if _is_sound(trees) else rule_trees()


def _is_sound(trees: dict[str, s.RuleFile]) -> bool:
    return not any(one.severity == "error" for one in check_library(trees, vocabulary()).problems)
