"""A library of rules: vocabulary, checked program, the files they came from, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huiqi.language import tree as t
from huiqi.language.problems import Problem
from huiqi.vocabulary.declare import Vocabulary

if TYPE_CHECKING:  # a library from the cache needs neither parser nor checker
    from huiqi.language import syntax as s
    from huiqi.reasoning.examples import ExampleRun


@dataclass(frozen=True, slots=True)
class Library:
    """Rules ready to be asked. `problems` are of the text and the check; examples are run on demand."""

    vocabulary: Vocabulary
    program: t.Program
    files: Mapping[str, s.RuleFile]
    sections: Mapping[str, s.Section]
    problems: tuple[Problem, ...]

    def measure(self, name: str) -> t.Measure:
        """A measure by id (`文号 名`) or by a name that only one has. Raises KeyError with the nearest names."""
        if name in self.program.measures:
            return self.program.measures[name]
        found = [one for one in self.program.measures.values() if one.name == name]
        if len(found) == 1:
            return found[0]
        raise KeyError(name)

    def examples(self) -> Iterator[ExampleRun]:
        """Run every worked example of every measure and definition."""
        from huiqi.reasoning.examples import run_examples

        for owner, section in self.sections.items():
            document = owner.split(" ", 1)[0]
            if owner in self.program.measures:
                document = self.program.measures[owner].document
            elif owner in self.program.definitions:
                document = self.program.definitions[owner].document
            head = self.program.documents.get(document)
            yield from run_examples(
                owner, section, self.program, self.vocabulary, head.file if head else ""
            )


def library_from_texts(texts: Mapping[str, str], vocabulary: Vocabulary) -> Library:
    """A library from rule files as text (name -> content)."""
    from huiqi.checking.program import check_library
    from huiqi.language.parse import parse

    files: dict[str, s.RuleFile] = {}
    problems: list[Problem] = []
    for name, text in texts.items():
        parsed = parse(text, name)
        files[name] = parsed.tree
        problems += parsed.problems
    checked = check_library(files, vocabulary)
    return Library(
        vocabulary,
        checked.program,
        files,
        checked.sections,
        (*problems, *checked.problems),
    )
