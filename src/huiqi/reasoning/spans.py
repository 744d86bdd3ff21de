"""Spans of time in a question: windows before an event, terms, years."""

from __future__ import annotations

from datetime import date, timedelta

from huiqi.language import tree as t
from huiqi.language.periods import near_years
from huiqi.mechanisms.titles import lies_within, window_before
from huiqi.mechanisms.truth import FT, State, either, truth
from huiqi.reasoning import lookup
from huiqi.reasoning.context import Context
from huiqi.vocabulary.calendar import DateRange, add_months, year_range


def window_of(period: str, ctx: Context) -> DateRange:
    """The days that a period word or a written range names, seen from the as-of day (C9)."""
    if "~" in period:
        first, last = period.split("~")
        end = ctx.as_of if last == "申报日" else date.fromisoformat(last)
        start = date.fromisoformat(first)
        return DateRange(start, max(start, end))
    near = near_years(period)
    if near:
        years, rolling, including = near
        side = ctx.chosen("C9") or "甲"
        return window_before(ctx.as_of, years, rolling, including, side)
    if period == "上年度":
        return year_range(ctx.as_of.year - 1)
    if period == "前年度":
        return year_range(ctx.as_of.year - 2)
    if period == "当年":
        return year_range(ctx.as_of.year)
    return year_range(int(period[:4]))


def span(
    node: t.Node, ctx: Context, inclusive_end: bool
) -> tuple[DateRange | None, DateRange | None, frozenset[str]]:
    """(surely inside, possibly inside, missing) of a span; both None while its start is unknown.

    `inclusive_end`: a deadline 之日起N月内 ends with the corresponding day (C13); a term ends the day before (C5).
    """
    if isinstance(node, t.Clause):
        return span(node.of, ctx, inclusive_end)
    if isinstance(node, t.DateRangeConstant):
        fixed = DateRange(node.first, node.last)
        return fixed, fixed, frozenset()
    assert isinstance(node, t.SpanFrom), "INVARIANT: the checker admits spans only"
    start = lookup.day(node.start, ctx)
    if start.days is None:
        return None, None, start.missing
    early = _from(start.days.first, node, inclusive_end)
    late = _from(start.days.last, node, inclusive_end)
    return early.common(late), DateRange(early.first, late.last), start.missing


def _from(start: date, node: t.SpanFrom, inclusive_end: bool) -> DateRange:
    if node.calendar_years:
        return DateRange(start, date(start.year + node.calendar_years - 1, 12, 31))
    if node.days:
        return DateRange(start, start + timedelta(days=node.days - (0 if inclusive_end else 1)))
    end = add_months(start, node.months)
    return DateRange(start, end if inclusive_end else end - timedelta(days=1))


def in_span(days: DateRange, sure: DateRange | None, possible: DateRange | None) -> State:
    """Whether a day, itself known as a range, lies in a span known as two ranges."""
    if possible is None:
        return FT
    states = [lies_within(days, possible)]
    states.append(lies_within(days, sure) if sure is not None else truth(False))
    return either(states)
