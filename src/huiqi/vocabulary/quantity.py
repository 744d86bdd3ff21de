"""Figures with units, read exactly or refused with a suggestion.

Rules are lexed with QUANTITY_SOURCE; facts go through parse_quantity or read_quantity, which also
take full-width digits, inner blanks and thousands separators (SEMANTICS B6), but no rounded figure
(约2000万) and no scale word without a unit (2000万).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from huiqi.vocabulary.figures import decimal_text, format_quantity, format_yuan, round_half_up
from huiqi.vocabulary.figures import show_quantity as show_quantity
from huiqi.vocabulary.mistakes import QuantityError
from huiqi.vocabulary.nearest import nearest
from huiqi.vocabulary.numerals import NUMERAL_CHARACTERS, read_numeral
from huiqi.vocabulary.units import (
    LEAD_UNITS,
    NO_DIMS,
    RANK,
    SCALES,
    TAIL_UNITS,
    Dims,
    Number,
    Unit,
    UnknownUnitError,
    exact,
    parse_unit,
    unit_text,
)

__all__ = [
    "QUANTITY_PATTERN",
    "QUANTITY_SOURCE",
    "Quantity",
    "QuantityError",
    "decimal_text",
    "format_quantity",
    "format_yuan",
    "parse_quantity",
    "read_quantity",
    "round_half_up",
    "show_quantity",
]


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact value in base units (money: fen) and its dimensions.

    `unit` is the unit as written, without scale word ("元", "年", "%", "" for a bare number). It
    only guides printing: 1年 and 12个月 are equal.
    """

    value: Number
    dims: Dims = NO_DIMS
    unit: str = field(default="", compare=False)


def _any_of(names: tuple[str, ...]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(names, key=len, reverse=True))) + ")"


_CHINESE_SCALE = _any_of(tuple(name for name in SCALES if not name.isascii()))
_ENGLISH_SCALE = _any_of(tuple(name for name in SCALES if name.isascii()))
_FIGURE = r"[0-9]+(?:\.[0-9]+)?"
_SCALE = rf"(?:{_CHINESE_SCALE}|[ ]?{_ENGLISH_SCALE}(?![a-z]))"
_UNIT = rf"[ ]?{_any_of(LEAD_UNITS)}(?:[/·]{_any_of(TAIL_UNITS)})*(?:(?<=[%％‰])|(?!\w))"

QUANTITY_SOURCE = (
    rf"(?:第[0-9]+名(?!\w)|rank[ ][0-9]+(?!\w)|{_FIGURE}{_SCALE}?(?:{_UNIT}|(?!\w)(?!\.[0-9])))"
)
"""Source of a pattern (no groups) for an unsigned figure with its unit, at one position of a rule.

It takes the longest known unit and never part of a word: nothing matches in 3家企业, 5G, 3月,
2019年度 or 第1年; only behind % and ‰ may a word follow at once. A scale word without unit (2000万)
does match, so that parse_quantity can refuse it with a suggestion.
"""

QUANTITY_PATTERN = re.compile(QUANTITY_SOURCE)

_WHOLE = re.compile(rf"([-−+]?)({_FIGURE})(\D*)")
_PLACE = re.compile(r"(?:第([0-9]+)名|rank ([0-9]+))")
_MAX_DIGITS = 40


@lru_cache(maxsize=16384)
def parse_quantity(text: str) -> Quantity:
    """The figure written in `text`: 300万元, 1.5元/平方米/天, 12%, 第3名, −5%, 1.2 million yuan.

    Raises QuantityError (codes Q-…) with what to write instead.
    """
    quantity = _parse(text) or _parse(clean := _without_noise(text))
    if quantity is None:
        raise _diagnose(clean)
    return quantity


def _parse(text: str) -> Quantity | None:
    found = _WHOLE.fullmatch(text)
    if found is None:
        place = _PLACE.fullmatch(text)
        return Quantity(_integer(place[1] or place[2]), RANK, "名") if place else None
    sign, figure, suffix = found.groups()
    unit = _suffix(suffix)
    if unit is None:
        return None
    whole, point, decimals = figure.partition(".")
    number: Number = _integer(whole)
    if point:
        number = Fraction(_integer(whole + decimals), 10 ** len(decimals))
    if sign in ("-", "−"):
        number = -number
    return Quantity(exact(number * unit.factor), unit.dims, unit.text)


@lru_cache(maxsize=1024)
def _suffix(suffix: str) -> Unit | None:
    """The unit behind a figure, an English scale word included; None if there is no such unit."""
    words = suffix.strip()
    scale, _, rest = words.partition(" ")
    if not (scale.isascii() and scale in SCALES):
        scale, rest = "", words
    if not rest and scale:
        return None
    try:
        unit = parse_unit(rest)
    except UnknownUnitError:
        return None
    return Unit(unit.text, unit.dims, exact(SCALES.get(scale, 1) * unit.factor))


