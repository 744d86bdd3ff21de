"""The answer to “what can this enterprise get”: every measure's verdict, amount and reason, and the total (I1, I6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from huiqi.language import tree as t
from huiqi.mechanisms import number as n
from huiqi.mechanisms.number import INF, Num
from huiqi.mechanisms.truth import F, State, T
from huiqi.reasoning import combine as comb
from huiqi.reasoning import measure as m
from huiqi.reasoning.context import Context, Trace
from huiqi.reasoning.dispatch import value
from huiqi.reasoning.places import Whereabouts
from huiqi.reasoning.values import UNSTATED
from huiqi.reasoning.verdict import Verdict, bound_text, remaining, verdict_of
from huiqi.reasoning.window import needed
from huiqi.reasoning.windows import WindowState, window_state
from huiqi.vocabulary.declare import Vocabulary
from huiqi.vocabulary.given import Facts
from huiqi.vocabulary.quantity import format_quantity
from huiqi.vocabulary.units import MONEY, POINTS, Dims, Number, exact

IN_KIND = frozenset({"券", "实物", "服务"})
RELIEFS = frozenset({"减免", "税前扣除"})
KIND_LABELS = {
    "exact": "确定",
    "interval": "区间",
    "ceiling": "上限",
    "floor": "下限",
    "budget": "受总额限制",
    "in_kind": "券/实物",
    "to_convert": "待折算",
    "unstated": "未载明",
}
OWN = "本企业"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount given that it is granted (若符合), in fen (other currencies: hundredths); high None = no upper bound."""

    low: Number
    high: Number | None
    headline: Number
    kind: str
    per: str
    dims: Dims = MONEY
    form: str = "奖励"

    def text(self, lang: str = "zh") -> str:
        """36万元, 0元~36万元, 10万元以上, 未载明."""
        if self.kind == "unstated":
            return "未载明" if lang == "zh" else "not stated"
        low = format_quantity(self.low, self.dims, lang)
        if self.high is None:
            return f"{low}以上" if lang == "zh" else f"{low} or more"
        if self.low == self.high:
            return low
        return f"{low}~{format_quantity(self.high, self.dims, lang)}"


@dataclass(slots=True)
class Result:
    """One measure's part of an answer; see docs/reference/answers for every field."""

    measure: t.Measure
    document: t.Document
    verdict: Verdict
    state: State
    remaining: tuple[Verdict, ...]
    amount: Amount | None
    missing: tuple[str, ...]
    missing_for_amount: tuple[str, ...]
    judgement: tuple[tuple[str, str], ...]
    readings: tuple[str, ...]
    conventions: tuple[str, ...]
    notes: tuple[str, ...]
    window: WindowState
    why: Trace
    amount_parts: tuple[Trace, ...] = ()
    only_statement: bool = False
    instalments: tuple[Number, ...] = ()
    evaluated: m.Evaluated | None = None

    @property
    def id(self) -> str:
        return self.measure.id


@dataclass(frozen=True, slots=True)
class Totals:
    """Fen over all measures after group E; reliefs and other parties' money stand apart (I6).

    relief: tax not paid (减免); deduction: taken off the tax base (税前扣除). They are never added (D17).
    """

    certain: Number
    possible: Number | None
    headline: Number
    unstated: int
    in_kind: int
    to_convert: int
    relief_low: Number
    relief_high: Number | None
    deduction_low: Number
    deduction_high: Number | None
    only_statement_missing: int
    unverified_share: Number
    counted: tuple[str, ...]
    dropped: tuple[str, ...]
    notes: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureError:
    """A measure that could not be evaluated; the others are answered (never a traceback for a user)."""

    measure: str
    code: str
    zh: str
    en: str


@dataclass(slots=True)
class Answer:
    """`elsewhere`: ids of measures of other places, which were not asked; `drafts`: never answered (G8)."""

    as_of: date
    known_at: date | None
    results: list[Result]
    total: Totals
    errors: list[MeasureError] = field(default_factory=list)
    drafts: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    def result(self, measure: str) -> Result:
        """The result of a measure by id or name. Raises KeyError."""
        for one in self.results:
            if measure in (one.measure.id, one.measure.name):
                return one
        raise KeyError(measure)


