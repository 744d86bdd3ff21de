"""A second, deliberately simple meaning of a part of the language, for facts that are all known.

Every node is its words in a rule and a plain function of the question, written from the decisions and nothing else.
States are the letters F, J, T; money is an exact number of fen.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import floor

from tests.differential.firms import LEVELS, WAN, Firm, Title, Work

ORDER = "FJT"
Money = Fraction


@dataclass(frozen=True)
class Head:
    """The dates of a document (C4, C5)."""

    in_force: date
    ends: date | None = None
    awards_from: date | None = None

    def words(self) -> str:
        lines = ["政策 例政〔2020〕1号 示例", f"  施行: {self.in_force}"]
        if self.ends:
            lines.append(f"  失效: {self.ends}")
        if self.awards_from:
            lines.append(f"  奖励自: {self.awards_from}")
        return "\n".join(lines)

    def holds(self, day: date) -> bool:
        """Whether an event of this day counts."""
        return (self.awards_from or self.in_force) <= day and (not self.ends or day <= self.ends)


@dataclass(frozen=True)
class Question:
    firm: Firm
    as_of: date
    head: Head
    work: Work | None = None


@dataclass(frozen=True)
class Condition:
    words: str
    holds: Callable[[Question], str]
    is_event: bool = False


@dataclass(frozen=True)
class Amount:
    """Fen between two ends, or None where the words leave nothing due; `other` under the second reading (I3)."""

    words: str
    gives: Callable[[Question], tuple[Money, Money] | None]
    other: Callable[[Question], tuple[Money, Money] | None] | None = None
    is_event: bool = False


def said(value: bool) -> str:
    return "T" if value else "F"


def both(states: Sequence[str]) -> str:
    return min(states, key=ORDER.index)


def either(states: Sequence[str]) -> str:
    return max(states, key=ORDER.index)


def at_least(count: int, states: Sequence[str]) -> str:
    return sorted(states, key=ORDER.index, reverse=True)[count - 1]


def opposite(state: str) -> str:
    return {"F": "T", "J": "J", "T": "F"}[state]


def agreed(first: str, second: str) -> str:
    return first if first == second else "J"


# ---------------------------------------------------------------- dates: C5, C9, C13
def months_later(day: date, months: int) -> date:
    """The corresponding day; where that month has none, its last."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def has_passed(start: date, months: int, as_of: date) -> bool:
    return as_of >= months_later(start, months)


def rolling(day: date, years: int, as_of: date) -> bool:
    """In the years that end on as_of, whose first day is the day after the corresponding one."""
    return months_later(as_of, -12 * years) < day <= as_of


def by_calendar(day: date, years: int, as_of: date) -> bool:
    return date(as_of.year - years, 1, 1) <= day <= as_of


def ever(days: Sequence[date], inside: Callable[[date], bool]) -> str:
    return said(any(inside(day) for day in days))


def lately(days: Sequence[date], years: int, as_of: date) -> str:
    """近N年 before an event: the rolling span and the calendar span both count (C9)."""
    return agreed(
        ever(days, lambda day: rolling(day, years, as_of)),
        ever(days, lambda day: by_calendar(day, years, as_of)),
    )


# ---------------------------------------------------------------- titles: A10, F10, C18
def is_valid(title: Title, as_of: date) -> bool:
    return title.granted <= as_of and (title.expires is None or as_of <= title.expires)


def newly(question: Question, first_ever: bool) -> str:
    """A grant in the document's time, up to as_of, that renews none (of the same level) or follows none at all."""
    for title in question.firm.titles:
        earlier = [one for one in question.firm.titles if one.granted < title.granted]
        if not first_ever:
            earlier = [one for one in earlier if one.level == title.level]
        in_time = question.head.holds(title.granted) and title.granted <= question.as_of
        if in_time and not earlier:
            return "T"
    return "F"


def at_least_as_high(level: str, wanted: str) -> bool:
    return LEVELS.index(level) <= LEVELS.index(wanted)


