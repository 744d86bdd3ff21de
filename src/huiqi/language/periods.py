"""Period words: how many years they name and which (SEMANTICS C8, C9, C10)."""

from __future__ import annotations

import re
from functools import lru_cache

_NEAR = re.compile(r"(近|滚动)([一两二三四五六七八九十]|\d+)年(含当年)?")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2}


@lru_cache(maxsize=256)
def near_years(word: str) -> tuple[int, bool, bool] | None:
    """(years, rolling, including this year) of 近三年, 滚动三年, 近五年含当年; None for other words."""
    match = _NEAR.fullmatch(word)
    if match is None:
        return None
    count = match.group(2)
    years = int(count) if count.isdecimal() else _DIGITS[count]
    return years, match.group(1) == "滚动", bool(match.group(3))


def period_years(word: str) -> int:
    """How many yearly figures a period word names."""
    near = near_years(word)
    return near[0] if near else 1


def is_firm_period(word: str) -> bool:
    """Whether a span before an event has one meaning only; a plain 近N年 has two (C9)."""
    near = near_years(word)
    return near is None or near[1] or near[2]


def years_of(word: str, as_of_year: int, last_complete: int) -> tuple[int, ...]:
    """The years that a word names, ascending. `last_complete`: the year that 近N年 ends with (C10)."""
    near = near_years(word)
    if near:
        years, _, including = near
        last = as_of_year if including else last_complete
        return tuple(range(last - years + 1, last + 1))
    if word == "上年度":
        return (as_of_year - 1,)
    if word == "前年度":
        return (as_of_year - 2,)
    if word == "当年":
        return (as_of_year,)
    return (int(word[:4]),)
