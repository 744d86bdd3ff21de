"""Runs the examples against every mutant: which are killed, which survive, and by how much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.mutation.change import Mutant, mutants
from huiqi.reasoning.examples import PreparedExample, prepare, run_prepared
from huiqi.vocabulary.declare import Vocabulary


@dataclass(frozen=True, slots=True)
class Survivor:
    """A change that no example notices."""

    owner: str
    what: str
    line: int


@dataclass(slots=True)
class MutationScore:
    made: int = 0
    killed: int = 0
    survivors: list[Survivor] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.killed / self.made if self.made else 1.0


def score(
    program: t.Program,
    sections: Mapping[str, s.Section],
    vocabulary: Vocabulary,
    owners: Iterable[str] | None = None,
    progress: Callable[[str], None] = lambda owner: None,
) -> MutationScore:
    """Mutate each measure and definition (or those named) and run the examples that can see the change.

    Only examples that hold for the rule as it stands can kill a mutant.
    """
    prepared: dict[str, list[PreparedExample]] = {}
    users = _users(program)
    result = MutationScore()
    for owner in owners if owners is not None else [*program.definitions, *program.measures]:
        progress(owner)
        watchers = [owner, *sorted(users.get(owner, ()))]
        for one in watchers:
            if one not in prepared and one in sections:
                prepared[one] = [
                    example
                    for example in prepare(one, sections[one], program, vocabulary)
                    if run_prepared(example, program, vocabulary).problem is None
                ]
        for mutant, changed in _programs(owner, program):
            result.made += 1
            if _is_killed(watchers, prepared, changed, vocabulary):
                result.killed += 1
            else:
                result.survivors.append(Survivor(owner, mutant.what, mutant.line))
    return result


def _programs(owner: str, program: t.Program) -> Iterable[tuple[Mutant, t.Program]]:
    if owner in program.definitions:
        definition = program.definitions[owner]
        if definition.type.kind == "records":
            return  # its filters stand in each rule that uses it, and are changed there
        for mutant in mutants(definition.body):
            changed = {**program.definitions, owner: replace(definition, body=mutant.body)}
            yield mutant, replace(program, definitions=changed)
        return
    measure = program.measures[owner]
    for mutant in mutants(measure.condition):
        changed_measure = replace(measure, condition=mutant.body)
        yield mutant, replace(program, measures={**program.measures, owner: changed_measure})
    if measure.amount is None:
        return
    for mutant in mutants(measure.amount):
        changed_measure = replace(measure, amount=mutant.body)
        yield mutant, replace(program, measures={**program.measures, owner: changed_measure})


def _is_killed(
    watchers: list[str],
    prepared: Mapping[str, list[PreparedExample]],
    program: t.Program,
    vocabulary: Vocabulary,
) -> bool:
    for owner in watchers:
        for example in prepared.get(owner, ()):
            if run_prepared(example, program, vocabulary).problem is not None:
                return True
    return False


def _users(program: t.Program) -> dict[str, set[str]]:
    """definition -> every measure and definition that uses it, directly or through others."""
    direct: dict[str, set[str]] = {}
    for name, definition in program.definitions.items():
        for used in _used(definition.body):
            direct.setdefault(used, set()).add(name)
    for name, measure in program.measures.items():
        for used in _used((measure.condition, measure.amount)):
            direct.setdefault(used, set()).add(name)
    found: dict[str, set[str]] = {}
    for name in program.definitions:
        seen: set[str] = set()
        open_names = [name]
        while open_names:
            for user in direct.get(open_names.pop(), ()):
                if user not in seen:
                    seen.add(user)
                    open_names.append(user)
        found[name] = seen
    return found


def _used(node: Any) -> set[str]:
    if isinstance(node, t.UseValue | t.UseCondition):
        return {node.definition}
    if isinstance(node, tuple):
        return set().union(*(_used(item) for item in node)) if node else set()
    if is_dataclass(node):
        found: set[str] = set()
        for one in fields(node):
            found |= _used(getattr(node, one.name))
        return found
    return set()
