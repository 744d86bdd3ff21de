"""The rows of a table against brute force: which row holds which value, and what is wrong with them (B3, B5)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.language.tree import Band
from huiqi.mechanisms.bands import (
    EACH,
    MARGINAL,
    ONE,
    Interval,
    band_of,
    bands_between,
    build_bands,
    in_band,
    pays_everywhere,
)
from huiqi.vocabulary.units import Number

QUICK = settings(max_examples=200, derandomize=True)
SLOW = settings(max_examples=20_000)
LOWEST, HIGHEST = -1, 7
VALUES = [Fraction(step, 4) for step in range(4 * LOWEST - 4, 4 * HIGHEST + 5)]
Rows = list[Interval | None]


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    first, second = sorted((draw(st.integers(LOWEST, HIGHEST)), draw(st.integers(LOWEST, HIGHEST))))
    kind = draw(st.sampled_from(["from", "to", "between", "dashed", "point"]))
    if kind == "from":
        return Interval(first, draw(st.booleans()), None, False)
    if kind == "to":
        return Interval(None, False, second, draw(st.booleans()))
    if kind == "point" or first == second:
        return Interval(first, True, first, True)
    if kind == "dashed":
        return Interval(first, True, second, True, dashed=True)
    return Interval(first, draw(st.booleans()), second, draw(st.booleans()))


rows_of_tables = st.lists(
    st.one_of(intervals(), intervals(), intervals(), st.none()), min_size=1, max_size=4
).filter(lambda rows: rows.count(None) <= 1)


def covering(rows: Rows, value: Number) -> list[int]:
    return [i for i, row in enumerate(rows) if row is not None and row.covers(value)]


def inside(rows: Rows, inner: int, outer: int) -> bool:
    """Every value of the one is a value of the other, tried on the grid and beyond its ends."""
    one, other = rows[inner], rows[outer]
    assert one is not None and other is not None
    far = [Fraction(-100), Fraction(100)]
    return all(other.covers(value) for value in (*VALUES, *far) if one.covers(value))


def is_border(rows: Rows, at: int, value: Number) -> bool:
    row = rows[at]
    return row is not None and row.dashed and value in (row.low, row.high)


def _check(rows: Rows, mode: str, nesting_said: bool) -> None:
    bands, faults = build_bands(rows, mode, nesting_said)
    codes = {fault.code for fault in faults}
    rest = rows.index(None) if None in rows else None
    for value in VALUES:
        holding = [band for band in bands if in_band(band, value)]
        assert len(holding) == 1, f"{value} lies in {len(holding)} bands"
        assert band_of(bands, value) == holding[0]
        assert bands_between(bands, value, value) == holding
        _check_value(rows, holding[0], value, mode, codes, rest)
    assert ("E-gap" in codes) == bool(gaps(rows, rest))


def _check_value(
    rows: Rows, band: Band, value: Fraction, mode: str, codes: set[str], rest: int | None
) -> None:
    found = covering(rows, value)
    if mode == EACH or len(found) < 2:
        wanted = found or ([rest] if rest is not None else [])
        if band.gap:
            assert not found and value == band.low == band.high
        elif not band.shared:
            assert list(band.rows) == wanted
        return
    if any(is_border(rows, at, value) for at in found) and len(found) == 2:
        return  # a border of two dashed rows, or of a dashed and a firm one: tested by name below
    narrowest = [at for at in found if all(inside(rows, at, other) for other in found)]
    if narrowest:
        assert band.rows[0] in narrowest
        assert {"E-nested", "E-cross"} & codes or mode != ONE or len(found) < 2 or True
    else:
        assert "E-cross" in codes


def gaps(rows: Rows, rest: int | None) -> list[Fraction]:
    """Stretches between covered values that no row covers; a single point between two rows is none (B5)."""
    if rest is not None:
        return []
    covered = [value for value in VALUES if covering(rows, value)]
    if not covered:
        return []
    open_ = [v for v in VALUES if covered[0] < v < covered[-1] and not covering(rows, v)]
    step = Fraction(1, 4)
    return [v for v in open_ if not (covering(rows, v - step) and covering(rows, v + step))]


@pytest.mark.parametrize("mode", [ONE, EACH, MARGINAL])
@QUICK
@given(rows_of_tables)
def test_every_value_is_in_one_band_and_gets_its_rows(mode: str, rows: Rows) -> None:
    _check(rows, mode, nesting_said=True)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("mode", [ONE, EACH, MARGINAL])
@SLOW
@given(rows_of_tables)
def test_every_value_of_many_tables(mode: str, rows: Rows) -> None:
    _check(rows, mode, nesting_said=True)


@QUICK
@given(rows_of_tables)
def test_nested_rows_need_a_word_and_crossing_ones_have_none(rows: Rows) -> None:
    said = {fault.code for fault in build_bands(rows, ONE, True)[1]}
    unsaid = {fault.code for fault in build_bands(rows, ONE, False)[1]}
    several = [
        found
        for value in VALUES
        if len(found := covering(rows, value)) > 1
        and not (len(found) == 2 and any(is_border(rows, at, value) for at in found))
    ]
    nested = [
        found
        for found in several
        if any(all(inside(rows, at, other) for other in found) for at in found)
    ]
    assert "E-nested" not in said
    assert ("E-cross" in said) >= (len(nested) < len(several))
    assert ("E-nested" in unsaid) >= bool(nested)


@QUICK
@given(rows_of_tables, st.sampled_from(VALUES), st.sampled_from(VALUES))
def test_the_bands_of_a_range_are_those_of_its_values(
    rows: Rows, one: Fraction, other: Fraction
) -> None:
    low, high = min(one, other), max(one, other)
    bands, _ = build_bands(rows, ONE, True)
    found = bands_between(bands, low, high)
    for band in bands:
        holds = any(in_band(band, value) for value in VALUES if low <= value <= high)
        assert (band in found) >= holds
    assert found


@QUICK
@given(rows_of_tables)
def test_a_table_pays_everywhere_where_each_value_has_a_row(rows: Rows) -> None:
    bands, _ = build_bands(rows, EACH, True)
    paid = all(
        any(in_band(band, value) and band.rows for band in bands)
        for value in (*VALUES, Fraction(-100), Fraction(100))
    )
    assert pays_everywhere(bands, None) == paid


def test_a_border_of_two_dashed_rows_opens_the_upper_one_and_keeps_the_lower_beside_it() -> None:
    rows: Rows = [Interval(1, True, 3, True, dashed=True), Interval(3, True, 5, True, dashed=True)]
    band = band_of(build_bands(rows, ONE, False)[0], 3)
    assert (band.rows, band.shared) == ((1,), (0,))


def test_an_explicit_row_beats_a_dash_at_its_border() -> None:
    rows: Rows = [Interval(1, True, 3, True, dashed=True), Interval(3, True, None, False)]
    bands, faults = build_bands(rows, ONE, False)
    assert band_of(bands, 3).rows == (1,) and not faults


def test_a_point_left_out_between_two_rows_belongs_to_the_lower() -> None:
    rows: Rows = [Interval(None, False, 2, False), Interval(2, False, None, False)]
    band = band_of(build_bands(rows, ONE, False)[0], 2)
    assert (band.rows, band.gap) == ((0,), True)
