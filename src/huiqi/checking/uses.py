"""Which declared names each measure reads, through its definitions and parameters: what the vocabulary gate counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from huiqi.checking.scope import FIRM
from huiqi.language import tree as t

_OWN = (t.FactNumber, t.FactDate, t.FactCode, t.FactText, t.FactYes)


def uses(program: t.Program) -> Mapping[str, frozenset[str]]:
    """Name → ids of the measures that read it; a field of a record or title as `知识产权.类别`."""
    found: dict[str, set[str]] = {}
    for measure in program.measures.values():
        for name in _Names(program).of(measure, measure.subject):
            found.setdefault(name, set()).add(measure.id)
    return {name: frozenset(measures) for name, measures in found.items()}


class _Names:
    """The names below one measure; each definition is entered once."""

    def __init__(self, program: t.Program) -> None:
        self.program = program
        self.entered: set[str] = set()

    def of(self, node: Any, owner: str) -> Iterator[str]:
        """Names read by a node that stands in a rule, filter or title of `owner`."""
        if isinstance(node, tuple):
            for item in node:
                yield from self.of(item, owner)
            return
        if not is_dataclass(node) or isinstance(node, t.Source):
            return
        yield from self._own(node, owner)
        if isinstance(node, t.UseValue | t.UseCondition):
            yield from self._definition(node.definition)
        elif isinstance(node, t.UseParameter) and node.parameter in self.program.parameters:
            yield from self.of(self.program.parameters[node.parameter].rows, owner)
        elif isinstance(node, t.UseTerm):
            for filled in self.program.filled.get(node.term, ()):
                yield from self.of(filled.body, owner)
        inner = self._inner(node, owner)
        for one in fields(node):
            yield from self.of(getattr(node, one.name), inner)

    def _own(self, node: Any, owner: str) -> Iterator[str]:
        if isinstance(node, _OWN):
            yield _named(node.name, owner, node.firm)
            if isinstance(node, t.FactNumber) and node.twin:
                yield _named(node.twin, owner, node.firm)
        elif isinstance(node, t.TitleDate):
            yield _named(node.title, owner, node.firm)
        elif isinstance(node, t.TitleRef):
            yield _named(node.name, owner, node.firm)
        elif isinstance(node, t.RecordSet):
            yield _named(node.kind, owner, node.firm)
        elif isinstance(node, t.Listed):
            yield from (_named(name, owner, node.firm) for name in node.registers)
        elif isinstance(node, t.Happened):
            yield from (_named(name, owner, node.firm) for name in node.events)

    def _inner(self, node: Any, owner: str) -> str:
        if isinstance(node, t.RecordFold | t.RecordsExist):
            return node.records.kind
        if isinstance(node, t.RecordSet):
            return node.kind
        return node.name if isinstance(node, t.TitleRef) else owner

    def _definition(self, key: str) -> Iterator[str]:
        if key in self.entered or key not in self.program.definitions:
            return
        self.entered.add(key)
        definition = self.program.definitions[key]
        yield from self.of(definition.body, definition.subject)


def _named(name: str, owner: str, firm: bool) -> str:
    return name if firm or owner == FIRM else f"{owner}.{name}"
