"""What an evaluation knows while it walks a rule, and the trace that it leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huiqi.language import tree as t
from huiqi.mechanisms.number import NOTHING_MISSING, Num
from huiqi.mechanisms.truth import F, J, State, T
from huiqi.vocabulary.calendar import DateRange
from huiqi.vocabulary.declare import Vocabulary
from huiqi.vocabulary.given import Facts, Value


@dataclass(frozen=True, slots=True)
class Observed:
    """One fact that was read: its value as known, or None where it is missing."""

    name: str
    period: str
    value: Value | None
    source: str = ""
    on: date | None = None
    label: str = ""
    kind: str = "企业"


@dataclass(slots=True)
class Trace:
    """One node of the explanation: a state, what it rests on, and the parts it was made of.

    op: atom, all, any, none, at_least, not, soft, agree (two readings that both count), part (a named value).
    """

    op: str
    state: State
    text: str = ""
    source: t.Source | None = None
    children: list[Trace] = field(default_factory=list)
    missing: frozenset[str] = NOTHING_MISSING
    causes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    observed: tuple[Observed, ...] = ()
    count: int = 0
    value: Num | None = None
    gap: Num | None = None  # left − right of a comparison of numbers
    gap_dims: tuple[tuple[str, int], ...] = ()
    judged: bool = False  # a person still decides inside it, whatever the facts say


def atom(state: State, missing: frozenset[str] = NOTHING_MISSING, **more: object) -> Trace:
    if state.is_settled:
        missing = NOTHING_MISSING
    return Trace("atom", state, missing=missing, **more)  # type: ignore[arg-type]


SURE, NEVER, PERSONS = atom(T), atom(F), atom(J)


@dataclass(frozen=True, slots=True)
class DateValue:
    """A day known as a range, or not at all."""

    days: DateRange | None
    missing: frozenset[str] = NOTHING_MISSING
    undefined: str = ""  # why there is no such day (H7)


@dataclass(frozen=True, slots=True)
class CodeValue:
    """The codes that it may be (all of which it is, if `every`); `is_open`: any other code is possible too.

    `undefined`: it has none, and why. `perhaps_undefined`: completing the facts may leave it without one.
    """

    options: tuple[str, ...]
    missing: frozenset[str] = NOTHING_MISSING
    is_open: bool = False
    every: bool = False
    undefined: str = ""
    judged: bool = False
    perhaps_undefined: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """Node type -> its meaning, for the four kinds of result (built once, in `interpret.py`)."""

    states: Mapping[type, Callable[[Any, Context], Trace]]
    values: Mapping[type, Callable[[Any, Context], Num]]
    codes: Mapping[type, Callable[[Any, Context], CodeValue]]
    texts: Mapping[type, Callable[[Any, Context], tuple[tuple[str, ...], frozenset[str]]]]


@dataclass(slots=True)
class Context:
    """The question: whose facts, which day, which year, which readings are chosen.

    choice: reading key -> 甲 or 乙 (fixed by 约定, 答复, or while the other reading is tried). touched: 备注 readings
    that came up; shared: readings of both kinds that came up, for the headline.
    """

    meaning: Meaning
    program: t.Program
    vocabulary: Vocabulary
    firm: Facts
    subject: Facts
    as_of: date
    document: t.Document
    known_at: date | None = None
    measure: t.Measure | None = None
    year: int | None = None
    last_complete: int = 0
    choice: Mapping[str, str] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)
    window: DateRange | None = None
    observed: list[Observed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    conventions: set[str] = field(default_factory=set)
    parts: list[Trace] = field(default_factory=list)
    fields_of: str = "企业"  # whose fields bare names are inside a filter

    def at_year(self, year: int) -> Context:
        made = self.fork()
        made.year = year
        return made

    def about(self, subject: Facts, kind: str = "") -> Context:
        made = self.fork()
        made.subject = subject
        made.fields_of = kind or self.fields_of
        return made

    def choosing(self, key: str, side: str) -> Context:
        made = self.fork()
        made.choice = {**self.choice, key: side}
        return made

    def within(self, window: DateRange | None) -> Context:
        made = self.fork()
        made.window = window
        return made

    def apart(self) -> Context:
        """The same question with observations, notes and parts of its own."""
        made = self.fork()
        made.observed, made.notes, made.parts = [], [], []
        return made

    def fork(self) -> Context:
        """A copy that shares every list and set (dataclasses.replace costs ten times as much here)."""
        made = object.__new__(Context)
        for name in _FIELDS:
            setattr(made, name, getattr(self, name))
        return made

    def chosen(self, key: str) -> str | None:
        return self.choice.get(key)

    @property
    def founded(self) -> DateRange | None:
        entry = self.firm.entry("成立日")
        days = [one.value for one in entry.candidates] if entry else []
        ranges = [one for one in days if isinstance(one, DateRange)]
        if not ranges:
            return None
        return DateRange(min(one.first for one in ranges), max(one.last for one in ranges))

    def existed_in(self, year: int) -> bool:
        """False only where the enterprise surely did not exist in that year (B14)."""
        founded = self.founded
        return founded is None or year >= founded.first.year

    @property
    def time(self) -> DateRange | None:
        """The document's time in which an event counts, up to the as-of day (C3, C4); None if it is empty."""
        head = self.document
        first = head.awards_from or head.in_force or date.min
        last = min(self.as_of, head.awards_to or head.ends or date.max)
        return DateRange(first, last) if first <= last else None


_FIELDS = tuple(Context.__slots__)
