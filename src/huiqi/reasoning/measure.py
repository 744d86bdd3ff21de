"""One measure asked of one enterprise: its state, its amount, and what both rest on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from huiqi.language import tree as t
from huiqi.mechanisms import number as n
from huiqi.mechanisms import truth
from huiqi.mechanisms.number import INF, Num, Span, exactly
from huiqi.mechanisms.truth import FT, F, State, T
from huiqi.reasoning import history
from huiqi.reasoning.conditions import combined, state
from huiqi.reasoning.context import Context, Trace, atom
from huiqi.reasoning.due import due
from huiqi.reasoning.values import value
from huiqi.reasoning.window import needed
from huiqi.vocabulary.calendar import add_years
from huiqi.vocabulary.declare import Vocabulary
from huiqi.vocabulary.given import Facts
from huiqi.vocabulary.units import POINTS

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
    head = program.documents[measure.document]
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


def year_of_measure(word: str, as_of: date) -> int | None:
    if not word:
        return None
    fixed = {"上年度": -1, "前年度": -2, "当年": 0, "所属年度": -1}
    return as_of.year + fixed[word] if word in fixed else int(word[:4])


def evaluate(measure: t.Measure, ctx: Context) -> Evaluated:
    """The state and amount of a measure for the enterprise, over all its records where it is about records (F1)."""
    if measure.subject == "企业":
        made = evaluate_subject(measure, ctx)
        if made.amount is not None and made.state != F:
            made.amount = _limited(measure, [made], made.amount, ctx)
            if _is_used_up(measure, ctx):
                made.trace = combined("all", [made.trace, atom(F, notes=(NOTHING_DUE_TEXT,))])
        return made
    ctx.conventions.add("F1")
    found = ctx.firm.records.get(measure.subject)
    if found is None:
        missing = atom(FT, frozenset((measure.subject,)))
        return Evaluated(
            combined("all", [*document_time(measure, ctx), missing]), _open_amount(measure), ctx
        )
    if not found.items and found.complete:
        return Evaluated(atom(F, notes=("无对象",)), None, ctx)
    items: list[Evaluated] = []
    for item in found.items:
        inner = replace(ctx, observed=[], notes=[], parts=[]).about(item, measure.subject)
        one = evaluate_subject(measure, inner)
        one.label = item.label
        one.trace.text = item.label or measure.subject
        one.ctx = inner
        ctx.observed += inner.observed
        ctx.notes += [note for note in inner.notes if note not in ctx.notes]
        items.append(one)
    children = [one.trace for one in items]
    if not found.complete:
        children.append(atom(FT, frozenset((measure.subject,))))
    trace = children[0] if len(children) == 1 else combined("any", children)
    return Evaluated(trace, _sum_of_items(measure, items, found.complete, ctx), ctx, items)


def _open_amount(measure: t.Measure) -> Num | None:
    return (
        None
        if measure.amount is None
        else Num((Span(0, INF, 0, INF),), frozenset((measure.subject,)))
    )


def evaluate_subject(measure: t.Measure, ctx: Context) -> Evaluated:
    """The measure for one subject: document time, conditions, and (A16) that something is due at all."""
    parts = document_time(measure, ctx)
    parts.append(state(measure.condition, ctx))
    conditions = parts[0] if len(parts) == 1 else combined("all", parts)
    if measure.amount is None:
        return Evaluated(conditions, None, ctx)
    if conditions.state == F:
        return Evaluated(conditions, None, ctx)
    inner = replace(ctx, parts=[])
    amount = value(measure.amount, inner)
    amount = _per_item_limits(measure, amount, ctx)
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
    found = due(measure.amount, replace(ctx, parts=[], observed=[], notes=[]))
    ctx.conventions.add("A16")
    if found.state == F:
        made = combined("all", [conditions, atom(F, notes=(NOTHING_DUE_TEXT,))])
        made.notes = (NOTHING_DUE_TEXT,)
        return Evaluated(made, exactly(0), ctx)
    if found.state == T:
        return Evaluated(conditions, amount, ctx)
    found.text = found.text or "计得金额大于0"
    return Evaluated(combined("all", [conditions, found]), n.without_nothing(amount), ctx)


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


# ---------------------------------------------------------------- several records, limits
def _sum_of_items(
    measure: t.Measure, items: list[Evaluated], complete: bool, ctx: Context
) -> Num | None:
    if measure.amount is None:
        return None
    granted = [one for one in items if one.state != F and one.amount is not None]
    if not granted:
        return None
    total = _limited(measure, granted, None, ctx)
    if not complete:
        total = Num(
            tuple(Span(s.low_min, INF, s.high_min, INF) for s in total.spans),
            total.missing | {measure.subject},
            total.causes,
            total.marks,
        )
    return total


def counted(one: Evaluated, alone: bool) -> Num:
    """What one record enters a sum with: its amount where it is granted, from 0 where that is open (A17)."""
    amount = one.amount
    assert amount is not None
    if alone or one.state == T:
        return amount
    spans = tuple(Span(0, 0, s.high_min, s.high_max) for s in amount.spans)
    if not one.state.is_settled:
        spans = tuple(Span(0, s.low_max, 0, s.high_max) for s in amount.spans)
    return Num(spans, amount.missing | needed(one.trace), amount.causes, amount.marks)


def _per_item_limits(measure: t.Measure, amount: Num, ctx: Context) -> Num:
    for limit in measure.limits:
        if limit.counts or not set(limit.scopes) & {"每项", "每人"} or "每户" in limit.scopes:
            continue
        amount = n.capped(amount, value(limit.limit, ctx))
    return amount


def _limited(measure: t.Measure, items: list[Evaluated], single: Num | None, ctx: Context) -> Num:
    """Count limits take the best records (D11), then the subject's caps (F9, D12)."""
    alone = len(items) == 1
    amounts = [(one, counted(one, alone)) for one in items] if single is None else []
    for limit in measure.limits:
        if not limit.counts or single is not None or "每户" not in limit.scopes:
            continue
        count = value(limit.limit, ctx).point
        if count is None:
            continue
        inside = [
            pair for pair in amounts if limit.condition is None or _meets(limit.condition, pair[0])
        ]
        ctx.conventions.add("D11")
        if len(inside) > count:
            best = sorted(inside, key=lambda pair: (pair[1].high, pair[1].low), reverse=True)
            dropped = {id(pair[0]) for pair in best[int(count) :]}
            amounts = [pair for pair in amounts if id(pair[0]) not in dropped]
            ctx.notes.append(f"每户最多 {int(count)} 项，取最高的")
    total = single if single is not None else n.total(amount for _, amount in amounts)
    for limit in measure.limits:
        if limit.counts or not set(limit.scopes) & {"每户", "总额"}:
            continue
        if limit.condition is not None and state(limit.condition, ctx).state == F:
            continue
        cap = value(limit.limit, ctx)
        if "每年" not in limit.scopes:
            earlier = history.granted(ctx)
            if earlier is not None:
                cap = n.greatest(n.subtract(cap, earlier), exactly(0))
                ctx.conventions.add("D12")
        ctx.conventions.add("D11")
        total = n.capped(total, cap)
    return total


def _is_used_up(measure: t.Measure, ctx: Context) -> bool:
    """A lifetime cap that earlier awards have filled leaves nothing due (A16)."""
    earlier = history.granted(ctx)
    if earlier is None or earlier.point is None:
        return False
    return any(
        not limit.counts
        and "每户" in limit.scopes
        and "每年" not in limit.scopes
        and value(limit.limit, ctx).high <= earlier.point
        for limit in measure.limits
    )


def _meets(condition: t.Node, one: Evaluated) -> bool:
    return state(condition, one.ctx).state != F


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
