"""One measure asked of one enterprise: its state, its amount, and what both rest on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from huiqi.language import tree as t
from huiqi.mechanisms import number as n
from huiqi.mechanisms import truth
from huiqi.mechanisms.number import Num, Span, exactly
from huiqi.mechanisms.truth import FT, F, State, T
from huiqi.reasoning import history, limits
from huiqi.reasoning.context import Context, Observed, Trace, atom
from huiqi.reasoning.due import due, nothing_is_a_no
from huiqi.reasoning.interpret import MEANING, state, value
from huiqi.reasoning.traces import combined
from huiqi.vocabulary.calendar import add_years
from huiqi.vocabulary.declare import Vocabulary
from huiqi.vocabulary.given import Facts, Records
from huiqi.vocabulary.units import POINTS

FIRM = "企业"
NOTHING_DUE_TEXT = "计得金额为0"
NOT_YET = "尚未施行"
AFTER_THE_END = "期满后受理"


@dataclass(slots=True)
class Evaluated:
    """What the interpreter found: the trace, the amount given that it is granted, and the marks around them."""

    trace: Trace
    amount: Num | None
    ctx: Context
    items: list[Evaluated] = field(default_factory=list)
    label: str = ""

    @property
    def state(self) -> State:
        return self.trace.state


@dataclass(frozen=True, slots=True)
class Question:
    """Whose facts, on which day, with what was known when (C1)."""

    firm: Facts
    as_of: date
    known_at: date | None = None


def context_for(
    measure: t.Measure, program: t.Program, vocabulary: Vocabulary, question: Question
) -> Context:
    head = _as_to(measure, program.documents[measure.document])
    year = year_of_measure(measure.year, question.as_of)
    last = year if year is not None and measure.year[:1].isdecimal() else question.as_of.year - 1
    choice: dict[str, str] = dict(head.choices)
    notes: list[str] = []
    for reply in head.replies:
        if reply.measure in (measure.name, "全部") and reply.day <= question.as_of:
            choice[reply.key] = reply.choice
            notes.append(
                f"{reply.day.isoformat()} 答复：{reply.key} 按{reply.choice}（{reply.note}）"
            )
    ctx = Context(
        MEANING,
        program,
        vocabulary,
        question.firm,
        question.firm,
        question.as_of,
        head,
        question.known_at,
        measure,
        year,
        last,
        choice,
    )
    ctx.notes += notes
    return ctx


def _as_to(measure: t.Measure, head: t.Document) -> t.Document:
    """The document as it holds for this measure: it ends where the measure's next edition begins."""
    if measure.superseded_from is None:
        return head
    last = measure.superseded_from - timedelta(days=1)
    return head if head.ends is not None and head.ends <= last else replace(head, ends=last)


def year_of_measure(word: str, as_of: date) -> int | None:
    if not word:
        return None
    fixed = {"上年度": -1, "前年度": -2, "当年": 0, "所属年度": -1}
    return as_of.year + fixed[word] if word in fixed else int(word[:4])


def evaluate(measure: t.Measure, ctx: Context) -> Evaluated:
    """The state and amount of a measure for the enterprise, over all its records where it is about records (F1)."""
    if measure.subject == FIRM:
        made = evaluate_subject(measure, ctx)
        if made.amount is not None and made.state != F:
            made.amount = limits.over_subject(measure, made.amount, ctx)
            made.amount = limits.within_budget(measure, made.amount, ctx)
            _mind_used_up(measure, made, ctx)
        return made
    ctx.conventions.add("F1")
    found = ctx.firm.records.get(measure.subject, Records((), complete=False))
    if not found.items and found.complete:
        return Evaluated(atom(F, notes=("无对象",)), None, ctx)
    items = [_one_record(measure, item, ctx) for item in found.items]
    children = [one.trace for one in items]
    another = None if found.complete else _any_other_record(measure, ctx)
    if another is not None:
        children.append(another.trace)
    trace = children[0] if len(children) == 1 else combined("any", children)
    made = Evaluated(trace, _amount_of_records(measure, items, another, ctx), ctx, items)
    _mind_used_up(measure, made, ctx)
    return made


