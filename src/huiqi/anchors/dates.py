"""Dates as official texts write them: 2022年10月1日至12月31日, 第二季度, 到2025年, “十四五”期间."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from huiqi.vocabulary.numerals import read_numeral

# The five years of a plan.
_PLANS = {"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}
_PLAN = re.compile("|".join(_PLANS))
_YEAR = r"(?P<y>\d{4}|[零〇一二三四五六七八九]{4})"
_SHORT = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_DATE = re.compile(
    rf"{_YEAR}年(?:度)?(?:(?P<m>{_SHORT})月(?:(?P<d>{_SHORT})日)?|第?(?P<q>[一二三四1-4])季度|(?P<h>[上下])半年)?"
    r"|(?P<iy>\d{4})[-./](?P<im>\d{1,2})[-./](?P<id>\d{1,2})"
    rf"|(?:(?P<from>{_SHORT})月?[-~至到])?(?P<om>{_SHORT})月(?:(?P<od>{_SHORT})日)?"
    r"|第?(?P<oq>[一二三四1-4])季度|(?P<oh>[上下])半年"
)


@dataclass(frozen=True, slots=True)
class TextDates:
    """What words say about time: days, and the edges of the months, quarters and years named."""

    days: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()  # (month, day) of any year
    months: frozenset[int] = frozenset()
    year_ranges: tuple[tuple[int, int], ...] = ()

    def has(self, day: date) -> bool:
        return day in self.days

    def has_year(self, year: int) -> bool:
        return year in self.years or any(a <= year <= b for a, b in self.year_ranges)

    def has_yearly(self, month: int, day: int) -> bool:
        """A day of any year, or (day 0) a month."""
        return month in self.months if not day else (month, day) in self.yearly


@lru_cache(maxsize=4096)
def dates_in(words: str) -> TextDates:
    """The dates of normalised words; 2024年底 and 到2025年 stand for the edges of the year."""
    days: set[date] = set()
    years: list[tuple[int, int]] = []
    yearly: set[tuple[int, int]] = set()
    months: set[int] = set()
    year = 0
    for match in _DATE.finditer(words):
        group = match.groupdict()
        if group["y"] or group["iy"]:
            year = _small(group["y"] or group["iy"])
            if not 1900 <= year <= 2100:
                year = 0
                continue
            years.append((match.start(), year))
        month = _small(group["m"] or group["im"] or group["om"])
        day = _small(group["d"] or group["id"] or group["od"])
        first, last = 1, 12
        if month:
            first, last = _small(group["from"]) or month, month
        elif quarter := _small(group["q"] or group["oq"]):
            first, last = 3 * quarter - 2, 3 * quarter
        elif half := group["h"] or group["oh"]:
            first, last = (1, 6) if half == "上" else (7, 12)
        if not 1 <= first <= last <= 12:
            continue
        edges = [(last, day)] if day else [(first, 1), (last, _days(year or 2001, last))]
        if year and (first, last) == (1, 12):
            days.update(_beyond(year, words[match.end() : match.end() + 2]))
        if (first, last) != (1, 12):
            months.update(range(first, last + 1))
            yearly.update(edges)
        for edge in edges:
            if year and (made := _day(year, *edge)):
                days.add(made)
    for plan in _PLAN.findall(words):
        first_year = _PLANS[plan]
        days.update((date(first_year, 1, 1), date(first_year + 4, 12, 31)))
        years += [(-1, y) for y in range(first_year, first_year + 5)]
    ranges = [
        (a[1], b[1])
        for a, b in pairwise(years)
        if 0 <= a[0] < b[0] and a[1] < b[1] and re.search(r"[至到~-]", words[a[0] + 4 : b[0]])
    ]
    return TextDates(
        frozenset(days),
        frozenset(y for _, y in years),
        frozenset(yearly),
        frozenset(months),
        tuple(ranges),
    )


def _beyond(year: int, following: str) -> list[date]:
    """2018年后 may begin with the next year, 2018年前 end with the one before."""
    if following[:1] == "后" or following in ("以后", "之后"):
        return [date(year + 1, 1, 1)]
    if following[:1] == "前" or following in ("以前", "之前"):
        return [date(year - 1, 12, 31)]
    return []


def _small(written: str | None) -> int:
    if not written:
        return 0
    return int(written) if written.isdecimal() and written.isascii() else read_numeral(written) or 0


def _days(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - timedelta(days=1)).day


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
