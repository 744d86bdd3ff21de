"""Application windows (SEMANTICS C14): shown beside the verdict, never changing it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from huiqi.language import tree as t
from huiqi.reasoning.context import Context
from huiqi.reasoning.spans import span


@dataclass(frozen=True, slots=True)
class WindowState:
    """state: open, not_open, closed, all_year, unknown; the days where they are known."""

    state: str
    opens: date | None = None
    closes: date | None = None

    def label(self, lang: str = "zh") -> str:
        zh, en = {
            "open": ("开放", "open"),
            "not_open": ("未开放", "not open yet"),
            "closed": ("已截止", "closed"),
            "all_year": ("常年", "all year"),
            "unknown": ("不详", "not known"),
        }[self.state]
        return zh if lang == "zh" else en


def window_state(rule: t.WindowRule | None, ctx: Context) -> WindowState:
    if rule is None:
        return WindowState("unknown")
    if rule.kind == "常年":
        return WindowState("all_year")
    if rule.kind == "每年":
        assert isinstance(rule.first, tuple) and isinstance(rule.last, tuple)
        return _yearly(rule.first, rule.last, ctx.as_of)
    if rule.kind == "日期":
        assert isinstance(rule.first, date) and isinstance(rule.last, date)
        return _placed(rule.first, rule.last, ctx.as_of)
    assert rule.span is not None
    _, possible, _ = span(rule.span, ctx, inclusive_end=True)
    if possible is None:
        return WindowState("unknown")
    return _placed(possible.first, possible.last, ctx.as_of)


def _yearly(first: tuple[int, int], last: tuple[int, int], as_of: date) -> WindowState:
    """A window of every year; one that runs across the new year belongs to the year it opens in."""
    year = as_of.year
    if last < first:
        if as_of <= _day(year, last):
            return WindowState("open", _day(year - 1, first), _day(year, last))
        return _placed(_day(year, first), _day(year + 1, last), as_of)
    return _placed(_day(year, first), _day(year, last), as_of)


def _day(year: int, month_day: tuple[int, int]) -> date:
    month, day = month_day
    return date(year, month, min(day, monthrange(year, month)[1]))


def _placed(first: date, last: date, as_of: date) -> WindowState:
    if as_of < first:
        return WindowState("not_open", first, last)
    return WindowState("closed" if as_of > last else "open", first, last)
