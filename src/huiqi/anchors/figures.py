"""Figures as official texts write them: 百分之十二, 30、50万元, ２０ 万, 前三名.

A figure is a number with the base unit it is counted in; a rule's figure must equal one of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

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
    rf"|万分之(?P<tenthousandth>[{_CN}]+|\d+(?:\.\d+)?)"
    r"|(?P<half>一半|减半|半数)|(?P<halfyear>半年)"
    r"|(?P<all>全额|全部|全免|免(?=[^,。]{0,3}(?:租|费|税)))"
    rf"|(?P<tenths>[一二三四五六七八九])成(?![果本立为功员就长品])"
    r"|(?P<fold>\d(?:\.\d+)?|[一二三四五六七八九])折"
    r"|(?P<free>[一二两三四五])免(?P<halved>[一二两三四五六])减半"
    rf"|(?<=[每产增达])(?P<lone>{_SCALE})(?P<lunit>{_UNIT})"
    rf"|(?P<arabic>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<scale>{_SCALE})?(?:余|多)?(?P<unit>个年度|BP|{_UNIT}|周年)?"
    rf"|(?P<chinese>[{_CN}]+[{_CN}万亿]*)(?P<cunit>个年度|{_UNIT}|周年)?"
)
# 最高100万。首次突破2000万、1亿元的: money whose 元 is left out.
_AFTER_MONEY = re.compile(r"$|[、，。,;；:：()至到~和或及但的-]")
_YUAN_SCALES = ("万", "亿", "百万", "千万")
# What may stand between figures that share the unit of the last: 20、30、50万元, 400-500万元.
_SHARES = re.compile(r"(?:\(含\))?(?:[、,/-]|~|至|到|和|或|及)?(?:\(含\))?")


@dataclass(frozen=True, slots=True)
class _Found:
    """A figure as read: what its scale and unit multiply by, and what it leaves to a later figure.

    `lends` is empty where nothing after it may share its unit; `lacks`: "both" scale and unit (20、30万元),
    "unit" (1万至3万平方米), or "".
    """

    figure: Figure
    scale: Number = 1
    unit: Number = 1
    lends: bool = False
    lacks: str = ""


@lru_cache(maxsize=8192)
def figures_in(words: str) -> tuple[Figure, ...]:
    """Every figure of normalised words, in order, shared units resolved."""
    groups: list[list[_Found]] = []  # one a place in the words: the ways to read what stands there
    for match in _FIGURE.finditer(words):
        if match.group("free"):
            groups.append([_Found(one) for one in _holiday(match)])
        elif not _numbers_a_clause(words, match):
            made = _read(match)
            if made is not None:
                groups.append([made, *_read_otherwise(match, words, made)])
    later: list[_Found] = []
    for group in reversed(groups):
        group += [shared for one in later if (shared := _sharing(words, group[0], one))]
        later = group
    return tuple(one.figure for group in groups for one in reversed(group))


def _sharing(words: str, one: _Found, later: _Found) -> _Found | None:
    """`one` in the unit of the figure after it, where the words join the two."""
    if not one.lacks or not later.lends or not _joined(words, one.figure, later.figure):
        return None
    factor = later.scale * later.unit if one.lacks == "both" else later.unit
    if factor == 1 and later.figure.family == BARE:
        return None
    value = exact(Fraction(one.figure.value) * factor)
    shared = Figure(value, later.figure.family, one.figure.start, one.figure.end)
    return _Found(shared, later.scale, later.unit, True)


def _read_otherwise(match: re.Match[str], words: str, made: _Found) -> list[_Found]:
    """The same figure in the other way that a rule may write it: 100万 as money, 8.5折 as 8.5."""
    figure = made.figure
    if match.group("fold"):
        number = exact(Fraction(figure.value) * 10)
        return [_Found(Figure(number, BARE, figure.start, figure.end))]
    is_bare_scale = match.group("scale") in _YUAN_SCALES and not match.group("unit")
    if not is_bare_scale or not _AFTER_MONEY.match(words, match.end()):
        return []
    yuan, family = unit_of("元")
    value = exact(figure.value * yuan)
    money = Figure(value, family, figure.start, figure.end, figure.doubtful)
    return [_Found(money, made.scale, yuan, True)]


def _holiday(match: re.Match[str]) -> list[Figure]:
    """三免两减半: three years free, two at half; its years are 第一年 … 第五年."""
    free, halved = _number(match.group("free")) or 0, _number(match.group("halved")) or 0
    start, end = match.span()
    months, family = unit_of("年")
    spans = [Figure(exact(years * months), family, start, end) for years in (free, halved)]
    years = [Figure(year, BARE, start, end) for year in range(1, int(free + halved) + 1)]
    shares = [Figure(exact(Fraction(1, parts)), RATIO, start, end) for parts in (1, 2)]
    return [*spans, *years, *shares]


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


def _read(match: re.Match[str]) -> _Found | None:
    """The figure that one match holds; None for a numeral that is none."""
    start, end = match.span()
    for group, scale in (("hundredth", 100), ("thousandth", 1000), ("tenthousandth", 10_000)):
        if match.group(group):
            value = _number(match.group(group))
            return None if value is None else _made(value, Fraction(1, scale), RATIO, start, end)
    if match.group("half"):
        return _made(1, Fraction(1, 2), RATIO, start, end)
    if match.group("all"):
        return _made(1, 1, RATIO, start, end)
    if match.group("halfyear"):
        return _made(6, 1, "个月", start, end)
    for group in ("tenths", "fold"):
        if match.group(group):
            return _made(_number(match.group(group)) or 0, Fraction(1, 10), RATIO, start, end)
    if match.group("lone"):  # 每万吨, 年产亿元: the 1 is left out
        factor, family = unit_of(match.group("lunit"))
        return _made(SCALES[match.group("lone")], factor, family, start, end)
    written = match.group("arabic") or match.group("chinese")
    value = _number(written.replace(",", ""))
    if value is None:
        return None
    scale_word = match.group("scale") or ""
    unit = match.group("unit") or match.group("cunit") or ""
    factor, family = unit_of(unit)
    scale_by = SCALES.get(scale_word, 1)
    corrupt = len(written) > 1 and written[0] == "0" and written.isdecimal()
    made = Figure(exact(value * factor * scale_by), family, start, end, corrupt)
    lacks = ""
    if match.group("arabic") and not unit:
        lacks = "unit" if scale_word else "both"
    return _Found(made, scale_by, factor, bool(unit or scale_word), lacks)


def _made(value: Number, scale: Number, family: str, start: int, end: int) -> _Found:
    return _Found(Figure(exact(value * scale), family, start, end), scale, 1, True)


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
    head = unit.partition("/")[0].replace("个年度", "年").replace("年度", "年")
    head = head.replace("周年", "年").replace("BP", "个基点")
    if not head:
        return 1, BARE
    parsed = parse_unit(head)
    if not parsed.dims:
        return parsed.factor, BARE if head == "倍" else RATIO
    return parsed.factor, parsed.dims[0][0]
