"""What a check of anchors finds, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from huiqi.anchors.lock import Lock
from huiqi.language.problems import Problem


@dataclass(frozen=True, slots=True)
class Coverage:
    """Sentences of an official text that give something, by what the rules do with them.

    encoded: computed; judgement: a person decides a part; open: 待定 or 未尽; skipped: 略过.
    """

    giving: int = 0
    encoded: int = 0
    judgement: int = 0
    open: int = 0
    skipped: int = 0
    untouched: int = 0

    def plus(self, other: Coverage) -> Coverage:
        return Coverage(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Atoms:
    """Condition and amount lines, how many rest on found words or a clause; locators by outcome.

    `unverified`: atoms marked 未核, alone or by what encloses them; they count as not anchored.
    `unresolved`: locators into a text that is neither here nor in the lock.
    """

    atoms: int = 0
    anchored: int = 0
    unverified: int = 0
    locators: int = 0
    found: int = 0
    ambiguous: int = 0
    orphaned: int = 0
    unresolved: int = 0

    def plus(self, other: Atoms) -> Atoms:
        return Atoms(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True, slots=True)
class Untouched:
    """A giving sentence that no line touches, for a person to encode or skip."""

    document: str
    address: str
    words: str


@dataclass(frozen=True, slots=True)
class AnchorReport:
    """Everything `huiqi check` says about anchors. Documents in `as_of_lock` had no text here."""

    problems: tuple[Problem, ...]
    coverage: Mapping[str, Coverage]
    total: Coverage
    atoms: Atoms
    by_document: Mapping[str, Atoms]
    untouched: tuple[Untouched, ...]
    as_of_lock: tuple[str, ...]
    new_lock: Lock
