"""A slip of the pen in a rule file is an error and never another meaning (LANGUAGE section 2)."""

from __future__ import annotations

import random
from collections import Counter
from functools import lru_cache
from itertools import zip_longest
from typing import Any

import msgspec
import pytest

from huiqi.checking.program import check_library
from huiqi.language import syntax as s
from huiqi.language.canonical import strip_positions
from huiqi.language.parse import parse
from tests.language.shipped import rule_texts, rule_trees, trees_around, vocabulary
from tests.language.slips import Slip, slips

SEED = 20260401


def test_3000_slips_in_the_shipped_rules_are_never_silent() -> None:
    _count(3_000)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_60000_slips_in_the_shipped_rules_are_never_silent() -> None:
    _count(60_000)


def _count(wanted: int) -> None:
    rows = {file: text.split("\n") for file, text in rule_texts().items()}
    every = [(file, slip) for file in rows for slip in slips(rows[file])]
    chosen = random.Random(SEED).sample(every, min(wanted, len(every)))
    outcomes: Counter[str] = Counter()
    silent: list[str] = []
    for file, slip in chosen:
        outcome = _outcome(file, slip, slip.applied(rows[file]))
        outcomes[outcome] += 1
        if outcome == "silent":
            silent.append(f"{file}:{slip.line} {slip.kind}: {slip.rows[0]}")
    print(f"{len(chosen)} of {len(every)} slips: {dict(outcomes)}")
    assert silent == []


def _outcome(file: str, slip: Slip, rows: list[str]) -> str:
    """refused (by the parser), checked (by the checker), same, name (a name alone) or silent."""
    if parse(_around(rows, slip.line)).problems:
        return "refused"
    found = parse("\n".join(rows), file)
    if found.problems:
        return "refused"
    before, after = _stripped(file), strip_positions(found.tree)
    if before == after:
        return "same"
    changed = [
        (old, new) for old, new in zip_longest(before.sections, after.sections) if old != new
    ]
    old, new = (
        tuple(section for section in side if section) for side in zip(*changed, strict=True)
    )
    if _nameless(old) == _nameless(new) and not _known(_names(new) - _names(old)):
        return "name"
    checked = check_library({**trees_around(file), file: found.tree}, vocabulary())
    if any(one.severity == "error" for one in checked.problems):
        return "checked"
    return "silent"


@lru_cache(maxsize=64)
def _stripped(file: str) -> s.RuleFile:
    return strip_positions(rule_trees()[file])


def _around(rows: list[str], line: int) -> str:
    """The section of the slip with its neighbours: nothing further away can change with it."""
    blanks = [0, 0, *(at for at, row in enumerate(rows) if not row.strip()), len(rows), len(rows)]
    after = next(i for i, at in enumerate(blanks) if at >= line)
    return "\n".join(rows[blanks[max(after - 3, 0)] : blanks[min(after + 1, len(blanks) - 1)]])


_CHOSEN_NAMES = {
    s.Example: ("name", "base"),
    s.Member: ("name",),
    s.Given: ("name",),
    s.GivenRecords: ("kind",),
}


def _nameless(node: Any) -> Any:
    """The tree without names that an author chooses and facts that an example gives."""
    if isinstance(node, tuple):
        return tuple(_nameless(item) for item in node)
    if not isinstance(node, msgspec.Struct):
        return node
    chosen = _CHOSEN_NAMES.get(type(node), ())
    parts = {name: _nameless(getattr(node, name)) for name in node.__struct_fields__}
    return type(node)(**{name: "" if name in chosen else part for name, part in parts.items()})


def _names(node: Any) -> set[str]:
    """Names of facts in examples."""
    if isinstance(node, tuple):
        return {name for item in node for name in _names(item)}
    if not isinstance(node, msgspec.Struct):
        return set()
    own = {node.name} if isinstance(node, s.Given) else set()
    own |= {node.kind} if isinstance(node, s.GivenRecords) else set()
    return own | {name for part in node.__struct_fields__ for name in _names(getattr(node, part))}


def _known(names: set[str]) -> list[str]:
    return [name for name in names if vocabulary().find(name.rpartition(".")[2]) is not None]
