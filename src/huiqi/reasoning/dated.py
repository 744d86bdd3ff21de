"""Titles, registers and faults: entries with a date, in lists that may not be complete (A7, A10, C9, F10)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from huiqi.language import tree as t
from huiqi.mechanisms import titles, truth
from huiqi.mechanisms.truth import FT, F, State, T
from huiqi.reasoning import lookup
from huiqi.reasoning.context import NEVER, SURE, Context, Observed, Trace, atom
from huiqi.reasoning.dispatch import state
from huiqi.reasoning.spans import window_of
from huiqi.reasoning.traces import combined
from huiqi.vocabulary.given import Entries, Facts, Grant, Said, fact_id


def by_source(name: str, facts: Facts, ctx: Context, of: Callable[[Entries], Trace]) -> Trace:
    """The trace of what is on file under a name: open while nothing was said, no while it does not apply.

    Sources that disagree and are not ranked leave both possible (A8).
    """
    entry = facts.entry(name)
    identity = fact_id(name, "", facts.label)
    if entry is None or entry.said in (Said.NOT_ASKED, Said.NOT_KNOWN):
        ctx.observed.append(Observed(name, "", None, label=facts.label, kind=facts.kind))
        return atom(FT, frozenset((identity,)))
    if entry.said is Said.NOT_APPLICABLE:
        return atom(F)
    known = lookup.declaration(ctx, facts, name)
    candidates = lookup.ranked(entry.candidates, known.sources if known else ())
    traces = []
    for item in candidates:
        assert isinstance(item.value, Entries), "INVARIANT: a title holds entries"
        ctx.observed.append(
            Observed(name, "", item.value, item.source, item.on, facts.label, facts.kind)
        )
        traces.append(of(item.value))
    if len({trace.state for trace in traces}) == 1:
        return traces[0]
    ctx.conventions.add("A8")
    return atom(truth.either(trace.state for trace in traces), frozenset((f"核实：{identity}",)))


def title_holds(node: t.TitleHolds, ctx: Context) -> Trace:
    ctx.conventions.add("A10")
    traces = [_one_title(node, ref, ctx) for ref in node.titles]
    return traces[0] if len(traces) == 1 else combined("any", traces)


def _one_title(node: t.TitleHolds, ref: t.TitleRef, ctx: Context) -> Trace:
    facts = lookup.owner_of(ctx, ref.firm)
    return by_source(ref.name, facts, ctx, partial(_among_grants, node, ref, facts, ctx))


def _among_grants(
    node: t.TitleHolds, ref: t.TitleRef, facts: Facts, ctx: Context, entries: Entries
) -> Trace:
    """Whether one of the grants on file meets the verb and the filter."""
    notes: list[str] = []
    listed = frozenset((fact_id(ref.name, "", facts.label),))
    children = [
        _grant_counts(node, ref, index, entries, facts, ctx, notes)
        for index in range(len(entries.items))
    ]
    if not entries.complete:
        children.append(atom(FT, listed))
    if not children:
        return atom(F)
    made = children[0] if len(children) == 1 else combined("any", children)
    if made in (SURE, NEVER):
        made = atom(made.state)
    if made.op == "any" and all(child.op == "atom" and not child.causes for child in children):
        made = atom(made.state, frozenset().union(*(child.missing for child in children)))
    made.notes = (*made.notes, *notes)
    return made


def _grant_counts(
    node: t.TitleHolds,
    ref: t.TitleRef,
    index: int,
    entries: Entries,
    facts: Facts,
    ctx: Context,
    notes: list[str],
) -> Trace:
    grant = entries.items[index]
    missing = frozenset((fact_id(f"{ref.name}.授予日", "", facts.label),))
    if not entries.complete:
        missing |= {fact_id(ref.name, "", facts.label)}
    first_of_its_kind = node.verb == "首次获" and ref.where is not None
    found = (
        _newly(node, grant, ctx) if first_of_its_kind else _grant_state(node, index, entries, ctx)
    )
    if found == F and grant.under_review:
        notes.append("复核中")
    if found == F and grant.expires is not None and grant.expires < ctx.as_of and node.verb == "有":
        notes.append(f"已于 {grant.expires.isoformat()} 到期")
    made = atom(found, missing)
    if ref.where is None or found == F:
        return made
    parts = [made, _of_this_kind(ref, index, entries, ctx)]
    earlier = _earlier_of_this_kind(ref, index, entries, facts, ctx) if first_of_its_kind else []
    return combined("all", [*parts, combined("none", earlier)] if earlier else parts)


def _of_this_kind(ref: t.TitleRef, index: int, entries: Entries, ctx: Context) -> Trace:
    """Whether a grant meets the filter beside its name."""
    label = ref.name if len(entries.items) == 1 else f"{ref.name}{index + 1}"
    fields = entries.items[index].fields or Facts(kind=ref.name, label=label)
    assert ref.where is not None
    return state(ref.where, ctx.about(fields, ref.name))


def _earlier_of_this_kind(
    ref: t.TitleRef, index: int, entries: Entries, facts: Facts, ctx: Context
) -> list[Trace]:
    """Grants that came, or may have come, before this one and meet the same filter (C18)."""
    grant = entries.items[index]
    found = []
    for at, other in enumerate(entries.items):
        before = titles.is_earlier(other, grant) if at != index else F
        if before != F:
            missing = frozenset((fact_id(f"{ref.name}.授予日", "", facts.label),))
            parts = [atom(before, missing), _of_this_kind(ref, at, entries, ctx)]
            found.append(combined("all", parts))
    if not entries.complete:
        found.append(atom(FT, frozenset((fact_id(ref.name, "", facts.label),))))
    return found


def _grant_state(node: t.TitleHolds, index: int, entries: Entries, ctx: Context) -> State:
    grant = entries.items[index]
    if node.verb == "有":
        if node.period:
            return titles.held_within(grant, window_of(node.period, ctx))
        return titles.valid_on(grant, ctx.as_of)
    if node.verb == "曾获":
        if node.period:
            return titles.granted_within(grant, window_of(node.period, ctx))
        return T if grant.granted is None else titles.before_or_on(grant.granted, ctx.as_of)
    inside = _newly(node, grant, ctx)
    return truth.all_of((inside, truth.not_(_had_before(node.verb, grant, index, entries))))


def _newly(node: t.TitleHolds, grant: Grant, ctx: Context) -> State:
    """Whether a grant falls into the document's time, and into the period where one is given."""
    time = ctx.time
    ctx.conventions |= {"C2", "F10"}
    if time is None:
        return F
    inside = titles.granted_within(grant, time)
    if node.period:
        inside = truth.all_of((inside, titles.granted_within(grant, window_of(node.period, ctx))))
    return inside


