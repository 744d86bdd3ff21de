"""Exact values in words: the shortest exact form of a figure with its unit, and money for JSON."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from huiqi.vocabulary.units import (
    MONTHS,
    NO_DIMS,
    Dims,
    Number,
    english_unit,
    exact,
    parse_unit,
    unit_text,
)

_SCALES = (("万", 10_000), ("亿", 100_000_000))
_ENGLISH_SCALES = ((" million", 1_000_000),)
_SCALE_DECIMALS = 4
_SHOWN_DECIMALS = 4
# Of two equally long forms (35.04万元, 350400元) small amounts take the plain one.
_PLAIN_BELOW = 1_000_000


@lru_cache(maxsize=16384)
def format_quantity(
    value: Number, dims: Dims = NO_DIMS, lang: str = "zh", unit: str | None = None
) -> str:
    """The shortest exact form: 36万元, 148148.15元, 12%, 60人, 第3名, 1年; parse_quantity reads it.

    `value` is in base units (money: fen). `unit` keeps a unit as written (Quantity.unit: 个月, 亩,
    ‰, "" for a bare number); without it the customary one is chosen. A value with no finite decimal
    form is rounded and marked ≈ (≈13.3333%).
    """
    chosen, amount, digits = _choose(value, dims, unit)
    if digits is None:
        return show_quantity(value, dims, lang, unit)
    return _spell(digits, amount, chosen, dims, lang)


@lru_cache(maxsize=16384)
def show_quantity(
    value: Number, dims: Dims = NO_DIMS, lang: str = "zh", unit: str | None = None
) -> str:
    """As format_quantity, but with at most four decimals; a rounded figure is marked ≈.

    For readers only: a shown ≈3% may be above or below 3 % (SEMANTICS B8).
    """
    chosen, amount, digits = _choose(value, dims, unit)
    if digits is not None and len(digits.partition(".")[2]) <= _SHOWN_DECIMALS:
        return _spell(digits, amount, chosen, dims, lang)
    rounded = exact(round(Fraction(amount), _SHOWN_DECIMALS))
    shown = decimal_text(rounded)
    assert shown is not None, "a number rounded to decimals has a decimal form"
    return "≈" + _spell(shown, rounded, chosen, dims, lang)


def format_yuan(fen: Number) -> str:
    """Money as a decimal string in yuan with two places: 36000000 → "360000.00"."""
    whole = round_half_up(fen)
    yuan, cents = divmod(abs(whole), 100)
    return f"{'-' if whole < 0 else ''}{yuan}.{cents:02d}"


def round_half_up(value: Number, grain: int = 1) -> int:
    """The nearest multiple of `grain`, halves up (SEMANTICS B16: once per award line)."""
    return (2 * value + grain) // (2 * grain) * grain


def decimal_text(value: Number) -> str | None:
    """The finite decimal form of an exact number (33.6, −0.05 with an ASCII minus), or None."""
    if isinstance(value, int):
        return str(value)
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return None
    places = max(twos, fives)
    if not places:
        return str(value.numerator)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def _choose(value: Number, dims: Dims, unit: str | None) -> tuple[str, Number, str | None]:
    """The unit to print in, the amount in it, and its decimal form (None if it has none)."""
    for candidate in [unit] if unit is not None else _customary(value, dims):
        parsed = parse_unit(candidate)
        assert parsed.dims == dims, f"{candidate} does not measure {dims}"
        amount = exact(Fraction(value) / parsed.factor)
        digits = decimal_text(amount)
        if digits is not None:
            return candidate, amount, digits
    return candidate, amount, None


def _customary(value: Number, dims: Dims) -> list[str]:
    """Units in which a reader expects these dimensions, best first."""
    if dims == NO_DIMS:
        return ["%"]
    if dims == MONTHS:
        return ["年", "个月"] if value and value % 12 == 0 else ["个月"]
    base = unit_text(dims)
    if all(power < 0 for _, power in dims):
        return [base, f"%{base}"]
    years, mu = base.replace("/月", "/年"), base.replace("平方米", "亩")
    return list(dict.fromkeys([base, years, mu, mu.replace("/月", "/年")]))


def _spell(digits: str, amount: Number, unit: str, dims: Dims, lang: str) -> str:
    digits = digits.replace("-", "−")
    if unit == "名" and digits.isdigit():
        return f"第{digits}名" if lang == "zh" else f"rank {digits}"
    if dims == NO_DIMS or unit.startswith(("/", "%")):
        return digits + _unit_words(unit, amount, lang)
    figure = _shortest(digits, amount, lang)
    return figure + _unit_words(unit, amount, lang)


def _shortest(digits: str, amount: Number, lang: str) -> str:
    best, size = digits, abs(Fraction(amount))
    for word, scale in _SCALES if lang == "zh" else _ENGLISH_SCALES:
        if size < scale:
            continue
        scaled = decimal_text(exact(Fraction(amount) / scale))
        if scaled is None or len(scaled.partition(".")[2]) > _SCALE_DECIMALS:
            continue
        length = len(scaled) + len(word) if lang == "zh" else 0
        if length < len(best) or (length == len(best) and size >= _PLAIN_BELOW):
            best = scaled.replace("-", "−") + word
    return best


def _unit_words(unit: str, amount: Number, lang: str) -> str:
    if lang == "zh" or unit in ("", "%", "‰"):
        return unit
    words = english_unit(unit, plural=amount != 1)
    return words if unit.startswith(("/", "%")) else f" {words}"
