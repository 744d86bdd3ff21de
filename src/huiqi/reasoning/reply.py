"""An answer to a question: read as it was typed, put among the facts, and what it changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from huiqi.reasoning.answer import Answer
from huiqi.reasoning.ask import Question, entry_of, list_of
from huiqi.reasoning.situation import GRANTED
from huiqi.reasoning.verdict import Verdict
from huiqi.vocabulary.contradictions import contradictions
from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.given import (
    Candidate,
    Entries,
    Entry,
    FactError,
    FactProblem,
    FactReader,
    Facts,
    Grant,
    Records,
    Said,
    read_entry,
)
from huiqi.vocabulary.units import Number

NONE = ("没有", "无", "none", "no")
NOT_KNOWN = ("不知道", "不清楚", "not known", "don't know")
NOT_APPLICABLE = ("不适用", "not applicable", "n/a")


def answered(
    question: Question, text: str, firm: Facts, vocabulary: Vocabulary, as_of: date
) -> Facts:
    """The facts with one more answer.

    Raises FactError with the reason and what to write instead: for a value that cannot be read, and
    for one that contradicts what was said before.
    """
    text = text.strip()
    if question.declaration.type == "records" and not question.owner:
        made = _with_list(question, text, firm, vocabulary)
    else:
        made = _put(question, _entry(question, text, firm, vocabulary, as_of), firm)
    before = {found.problem for found in contradictions(firm, as_of)}
    for found in contradictions(made, as_of):
        if found.problem not in before:
            raise FactError(found.problem)
    return made


def _entry(
    question: Question, text: str, firm: Facts, vocabulary: Vocabulary, as_of: date
) -> Entry:
    if text.lower() in NOT_KNOWN:
        return Entry(Said.NOT_KNOWN)
    if text.lower() in NOT_APPLICABLE:
        return Entry(Said.NOT_APPLICABLE)
    fact = question.declaration
    if text in ("未知", "unknown", ""):
        raise FactError(
            FactProblem(
                "F-form", fact.name, "没有写值", "no value", "不清楚就写 不知道", "write: not known"
            )
        )
    made = read_entry(text, fact, vocabulary)
    if fact.type in ("title", "register", "event"):
        made = _entries(made, question, firm, as_of)
    return made


def _entries(made: Entry, question: Question, firm: Facts, as_of: date) -> Entry:
    """A no to a register or a fault is the firm's own statement (A7); a further title joins those on file."""
    value = made.candidates[0].value
    assert isinstance(value, Entries), "INVARIANT: titles, registers and events hold entries"
    if not value.items and question.declaration.type in ("register", "event"):
        value = replace(value, statement=as_of)
    earlier = entry_of(question, firm)
    if earlier is not None and earlier.candidates and value.items:
        known = earlier.candidates[0].value
        if isinstance(known, Entries):
            undated = [item for item in known.items if item.granted is None]
            fields = undated[0].fields if undated else None
            first = replace(value.items[0], fields=fields)
            kept = tuple(item for item in known.items if item.granted is not None)
            value = replace(value, items=(*kept, first, *value.items[1:]))
    return Entry(Said.GIVEN, (Candidate(value, made.candidates[0].source or "自述", as_of),))


# ---------------------------------------------------------------- putting it there
def _put(question: Question, entry: Entry, firm: Facts) -> Facts:
    name = question.declaration.name
    if question.owner == GRANTED:
        return firm.with_(GRANTED, question.period, entry)
    if not question.owner:
        return firm.with_(name, question.period, entry)
    for kind, records in firm.records.items():
        if any(item.label == question.owner for item in records.items):
            items = tuple(
                item.with_(name, question.period, entry) if item.label == question.owner else item
                for item in records.items
            )
            return replace(firm, records={**firm.records, kind: replace(records, items=items)})
    return _put_in_title(question, entry, firm)