def _mind_used_up(measure: t.Measure, made: Evaluated, ctx: Context) -> None:
    """A lifetime limit that earlier awards have filled leaves nothing due (A16)."""
    if made.amount is None or made.state == F or not measure.limits:
        return
    full = limits.used_up(measure, ctx)
    if full == T:
        made.trace = combined("all", [made.trace, atom(F, notes=(NOTHING_DUE_TEXT,))])
        made.amount = exactly(0)
    elif full != F:
        left = atom(FT, frozenset((history.granted_id(ctx),)))
        left.text = "计得金额大于0"
        made.trace = combined("all", [made.trace, left])


def _one_record(measure: t.Measure, item: Facts, ctx: Context) -> Evaluated:
    inner = ctx.about(item, measure.subject).apart()
    one = evaluate_subject(measure, inner)
    one.label = item.label
    one.trace.text = item.label or measure.subject
    one.ctx = inner
    ctx.observed += inner.observed
    ctx.notes += [note for note in inner.notes if note not in ctx.notes]
    return one


def _any_other_record(measure: t.Measure, ctx: Context) -> Evaluated:
    """A record that may be on a list not known in full: nothing is known of it, and the list itself is what is asked.

    Where the enterprise's own conditions fail, no record can help.
    """
    kind = measure.subject
    label = f"{kind}？"
    one = evaluate_subject(measure, ctx.about(Facts(kind, label, {}), kind).apart())
    trace = combined(
        "all", [atom(FT, frozenset((kind,))), _asking_for_list(one.trace, label, kind)]
    )
    trace.text = "" if one.state == F else f"{kind}（清单未查全）"
    ctx.observed.append(Observed(kind, "", None))
    return Evaluated(trace, one.amount, one.ctx)


def _asking_for_list(trace: Trace, label: str, kind: str) -> Trace:
    """The same trace with the unknown record's fields replaced by its list."""
    missing = frozenset(kind if f"{label}." in name else name for name in trace.missing)
    seen = tuple(one for one in trace.observed if one.label != label)
    children = [_asking_for_list(child, label, kind) for child in trace.children]
    return replace(trace, missing=missing, observed=seen, children=children)


def _amount_of_records(
    measure: t.Measure, items: list[Evaluated], another: Evaluated | None, ctx: Context
) -> Num | None:
    if measure.amount is None:
        return None
    granted = [
        limits.Awarded(one.trace, one.amount, one.ctx)
        for one in items
        if one.state != F and one.amount is not None
    ]
    total = limits.over_records(measure, granted, ctx) if granted else None
    if another is None or another.state == F:
        return total
    more = limits.open_list(measure, another.amount, ctx)
    if total is None or more is None:
        return more
    hull = n.hull_of(total)
    low, high = hull.low_min, hull.high_min
    if not any(one.trace.state == T for one in granted):
        # It may be granted for the other record alone.
        low, high = min(low, more.low), min(high, more.low)
    spans = (Span(low, more.high, high, more.high),)
    return Num(spans, total.missing | {measure.subject}, total.causes, total.marks)


