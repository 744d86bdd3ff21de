"""Units: factors are exact, dimensions cancel, names are read back."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.vocabulary.units import (
    LEAD_UNITS,
    MONEY,
    NO_DIMS,
    TAIL_UNITS,
    UnknownUnitError,
    divide,
    english_unit,
    exact,
    is_currency,
    multiply,
    parse_unit,
    unit_text,
)

simple_units = st.sampled_from(LEAD_UNITS)
compound_units = st.builds(
    lambda head, tails: "/".join([head, *tails]),
    simple_units,
    st.lists(st.sampled_from(TAIL_UNITS), max_size=2),
)


def test_rent_per_square_metre_and_day_times_area_and_days_is_money() -> None:
    price, area, days = parse_unit("元/平方米/天"), parse_unit("平方米"), parse_unit("天")
    assert multiply(multiply(price.dims, area.dims), days.dims) == MONEY


def test_money_is_held_in_fen() -> None:
    assert parse_unit("元").factor == 100
    assert parse_unit("万元").factor == 1_000_000


def test_a_mu_is_an_exact_fraction_of_square_metres() -> None:
    assert parse_unit("亩").factor == Fraction(2000, 3)
    assert parse_unit("万元/亩").factor == 1500


def test_years_and_months_share_a_dimension_and_days_do_not() -> None:
    assert parse_unit("年").dims == parse_unit("个月").dims
    assert parse_unit("年").factor == 12
    assert parse_unit("天").dims != parse_unit("年").dims


def test_after_the_first_slash_everything_divides() -> None:
    assert parse_unit("元/平方米·天") == parse_unit("元/平方米/天")


def test_a_kilometre_and_a_kilowatt_hour_are_not_a_thousand_of_something_else() -> None:
    assert parse_unit("千瓦时").factor == 1
    assert parse_unit("千米") == parse_unit("公里")
    assert parse_unit("千克").factor == Fraction(1, 1000)


def test_every_counter_is_its_own_dimension() -> None:
    assert parse_unit("人").dims != parse_unit("家").dims
    assert parse_unit("人次").dims != parse_unit("人").dims


def test_percent_points_and_multiples_are_plain_factors() -> None:
    assert parse_unit("个百分点").factor == parse_unit("%").factor == Fraction(1, 100)
    assert parse_unit("倍").dims == NO_DIMS


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(UnknownUnitError) as caught:
        parse_unit("元/桶")
    assert caught.value.args == ("桶",)


def test_a_month_of_the_year_is_no_unit_but_per_month_is() -> None:
    with pytest.raises(UnknownUnitError):
        parse_unit("月")
    assert parse_unit("元/月").dims == divide(MONEY, parse_unit("个月").dims)


def test_only_a_plain_amount_of_money_is_a_currency() -> None:
    assert is_currency(MONEY)
    assert is_currency(parse_unit("美元").dims)
    assert not is_currency(parse_unit("元/人").dims)
    assert not is_currency(NO_DIMS)


def test_whole_fractions_become_ints() -> None:
    assert exact(Fraction(6, 3)) == 2
    assert type(exact(Fraction(6, 3))) is int


@given(compound_units)
def test_a_canonical_unit_text_means_the_same_unit(text: str) -> None:
    unit = parse_unit(text)
    assert parse_unit(unit.text) == unit
    assert parse_unit(english_unit(unit.text)) == unit
    assert parse_unit(english_unit(unit.text, plural=True)) == unit


@given(compound_units)
def test_the_text_of_dimensions_has_these_dimensions(text: str) -> None:
    dims = parse_unit(text).dims
    assert parse_unit(unit_text(dims)).dims == dims
    assert parse_unit(unit_text(dims, "en")).dims == dims


@given(compound_units, compound_units)
def test_division_undoes_multiplication(left: str, right: str) -> None:
    a, b = parse_unit(left).dims, parse_unit(right).dims
    assert divide(multiply(a, b), b) == a
    assert multiply(a, b) == multiply(b, a)
