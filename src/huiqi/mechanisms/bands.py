"""The key axis of a table over a number: which rows pay where.

Rows that nest say how (取最高档: the narrowest pays; 各档都给: all pay; 分段: each slice), rows that cross are an
error, a stretch that nobody covers is an error unless it is an end of the axis or has 其他. Two borders carry a
reading of their own: a value that two dashed rows name (SEMANTICS B3) and a single point left out (B5).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from huiqi.language.tree import Band
from huiqi.vocabulary.units import Number

ONE, EACH, MARGINAL = "one", "each", "marginal"


@dataclass(frozen=True, slots=True)
class Interval:
    """The values of one row; None = unbounded. `dashed` = written a~b, so its borders are open to B3."""

    low: Number | None
    low_closed: bool
    high: Number | None
    high_closed: bool
    dashed: bool = False

    def covers(self, value: Number) -> bool:
        above = self.low is None or value > self.low or (self.low_closed and value == self.low)
        below = self.high is None or value < self.high or (self.high_closed and value == self.high)
        return above and below

    def contains(self, other: Interval) -> bool:
        """Every value of `other` is one of this."""
        if self.low is not None:
            if other.low is None or other.low < self.low:
                return False
            if other.low == self.low and other.low_closed and not self.low_closed:
                return False
        if self.high is not None:
            if other.high is None or other.high > self.high:
                return False
            if other.high == self.high and other.high_closed and not self.high_closed:
                return False
        return True


@dataclass(frozen=True, slots=True)
class TableFault:
    """Why rows make no table: E-cross, E-nested, E-gap, E-unreachable; an example value or the row's index."""

    code: str
    value: Number | None = None
    rows: tuple[int, ...] = ()


def build_bands(
    rows: Sequence[Interval | None], mode: str, nesting_said: bool
) -> tuple[tuple[Band, ...], list[TableFault]]:
    """Bands in ascending order, and what is wrong. `None` stands for the row 其他."""
    rest = next((index for index, row in enumerate(rows) if row is None), None)
    faults: list[TableFault] = []
    points = sorted(
        {end for row in rows if row is not None for end in (row.low, row.high) if end is not None}
    )
    pieces: list[Band] = []
    for low, low_closed, high, high_closed, sample in _pieces(points):
        covering = [i for i, row in enumerate(rows) if row is not None and row.covers(sample)]
        shared: tuple[int, ...] = ()
        chosen: tuple[int, ...]
        if mode == EACH or len(covering) < 2:
            chosen = tuple(covering)
        else:
            chosen, shared, fault = _narrowest(rows, covering, sample, nesting_said)
            if fault:
                faults.append(fault)
        if not chosen and rest is not None:
            chosen = (rest,)
        pieces.append(Band(low, low_closed, high, high_closed, chosen, shared))
    pieces = _close_point_gaps(pieces)
    faults += _gaps(pieces)
    used = {index for band in pieces for index in (*band.rows, *band.shared)}
    faults += [
        TableFault("E-unreachable", rows=(index,))
        for index in range(len(rows))
        if index not in used
    ]
    return _merged(pieces), _first_of_each(faults)


def _pieces(
    points: list[Number],
) -> Iterator[tuple[Number | None, bool, Number | None, bool, Number]]:
    """Open stretches and single points of the axis in order, each with a value inside."""
    if not points:
        yield None, False, None, False, 0
        return
    yield None, False, points[0], False, points[0] - 1
    for index, point in enumerate(points):
        yield point, True, point, True, point
        if index + 1 < len(points):
            following = points[index + 1]
            yield point, False, following, False, _between(point, following)
    yield points[-1], False, None, False, points[-1] + 1


def _between(low: Number, high: Number) -> Number:
    return Fraction(low + high) / 2


