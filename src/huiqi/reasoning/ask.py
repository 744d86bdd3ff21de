"""Which fact to ask next: the one with the most undecided money behind it, for the least trouble to the one asked.

A question is asked only while its answer can still change something (A5), never of a figure that the library
publishes, and never again once somebody said that they cannot know it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from huiqi.mechanisms.truth import F
from huiqi.reasoning.answer import Answer, Result
from huiqi.reasoning.context import Trace
from huiqi.reasoning.situation import GRANTED
from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.given import HIGHEST_BEFORE, Entries, Entry, Facts, Records, Said
from huiqi.vocabulary.units import MONEY, Number

DISPUTED = "核实："
PUBLISHED_COST = 5
_YEAR = re.compile(r"(\d{4})年度 (.+)")
_NUMBERED = re.compile(r"(.+?)\d*")
_DAYS = (".授予日", ".有效至")  # of a title that is known without its days


@dataclass(frozen=True, slots=True)
class Stake:
    """A measure that waits for the fact: what is undecided there (fen), and the lines that read it."""

    measure: str
    name: str
    undecided: Number
    lines: tuple[str, ...]
    clause: str
    is_unbounded: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One fact to ask for. `id` is as in answers: `2024年度 营业收入`, `知识产权3.类别`, `核实：职工总数`."""

    id: str
    declaration: Declaration
    period: str = ""
    owner: str = ""  # the record or title it belongs to; "" = the enterprise
    is_disputed: bool = False
    stakes: tuple[Stake, ...] = ()
    undecided: Number = 0

    @property
    def weight(self) -> Fraction:
        """Undecided fen per unit of trouble (cost 1 = known by heart … 4 = outside proof)."""
        return Fraction(self.undecided) / max(1, self.declaration.cost)


def questions(
    answer: Answer, firm: Facts, vocabulary: Vocabulary, passed: Collection[str] = ()
) -> list[Question]:
    """Everything worth asking, the weightiest first; `passed`: ids not to ask in this interview."""
    waiting: dict[str, list[Stake]] = {}
    ceiling = _greatest_finite(answer.results)
    for result in answer.results:
        for name in dict.fromkeys((*result.missing, *result.missing_for_amount)):
            waiting.setdefault(name, []).append(_stake(result, name, ceiling))
    found: list[Question] = []
    for name, stakes in waiting.items():
        question = None if name in passed else question_of(name, firm, vocabulary)
        if question is None or not is_askable(question, firm):
            continue
        stakes.sort(key=lambda stake: -stake.undecided)
        undecided = sum((stake.undecided for stake in stakes), start=0)
        found.append(
            Question(
                question.id,
                question.declaration,
                question.period,
                question.owner,
                question.is_disputed,
                tuple(stakes),
                undecided,
            )
        )
    return sorted(found, key=_order)


def _order(question: Question) -> tuple[Fraction, int, int, str]:
    return (-question.weight, question.declaration.cost, -len(question.stakes), question.id)


def _greatest_finite(results: Iterable[Result]) -> Number:
    """What stands in for a sum without an upper bound: the greatest one that has a bound, at least 1 fen."""
    bounds = [one.amount.high for one in results if one.amount and one.state != F]
    return max([1, *(high for high in bounds if high is not None)])


def _stake(result: Result, name: str, ceiling: Number) -> Stake:
    undecided: Number = 1  # a title or a service: after all money, but not nothing
    amount = result.amount
    is_unbounded = False
    if amount is not None and result.measure.dims == MONEY:
        is_unbounded = amount.high is None
        high = ceiling if amount.high is None else amount.high
        undecided = high if name in result.missing else max(0, high - amount.low)
    return Stake(
        result.measure.id,
        result.measure.name,
        max(undecided, 1),
        tuple(dict.fromkeys(_lines(result.why, name, ""))),
        "、".join(result.measure.address),
        is_unbounded,
    )


def _lines(trace: Trace, name: str, line: str) -> Iterable[str]:
    """The words of the lines in which the missing fact is read."""
    line = trace.text or line
    if not trace.children and name in trace.missing and line:
        yield line
    for child in trace.children:
        yield from _lines(child, name, line)


# ---------------------------------------------------------------- what an id asks for
def question_of(identity: str, firm: Facts, vocabulary: Vocabulary) -> Question | None:
    """The question behind the id of a missing fact; None where nothing declared stands behind it."""
    name = identity.removeprefix(DISPUTED)
    period, owner = "", ""
    if match := _YEAR.fullmatch(name):
        period, name = match.group(1), match.group(2)
    elif name.startswith(HIGHEST_BEFORE + " "):
        period, name = HIGHEST_BEFORE, name[len(HIGHEST_BEFORE) + 1 :]
    elif name.startswith(GRANTED + " "):
        money = Declaration(name, f"granted before: {name}", "money", MONEY, "元", minimum=0)
        return Question(identity, money, name[len(GRANTED) + 1 :], GRANTED)
    if name.endswith(_DAYS):
        name = name.rpartition(".")[0]
        name = name if "." in name else _NUMBERED.sub(r"\1", name)
    if "." in name:
        owner, _, name = name.rpartition(".")
        kind = _kind_of(owner, firm, vocabulary)
        declared = kind.fields.get(name) if kind else None
    else:
        declared = vocabulary.find(name)
    if declared is None:
        return None
    return Question(identity, declared, period, owner, identity.startswith(DISPUTED))


