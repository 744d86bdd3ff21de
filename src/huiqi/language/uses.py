"""Which declared names a checked program reads, and by which measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from huiqi.language import tree as t
from huiqi.language.problems import Problem
from huiqi.vocabulary.declare import Vocabulary
from huiqi.vocabulary.gate import NameReport

_FIELD_READS = (t.FactNumber, t.FactDate, t.FactCode, t.FactText, t.FactYes)


def names_used(program: t.Program, vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Name → ids of the measures that read it, themselves or through definitions and parameters.

    Fields of records and titles are named with their owner: 知识产权.类别.
    """
    reader = _Reader(program, vocabulary)
    found: dict[str, set[str]] = {}
    for measure in program.measures.values():
        for name in reader.of_measure(measure):
            found.setdefault(name, set()).add(measure.id)
    return {name: frozenset(measures) for name, measures in found.items()}


def name_problems(report: NameReport, file: str = "vocabulary/facts") -> tuple[Problem, ...]:
    """The gate's findings as problems."""
    return tuple(
        Problem(
            one.code,
            one.zh,
            one.en,
            fix_zh=one.fix_zh,
            fix_en=one.fix_en,
            file=file,
            severity="warning" if one.is_warning else "error",
        )
        for one in report.findings
    )


class _Reader:
    def __init__(self, program: t.Program, vocabulary: Vocabulary) -> None:
        self.program = program
        self.vocabulary = vocabulary
        self._definitions: dict[str, frozenset[str]] = {}

    def of_measure(self, measure: t.Measure) -> set[str]:
        kind = {measure.subject} if measure.subject in self.vocabulary.facts else set()
        return kind | set(self.read(measure, (measure.subject,)))

    def read(self, node: object, owners: tuple[str, ...]) -> Iterator[str]:
        """Names below a node; `owners` are the records around it, innermost first."""
        if isinstance(node, _FIELD_READS):
            yield self._field(node.name, owners, node.firm)
            if isinstance(node, t.FactNumber) and node.twin:
                yield node.twin
        elif isinstance(node, t.TitleDate):
            yield node.title
        elif isinstance(node, t.TitleRef):
            yield node.name
            yield from self.read(node.where, (node.name, *owners))
        elif isinstance(node, t.Listed):
            yield from node.registers
        elif isinstance(node, t.Happened):
            yield from node.events
        elif isinstance(node, t.RecordSet):
            yield node.kind
            for condition in node.filters:
                yield from self.read(condition, (node.kind, *owners))
        elif isinstance(node, t.RecordFold):
            yield from self.read(node.records, owners)
            yield from self.read(node.of, (node.records.kind, *owners))
        elif isinstance(node, t.UseCondition | t.UseValue):
            yield from self._definition(node.definition)
        elif isinstance(node, t.UseParameter):
            parameter = self.program.parameters.get(node.parameter)
            yield from self.read(parameter.rows if parameter else (), owners)
        elif isinstance(node, t.UseTerm):
            for filled in self.program.filled.get(node.term, ()):
                yield from self.read(filled.body, owners)
        elif isinstance(node, tuple):
            for item in node:
                yield from self.read(item, owners)
        elif is_dataclass(node) and not isinstance(node, type):
            for one in fields(node):
                yield from self.read(getattr(node, one.name), owners)

    def _definition(self, key: str) -> frozenset[str]:
        if key not in self._definitions:
            self._definitions[key] = frozenset()  # a circle ends here; the checker refuses it
            found = self.program.definitions.get(key)
            if found is not None:
                self._definitions[key] = frozenset(self.read(found.body, (found.subject,)))
        return self._definitions[key]

    def _field(self, name: str, owners: tuple[str, ...], firm: bool) -> str:
        if not firm or self.vocabulary.find(name) is None:
            for owner in owners:
                declared = self.vocabulary.find(owner)
                if declared is not None and name in declared.fields:
                    return f"{declared.name}.{name}"
        return name
