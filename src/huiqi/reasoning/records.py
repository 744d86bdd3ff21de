"""Lists of records: counting, adding, the best of them, with members and completeness known in part (A11, A12)."""

from __future__ import annotations

from huiqi.language import tree as t
from huiqi.mechanisms import number as n
from huiqi.mechanisms.number import INF, NOTHING_MISSING, Num, Span, exactly, undefined
from huiqi.mechanisms.titles import lies_within
from huiqi.mechanisms.truth import FT, F, T
from huiqi.reasoning.context import SURE, CodeValue, Context, Observed, Trace, atom
from huiqi.reasoning.dispatch import code_of, state, value
from huiqi.reasoning.traces import combined
from huiqi.reasoning.values import under
from huiqi.reasoning.window import needed
from huiqi.vocabulary.calendar import DateRange
from huiqi.vocabulary.given import Facts, Records, fact_id


def records_of(kind: str, ctx: Context) -> Records | None:
    """The list of that kind: the enterprise's, or one inside the record asked about."""
    inner = ctx.subject.records.get(kind)
    return inner if inner is not None else ctx.firm.records.get(kind)


def member_trace(records: t.RecordSet, item: Facts, ctx: Context) -> Trace:
    """Whether one record meets every filter and lies in the window of the question."""
    inner = ctx.about(item, records.kind).within(None)
    traces = [state(one, inner) for one in records.filters]
    if ctx.window is not None:
        traces.append(_in_window(records, item, ctx))
    if not traces:
        return SURE
    if len(traces) == 1:
        return traces[0]
    return combined("all", traces)


def _in_window(records: t.RecordSet, item: Facts, ctx: Context) -> Trace:
    assert ctx.window is not None
    if not records.dated:
        return atom(FT, frozenset((fact_id("日期", "", item.label),)))
    entry = item.entry(records.dated)
    identity = fact_id(records.dated, "", item.label)
    if (
        entry is None
        or not entry.candidates
        or not isinstance(entry.candidates[0].value, DateRange)
    ):
        return atom(FT, frozenset((identity,)))
    return atom(lies_within(entry.candidates[0].value, ctx.window), frozenset((identity,)))


def list_missing(kind: str, ctx: Context) -> frozenset[str]:
    ctx.observed.append(Observed(kind, "", None))
    return frozenset((kind,))


def fold_records(node: t.RecordFold, ctx: Context) -> Num:
    found = records_of(node.records.kind, ctx)
    ctx.conventions.add("A11")
    if found is None:
        missing = list_missing(node.records.kind, ctx)
        if node.how not in ("count", "sum"):
            return _anywhere([], [], node.records.kind, False)
        return Num((Span(0, INF, 0, INF),), missing)
    nothing = {"min": INF, "max": -INF}.get(node.how, 0)
    values: list[Num] = []
    states = []
    for item in found.items:
        trace = member_trace(node.records, item, ctx)
        inner = ctx.about(item, node.records.kind).within(None)

        def worth(inner: Context = inner) -> Num:
            return exactly(1) if node.of is None else value(node.of, inner)

        if trace.state != F:
            states.append(trace)
            values.append(under(trace, worth, lambda: exactly(nothing)))  # type: ignore[arg-type]
    return _folded(node, values, states, found.complete)


def _folded(node: t.RecordFold, values: list[Num], states: list[Trace], complete: bool) -> Num:
    """The fold over the records that are or may be members; others do not enter it."""
    kind = node.records.kind
    if node.how in ("count", "sum"):
        made = n.total(values)
        return made if complete else _open(made, kind, above=True)
    if not values:
        return undefined("清单里没有这样的记录") if complete else _anywhere([], [], kind, False)
    if node.how == "mean":
        if complete and all(trace.state == T for trace in states):
            return n.multiply(n.total(values), exactly(n.exact_quotient(1, len(values))))
        return _anywhere(values, states, kind, complete)
    if all(trace.state != T for trace in states):
        return _anywhere(values, states, kind, complete)
    made = n.greatest(*values) if node.how == "max" else n.least(*values)
    return made if complete else _open(made, kind, above=node.how == "max")


def _anywhere(values: list[Num], states: list[Trace], kind: str, complete: bool) -> Num:
    """Some value between those of the possible members; none at all is possible too."""
    missing = frozenset().union(*(one.missing for one in values), *(needed(one) for one in states))
    missing = missing if complete else missing | {kind}
    return Num((Span(-INF, INF, -INF, INF),), missing, marks=frozenset(("perhaps_undefined",)))


def _open(value: Num, kind: str, above: bool) -> Num:
    """Further records may raise a sum, a count or a greatest value, and lower a least one."""
    if above:
        spans = tuple(Span(s.low_min, INF, s.high_min, INF) for s in value.spans)
    else:
        spans = tuple(Span(-INF, s.low_max, -INF, s.high_max) for s in value.spans)
    return Num(spans, value.missing | {kind}, value.causes, value.marks)


def fold_codes(node: t.RecordFold, ctx: Context) -> CodeValue:
    """The highest (or lowest) code over records; no record gives no code (the row 其他)."""
    table = ctx.program.tables[node.table]
    found = records_of(node.records.kind, ctx)
    if found is None:
        return CodeValue((), list_missing(node.records.kind, ctx), is_open=True)
    best: list[str] = []
    possible: list[str] = []
    missing: frozenset[str] = NOTHING_MISSING
    for item in found.items:
        trace = member_trace(node.records, item, ctx)
        if trace.state == F:
            continue
        assert node.of is not None
        inner = ctx.about(item, node.records.kind)
        code = code_of(node.of, inner)
        if trace.state == T and len(code.options) == 1:
            best.append(code.options[0])
        else:
            possible += code.options
            missing |= needed(trace) | code.missing
            if code.is_open:
                return CodeValue((), missing, is_open=True)
    pick = min if node.how == "max" else max
    if not found.complete:
        return CodeValue(tuple(best[:1]), missing | {node.records.kind}, is_open=True)
    if not best and not possible:
        return CodeValue(("",))
    sure = pick(best, key=table.rank) if best else None
    options = [] if sure is None and possible else [sure or ""]
    for code_option in possible:
        if sure is None or pick((sure, code_option), key=table.rank) == code_option:
            options.append(code_option)
    if sure is None and possible:
        options.append("")
    return CodeValue(tuple(dict.fromkeys(options)), missing)