def _narrowest(
    rows: Sequence[Interval | None], covering: list[int], sample: Number, nesting_said: bool
) -> tuple[tuple[int, ...], tuple[int, ...], TableFault | None]:
    found = {i: row for i in covering if (row := rows[i]) is not None}
    at_border = [i for i, row in found.items() if row.dashed and sample in (row.low, row.high)]
    if len(at_border) == len(covering) == 2:
        upper = next((i for i in covering if found[i].low == sample), covering[-1])
        return (upper,), tuple(i for i in covering if i != upper), None
    if len(at_border) == 1 and len(covering) == 2:
        # An explicit 以上 / 以下 beats a bare dash at its border (B3).
        firm = next(i for i in covering if i not in at_border)
        if found[firm].low == sample or found[firm].high == sample:
            return (firm,), tuple(at_border), None
    inner = min(covering, key=lambda i: sum(found[j].contains(found[i]) for j in covering) * -1)
    if not all(found[i].contains(found[inner]) for i in covering):
        return (inner,), (), TableFault("E-cross", sample, tuple(covering))
    if not nesting_said:
        return (inner,), (), TableFault("E-nested", sample, tuple(covering))
    return (inner,), (), None


def _close_point_gaps(pieces: list[Band]) -> list[Band]:
    closed = list(pieces)
    for index in range(1, len(pieces) - 1):
        piece, before, after = pieces[index], pieces[index - 1], pieces[index + 1]
        if not piece.rows and piece.low == piece.high and before.rows and after.rows:
            closed[index] = Band(piece.low, True, piece.high, True, before.rows, (), True)
    return closed


def _gaps(pieces: list[Band]) -> list[TableFault]:
    covered = [index for index, piece in enumerate(pieces) if piece.rows]
    if not covered:
        return []
    return [
        TableFault("E-gap", _sample(pieces[index]))
        for index in range(covered[0], covered[-1])
        if not pieces[index].rows
    ]


def _sample(band: Band) -> Number | None:
    if band.low is not None and band.high is not None:
        return band.low if band.low == band.high else _between(band.low, band.high)
    return band.low if band.low is not None else band.high


def _merged(pieces: list[Band]) -> tuple[Band, ...]:
    merged: list[Band] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.rows == piece.rows
            and not (last.shared or piece.shared or last.gap or piece.gap)
        ):
            merged[-1] = Band(last.low, last.low_closed, piece.high, piece.high_closed, last.rows)
        else:
            merged.append(piece)
    return tuple(merged)


def _first_of_each(faults: list[TableFault]) -> list[TableFault]:
    seen: set[tuple[str, tuple[int, ...]]] = set()
    kept = []
    for fault in faults:
        if (fault.code, fault.rows) not in seen:
            seen.add((fault.code, fault.rows))
            kept.append(fault)
    return kept


def in_band(band: Band, value: Number | float) -> bool:
    above = band.low is None or value > band.low or (band.low_closed and value == band.low)
    below = band.high is None or value < band.high or (band.high_closed and value == band.high)
    return above and below


def band_of(bands: Sequence[Band], value: Number) -> Band:
    """The band that holds a value; bands cover the whole axis."""
    starts = [band.low for band in bands[1:]]
    index = bisect_right(starts, value)  # type: ignore[type-var]
    for candidate in (index, index - 1, index + 1):
        if 0 <= candidate < len(bands) and in_band(bands[candidate], value):
            return bands[candidate]
    raise AssertionError("INVARIANT: bands cover the axis")


def bands_between(bands: Sequence[Band], low: Number | float, high: Number | float) -> list[Band]:
    """The bands that hold some value of [low, high]."""
    found = []
    for band in bands:
        if band.low is not None and (band.low > high or (band.low == high and not band.low_closed)):
            continue
        if band.high is not None and (
            band.high < low or (band.high == low and not band.high_closed)
        ):
            continue
        found.append(band)
    return found


def pays_everywhere(bands: Sequence[Band], minimum: Number | None) -> bool:
    """Whether some row pays for every value from the minimum on."""
    for band in bands:
        below = (
            minimum is not None
            and band.high is not None
            and (band.high < minimum or (band.high == minimum and not band.high_closed))
        )
        if not band.rows and not below:
            return False
    return True
