"""Titles, listings and faults as dated entries: valid on a day, ever held, newly granted (SEMANTICS A7, A10, C9, F10)."""

from __future__ import annotations

from datetime import date

from huiqi.mechanisms.truth import FT, F, State, T, all_of, truth
from huiqi.vocabulary.calendar import DateRange, calendar_years, rolling_years
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


def is_earlier(one: Grant, other: Grant) -> State:
    """Whether a grant came before another; open where a day is not known."""
    if one.granted is None or other.granted is None:
        return FT
    if one.granted.last < other.granted.first:
        return T
    return FT if one.granted.first < other.granted.last else F


def same_kind(one: Grant, other: Grant) -> State:
    """Whether two grants of a title have the same facts of their own (level, place …); open where one lacks them."""
    first = one.fields.values if one.fields else {}
    second = other.fields.values if other.fields else {}
    if any(first[key] != second[key] for key in first.keys() & second.keys()):
        return F
    return T if first.keys() == second.keys() else FT
