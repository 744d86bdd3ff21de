"""Amounts as the cases write them: `36万元`, `0元~5万元`, `10万元~`, `20万美元`, `3分~5分`.

Read here with a few lines of their own, so that the cases do not rest on what they test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_FIGURE = re.compile(r"(-?\d+(?:\.\d+)?)(万|亿)?(\D+)$")
_FACTOR = {"": 1, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Span:
    """From low to high in one unit; high None means without bound."""

    low: Fraction
    high: Fraction | None
    unit: str

    def __str__(self) -> str:
        if self.low == self.high:
            return _figure(self.low, self.unit)
        return f"{_figure(self.low, self.unit)}~{_figure(self.high, self.unit)}"


def span(text: str) -> Span:
    """Reads an expected amount."""
    low_text, tilde, high_text = text.partition("~")
    low, unit = _read(low_text)
    if not tilde:
        return Span(low, low, unit)
    if not high_text:
        return Span(low, None, unit)
    high, high_unit = _read(high_text)
    assert unit == high_unit, text
    return Span(low, high, unit)


def _read(text: str) -> tuple[Fraction, str]:
    match = _FIGURE.match(text.strip())
    assert match, f"not an amount: {text}"
    number, factor, unit = match.groups()
    return Fraction(number) * _FACTOR[factor or ""], unit


def _figure(value: Fraction | None, unit: str) -> str:
    if value is None:
        return ""
    if value and value % 10_000 == 0 and unit in ("元", "美元"):
        return f"{value / 10_000}万{unit}"
    return f"{float(value):.12g}{unit}"
