"""Reads facts: numbers, dates, codes, yes/no, with what is missing and where each value came from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from huiqi.language import tree as t
from huiqi.mechanisms.number import INF, NOTHING_MISSING, Num, Span, undefined, unknown
from huiqi.mechanisms.truth import FT, F, State, either, truth
from huiqi.reasoning.context import CodeValue, Context, DateValue, Observed
from huiqi.vocabulary.calendar import DateRange
from huiqi.vocabulary.declare import Declaration
from huiqi.vocabulary.given import Bounds, Candidate, Entries, Entry, Facts, Said, fact_id

CONSOLIDATES = "编制合并报表"


def owner_of(ctx: Context, firm: bool) -> Facts:
    return ctx.firm if firm else ctx.subject


def declaration(ctx: Context, facts: Facts, name: str) -> Declaration | None:
    if facts.kind != "企业":
        owner = ctx.vocabulary.find(facts.kind)
        return owner.fields.get(name) if owner else None
    return ctx.vocabulary.find(name)


def ranked(candidates: Iterable[Candidate], sources: tuple[str, ...]) -> tuple[Candidate, ...]:
    """The candidates of the best source, where the vocabulary ranks all of them; else all (A8)."""
    found = tuple(candidates)
    if len(found) < 2:
        return found
    places = [sources.index(item.source) if item.source in sources else None for item in found]
    if any(place is None for place in places):
        return found
    best = min(place for place in places if place is not None)
    return tuple(item for item, place in zip(found, places, strict=True) if place == best)


def _see(
    ctx: Context, facts: Facts, name: str, period: str, candidates: tuple[Candidate, ...]
) -> None:
    if not candidates:
        ctx.observed.append(Observed(name, period, None, label=facts.label, kind=facts.kind))
    for item in candidates:
        ctx.observed.append(
            Observed(name, period, item.value, item.source, item.on, facts.label, facts.kind)
        )


def number(node: t.FactNumber, ctx: Context) -> Num:
    facts = owner_of(ctx, node.firm)
    name = node.name
    period = ""
    if node.annual:
        assert ctx.year is not None, "INVARIANT: the checker supplies a year to every annual fact"
        period = str(ctx.year)
        ctx.conventions.add("C22" if node.twin else "C10")
    if node.twin:
        group = _consolidated(node, facts, period, ctx)
        if group is not None:
            return group
        ctx.conventions.add("F2")
    return read_number(ctx, facts, name, period, node.minimum)


def _consolidated(node: t.FactNumber, facts: Facts, period: str, ctx: Context) -> Num | None:
    """The group's figure under F2 乙, where the enterprise draws up consolidated accounts; else None."""
    if ctx.chosen("F2") != "乙":
        return None
    entry = facts.entry(CONSOLIDATES)
    if entry and entry.candidates and entry.candidates[0].value is False:
        return None
    if entry is not None and entry.said is Said.NOT_APPLICABLE:
        return None
    twin = facts.entry(node.twin, period)
    if twin is not None and twin.said is Said.NOT_APPLICABLE:
        return None  # a firm without a group has its own figures alone
    if (entry is None or not entry.candidates) and twin is None:
        _see(ctx, facts, CONSOLIDATES, "", ())  # one question settles it for a firm without a group
        return unknown(CONSOLIDATES, -INF if node.minimum is None else node.minimum)
    return read_number(ctx, facts, node.twin, period, node.minimum)


def read_number(
    ctx: Context, facts: Facts, name: str, period: str, minimum: int | object | None
) -> Num:
    entry = facts.entry(name, period)
    identity = fact_id(name, period, facts.label)
    low = -INF if minimum is None else minimum
    if entry is None or entry.said in (Said.NOT_ASKED, Said.NOT_KNOWN):
        if entry is None and period.isdecimal() and not ctx.existed_in(int(period)):
            return undefined("成立不满")
        _see(ctx, facts, name, period, ())
        return unknown(identity, low)  # type: ignore[arg-type]
    if entry.said is Said.NOT_APPLICABLE:
        ctx.observed.append(Observed(name, period, "不适用", label=facts.label, kind=facts.kind))
        made = undefined(f"不适用：{identity}")
        return Num(made.spans, causes=made.causes, marks=made.marks | {"na"})
    known = declaration(ctx, facts, name)
    candidates = ranked(entry.candidates, known.sources if known else ())
    _see(ctx, facts, name, period, candidates)
    spans = []
    for item in candidates:
        value = item.value
        if isinstance(value, Bounds):
            first = low if value.low is None else value.low
            last = INF if value.high is None else value.high
            spans.append(Span(first, last, first, last))  # type: ignore[arg-type]
        else:
            spans.append(Span(value, value, value, value))  # type: ignore[arg-type]
    unique = tuple(dict.fromkeys(spans))
    if len(unique) == 1:
        only = unique[0]
        missing = NOTHING_MISSING if only.is_known else frozenset((identity,))
        return Num(unique, missing)
    ctx.conventions.add("A8")
    return Num(unique, frozenset((f"核实：{identity}",)))


def day(node: t.Node, ctx: Context) -> DateValue:
    """A date: written, the as-of day, a fact's, or that of a title."""
    if isinstance(node, t.Clause):
        return day(node.of, ctx)
    if isinstance(node, t.DateConstant):
        return DateValue(DateRange(node.value, node.value))
    if isinstance(node, t.AsOfDate):
        return DateValue(DateRange(ctx.as_of, ctx.as_of))
    if isinstance(node, t.FactDate):
        return _fact_day(owner_of(ctx, node.firm), node.name, ctx)
    if isinstance(node, t.TitleDate):
        return _title_day(owner_of(ctx, node.firm), node, ctx)
    if isinstance(node, t.UseValue):
        definition = ctx.program.definitions[node.definition]
        return day(definition.body, ctx)
    raise AssertionError(f"INVARIANT: {type(node).__name__} is no date")