def _integer(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise QuantityError("Q-too-long", text=digits[:12] + "…", limit=_MAX_DIGITS)
    return int(digits)


def read_quantity(
    text: str, dims: Dims, minimum: Number | None = None, whole: bool = False
) -> Quantity:
    """The figure in `text` for a fact of these dimensions; refuses what such a fact cannot hold.

    `minimum` is in base units. Raises QuantityError: besides the codes of parse_quantity Q-no-unit
    (a bare number for money), Q-wrong-unit, Q-below-minimum and Q-not-whole.
    """
    quantity = parse_quantity(text)
    if quantity.dims != dims:
        expected = unit_text(dims) or "%"
        if not quantity.unit and dims:
            raise QuantityError("Q-no-unit", suggestion=text.strip() + expected, text=text)
        raise QuantityError("Q-wrong-unit", text=text, expected=expected)
    if minimum is not None and quantity.value < minimum:
        raise QuantityError("Q-below-minimum", text=text, minimum=format_quantity(minimum, dims))
    if whole and not isinstance(quantity.value, int):
        raise QuantityError("Q-not-whole", text=text)
    return quantity


_WIDE = {
    ord(wide): narrow
    for wide, narrow in zip("０１２３４５６７８９．％，－／＋　", "0123456789.%,-/+ ", strict=True)
}
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_BLANKS = re.compile(r"(?<![A-Za-z])\s+(?![A-Za-z])")


def _without_noise(text: str) -> str:
    """Full-width digits, blanks and well-placed thousands separators are reading noise."""
    narrow = " ".join(text.translate(_WIDE).split())
    joined = _BLANKS.sub("", narrow)
    return _GROUPED.sub(lambda group: group[0].replace(",", ""), joined)


_RANGE = re.compile(r"\d[^~～至\-–—]*[~～至\-–—]+\s*\d")
_APPROX = re.compile(
    r"^(?:大约|约|将近|接近|近|≈|~|大概|估计)|(?:左右|上下|许)$|(?<=[\d十百千万亿])[多余来几]"
)
_BORDERS = (
    ("不低于", "≥"),
    ("不高于", "≤"),
    ("不少于", "≥"),
    ("不超过", "≤"),
    ("至少", "≥"),
    ("至多", "≤"),
    ("以上", "≥"),
    ("以下", "≤"),
    ("以内", "≤"),
    ("超过", ">"),
    ("大于", ">"),
    ("小于", "<"),
    ("不足", "<"),
    ("≥", "≥"),
    ("≤", "≤"),
    (">", ">"),
    ("<", "<"),
)
_FIGURE_THEN_WORD = re.compile(rf"[-−+]?([0-9]+(?:\.[0-9]+)?)({_CHINESE_SCALE}?)([^\d.].*|)")


def _diagnose(text: str) -> QuantityError:
    """Why `text` (noise already removed) is no figure."""
    if not text:
        return QuantityError("Q-empty")
    approximate = _APPROX.sub("", text)
    if approximate != text:
        return QuantityError("Q-approx", suggestion=_completed(approximate), text=text)
    for word, sign in _BORDERS:
        if word in text:
            rest = _completed(text.replace(word, ""))
            return QuantityError("Q-border", suggestion=rest and f"{sign} {rest}", text=text)
    if _RANGE.search(text):
        return QuantityError("Q-range", text=text)
    if "," in text and text.replace(",", "")[:1].isdigit():
        return QuantityError("Q-grouping", suggestion=_completed(text.replace(",", "")), text=text)
    if found := _FIGURE_THEN_WORD.fullmatch(text):
        if not found[3] or found[3].strip() in SCALES:
            unit = " yuan" if found[3] else "元"
            return QuantityError("Q-no-unit", suggestion=_completed(text + unit), text=text)
        return _unknown_unit(found[1] + found[2], found[3])
    if text[0] in NUMERAL_CHARACTERS:
        return QuantityError("Q-chinese", suggestion=_in_digits(text), text=text)
    return QuantityError("Q-number", text=text)


def _completed(text: str) -> str:
    """`text` if it is a figure, with 元 added where only the unit is missing, else nothing."""
    try:
        parse_quantity(text)
    except QuantityError as error:
        return error.suggestion if error.code in ("Q-no-unit", "Q-grouping") else ""
    return text


def _unknown_unit(figure: str, unit: str) -> QuantityError:
    begins = [name for name in LEAD_UNITS if unit.startswith(name)]
    near = sorted(begins, key=len, reverse=True) or nearest(unit, LEAD_UNITS)
    near = [name for name in near if name not in "%％‰"]
    return QuantityError(
        "Q-unknown-unit", suggestion=_completed(figure + near[0]) if near else "", unit=unit
    )


def _in_digits(text: str) -> str:
    length = next((i for i, c in enumerate(text) if c not in NUMERAL_CHARACTERS), len(text))
    number = read_numeral(text[:length])
    if number is None:
        return ""
    for scale, word in ((100_000_000, "亿"), (10_000, "万")):
        if number and number % scale == 0:
            return _completed(f"{number // scale}{word}{text[length:]}")
    return _completed(f"{number}{text[length:]}")