def evaluate_subject(measure: t.Measure, ctx: Context) -> Evaluated:
    """The measure for one subject: document time, conditions, and (A16) that something is due at all."""
    parts = document_time(measure, ctx)
    parts.append(state(measure.condition, ctx))
    conditions = parts[0] if len(parts) == 1 else combined("all", parts)
    if measure.amount is None:
        return Evaluated(conditions, None, ctx)
    if conditions.state == F:
        return Evaluated(conditions, None, ctx)
    inner = ctx.fork()
    inner.parts = []
    amount = value(measure.amount, inner)
    amount = limits.per_item(measure, amount, ctx)
    if measure.dims != POINTS:
        amount = n.round_fen(amount)
        ctx.conventions.add("B16")
    if ctx.document.discretion:
        ctx.conventions.add("D18")
        ctx.notes.append(f"综合裁量：{ctx.document.discretion}")
        amount = replace(
            amount,
            spans=tuple(Span(0, 0, s.high_min, s.high_max) for s in amount.spans),
            marks=amount.marks | {"ceiling"},
        )
    ctx.parts += inner.parts
    if not measure.can_be_nothing:
        return Evaluated(conditions, amount, ctx)
    found = due(measure.amount, ctx.apart())
    ctx.conventions.add("A16")
    if found.state == F:
        made = combined("all", [conditions, atom(F, notes=(NOTHING_DUE_TEXT,))])
        made.notes = (NOTHING_DUE_TEXT,)
        return Evaluated(made, exactly(0), ctx)
    if found.state == T:
        return Evaluated(conditions, amount, ctx)
    found.text = found.text or "计得金额大于0"
    if nothing_is_a_no(measure.amount, ctx):
        amount = n.without_nothing(amount)
    return Evaluated(combined("all", [conditions, found]), amount, ctx)


# ---------------------------------------------------------------- the document's time
def document_time(measure: t.Measure, ctx: Context) -> list[Trace]:
    """Before 施行 nothing can be applied for (C4); after the end a one-time event inside still may count (C6)."""
    head = ctx.document
    if head.in_force is not None and ctx.as_of < head.in_force:
        return [
            Trace("atom", F, "文件施行", notes=(NOT_YET, f"{head.in_force.isoformat()} 起施行"))
        ]
    if head.ends is None or ctx.as_of <= head.ends:
        return []
    ended = f"文件已于 {head.ends.isoformat()} 到期"
    if not measure.one_time:
        return [Trace("atom", F, "文件有效期", notes=(ended,))]
    ctx.conventions.add("C6")
    if head.continues:
        kept = ("存量承诺",) if measure.term is not None or measure.instalments else ()
        return [Trace("atom", T, "文件有效期", notes=(f"{ended}；{head.continues}", *kept))]
    if _has_successor(measure, ctx):
        ctx.conventions.add("C3")
        return [
            Trace("atom", T, "文件有效期", notes=(f"{ended}；已有后续版本，按事件发生时的版本",))
        ]
    return [Trace("atom", truth.J, "文件有效期", causes=(AFTER_THE_END,), notes=(ended,))]


def _has_successor(measure: t.Measure, ctx: Context) -> bool:
    if any(measure.document in other.replaces for other in ctx.program.documents.values()):
        return True
    spelled = " ".join((measure.document, measure.name))
    return any(
        spelled in (" ".join(other.edition_of), *other.edition_of)
        for other in ctx.program.measures.values()
        if other.edition_of
    )


def old_and_unrenewed(head: t.Document, as_of: date) -> bool:
    """No end is written and the text is over five years old (C5: 年久待核)."""
    start = head.in_force or head.issued
    return head.ends is None and start is not None and add_years(start, 5) <= as_of


# ---------------------------------------------------------------- second readings
def other_readings(
    measure: t.Measure, base: Evaluated, ctx: Context
) -> list[tuple[str, Evaluated]]:
    """The 备注 readings that came up, each worked out with every other at its 甲 (I3)."""
    touched: set[str] = set(ctx.touched)
    for one in base.items:
        touched |= one.ctx.touched
    found = []
    for key in sorted(touched - set(ctx.choice)):
        inner = replace(
            ctx.choosing(key, "乙"),
            touched=set(),
            observed=[],
            notes=[],
            conventions=set(),
            parts=[],
        )
        found.append((key, evaluate(measure, inner)))
    return found


def is_settled(made: Evaluated) -> bool:
    return made.state.is_settled and (made.amount is None or made.amount.is_known)


def differs(one: Evaluated, other: Evaluated) -> bool:
    if one.state != other.state:
        return True
    if one.state == F:
        return False
    first, second = one.amount, other.amount
    if first is None or second is None:
        return first is not second
    return first.spans != second.spans