def calculate(
    program: t.Program,
    vocabulary: Vocabulary,
    firm: Facts,
    as_of: date,
    known_at: date | None = None,
    measures: Iterable[str] | None = None,
    everywhere: bool = False,
) -> Answer:
    """Every measure that can concern the enterprise by its place (`places`), or those named, or `everywhere`.

    Drafts are listed apart and never answered (G8); measures of other places are listed unasked.
    """
    question = m.Question(firm, as_of, known_at)
    wanted = set(measures) if measures is not None else None
    where = None if everywhere or wanted is not None else Whereabouts(firm, vocabulary)
    results: list[Result] = []
    errors: list[MeasureError] = []
    drafts: list[str] = []
    elsewhere: list[str] = []
    for measure in program.measures.values():
        if wanted is not None and measure.id not in wanted and measure.name not in wanted:
            continue
        document = program.documents[measure.document]
        if document.draft:
            drafts.append(measure.id)
            continue
        if where is not None and not where.may_concern(document):
            elsewhere.append(measure.id)
            continue
        try:
            results.append(ask(measure, program, vocabulary, question))
        except Exception as error:  # whatever a rule does wrong, the others are answered
            errors.append(
                MeasureError(
                    measure.id,
                    "R-evaluate",
                    f"这条规则算不了：{type(error).__name__} {error}",
                    f"this rule could not be evaluated: {type(error).__name__} {error}",
                )
            )
    return Answer(
        as_of,
        known_at,
        results,
        totals(results, program),
        errors,
        tuple(drafts),
        tuple(elsewhere),
    )


def ask(
    measure: t.Measure, program: t.Program, vocabulary: Vocabulary, question: m.Question
) -> Result:
    """One measure for one enterprise, with its other readings worked out."""
    ctx = m.context_for(measure, program, vocabulary, question)
    made = m.evaluate(measure, ctx)
    found_state = made.state
    missing = needed(made.trace)
    amount = shown_amount(measure, made, ctx) if made.amount is not None else None
    missing_amount: frozenset[str] = frozenset()
    if made.amount is not None and found_state != F:
        missing_amount = made.amount.missing - missing
    readings = [note for note in _notes(made.trace) if note.startswith("并列")]
    readings += _other_readings(measure, made, ctx)
    notes = _result_notes(measure, made, ctx, program)
    judgement = (*_causes(made.trace), *_amount_causes(made))
    return Result(
        measure=measure,
        document=ctx.document,
        verdict=verdict_of(found_state),
        state=found_state,
        remaining=remaining(made.trace),
        amount=amount,
        missing=tuple(sorted(missing)),
        missing_for_amount=tuple(sorted(missing_amount)),
        judgement=judgement,
        readings=tuple(dict.fromkeys(readings)),
        conventions=tuple(sorted(ctx.conventions, key=lambda d: (d[0], int(d[1:])))),
        notes=tuple(dict.fromkeys(notes)),
        window=window_state(measure.window, ctx),
        why=made.trace,
        amount_parts=tuple(ctx.parts),
        only_statement=_only_statement(missing, vocabulary) and not found_state.is_settled,
        instalments=instalments(measure, amount),
        evaluated=made,
    )


# ---------------------------------------------------------------- amounts
def shown_amount(measure: t.Measure, made: m.Evaluated, ctx: Context) -> Amount | None:
    worked = made.amount
    assert worked is not None
    if made.state == F and worked.point != 0:
        return None
    worked = own_part(measure, worked)
    kind = kind_of(measure, worked)
    low = 0 if worked.low == -INF else exact(worked.low)  # type: ignore[arg-type]
    high = None if worked.high == INF else exact(worked.high)  # type: ignore[arg-type]
    if kind == "unstated":
        low, high = 0, None
    if measure.budget and kind in ("budget",):
        low = 0
    return Amount(
        low,
        high,
        _headline(measure, made, worked, kind, ctx),
        kind,
        per(measure),
        measure.dims,
        measure.form,
    )


def kind_of(measure: t.Measure, amount: Num) -> str:
    if "unstated" in amount.marks and amount.high == INF:
        return "floor" if amount.low > 0 else "unstated"  # a stated part of the sum is certain
    if set(measure.form.split("、")) <= IN_KIND:
        return "in_kind"
    if measure.dims not in (MONEY, POINTS):
        return "to_convert"
    if measure.budget:
        return "budget"
    if amount.point is not None:
        return "exact"
    if amount.high == INF and "floor" in amount.marks:
        return "floor"
    if "ceiling" in amount.marks or "unstated" in amount.marks:
        return "ceiling"
    return "interval"


