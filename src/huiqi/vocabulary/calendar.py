"""Dates as policies use them: anniversaries, validity, spans, and days known only in part.

Pure arithmetic by SEMANTICS C5 (validity), C9 (近三年), C13 (满N年, month ends) and A9 (a date
known only as a range); there is no clock here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from huiqi.vocabulary.mistakes import DateError

FIRST_YEAR, LAST_YEAR = 1900, 2200
_ONE_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later; where it is missing, the last day of that month.

    2023-08-31 + 6 months = 2024-02-29 (SEMANTICS C13). Stops at the ends of the calendar.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The corresponding day `years` later; 2024-02-29 + 1 year = 2025-02-28 (SEMANTICS C13)."""
    return add_months(day, 12 * years)


def last_day_of_validity(start: date, years: int = 0, months: int = 0) -> date:
    """The last valid day, the start day counting: the day before the anniversary (SEMANTICS C5).

    2023-02-22 for 3 years → 2026-02-21. Where the anniversary does not exist it is the last day of
    that month (C13), and the day before it is the last: 2024-02-29 for 1 year → 2025-02-27.
    """
    return add_months(start, 12 * years + months) - _ONE_DAY


def full_months_between(start: date, end: date) -> int:
    """Whole months from `start` to `end`, counted on the corresponding day; negative if reversed.

    As with full years, 满N月 holds exactly when this is at least N.
    """
    if end < start:
        return -full_months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def full_years_between(start: date, end: date) -> int:
    """Whole years from `start` to `end`: 2023-03-15 to 2024-03-15 is 1 (SEMANTICS C13)."""
    months = full_months_between(start, end)
    return months // 12 if months >= 0 else -(-months // 12)