def _fact_day(facts: Facts, name: str, ctx: Context) -> DateValue:
    entry = facts.entry(name)
    identity = fact_id(name, "", facts.label)
    if entry is not None and entry.said is Said.NOT_APPLICABLE:
        return DateValue(None, undefined=f"不适用：{identity}")
    if entry is None or not entry.candidates:
        _see(ctx, facts, name, "", ())
        return DateValue(None, frozenset((identity,)))
    known = declaration(ctx, facts, name)
    candidates = ranked(entry.candidates, known.sources if known else ())
    _see(ctx, facts, name, "", candidates)
    days = [item.value for item in candidates if isinstance(item.value, DateRange)]
    first, last = min(d.first for d in days), max(d.last for d in days)
    hull = DateRange(first, last)
    return DateValue(hull, NOTHING_MISSING if hull.is_exact else frozenset((identity,)))


def _title_day(facts: Facts, node: t.TitleDate, ctx: Context) -> DateValue:
    entry = facts.entry(node.title)
    identity = fact_id(f"{node.title}.{node.which}", "", facts.label)
    _see(ctx, facts, node.title, "", entry.candidates if entry else ())
    if entry and entry.candidates and isinstance(entry.candidates[0].value, Entries):
        items = entry.candidates[0].value.items
        dated = [item for item in items if item.granted is not None]
        if dated:
            latest = max(dated, key=lambda item: item.granted or DateRange(date.min, date.min))
            days = latest.granted if node.which == "授予日" else None
            if node.which == "有效至" and latest.expires is not None:
                days = DateRange(latest.expires, latest.expires)
            if days is not None:
                return DateValue(days, NOTHING_MISSING if days.is_exact else frozenset((identity,)))
    if entry is None:
        identity = fact_id(node.title, "", facts.label)  # the title itself is asked, with its date
    return DateValue(None, frozenset((identity,)))


def _period(annual: bool, ctx: Context) -> str:
    if not annual:
        return ""
    assert ctx.year is not None, "INVARIANT: the checker supplies a year to every annual fact"
    return str(ctx.year)


def yes(node: t.FactYes, ctx: Context) -> tuple[State, frozenset[str]]:
    facts = owner_of(ctx, node.firm)
    period = _period(node.annual, ctx)
    entry = facts.entry(node.name, period)
    identity = fact_id(node.name, period, facts.label)
    if entry is None or (not entry.candidates and entry.said is not Said.NOT_APPLICABLE):
        _see(ctx, facts, node.name, period, ())
        return FT, frozenset((identity,))
    if entry.said is Said.NOT_APPLICABLE:
        return F, NOTHING_MISSING
    known = declaration(ctx, facts, node.name)
    candidates = ranked(entry.candidates, known.sources if known else ())
    _see(ctx, facts, node.name, period, candidates)
    state = either(truth(item.value is True) for item in candidates)
    return state, (NOTHING_MISSING if state.is_settled else frozenset((f"核实：{identity}",)))


def code(node: t.FactCode, ctx: Context) -> CodeValue:
    facts = owner_of(ctx, node.firm)
    period = _period(node.annual, ctx)
    entry = facts.entry(node.name, period)
    identity = fact_id(node.name, period, facts.label)
    if entry is None or entry.said in (Said.NOT_ASKED, Said.NOT_KNOWN):
        _see(ctx, facts, node.name, period, ())
        return CodeValue((), frozenset((identity,)), is_open=True)
    if entry.said is Said.NOT_APPLICABLE:
        return CodeValue((), undefined=f"不适用：{identity}")
    known = declaration(ctx, facts, node.name)
    candidates = ranked(entry.candidates, known.sources if known else ())
    _see(ctx, facts, node.name, period, candidates)
    if node.many:
        held = tuple(
            dict.fromkeys(
                one
                for item in candidates
                for one in (item.value if isinstance(item.value, tuple) else (item.value,))
                if isinstance(one, str)
            )
        )
        return CodeValue(held, frozenset((identity,)), every=True)
    options = tuple(dict.fromkeys(item.value for item in candidates if isinstance(item.value, str)))
    missing = frozenset((f"核实：{identity}",)) if len(options) > 1 else frozenset((identity,))
    return CodeValue(options, missing)


def text(node: t.FactText, ctx: Context) -> tuple[tuple[str, ...], frozenset[str]]:
    """(possible texts, missing); no text = unknown."""
    facts = owner_of(ctx, node.firm)
    entry: Entry | None = facts.entry(node.name)
    identity = fact_id(node.name, "", facts.label)
    if entry is not None and entry.said is Said.NOT_APPLICABLE:
        return ("",), NOTHING_MISSING  # there is no such text, so it is none of those named
    if entry is None or not entry.candidates:
        _see(ctx, facts, node.name, "", ())
        return (), frozenset((identity,))
    known = declaration(ctx, facts, node.name)
    candidates = ranked(entry.candidates, known.sources if known else ())
    _see(ctx, facts, node.name, "", candidates)
    return tuple(str(item.value) for item in candidates), frozenset((f"核实：{identity}",))