def _kind_of(label: str, firm: Facts, vocabulary: Vocabulary) -> Declaration | None:
    for kind, records in firm.records.items():
        if any(item.label == label for item in records.items):
            return vocabulary.find(kind)
    match = _NUMBERED.fullmatch(label)
    return vocabulary.find(label) or (vocabulary.find(match.group(1)) if match else None)


def is_askable(question: Question, firm: Facts) -> bool:
    """Not what the library publishes, and not what was answered 不知道 or 不适用."""
    fact = question.declaration
    if fact.library or fact.cost >= PUBLISHED_COST:
        return False
    entry = entry_of(question, firm)
    return entry is None or entry.said not in (Said.NOT_KNOWN, Said.NOT_APPLICABLE)


def entry_of(question: Question, firm: Facts) -> Entry | None:
    """What was said so far about the fact that a question asks for."""
    if question.owner == GRANTED:
        return firm.entry(GRANTED, question.period)
    holder = subject_of(question.owner, firm) if question.owner else firm
    return holder.entry(question.declaration.name, question.period) if holder else None


def subject_of(owner: str, firm: Facts) -> Facts | None:
    """The record, or the facts of the title, that carries a label."""
    for records in firm.records.values():
        for item in records.items:
            if item.label == owner:
                return item
    for entry in firm.values.values():
        for candidate in entry.candidates:
            if isinstance(candidate.value, Entries):
                for grant in candidate.value.items:
                    if grant.fields is not None and grant.fields.label == owner:
                        return grant.fields
    return None


def list_of(question: Question, firm: Facts) -> Records | None:
    """The list as given so far, for a question that asks for one."""
    return firm.records.get(question.declaration.name) if not question.owner else None


# ---------------------------------------------------------------- in words
def question_text(question: Question, firm: Facts, lang: str = "zh") -> str:
    """The question as it is put, with its year and whose fact it is."""
    fact = question.declaration
    about = question.owner if question.owner and question.owner != GRANTED else ""
    if question.owner == GRANTED:
        return (
            f"此前从“{question.period}”领过多少？"
            if lang == "zh"
            else f"How much was granted before under “{question.period}”?"
        )
    when = ""
    if question.period.isdecimal():
        when = f"{question.period}年度" if lang == "zh" else f"in {question.period}"
    elif question.period == HIGHEST_BEFORE:
        when = "以前各年最高" if lang == "zh" else "the highest of all earlier years"
    words = fact.ask if lang == "zh" and fact.ask else _default(fact, firm, question, lang)
    if _asks_for_the_day(question, firm):
        words = (
            f"“{fact.name}”是哪一天取得的？有期限的写到哪一天为止"
            if lang == "zh"
            else f"When was “{fact.en}” granted, and until when?"
        )
    if question.is_disputed:
        words += "（几个来源不一致，以哪个为准）" if lang == "zh" else " (the sources disagree)"
    head = "，".join(part for part in (about, when) if part)
    return f"〔{head}〕{words}" if head else words


def _asks_for_the_day(question: Question, firm: Facts) -> bool:
    entry = entry_of(question, firm)
    if question.declaration.type not in ("title", "event") or entry is None:
        return False
    return any(
        isinstance(one.value, Entries) and any(item.granted is None for item in one.value.items)
        for one in entry.candidates
    )


def _default(fact: Declaration, firm: Facts, question: Question, lang: str) -> str:
    listed = list_of(question, firm)
    more = listed is not None and bool(listed.items)
    zh, en = {
        "yes_no": (f"{fact.name}吗？", f"{fact.en}?"),
        "title": (f"有没有“{fact.name}”？", f"Does the enterprise hold “{fact.en}”?"),
        "register": (f"是否列入“{fact.name}”？", f"Is it listed in “{fact.en}”?"),
        "event": (f"是否发生过“{fact.name}”？", f"Has “{fact.en}” happened?"),
        "date": (f"{fact.name}是哪一天？", f"Which day: {fact.en}?"),
        "records": (
            f"还有哪些{fact.name}？" if more else f"有哪些{fact.name}？",
            f"Any more: {fact.en}?" if more else f"Which are there: {fact.en}?",
        ),
    }.get(fact.type, (f"{fact.name}是多少？", f"How much: {fact.en}?"))
    if fact.type in ("code", "text"):
        zh, en = f"{fact.name}是什么？", f"What is it: {fact.en}?"
    return zh if lang == "zh" else en
