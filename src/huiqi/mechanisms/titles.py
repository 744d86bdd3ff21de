"""Titles, listings and faults as dated entries: valid on a day, ever held, newly granted (SEMANTICS A7, A10, C9, F10)."""

from __future__ import annotations

from datetime import date

from huiqi.mechanisms.truth import FT, F, State, T, all_of, truth
from huiqi.vocabulary.calendar import DateRange, add_years, calendar_years, rolling_years
from huiqi.vocabulary.given import Grant


def valid_on(grant: Grant, day: date) -> State:
    """Whether an entry is in force on a day, the last day included."""
    if grant.granted is None:
        return truth(grant.expires is None or day <= grant.expires)
    started = before_or_on(grant.granted, day)
    return all_of((started, truth(grant.expires is None or day <= grant.expires)))


def held_within(grant: Grant, span: DateRange) -> State:
    """Whether an entry was in force on at least one day of a span."""
    if grant.granted is None:
        return T if grant.expires is None or grant.expires >= span.last else FT
    started = before_or_on(grant.granted, span.last)
    return all_of((started, truth(grant.expires is None or grant.expires >= span.first)))


def granted_within(grant: Grant, span: DateRange) -> State:
    """Whether the day of the grant lies in a span; open where the day is not known."""
    return FT if grant.granted is None else lies_within(grant.granted, span)


def lies_within(days: DateRange, span: DateRange) -> State:
    if span.covers(days):
        return T
    return FT if span.overlaps(days) else F


def before_or_on(days: DateRange, day: date) -> State:
    if days.last <= day:
        return T
    return FT if days.first <= day else F


def window_before(as_of: date, years: int, rolling: bool, including: bool, side: str) -> DateRange:
    """The span of 近N年 before an event (C9): 甲 the N years ending on as_of, 乙 from 1 January of year − N."""
    if including:
        return calendar_years(as_of, years, True)
    if rolling or side == "甲":
        return rolling_years(as_of, years)
    return calendar_years(as_of, years)


def years_after(start: date, years: int) -> date:
    return add_years(start, years)


def renewals(grants: tuple[Grant, ...]) -> frozenset[int]:
    """Indices of grants that only renew an earlier one of the same kind (F10: a re-certification is not new)."""
    renewed = set()
    for index, grant in enumerate(grants):
        for other_index, other in enumerate(grants):
            if other_index == index or other.granted is None or grant.granted is None:
                continue
            if other.granted.last < grant.granted.first and _same_fields(grant, other):
                renewed.add(index)
    return frozenset(renewed)


def _same_fields(one: Grant, other: Grant) -> bool:
    first = one.fields.values if one.fields else {}
    second = other.fields.values if other.fields else {}
    return dict(first) == dict(second)
