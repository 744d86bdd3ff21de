"""The worked cases of tests/spec/*.yaml as data: read, and checked for shape."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
DECISION = re.compile(r"[A-I][1-9][0-9]?$")

CASE_KEYS = frozenset(
    "id decision claim rule measure definition as_of known_at given facts vocabulary expect".split()
)
EXPECT_KEYS = frozenset(
    "state verdict remaining missing missing_amount amount headline kind total value instalments "
    "readings notes conventions problems suggestion only_statement_missing".split()
)


@dataclass(frozen=True, slots=True)
class Case:
    """One claim about behaviour: a rule, given facts, and what must come out."""

    id: str
    decisions: tuple[str, ...]
    claim: str
    rule: str
    expect: Mapping[str, Any]
    file: str
    given: str = ""
    facts: Mapping[str, Any] | None = None
    measure: str = ""
    definition: str = ""
    as_of: str = "2024-06-30"
    known_at: str = ""
    vocabulary: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.id


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case, in the order of the files."""
    return tuple(case for path in sorted(FOLDER.glob("*.yaml")) for case in cases_of(path))


def cases_of(path: Path) -> list[Case]:
    """The cases of one file; its `vocabulary` is shared by them, a case may add to it."""
    text = yaml.safe_load(path.read_text(encoding="utf-8"))
    shared = text.get("vocabulary") or {}
    return [_case(item, shared, path.name) for item in text["cases"]]


def _case(item: Mapping[str, Any], shared: Mapping[str, Any], file: str) -> Case:
    where = f"{file} {item.get('id')}"
    assert set(item) <= CASE_KEYS, f"{where}: unknown keys {set(item) - CASE_KEYS}"
    assert set(item["expect"]) <= EXPECT_KEYS, f"{where}: {set(item['expect']) - EXPECT_KEYS}"
    decision = item["decision"]
    decisions = tuple(decision) if isinstance(decision, list) else (decision,)
    assert all(DECISION.match(name) for name in decisions), f"{where}: decision {decisions}"
    return Case(
        id=item["id"],
        decisions=decisions,
        claim=item["claim"],
        rule=item["rule"],
        expect=item["expect"],
        file=file,
        given=item.get("given") or "",
        facts=item.get("facts"),
        measure=item.get("measure", ""),
        definition=item.get("definition", ""),
        as_of=str(item.get("as_of", "2024-06-30")),
        known_at=str(item.get("known_at", "")),
        vocabulary={**shared, **(item.get("vocabulary") or {})},
    )
