"""Figures and dates as official texts write them: 百分之十二, 30、50万元, 第二季度.

A figure is a number with the base unit it is counted in; a rule's figure must equal one of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from huiqi.vocabulary.numerals import read_numeral
from huiqi.vocabulary.units import COUNTERS, LEAD_UNITS, SCALES, Number, exact, parse_unit

RATIO = "%"
BARE = ""
# Counters stand for one another (项, 个, 名); points do not: 1分 is no 1项.
_COUNTED = (COUNTERS | {"名", BARE}) - {"分"}


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` in base units of `family` (fen, 个月, 平方米; % as a share; "" without unit)."""

    value: Number
    family: str
    start: int = 0
    end: int = 0
    doubtful: bool = False  # a corrupt number: 033万元 (SEMANTICS G7)

    @property
    def is_counted(self) -> bool:
        return self.family in _COUNTED

    def same(self, other: Figure) -> bool:
        """Equal, where counters (项, 家, 名 …) and bare numbers count as one kind."""
        if self.value != other.value:
            return False
        if self.family == other.family or {self.family, other.family} == {"分", BARE}:
            return True
        return self.is_counted and other.is_counted


_CN = "零〇一二两三四五六七八九十百千"
_UNIT = "|".join(
    re.escape(name)
    for name in sorted(LEAD_UNITS, key=len, reverse=True)
    if not name.isascii() or name == "%"
)
_SCALE = "|".join(sorted((name for name in SCALES if not name.isascii()), key=len, reverse=True))
_FIGURE = re.compile(
    rf"百分之(?P<hundredth>[{_CN}]+(?:点[{_CN}]+)?|\d+(?:\.\d+)?)"
    rf"|千分之(?P<thousandth>[{_CN}]+|\d+(?:\.\d+)?)"
    r"|(?P<half>一半|减半|半数)|(?P<halfyear>半年)"
    r"|(?P<all>全额|全部|全免|免(?=[^,。]{0,3}(?:租|费|税)))"
    rf"|(?P<tenths>[一二三四五六七八九])成(?![果本立为功员就长品])"
    rf"|(?P<arabic>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>{_SCALE})?(?:余|多)?(?P<unit>{_UNIT}|周年)?"
    rf"|(?P<chinese>[{_CN}]+[{_CN}万亿]*)(?P<cunit>{_UNIT}|周年)?"
)
# What may stand between figures that share the unit of the last: 20、30、50万元, 400-500万元.
_SHARES = re.compile(r"(?:\(含\))?(?:[、,/-]|~|至|到|和|或|及)?(?:\(含\))?")


@lru_cache(maxsize=8192)
def figures_in(words: str) -> tuple[Figure, ...]:
    """Every figure of normalised words, in order, shared units resolved."""
    found: list[tuple[Figure, Number, bool]] = []
    for match in _FIGURE.finditer(words):
        made = None if _numbers_a_clause(words, match) else _read(match)
        if made is not None:
            found.append(made)
    figures: list[Figure] = []
    later: tuple[Figure, Number, bool] | None = None
    for figure, scale, is_bare in reversed(found):
        figures.append(figure)
        if later is not None and is_bare and later[1] and _joined(words, figure, later[0]):
            shared = Figure(
                exact(Fraction(figure.value) * later[1]), later[0].family, figure.start, figure.end
            )
            figures.append(shared)
            later = (shared, later[1], False)
        else:
            later = (figure, scale, is_bare)
    return tuple(reversed(figures))


def _numbers_a_clause(words: str, match: re.Match[str]) -> bool:
    """1.、(一)、第三条 number or name a clause and count nothing."""
    start, end = match.span()
    before, after = words[max(0, start - 1) : start], words[end : end + 1]
    if match.group("unit") or match.group("cunit") or match.group("scale"):
        return before == "第" and words[end - 1] in "条款项章节"
    if before == "(" and after == ")":
        return True
    if match.group("arabic"):
        return after == "." and before in ("", "。", ";", ":")
    return bool(match.group("chinese")) and start == 0 and after == "、"


def _joined(words: str, left: Figure, right: Figure) -> bool:
    between = words[left.end : right.start]
    return bool(between) and _SHARES.fullmatch(between) is not None


def _read(match: re.Match[str]) -> tuple[Figure, Number, bool] | None:
    """(the figure, what one unit of it is worth, whether it stands without scale and unit)."""
    start, end = match.span()
    for group, scale in (("hundredth", 100), ("thousandth", 1000)):
        if match.group(group):
            value = _number(match.group(group))
            return None if value is None else _made(value, Fraction(1, scale), RATIO, start, end)
    if match.group("half"):
        return _made(1, Fraction(1, 2), RATIO, start, end)
    if match.group("all"):
        return _made(1, 1, RATIO, start, end)
    if match.group("halfyear"):
        return _made(6, 1, "个月", start, end)
    if match.group("tenths"):
        return _made(_number(match.group("tenths")) or 0, Fraction(1, 10), RATIO, start, end)
    written = match.group("arabic") or match.group("chinese")
    value = _number(written.replace(",", ""))
    if value is None:
        return None
    scale_word = match.group("scale") or ""
    unit = match.group("unit") or match.group("cunit") or ""
    factor, family = unit_of(unit)
    factor = exact(factor * SCALES.get(scale_word, 1))
    corrupt = len(written) > 1 and written[0] == "0" and written.isdecimal()
    made = Figure(exact(value * factor), family, start, end, corrupt)
    return made, factor, not unit and not scale_word and bool(match.group("arabic"))


def _made(
    value: Number, scale: Number, family: str, start: int, end: int
) -> tuple[Figure, Number, bool]:
    return Figure(exact(value * scale), family, start, end), scale, False


def _number(written: str) -> Number | None:
    if written[0].isdecimal() and written.isascii():
        return exact(Fraction(written))
    whole, point, decimals = written.partition("点")
    number = read_numeral(whole)
    if number is None or not point:
        return number
    rest = read_numeral(decimals)
    return None if rest is None else exact(number + Fraction(rest, 10 ** len(decimals)))


@lru_cache(maxsize=1024)
def unit_of(unit: str) -> tuple[Number, str]:
    """(base units per unit, family) of a unit as written; of a compound one its first part."""
    head = unit.partition("/")[0].replace("年度", "年").replace("周年", "年")
    if not head:
        return 1, BARE
    parsed = parse_unit(head)
    if not parsed.dims:
        return parsed.factor, BARE if head == "倍" else RATIO
    return parsed.factor, parsed.dims[0][0]


# ---------------------------------------------------------------- dates
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
            year = int(_number(group["y"] or group["iy"]) or 0)
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