@dataclass(frozen=True, slots=True, order=True)
class DateRange:
    """The days from `first` to `last`, both included; one day if they are equal.

    It is a span of time, or a date of which only that much is known (A9).
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise DateError("D-order", text=format_range(self))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def is_exact(self) -> bool:
        """Whether this is a single day."""
        return self.first == self.last

    @property
    def days(self) -> int:
        """Number of days, both ends counted."""
        return (self.last - self.first).days + 1

    def overlaps(self, other: DateRange) -> bool:
        """Whether some day lies in both."""
        return self.first <= other.last and other.first <= self.last

    def covers(self, other: DateRange) -> bool:
        """Whether every day of `other` lies in this one."""
        return self.first <= other.first and other.last <= self.last

    def common(self, other: DateRange) -> DateRange | None:
        """The days in both, or None."""
        if not self.overlaps(other):
            return None
        return DateRange(max(self.first, other.first), min(self.last, other.last))

    def years(self) -> Iterator[int]:
        """The calendar years that this range touches, in order."""
        return iter(range(self.first.year, self.last.year + 1))


def one_day(day: date) -> DateRange:
    """A date that is known exactly."""
    return DateRange(day, day)


def year_range(year: int) -> DateRange:
    """1 January to 31 December."""
    return DateRange(date(year, 1, 1), date(year, 12, 31))


def quarter_range(year: int, quarter: int) -> DateRange:
    """The three months of quarter 1–4."""
    first = date(year, 3 * quarter - 2, 1)
    return DateRange(first, add_months(first, 3) - _ONE_DAY)


def month_range(year: int, month: int) -> DateRange:
    """First to last day of a month."""
    return DateRange(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def rolling_years(as_of: date, years: int) -> DateRange:
    """The years ending on `as_of`: (as_of − n years, as_of] (SEMANTICS C9, reading 甲)."""
    return DateRange(add_years(as_of, -years) + _ONE_DAY, as_of)


def calendar_years(as_of: date, years: int, including_current: bool = False) -> DateRange:
    """From 1 January of year − n (n − 1 if this year counts) to `as_of` (C9, reading 乙)."""
    return DateRange(date(as_of.year - years + including_current, 1, 1), as_of)


_YEAR = r"(?P<year>\d{4})"
_TIME = r"(?:[T ]?\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
_DAY = re.compile(
    rf"{_YEAR}(?:年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})[日号]?"
    rf"|(?P<mark>[-/.])(?P<month2>\d{{1,2}})(?P=mark)(?P<day2>\d{{1,2}})"
    rf"|(?P<month3>\d{{2}})(?P<day3>\d{{2}})){_TIME}"
)
_MONTH = re.compile(rf"{_YEAR}(?:年(?P<month>\d{{1,2}})月|[-/.](?P<month2>\d{{1,2}}))")
_QUARTER = re.compile(rf"{_YEAR}(?:年第?(?P<name>[一二三四1-4])季度|[-年]?[Qq](?P<number>[1-4]))")
_WHOLE_YEAR = re.compile(rf"{_YEAR}(?:年度?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_WIDE = {
    ord(wide): narrow
    for wide, narrow in zip("０１２３４５６７８９－／．～", "0123456789-/.~", strict=True)
}

DATE_SOURCE = r"\d{4}(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|年\d{1,2}月\d{1,2}日)(?![\w])"
"""Source of a pattern (no groups) for one full date in a rule."""


def parse_date(text: str) -> date:
    """A full date: 2020-11-30, 2020/11/30, 2020.11.30, 20201130, 2020年11月30日.

    A time of day behind it is ignored. Raises DateError: D-format, D-no-such-day, D-year.
    """
    found = _DAY.fullmatch(_tidy(text))
    if found is None:
        raise _not_a_date(text)
    month = found["month"] or found["month2"] or found["month3"]
    day = found["day"] or found["day2"] or found["day3"]
    return _date(text, int(found["year"]), int(month), int(day))


def parse_partial_date(text: str) -> DateRange:
    """A date as far as it is known: a day, a month (2022-05), a quarter (2022年第四季度), a year.

    "2022" is 2022-01-01 to 2022-12-31 (SEMANTICS A9). Raises DateError as parse_date does.
    """
    tidy = _tidy(text)
    if found := _WHOLE_YEAR.fullmatch(tidy):
        return year_range(_date(text, int(found["year"]), 1, 1).year)
    if found := _MONTH.fullmatch(tidy):
        first = _date(text, int(found["year"]), int(found["month"] or found["month2"]), 1)
        return month_range(first.year, first.month)
    if found := _QUARTER.fullmatch(tidy):
        quarter = found["number"] or found["name"]
        number = "一二三四".find(quarter) + 1 or int(quarter)
        return quarter_range(_date(text, int(found["year"]), 1, 1).year, number)
    return one_day(parse_date(text))


def parse_date_range(text: str) -> DateRange:
    """A span such as 2022-11-01~2025-10-31 (also 至), or a partial date as its whole span.

    Raises DateError; D-order if it begins after it ends.
    """
    first, mark, last = _tidy(text).replace("至", "~").partition("~")
    if not mark:
        return parse_partial_date(text)
    begin, end = parse_partial_date(first), parse_partial_date(last)
    if end.last < begin.first:
        raise DateError("D-order", suggestion=f"{last}~{first}", text=text.strip())
    return DateRange(begin.first, end.last)


def format_date(day: date) -> str:
    """2020-11-30, in both languages."""
    return day.isoformat()


def format_range(span: DateRange) -> str:
    """The shortest form that parse_date_range reads back: 2022, 2022-05, 2022-11-01~2025-10-31."""
    first, last = span.first, span.last
    if first == last:
        return first.isoformat()
    if span == year_range(first.year):
        return str(first.year)
    if span == month_range(first.year, first.month):
        return f"{first.year}-{first.month:02d}"
    return f"{first.isoformat()}~{last.isoformat()}"


def _tidy(text: str) -> str:
    return "".join(text.translate(_WIDE).split())


def _date(text: str, year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError("D-year", text=text.strip())
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise DateError("D-no-such-day", text=text.strip())
    last = monthrange(year, month)[1]
    if day > last:
        nearest = date(year, month, last).isoformat()
        raise DateError("D-no-such-day", suggestion=nearest, text=text.strip())
    return date(year, month, day)


def _not_a_date(text: str) -> DateError:
    found = _DAY_FIRST.fullmatch(_tidy(text))
    suggestion = ""
    if found and int(found[2]) <= 12:
        suggestion = f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    return DateError("D-format", suggestion=suggestion or "2020-11-30", text=text.strip()[:40])
