"""The shape of `huiqi calc --json`, field by field; docs/reference/answer.schema.json is made from it.

Money is a decimal string in yuan with two places; a null end has no bound (or, of `low` and `headline`, the text
names no sum). Days are ISO dates.
"""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import msgspec

VerdictId: TypeAlias = Literal["eligible", "needs_review", "undetermined", "ineligible"]
KindId: TypeAlias = Literal[
    "exact", "interval", "ceiling", "floor", "budget", "in_kind", "to_convert", "unstated"
]
StateId: TypeAlias = Literal["T", "F", "J", "FT", "FJ", "JT"]
NodeKind: TypeAlias = Literal[
    "measure", "atom", "all", "any", "none", "at_least", "not", "soft", "readings", "part", "amount"
]


class _Part(msgspec.Struct, forbid_unknown_fields=True):
    pass


class ClauseOf(_Part):
    """Where a node stands: document, its addresses, locating words, line of the rule file."""

    document: str
    addresses: list[str]
    words: list[str]
    line: int
    unverified: bool


class ObservedFact(_Part):
    """A fact that was read; value null = missing."""

    fact: str
    label: str
    value: str | None
    source: str
    date: str | None


class Node(_Part):
    """One node of the explanation; keys without content are left out.

    state: T met, F not met, J a person decides, FT FJ JT still open between these ends.
    difference: left minus right of a comparison; gap: the same in words.
    """

    kind: NodeKind
    words: str
    state: StateId
    clause: ClauseOf | None = None
    count: int = 0
    observed: list[ObservedFact] = []
    value: str = ""
    difference: str = ""
    gap: str = ""
    missing: list[str] = []
    causes: list[str] = []
    notes: list[str] = []
    children: list[Node] = []


class AmountOf(_Part):
    """What is given if it is granted. unit CNY, or points and other currencies by name."""

    low: str | None
    high: str | None
    headline: str | None
    unit: str
    kind: KindId
    per: str
    form: str


class Edition(_Part):
    """Days of the document; follows: the measure of which this is the next edition."""

    issued: str | None
    in_force: str | None
    ends: str | None
    follows: str | None


class Checked(_Part):
    """How the rule was checked against the official text."""

    how: Literal["full_text", "secondary", "unverified"]
    detail: str
    unverified_lines: int


class Judgement(_Part):
    """What a person decides: the line it stands in, and the cause."""

    text: str
    cause: str


class Convention(_Part):
    """A numbered convention of meaning that was used."""

    number: str
    title: str


class RecipientOf(_Part):
    who: str
    role: str
    share: str | None
    amount: str | None


class InstalmentOf(_Part):
    share: str | None
    when: str
    judgement: str
    amount: str | None


class Delivery(_Part):
    """Form, recipients and instalments; sums only where the award is exact."""

    form: str
    recipients: list[RecipientOf]
    instalments: list[InstalmentOf]
    fund: str


class WindowOf(_Part):
    state: Literal["open", "not_open", "closed", "all_year", "unknown"]
    opens: str | None
    closes: str | None


class DutyOf(_Part):
    """must false: it is forbidden."""

    must: bool
    what: str
    when: str
    breach: str
    origin: str


class SavingOf(_Part):
    """Tax saved by a deduction, an estimate that enters no sum."""

    low: str
    high: str | None
    missing: list[str]


class ResultOf(_Part):
    """One measure."""

    measure: str
    title: str
    summary: str
    document: str
    document_title: str
    edition: Edition
    clauses: list[str]
    checked: Checked
    verdict: VerdictId
    remaining: list[VerdictId]
    amount: AmountOf | None
    missing: list[str]
    missing_for_amount: list[str]
    only_statement_missing: bool
    judgement: list[Judgement]
    readings: list[str]
    conventions: list[Convention]
    notes: list[str]
    delivery: Delivery
    grants: str | None
    provides: list[str]
    window: WindowOf
    duties: list[DutyOf]
    papers: list[str]
    department: list[str]
    channel: list[str]
    saving: SavingOf | None
    why: Node


class Relief(_Part):
    """relief: tax not paid; deduction: taken off the tax base. Never added to awards or to each other."""

    low: str
    high: str | None


class TotalOf(_Part):
    """The sum over all measures after stacking. certain ≤ headline ≤ possible (null: no upper bound)."""

    certain: str
    possible: str | None
    headline: str
    unstated: int
    in_kind: int
    to_convert: int
    relief: Relief
    deduction: Relief
    only_statement_missing: int
    unverified_share: str
    counted: list[str]
    dropped: list[str]
    missing: list[str]
    notes: list[str]


class ErrorOf(_Part):
    """Something that could not be used: a measure, an entry of the facts, a line of a rule file."""

    kind: Literal["measure", "fact", "rule"]
    where: str
    code: str
    text: str
    fix: str = ""


class ReachOf(_Part):
    """A measure within reach: what it may bring at most, and what stands between; no verdict."""

    measure: str
    worth: str | None
    missing: list[str]
    short: str | None
    gap: str | None


class EndingOf(_Part):
    """What ends within 90 days: a window, a document, or a title of the enterprise."""

    day: str
    kind: Literal["window", "document", "title"]
    of: str


class AnswerOf(_Part):
    """The answer to “what can this enterprise get”; the fields with a default are added by the command."""

    as_of: str
    known_at: str | None
    answer: Literal["calculation"]
    results: list[ResultOf]
    total: TotalOf
    drafts: list[str]
    elsewhere: list[str]
    errors: list[ErrorOf]
    within_reach: list[ReachOf] = []
    ending: list[EndingOf] = []
    firm: str = ""
    is_example: bool = False
    place: str | None = None


def read_answer(content: bytes | str) -> AnswerOf:
    """An answer from JSON. Raises msgspec.ValidationError for any other shape."""
    return msgspec.json.decode(content, type=AnswerOf)


def answer_schema() -> dict[str, Any]:
    """The JSON Schema of an answer."""
    schema = msgspec.json.schema(AnswerOf)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
