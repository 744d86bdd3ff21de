"""Runs one worked case through the checker and the reference interpreter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from huiqi.language import tree as t
from huiqi.language.examples import read_facts
from huiqi.language.layout import read_layout
from huiqi.language.problems import Problem
from huiqi.library.fact_files import facts_of
from huiqi.library.library import library_from_texts
from huiqi.library.load import load_vocabulary
from huiqi.library.paths import vocabulary_dir
from huiqi.mechanisms.number import INF
from huiqi.reasoning.answer import KIND_LABELS, Amount, Answer, Result, calculate
from huiqi.reasoning.examples import definition_context
from huiqi.reasoning.interpret import value
from huiqi.reasoning.situation import FIRM, Situation, situation
from huiqi.vocabulary.contradictions import contradictions
from huiqi.vocabulary.declare import Vocabulary, declare
from huiqi.vocabulary.given import FactProblem, Facts
from huiqi.vocabulary.units import MONEY, POINTS, Dims, Number
from tests.spec.cases import Case
from tests.spec.figures import Span
from tests.spec.outcome import Outcome

# Dimensions → the unit that the cases write, and how many of the engine's units it holds.
_UNITS: dict[Dims, tuple[str, int]] = {MONEY: ("元", 100), POINTS: ("分", 1)}


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of a case, and what is wrong with how they are given."""

    facts: Facts
    problems: tuple[Problem | FactProblem, ...] = ()


def run(case: Case) -> Outcome:
    """Check the case's rule, answer for its facts, and put the answer in the case's words."""
    vocabulary = shipped_vocabulary().extended(
        declare(name, entry) for name, entry in case.vocabulary.items()
    )
    library = library_from_texts({case.id: case.rule}, vocabulary)
    if library.problems:
        return _refused(library.problems)
    as_of = date.fromisoformat(case.as_of)
    known = _known(case, library.program, vocabulary, as_of)
    if known.problems:
        return _refused(known.problems)
    if case.definition:
        return Outcome(value=_definition(case, library.program, vocabulary, known, as_of))
    known_at = date.fromisoformat(case.known_at) if case.known_at else None
    return _outcome(case, calculate(library.program, vocabulary, known.facts, as_of, known_at))


@cache
def shipped_vocabulary() -> Vocabulary:
    """The vocabulary of the repository; each case adds its own names."""
    return load_vocabulary(vocabulary_dir())


def _refused(problems: Iterable[Problem | FactProblem]) -> Outcome:
    return Outcome(
        problems=tuple(problem.code for problem in problems),
        suggestion=" ".join(problem.text() for problem in problems),
    )


def _known(case: Case, program: t.Program, vocabulary: Vocabulary, as_of: date) -> Known:
    """The facts as an example or as a fact file writes them, and what cannot be used of them.

    In a case about records, unprefixed facts make one record of that kind.
    """
    if case.facts is not None:
        facts, unread = facts_of(case.facts, vocabulary)
        return Known(facts, unread)
    entries, _, wrong = read_layout(case.given)
    given, records, _ = read_facts(list(entries))
    subjects = {measure.subject for measure in program.measures.values()} - {FIRM}
    subject = subjects.pop() if len(subjects) == 1 else FIRM
    made = situation(given, records, vocabulary, subject, lambda _: as_of.year - 1)
    clashes = [found.problem for found in contradictions(made.facts, as_of)]
    return Known(made.facts, (*wrong, *made.problems, *clashes))


def _outcome(case: Case, answer: Answer) -> Outcome:
    assert not answer.errors, [error.zh for error in answer.errors]
    total = _span(answer.total.certain, answer.total.possible, MONEY)
    statements = answer.total.only_statement_missing
    if not answer.results:
        return Outcome(total=total, only_statement_missing=statements, notes=answer.drafts)
    result = answer.result(case.measure) if case.measure else answer.results[0]
    amount = result.amount
    return Outcome(
        state=result.state.name,
        verdict=result.verdict.label(),
        remaining=tuple(verdict.label() for verdict in result.remaining),
        missing=result.missing,
        missing_amount=tuple(dict.fromkeys((*result.missing_for_amount, *answer.total.missing))),
        amount=_amount(amount),
        headline=None if amount is None else _span(amount.headline, amount.headline, amount.dims),
        kind="" if amount is None else KIND_LABELS[amount.kind],
        total=total,
        instalments=tuple(_span(part, part, MONEY) for part in result.instalments),
        readings=result.readings,
        notes=_notes(result, answer),
        conventions=result.conventions,
        only_statement_missing=statements,
    )


def _notes(result: Result, answer: Answer) -> tuple[str, ...]:
    """Everything that an answer says in words beside its figures."""
    causes = tuple(part for pair in result.judgement for part in pair)
    duties = tuple(f"{duty.what} {duty.breach}" for duty in result.measure.duties)
    marks = (result.window.label(), result.measure.checked, result.measure.checked_detail)
    notes = (*result.notes, *causes, *duties, *marks, *answer.total.notes)
    return tuple(note for note in notes if note)


def _amount(amount: Amount | None) -> Span | None:
    if amount is None or amount.kind == "unstated":
        return None
    return _span(amount.low, amount.high, amount.dims)


def _definition(
    case: Case, program: t.Program, vocabulary: Vocabulary, known: Known, as_of: date
) -> Span:
    """The value of one definition, as a measure of the same document would read it."""
    found = next(one for one in program.definitions.values() if one.name == case.definition)
    made = Situation(known.facts)
    worked = value(found.body, definition_context(found, made, as_of, program, vocabulary))
    high = None if worked.high == INF else Fraction(worked.high)
    return _span(Fraction(worked.low), high, found.type.dims)


def _span(low: Number, high: Number | None, dims: Dims) -> Span:
    unit, parts = _UNITS.get(dims, ("美元", 100))
    return Span(Fraction(low) / parts, None if high is None else Fraction(high) / parts, unit)
