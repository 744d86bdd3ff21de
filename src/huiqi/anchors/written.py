"""What a rule's line claims: its numbers, dates, years and the borders it compares with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import msgspec

from huiqi.anchors.figures import BARE, Figure, unit_of
from huiqi.language import syntax as s
from huiqi.language.periods import near_years
from huiqi.vocabulary.units import SCALES, UnknownUnitError, exact

_FLIPPED = {"≥": "<", ">": "≤", "≤": ">", "<": "≥"}
_MIRRORED = {"≥": "≤", ">": "<", "≤": "≥", "<": ">"}
# Their second argument says how to round, not what the document states.
_GRAINED = frozenset({"取整", "舍去"})


@dataclass(frozen=True, slots=True)
class Border:
    """A comparison with a bare figure: `x op figure`."""

    op: str
    figure: Figure
    shown: str
    is_key: bool = False  # of a table's row


@dataclass(slots=True)
class Claims:
    """Everything on one line that must stand in the official words."""

    figures: list[tuple[Figure, str]] = field(default_factory=list)
    borders: list[Border] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    yearly: list[tuple[int, int]] = field(default_factory=list)
    caps: list[Border] = field(default_factory=list)
    judged: bool = False
    open: bool = False

    def __bool__(self) -> bool:
        return bool(self.figures or self.days or self.years or self.yearly)


def claims_of(content: s.Expr | None, *extra: s.Num | s.Key | None) -> Claims:
    """The claims of a line; lines below it (members, rows, readings) make their own."""
    claims = Claims()
    for part in extra:
        if isinstance(part, s.Key):
            _key(part, claims)
        elif part is not None:
            _figure(part, claims)
    if content is not None:
        _walk(content, claims, False)
    return claims


def figure_of(number: s.Num) -> Figure | None:
    """A number as written in a rule, comparable with those of a text."""
    unit = number.unit
    scale = 1
    for word in sorted(SCALES, key=len, reverse=True):
        if word.isascii():
            if unit.strip().startswith(word + " "):
                scale, unit = SCALES[word], unit.strip().removeprefix(word).strip()
                break
        elif unit.startswith(word):
            scale, unit = SCALES[word], unit.removeprefix(word)
            break
    try:
        factor, family = unit_of(unit.strip())
    except UnknownUnitError:
        factor, family = 1, BARE
    return Figure(exact(Fraction(number.number) * factor * scale), family)


def _figure(number: s.Num, claims: Claims) -> None:
    made = figure_of(number)
    if made is not None and made.value != 0:
        claims.figures.append((made, number.number.removeprefix("-") + number.unit))


def _key(key: s.Key, claims: Claims) -> None:
    for bound in key.bounds:
        add_border(bound.op, bound.value, claims, is_key=True)
        _walk(bound.value, claims, False)
    for value in key.values:
        _walk(value, claims, False)
    if key.from_year:
        claims.years.append(key.from_year)
    if key.condition is not None:
        _walk(key.condition, claims, False)


def add_border(
    op: str, value: object, claims: Claims, negated: bool = False, is_key: bool = False
) -> None:
    """Note a comparison with a bare figure."""
    if op not in _FLIPPED or not isinstance(value, s.Num):
        return
    made = figure_of(value)
    if made is not None and made.value != 0:
        said = _FLIPPED[op] if negated else op
        claims.borders.append(Border(said, made, value.number + value.unit, is_key))


def _walk(node: object, claims: Claims, negated: bool) -> None:
    if isinstance(node, s.Num):
        _figure(node, claims)
    elif isinstance(node, s.DateLit):
        day = read_day(node.iso)
        claims.days += [day] if day else []
    elif isinstance(node, s.MonthLit):
        claims.yearly.append((node.month, node.day))
    elif isinstance(node, s.PeriodLit):
        _period(node.word, claims)
    elif isinstance(node, s.Compare):
        if isinstance(node.left, s.Num):
            add_border(_MIRRORED.get(node.op, ""), node.left, claims, negated)
        else:
            add_border(node.op, node.right, claims, negated)
        _walk(node.left, claims, negated)
        _walk(node.right, claims, negated)
    elif isinstance(node, s.Not):
        _walk(node.of, claims, not negated)
    elif isinstance(node, s.Judge):
        claims.judged = True
        if node.points is not None:
            _walk(node.points, claims, negated)
    elif isinstance(node, s.OpenText):
        claims.open = True
    elif isinstance(node, s.Table):
        if node.subject is not None:
            _walk(node.subject, claims, negated)
    elif isinstance(node, s.Group):
        if node.each is not None:
            _walk(node.each, claims, negated)
        if node.full is not None:
            _figure(node.full, claims)
    elif isinstance(node, s.Reading):
        return
    elif isinstance(node, s.Call) and node.function in _GRAINED:
        _walk(node.args[0], claims, negated)
    elif isinstance(node, s.Capped | s.AtMost | s.AtLeast | s.Floored):
        _limit(node, claims)
        for child in _children(node):
            _walk(child, claims, negated)
    elif isinstance(node, s.Arith):
        for child in (node.left, node.right):
            if not _whole(child):
                _walk(child, claims, negated)
    elif isinstance(node, msgspec.Struct) and not isinstance(node, s.Line):
        if isinstance(node, s.During | s.Holds):
            _period(node.period, claims)
        for child in _children(node):
            _walk(child, claims, negated)


def read_day(written: str) -> date | None:
    """A day as written; None for one that is none (the checker says so)."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _limit(node: s.Capped | s.AtMost | s.AtLeast | s.Floored, claims: Claims) -> None:
    """A cap reads as ≤ and a floor as ≥ in the official words."""
    op, value = {
        s.Capped: ("≤", getattr(node, "cap", None)),
        s.AtMost: ("≤", node.of),
        s.AtLeast: ("≥", node.of),
        s.Floored: ("≥", getattr(node, "floor", None)),
    }[type(node)]
    if isinstance(value, s.Num):
        made = figure_of(value)
        if made is not None:
            claims.caps.append(Border(op, made, value.number + value.unit))


def _whole(node: object) -> bool:
    """100% is the whole that a share is taken from, 1 a mere factor: no figures of the document."""
    return isinstance(node, s.Num) and (node.number, node.unit) in {("100", "%"), ("1", "")}


def _children(node: msgspec.Struct) -> Iterator[object]:
    for name in node.__struct_fields__:
        value = getattr(node, name)
        yield from value if isinstance(value, tuple) else (value,)


def _period(word: str, claims: Claims) -> None:
    if len(word) >= 4 and word[:4].isdecimal():
        claims.years.append(int(word[:4]))
        return
    near = near_years(word)
    if near is not None and not near[2] and near[0] > 1:
        claims.figures.append((Figure(near[0] * 12, "个月"), word))