def _put_in_title(question: Question, entry: Entry, firm: Facts) -> Facts:
    """A field of a title: into the grant that carries the label, or the only one."""
    values = dict(firm.values)
    for key, holder in values.items():
        if not holder.candidates or not isinstance(holder.candidates[0].value, Entries):
            continue
        known = holder.candidates[0].value
        items = tuple(_grant_with(item, key[0], question, entry) for item in known.items)
        if items != known.items:
            first = replace(holder.candidates[0], value=replace(known, items=items))
            values[key] = replace(holder, candidates=(first, *holder.candidates[1:]))
            return replace(firm, values=values)
    return firm


def _grant_with(item: Grant, title: str, question: Question, entry: Entry) -> Grant:
    fields = item.fields or Facts(title, title, {})
    if fields.label != question.owner:
        return item
    return replace(item, fields=fields.with_(question.declaration.name, question.period, entry))


# ---------------------------------------------------------------- lists
def _with_list(question: Question, text: str, firm: Facts, vocabulary: Vocabulary) -> Facts:
    """Items one a line, `字段: 值, 字段: 值` or a bare name; 没有 = none (any more)."""
    kind = question.declaration
    if text.lower() in (*NOT_KNOWN, *NOT_APPLICABLE):
        said = Said.NOT_KNOWN if text.lower() in NOT_KNOWN else Said.NOT_APPLICABLE
        marked = firm.with_(kind.name, "", Entry(said))
        if said is Said.NOT_APPLICABLE:
            return replace(marked, records={**firm.records, kind.name: Records(())})
        return marked
    known = list_of(question, firm) or Records(())
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise FactError(
            FactProblem(
                "F-list", kind.name, "没有写一项", "no item", "没有就写 没有", "write: none"
            )
        )
    items = list(known.items)
    if not (len(lines) == 1 and lines[0].lower() in NONE):
        items += list(_items(lines, kind, len(items), vocabulary))
    return replace(firm, records={**firm.records, kind.name: Records(tuple(items))})


def _items(
    lines: Iterable[str], kind: Declaration, before: int, vocabulary: Vocabulary
) -> Iterable[Facts]:
    for index, line in enumerate(lines, start=before + 1):
        values: dict[tuple[str, str], Entry] = {}
        reader = FactReader(vocabulary)
        for pair in line.replace("，", ",").replace("：", ":").split(","):
            name, colon, value = pair.partition(":")
            if colon:
                reader.put(values, kind.name, name.strip(), "", value.strip())
            elif "名称" in kind.fields and pair.strip():
                reader.put(values, kind.name, "名称", "", pair.strip())
        if reader.problems:
            raise FactError(reader.problems[0])
        yield Facts(kind.name, f"{kind.name}{index}", values)


# ---------------------------------------------------------------- what it changed
@dataclass(frozen=True, slots=True)
class Settled:
    """A measure whose verdict an answer moved."""

    measure: str
    name: str
    before: Verdict
    after: Verdict


@dataclass(frozen=True, slots=True)
class Change:
    """What an answer did: verdicts that moved, sums that narrowed, the total before and after (fen)."""

    verdicts: tuple[Settled, ...]
    narrowed: tuple[str, ...]
    certain: tuple[Number, Number]
    possible: tuple[Number | None, Number | None]

    @property
    def is_nothing(self) -> bool:
        return not self.verdicts and not self.narrowed


def changes(before: Answer, after: Answer) -> Change:
    """Compare two answers about the same measures."""
    old = {one.id: one for one in before.results}
    verdicts: list[Settled] = []
    narrowed: list[str] = []
    for one in after.results:
        was = old.get(one.id)
        if was is None:
            continue
        if was.verdict is not one.verdict:
            verdicts.append(Settled(one.id, one.measure.name, was.verdict, one.verdict))
        elif was.amount != one.amount:
            narrowed.append(one.measure.name)
    return Change(
        tuple(verdicts),
        tuple(narrowed),
        (before.total.certain, after.total.certain),
        (before.total.possible, after.total.possible),
    )


__all__ = ["Change", "Settled", "answered", "changes"]