# ---------------------------------------------------------------- yearly figures (B10, B11, B14, C10, C11)
SIGNS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "≥": lambda a, b: a >= b,
    ">": lambda a, b: a > b,
    "≤": lambda a, b: a <= b,
    "<": lambda a, b: a < b,
    "=": lambda a, b: a == b,
    "≠": lambda a, b: a != b,
}


def figure(series: object, year: int) -> Fraction | None:
    assert hasattr(series, "get")
    value = series.get(year)
    return None if value is None else Fraction(value)


def growth_reaches(
    base: Fraction | None, current: Fraction | None, sign: str, rate: Fraction
) -> str:
    """增速 against a positive rate (B10)."""
    if base is None or current is None:
        return "J"
    if base > 0:
        return said(SIGNS[sign](current, base * (1 + rate)))
    if current <= base:
        return said(sign in "≤<≠")
    return "J"


def compound_reaches(
    start: Fraction | None, end: Fraction | None, years: int, sign: str, percent: int
) -> str:
    """end·100ⁿ against start·(100+r)ⁿ (B11)."""
    if start is None or end is None:
        return "J"
    if start > 0:
        return said(SIGNS[sign](end * 100**years, start * (100 + percent) ** years))
    if end <= start:
        return said(sign in "≤<≠")
    return "J"


# ---------------------------------------------------------------- tables: B3, B5, D4, D6
@dataclass(frozen=True)
class Step:
    """A row `≥ low` (or `> low`) up to `high`; `pays` is fen, or a rate of the key if `is_rate`."""

    words: str
    low: int
    high: int | None = None
    pays: int = 0
    above: bool = False
    up_to: bool = False

    def reached(self, value: Fraction) -> bool:
        return value > self.low or (value == self.low and not self.above)

    def holds(self, value: Fraction) -> bool:
        if not self.reached(value):
            return False
        return self.high is None or value < self.high or (value == self.high and self.up_to)


def only_row(rows: Sequence[Step], value: Fraction) -> Step | None:
    """Of the rows that hold the value the narrowest: the one that begins highest."""
    return max((row for row in rows if row.holds(value)), key=lambda row: row.low, default=None)


def slices(limits: Sequence[int], rates: Sequence[Fraction], value: Fraction) -> Fraction:
    """Each slice of the value between two limits times its rate."""
    total = Fraction(0)
    for (low, high), rate in zip(pairwise([0, *limits, 10**18]), rates, strict=True):
        total += max(Fraction(0), min(value, Fraction(high)) - low) * rate
    return total


def newly_reached(question: Question, rows: Sequence[Step], year: int) -> list[Step] | None:
    """Rows that this year reaches and no year from founding on reached before; None outside the document's time."""
    if not question.head.holds(date(year, 12, 31)):
        return None
    takings = question.firm.takings
    if year not in takings:
        return []
    earlier = [Fraction(fen) for at, fen in takings.items() if at < year]
    return [
        row
        for row in rows
        if row.reached(Fraction(takings[year])) and not any(row.reached(one) for one in earlier)
    ]


# ---------------------------------------------------------------- the award (A16, B16, D1, D11)
def fen(value: Fraction) -> Fraction:
    """To the fen, half up, not below nothing."""
    return Fraction(max(0, floor(value + Fraction(1, 2))))


def in_time(question: Question, one_time: bool) -> str:
    """Before 施行 nothing; after the end a one-time event inside is the office's to decide (C4, C6)."""
    if question.as_of < question.head.in_force:
        return "F"
    if question.head.ends is None or question.as_of <= question.head.ends:
        return "T"
    return "J" if one_time else "F"


def term_ends(start: date, months: int) -> date:
    """The day before the corresponding day (C5)."""
    return months_later(start, months) - timedelta(days=1)


def show(fen_: int) -> str:
    """Fen as a rule writes them."""
    if fen_ % WAN == 0:
        return f"{fen_ // WAN}万元"
    return f"{fen_ // 100}元" if fen_ % 100 == 0 else f"{fen_ // 100}.{fen_ % 100:02d}元"