def _had_before(verb: str, grant: Grant, index: int, entries: Entries) -> State:
    """Whether an earlier grant makes this one a renewal (获: of the same kind; 首次获: any at all)."""
    earlier: list[State] = [] if entries.complete else [FT]
    for at, other in enumerate(entries.items):
        if at == index:
            continue
        before = titles.is_earlier(other, grant)
        if verb == "获":
            before = truth.all_of((before, titles.same_kind(other, grant)))
        earlier.append(before)
    return truth.any_of(earlier)


def listed(node: t.Listed, ctx: Context) -> Trace:
    ctx.conventions.add("A7")
    facts = lookup.owner_of(ctx, node.firm)
    children = [
        by_source(name, facts, ctx, partial(_on_list, name, facts, ctx)) for name in node.registers
    ]
    return children[0] if len(children) == 1 else combined("any", children)


def _on_list(name: str, facts: Facts, ctx: Context, entries: Entries) -> Trace:
    identity = frozenset((fact_id(name, "", facts.label),))
    today = truth.any_of(titles.valid_on(item, ctx.as_of) for item in entries.items)
    return _absence(entries, identity, ctx) if today == F else atom(today, identity)


def _absence(entries: Entries, identity: frozenset[str], ctx: Context) -> Trace:
    """No entry is a no only if the list is complete and was queried on or after the day (A7)."""
    if entries.statement is not None:
        return atom(F, notes=("以企业承诺为据",))
    if not entries.complete or (entries.queried is not None and entries.queried < ctx.as_of):
        return atom(FT, identity)
    return atom(F)


def happened(node: t.Happened, ctx: Context) -> Trace:
    facts = lookup.owner_of(ctx, node.firm)
    if node.period:
        ctx.conventions.add("B14")
    children = [
        by_source(name, facts, ctx, partial(_faults, node, name, facts, ctx))
        for name in node.events
    ]
    return children[0] if len(children) == 1 else combined("any", children)


def _faults(node: t.Happened, name: str, facts: Facts, ctx: Context, entries: Entries) -> Trace:
    identity = frozenset((fact_id(name, "", facts.label),))
    window = window_of(node.period, ctx) if node.period else None
    states = []
    for item in entries.items:
        if window is not None:
            states.append(titles.granted_within(item, window))
        elif item.granted is None:
            states.append(T)
        else:
            states.append(titles.before_or_on(item.granted, ctx.as_of))
    found = truth.any_of(states)
    return _absence(entries, identity, ctx) if found == F else atom(found, identity)