def _headline(
    measure: t.Measure, made: m.Evaluated, worked: Num, kind: str, ctx: Context
) -> Number:
    """The figure to show first: the exact amount, the ceiling, of readings that both count the first (I3), else the low end."""
    if worked.point is not None:
        return worked.point
    top = worked.high if worked.high != INF else worked.low
    if kind in ("ceiling", "budget", "in_kind", "to_convert"):
        return exact(top)  # type: ignore[arg-type]
    if ctx.shared and measure.amount is not None and measure.subject == "企业":
        inner = ctx
        for key in ctx.shared:
            inner = inner.choosing(key, "甲")
        first = n.round_fen(value(measure.amount, inner))
        if first.point is not None:
            return first.point
    return 0 if worked.low == -INF else exact(worked.low)  # type: ignore[arg-type]


def own_share(measure: t.Measure) -> Number | None:
    """The applicant's share of the award; None where it goes to others (D16)."""
    if not measure.recipients:
        return 1
    for one in measure.recipients:
        if one.who == OWN:
            return one.share if one.share is not None else 1
    return None


def own_part(measure: t.Measure, award: Num) -> Num:
    """The applicant's part of a shared award: floored to the fen, the remainder to the last named (B16, D16)."""
    shares = [one.share for one in measure.recipients if one.share is not None]
    share = own_share(measure)
    if share is None or share == 1 or len(shares) < 2:
        return award
    is_last = measure.recipients[-1].who == OWN

    def part(end: n.End) -> n.End:
        if isinstance(end, float):
            return end
        if not is_last:
            return exact(end * share // 1)
        return exact(end - sum(end * other // 1 for other in shares[:-1]))

    return n.lift(part, award)


def instalments(measure: t.Measure, amount: Amount | None) -> tuple[Number, ...]:
    """What each instalment pays, in fen: shares floored to the fen, the remainder to the last (B16, D13)."""
    if not measure.instalments or amount is None or amount.kind == "unstated":
        return ()
    total = amount.headline
    parts: list[Number] = []
    for share, _, _ in measure.instalments[:-1]:
        part = share if share > 1 else int(total * share)
        parts.append(min(exact(part), exact(total - sum(parts))))
    return (*parts, exact(total - sum(parts)))


def per(measure: t.Measure) -> str:
    return measure.subject


# ---------------------------------------------------------------- readings, notes, causes
def _other_readings(measure: t.Measure, made: m.Evaluated, ctx: Context) -> list[str]:
    found = []
    for _, other in m.other_readings(measure, made, ctx):
        if m.is_settled(other) and m.differs(made, other):
            found.append(f"按另一种读法：{reading_text(made, other, measure)}")
    return found


def reading_text(base: m.Evaluated, other: m.Evaluated, measure: t.Measure) -> str:
    """不符合 · 30万元 · 符合 30万元: the verdict where it differs, the amount where there is one."""
    verdict = verdict_of(other.state).label()
    amount = ""
    if other.state != F and other.amount is not None:
        worked = other.amount
        low = 0 if worked.low == -INF else worked.low
        amount = format_quantity(low, measure.dims)
        if worked.high == INF:
            amount += "以上"
        elif worked.high != worked.low:
            amount += "~" + format_quantity(worked.high, measure.dims)
    if other.state == base.state and amount:
        return amount
    return f"{verdict} {amount}".strip()


def _notes(trace: Trace) -> list[str]:
    found = list(trace.notes)
    for child in trace.children:
        found += _notes(child)
    return found


def _causes(trace: Trace) -> list[tuple[str, str]]:
    """What people must decide, each with the line it stands in; only while it can still matter."""
    found: dict[tuple[str, str], None] = {}

    def walk(node: Trace, line: str) -> None:
        line = node.text or line
        if node.state == T or node.state == F:
            return
        if node.op in ("atom", "part", "soft") or (node.op == "agree" and node.causes):
            for cause in node.causes:
                found[line, cause] = None
        for child in node.children:
            if child.op != "part":
                walk(child, line)

    walk(trace, "")
    return list(found)


def _amount_causes(made: m.Evaluated) -> list[tuple[str, str]]:
    """Why an amount stays a range when every fact is known: a person decides inside it."""
    amount = made.amount
    if amount is None or made.state == F or amount.point is not None:
        return []
    causes = [("奖励", cause) for cause in amount.causes]
    if not causes and "range" in amount.marks:
        causes.append(("奖励", "在写明的范围内由主管部门确定"))
    return causes


def _result_notes(
    measure: t.Measure, made: m.Evaluated, ctx: Context, program: t.Program
) -> list[str]:
    notes = [note for note in _notes(made.trace) if not note.startswith("并列")]
    notes += ctx.notes
    bound = bound_text(made.state)
    if bound:
        notes.append(bound)
    if made.amount is not None and "unstated" in made.amount.marks and made.amount.high == INF:
        words = "、".join(
            cause.partition("：")[2] for cause in made.amount.causes if cause.startswith(UNSTATED)
        )
        notes.append(f"金额未载明：{words}" if words else "金额未载明")
    if ctx.known_at is not None and ctx.as_of > ctx.known_at:
        ctx.conventions.add("C23")
        notes.append("按现有文件")
    if m.old_and_unrenewed(ctx.document, ctx.as_of):
        notes.append("年久待核")
    notes += [f"优先：{text}" for text in measure.priority]
    notes += [f"未尽：{text}" for text, _ in ctx.document.open_points]
    notes += list(measure.notes)
    for recipient in measure.recipients:
        if recipient.who != OWN:
            notes.append(f"领取：{recipient.who}")
    del program
    return notes


def _only_statement(missing: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Only items are missing that one signed statement settles: listings and faults (A7)."""
    if not missing:
        return False
    for name in missing:
        found = vocabulary.find(name)
        if found is None or found.type not in ("register", "event"):
            return False
    return True


# ---------------------------------------------------------------- totals
def totals(results: list[Result], program: t.Program) -> Totals:
    entries: list[comb.Counted] = []
    unstated = in_kind = to_convert = statements = 0
    reliefs: dict[str, list[comb.Counted]] = {form: [] for form in RELIEFS}
    notes: list[str] = []
    for one in results:
        statements += one.only_statement
        if one.state == F or one.amount is None or one.evaluated is None:
            continue
        if own_share(one.measure) is None or one.measure.dims == POINTS:
            continue
        if one.amount.kind == "unstated":
            unstated += 1
        elif one.amount.kind == "in_kind":
            in_kind += 1
        elif one.amount.kind == "to_convert":
            to_convert += 1
        elif forms := set(one.measure.form.split("、")) & RELIEFS:
            reliefs[min(forms)].append(_counted(one))
        else:
            entries.append(_counted(one))
    made = comb.combine(entries, program)
    # Alternatives on one matter exclude one another here too.
    relief = comb.combine(reliefs["减免"], program)
    deduction = comb.combine(reliefs["税前扣除"], program)
    if unstated:
        notes.append(f"另有{unstated}项金额未载明")
    if to_convert:
        notes.append(f"另有{to_convert}项待折算")
    verified: n.End = sum(
        (
            e.headline
            for e in entries
            if e.measure.id in made.chosen and e.measure.checked == "全文"
        ),
        0,
    )
    whole: n.End = sum((e.headline for e in entries if e.measure.id in made.chosen), 0)
    share: Number = 0
    if whole and whole != INF:
        share = n.exact_quotient(whole - verified, whole)  # type: ignore[arg-type]
    return Totals(
        certain=exact(made.low),  # type: ignore[arg-type]
        possible=None if made.high == INF else exact(made.high),  # type: ignore[arg-type]
        headline=exact(made.headline) if made.headline != INF else exact(made.low),  # type: ignore[arg-type]
        unstated=unstated,
        in_kind=in_kind,
        to_convert=to_convert,
        relief_low=exact(relief.low),  # type: ignore[arg-type]
        relief_high=None if relief.high == INF else exact(relief.high),  # type: ignore[arg-type]
        deduction_low=exact(deduction.low),  # type: ignore[arg-type]
        deduction_high=None if deduction.high == INF else exact(deduction.high),  # type: ignore[arg-type]
        only_statement_missing=statements,
        unverified_share=share,
        counted=made.chosen,
        dropped=made.dropped,
        notes=(*notes, *made.notes),
        missing=tuple(sorted(made.missing)),
    )


def _counted(one: Result) -> comb.Counted:
    """What a measure brings to the total: certain where 符合, from 0 where that is open (A17)."""
    amount = one.amount
    assert amount is not None and one.evaluated is not None
    low: n.End = amount.low if one.state == T else 0
    high: n.End = INF if amount.high is None else amount.high
    spans = (n.Span(low, low, high, high),)
    if one.state == T and one.missing_for_amount:
        spans = (n.Span(low, high, low, high),)
    headline = amount.headline if one.state == T else 0
    ctx = one.evaluated.ctx
    return comb.Counted(one.measure, Num(spans), ctx, headline, is_sure=one.state == T)
