"""What happened before: the highest earlier year (C18, C19) and money already granted for the same matter (C20, E5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from huiqi.language import tree as t
from huiqi.mechanisms import number as n
from huiqi.mechanisms.first_time import steps_reached
from huiqi.mechanisms.number import INF, Num, Span, exactly
from huiqi.reasoning.context import Context, Observed
from huiqi.reasoning.dispatch import value
from huiqi.vocabulary.given import HIGHEST_BEFORE, Bounds, Facts, Said
from huiqi.vocabulary.units import Number

GRANTED = "此前已获"


@dataclass(frozen=True, slots=True)
class Before:
    """The highest earlier value, and the year it was reached where every year is known."""

    value: Num
    years: tuple[tuple[int, Number], ...] = ()


def year_in_time(year: int, ctx: Context) -> bool:
    """A yearly figure is an event of 31 December (C2); whether it lies in the document's time (C4)."""
    head = ctx.document
    day = date(year, 12, 31)
    first = head.awards_from or head.in_force
    last = head.awards_to or head.ends
    return (first is None or day >= first) and (last is None or day <= last)


def highest_before(subject: t.Node, ctx: Context) -> Before:
    """The highest value of all years from founding to the year before; unknown years leave it open (C19).

    `此前最高 X` stands for all years that are not given one by one. Under 约定 C18乙 only the document's years count.
    """
    assert ctx.year is not None
    name, facts = _fact_of(subject, ctx)
    first = _first_year(ctx)
    since = ctx.document.awards_from or ctx.document.in_force
    if ctx.chosen("C18") == "乙" and since is not None:
        first = max(first or since.year, since.year)
    known: list[tuple[int, Number]] = []
    low: n.End = 0
    high: n.End = 0
    given_high: n.End = 0  # over the years that are given, as points or ranges
    years = range(first, ctx.year) if first is not None else _known_years(facts, name, ctx.year)
    for year in years:
        at = value(subject, ctx.at_year(year))
        if "na" in at.marks:
            continue  # no such figure that year
        if at.point is not None:
            known.append((year, at.point))
        low, high = max(low, at.low), max(high, at.high)
        if at.high != INF:
            given_high = max(given_high, at.high)
    missing = frozenset((f"{HIGHEST_BEFORE} {name or '数额'}",))
    if first is not None and high != INF:
        return Before(_between(low, high, missing), tuple(known))
    declared = facts.entry(name, HIGHEST_BEFORE) if name else None
    if declared is not None and declared.candidates:
        item = declared.candidates[0].value
        if isinstance(item, Bounds):
            item_low, item_high = item.low or 0, INF if item.high is None else item.high
        else:
            assert isinstance(item, int | Fraction), "INVARIANT: 此前最高 holds a number"
            item_low = item_high = item
        ctx.observed.append(Observed(name, HIGHEST_BEFORE, item))
        found = _between(max(item_low, low), max(item_high, given_high), missing)
        return Before(found, tuple(known))
    ctx.observed.append(Observed(name, HIGHEST_BEFORE, None))
    return Before(_between(low, INF, missing), tuple(known))


def _between(low: n.End, high: n.End, missing: frozenset[str]) -> Num:
    return Num((Span(low, high, low, high),), missing if low != high else n.NOTHING_MISSING)


def _fact_of(subject: t.Node, ctx: Context) -> tuple[str, Facts]:
    node = subject
    while isinstance(node, t.Clause):
        node = node.of
    if isinstance(node, t.FactNumber):
        return node.name, ctx.firm if node.firm else ctx.subject
    return "", ctx.firm


def _first_year(ctx: Context) -> int | None:
    founded = ctx.founded
    return founded.first.year if founded is not None else None


def _known_years(facts: Facts, name: str, before: int) -> list[int]:
    return [year for year in facts.years(name) if year < before]


def granted_id(ctx: Context) -> str:
    measure = ctx.measure
    return f"{GRANTED} {measure.matters[0] if measure and measure.matters else measure.name if measure else ''}"


def granted(ctx: Context) -> Num | None:
    """Money already granted for this measure or one of its matters; None where nothing was said."""
    measure = ctx.measure
    if measure is None:
        return None
    found: Num | None = None
    for name in dict.fromkeys((measure.name, measure.id, *measure.matters)):
        one = granted_for(name, ctx.firm, ctx)
        if one is not None:
            found = one if found is None else n.greatest(found, one)
    return found


def granted_for(name: str, facts: Facts, ctx: Context) -> Num | None:
    entry = facts.entry(GRANTED, name)
    if entry is None:
        return None
    if entry.said is not Said.GIVEN:
        ctx.observed.append(Observed(GRANTED, name, None))
        return n.unknown(f"{GRANTED} {name}", 0)
    item = entry.candidates[0].value
    ctx.observed.append(Observed(GRANTED, name, item, entry.candidates[0].source))
    if isinstance(item, Bounds):
        low = item.low if item.low is not None else 0
        high: n.End = item.high if item.high is not None else INF
        return Num((Span(low, high, low, high),), frozenset((f"{GRANTED} {name}",)))
    assert isinstance(item, int) or hasattr(item, "numerator")
    return exactly(item)  # type: ignore[arg-type]


def granted_before(
    node: t.NumberTable,
    before: Before,
    thresholds: Sequence[Number],
    values: Sequence[Num],
    ctx: Context,
) -> Num:
    """What to take off a newly reached step (C20).

    甲: what was really granted before, whatever the document; nothing where no earlier step was reached; unknown, it
    lies between 0 and the step's amount, or is open where an older document may have paid. 乙: this document's amount
    for the highest step reached before.
    """
    reached = steps_reached(before.value.low, node.bands)
    possible = steps_reached(before.value.high, node.bands)
    highest = max(reached, key=lambda index: thresholds[index], default=None)
    if ctx.chosen("C20") == "乙":
        return values[highest] if highest is not None else exactly(0)
    said = granted(ctx)
    entry_unknown = said is not None and not said.is_known and said.high == INF
    if said is not None and not entry_unknown:
        return said
    if not possible:
        return exactly(0)
    if not before.value.is_known:
        return Num((Span(0, INF, 0, INF),), before.value.missing)  # the years come first
    missing = granted_id(ctx)
    ctx.observed.append(Observed(GRANTED, missing.split(" ", 1)[1], None))
    top = max(possible, key=lambda index: thresholds[index])
    inside = all(
        year_in_time(year, ctx) for year, amount in before.years if amount >= min(thresholds)
    )
    if inside and before.value.is_known:
        return n.unknown(missing, 0, values[top].high)
    return n.unknown(missing, 0)
