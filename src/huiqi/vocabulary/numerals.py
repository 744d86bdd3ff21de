"""Chinese numerals (三百万, 十二) as numbers, for suggestions and for figures in texts."""

from __future__ import annotations

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_DIGITS |= {c: i + 1 for i, c in enumerate("壹贰叁肆伍陆柒捌玖")}
_UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}

NUMERAL_CHARACTERS = frozenset([*_DIGITS, *_UNITS, *_MYRIADS])


def read_numeral(text: str) -> int | None:
    """The whole number that a Chinese numeral names; None if it is none (三百万 → 3000000)."""
    if not text or any(character not in NUMERAL_CHARACTERS for character in text):
        return None
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            section += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            total = (total + section + digit or 1) * _MYRIADS[character]
            section = digit = 0
    return total + section + digit
