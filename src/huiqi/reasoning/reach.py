"""What lies just outside an answer: money within reach, and what ends soon.

Within reach is said only after asking the rule again: with the one figure that falls short raised to
its threshold, or the one title that is missing granted (where a rule of the library would grant it),
the measure must come out better. Nothing here is a verdict (SEMANTICS I7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from huiqi.language import tree as t
from huiqi.mechanisms.truth import F
from huiqi.reasoning import measure as m
from huiqi.reasoning.answer import OWN, RELIEFS, Answer, Result, calculate
from huiqi.reasoning.context import Observed, Trace
from huiqi.reasoning.verdict import Verdict
from huiqi.vocabulary.calendar import DateRange
from huiqi.vocabulary.declare import Vocabulary
from huiqi.vocabulary.given import Candidate, Entries, Entry, Facts, Grant, Said
from huiqi.vocabulary.units import MONEY, Number

MOST_MISSING = 3
HARDEST = 4  # the cost of a fact from outside proof; 5 is published by others
NEAR = 2  # a figure is near its threshold when it has at least half of it
SOON_DAYS = 90
_BETTER = (Verdict.ELIGIBLE, Verdict.NEEDS_REVIEW, Verdict.UNDETERMINED)


@dataclass(frozen=True, slots=True)
class Reach:
    """A measure within reach: what it would bring (fen at most, as far as stated) and what stands between.

    `short`: the condition that fails now; without it, `missing` facts alone keep it open. `result` is
    how the measure would come out.
    """

    result: Result
    worth: Number
    missing: tuple[str, ...] = ()
    short: Trace | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that ends soon: kind window, document, or title; `of` its measure, document or title."""

    day: date
    kind: str
    of: str


def within_reach(
    answer: Answer, firm: Facts, program: t.Program, vocabulary: Vocabulary, most: int = 3
) -> list[Reach]:
    """The measures worth most that the enterprise does not have yet but could, best first."""
    granted = {
        one.measure.grants
        for one in answer.results
        if one.measure.grants and one.verdict in _BETTER
    }
    question = m.Question(firm, answer.as_of, answer.known_at)
    found: list[Reach] = []
    for one in answer.results:
        if not _is_own(one):
            continue
        if one.verdict is Verdict.UNDETERMINED and _can_be_asked(one.missing, vocabulary):
            found.append(Reach(one, _worth(one), one.missing))
        elif one.verdict is Verdict.INELIGIBLE and one.measure.subject == m.FIRM:
            found += _one_step(one, question, program, vocabulary, granted)
    return sorted((one for one in found if one.worth or one.result.measure.grants), key=_order)[
        :most
    ]


def _order(reach: Reach) -> tuple[int, Number, str]:
    """Money by its size, then titles, then tax relief."""
    measure = reach.result.measure
    if not reach.worth:
        return (1, 0, measure.id)
    return (2 if measure.form in RELIEFS else 0, -reach.worth, measure.id)


def _can_be_asked(missing: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Whether few facts are missing, all of them the enterprise's to know and not a body's to publish."""
    if len(missing) > MOST_MISSING:
        return False
    facts = (vocabulary.find(name.split(" ")[-1].split(".")[0]) for name in missing)
    return all(fact is None or fact.cost <= HARDEST for fact in facts)


def _is_own(one: Result) -> bool:
    recipients = one.measure.recipients
    return not recipients or any(who.who == OWN for who in recipients)


def _worth(one: Result) -> Number:
    """What it may bring at most in fen; 0 where no sum is stated or the sum has no end."""
    amount = one.amount
    if amount is None or amount.kind == "unstated" or amount.dims != MONEY:
        return 0
    return amount.headline if amount.high is None else amount.high


def _one_step(
    one: Result,
    question: m.Question,
    program: t.Program,
    vocabulary: Vocabulary,
    granted: set[str],
) -> Iterator[Reach]:
    failing = list(_failing(one.why))
    if len(failing) != 1:
        return
    trace = failing[0]
    changed = _changed(trace, question, vocabulary, granted)
    if changed is None:
        return
    again = calculate(
        program, vocabulary, changed, question.as_of, question.known_at, measures=[one.id]
    )
    for then in again.results:  # none where the rule cannot be evaluated
        if then.verdict in _BETTER and _can_be_asked(then.missing, vocabulary):
            yield Reach(then, _worth(then), then.missing, trace)


def _failing(trace: Trace) -> Iterator[Trace]:
    """The smallest parts that make it fail, if all that fail must hold together."""
    if trace.state != F:
        return
    inner = [part for child in trace.children for part in _failing(child)]
    if inner and trace.op in ("all", "agree"):
        yield from inner
    else:
        yield trace


def _changed(
    trace: Trace, question: m.Question, vocabulary: Vocabulary, granted: set[str]
) -> Facts | None:
    """The facts with the one thing changed that the failing condition asks for; None where it is no such thing."""
    observed = {(one.name, one.period): one for one in trace.observed if one.kind == m.FIRM}
    if len(observed) != 1 or trace.children:
        return None
    seen = next(iter(observed.values()))
    if trace.gap is not None and trace.gap.point is not None:
        return _raised(seen, trace.gap.point, question.firm)
    fact = vocabulary.find(seen.name)
    if fact is None or fact.type != "title" or seen.name not in granted:
        return None
    held = seen.value.items if isinstance(seen.value, Entries) else ()
    day = DateRange(question.as_of, question.as_of)
    entries = Entries((*held, Grant(granted=day)))
    return question.firm.with_(seen.name, "", Entry(Said.GIVEN, (Candidate(entries),)))


def _raised(seen: Observed, gap: Number, firm: Facts) -> Facts | None:
    value = seen.value
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        return None
    wanted = value - gap
    if not (gap < 0 and value > 0 and wanted <= value * NEAR):
        return None
    return firm.with_(seen.name, seen.period, Entry(Said.GIVEN, (Candidate(wanted),)))


def ending_soon(answer: Answer, firm: Facts, vocabulary: Vocabulary) -> list[Ending]:
    """Windows, documents and titles of the enterprise that end within 90 days of the as-of date."""
    last = answer.as_of + timedelta(days=SOON_DAYS)

    def is_soon(day: date | None) -> bool:
        return day is not None and answer.as_of <= day <= last

    found = []
    for one in answer.results:
        if one.verdict is Verdict.INELIGIBLE:
            continue
        if one.window.state == "open" and is_soon(one.window.closes):
            assert one.window.closes is not None
            found.append(Ending(one.window.closes, "window", one.id))
        if is_soon(one.document.ends):
            assert one.document.ends is not None
            found.append(Ending(one.document.ends, "document", one.document.id))
    for (name, _), entry in firm.values.items():
        found += [
            Ending(day, "title", name) for day in _expiries(name, entry, vocabulary) if is_soon(day)
        ]
    return sorted(dict.fromkeys(found), key=lambda one: (one.day, one.kind, one.of))


def _expiries(name: str, entry: Entry, vocabulary: Vocabulary) -> Sequence[date]:
    fact = vocabulary.find(name)
    if fact is None or fact.type != "title" or entry.said is not Said.GIVEN:
        return ()
    return [
        grant.expires
        for candidate in entry.candidates
        if isinstance(candidate.value, Entries)
        for grant in candidate.value.items
        if grant.expires is not None
    ]
