"""Figures: read exactly, refused with a suggestion, printed in the shortest exact form."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.vocabulary.quantity import (
    QUANTITY_PATTERN,
    Quantity,
    QuantityError,
    format_quantity,
    format_yuan,
    parse_quantity,
    read_quantity,
    round_half_up,
    show_quantity,
)
from huiqi.vocabulary.units import LEAD_UNITS, MONEY, NO_DIMS, RANK, TAIL_UNITS, Number, parse_unit

PEOPLE = parse_unit("人").dims

decimals = st.builds(Fraction, st.integers(0, 10**12), st.sampled_from([1, 10, 100, 10_000, 10**7]))
units = st.builds(
    lambda head, tails: "/".join([head, *tails]),
    st.sampled_from(["", *LEAD_UNITS]),
    st.lists(st.sampled_from(TAIL_UNITS), max_size=2),
)


@pytest.mark.parametrize(
    ("text", "value", "dims"),
    [
        ("300万元", 300_000_000, MONEY),
        ("1.2亿元", 12_000_000_000, MONEY),
        ("5千元", 500_000, MONEY),
        ("0.01元", 1, MONEY),
        ("12%", Fraction(12, 100), NO_DIMS),
        ("0.1‰", Fraction(1, 10_000), NO_DIMS),
        ("2.5个百分点", Fraction(25, 1000), NO_DIMS),
        ("2倍", 2, NO_DIMS),
        ("60人", 60, PEOPLE),
        ("第3名", 3, RANK),
        ("2年", 24, parse_unit("个月").dims),
        ("−5%", Fraction(-5, 100), NO_DIMS),
        ("1.5元/平方米/天", 150, parse_unit("元/平方米/天").dims),
        ("1000万美元", 1_000_000_000, parse_unit("美元").dims),
        ("1.2 million yuan", 120_000_000, MONEY),
        ("1 person", 1, PEOPLE),
        ("rank 3", 3, RANK),
        ("8.5", Fraction(17, 2), NO_DIMS),
    ],
)
def test_a_figure_is_held_exactly_in_base_units(text: str, value: Number, dims: object) -> None:
    quantity = parse_quantity(text)
    assert (quantity.value, quantity.dims) == (value, dims)


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        ("３００万元", "300万元"),
        ("20％", "20%"),
        (" 300 万元 ", "300万元"),
        ("1 000元", "1000元"),
        ("2,000万元", "2000万元"),
        ("1，234，567.89元", "1234567.89元"),
        ("3　人", "3人"),
    ],
)
def test_full_width_digits_blanks_and_thousands_separators_are_noise(
    noisy: str, clean: str
) -> None:
    assert parse_quantity(noisy) == parse_quantity(clean)


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("", "Q-empty", ""),
        ("约2000万", "Q-approx", "2000万元"),
        ("2000万元左右", "Q-approx", "2000万元"),
        ("2000余万元", "Q-approx", "2000万元"),
        ("300多人", "Q-approx", "300人"),
        ("2000万", "Q-no-unit", "2000万元"),
        ("2亿", "Q-no-unit", "2亿元"),
        ("5 million", "Q-no-unit", "5 million yuan"),
        ("12,34万元", "Q-grouping", "1234万元"),
        ("2000万元以上", "Q-border", "≥ 2000万元"),
        ("不足100万元", "Q-border", "< 100万元"),
        ("100万元~200万元", "Q-range", ""),
        ("3家企业", "Q-unknown-unit", "3家"),
        ("30工作天", "Q-unknown-unit", "30工作日"),
        ("三百万元", "Q-chinese", "300万元"),
        ("1.2.3", "Q-number", ""),
        ("很多", "Q-number", ""),
        ("9" * 5000, "Q-too-long", ""),
    ],
)
def test_what_is_no_exact_figure_is_refused_with_a_suggestion(
    text: str, code: str, suggestion: str
) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_quantity(text)
    assert (caught.value.code, caught.value.suggestion) == (code, suggestion)
    assert caught.value.message("zh")
    assert caught.value.message("en")


def test_the_refusal_says_what_to_write() -> None:
    with pytest.raises(QuantityError) as caught:
        parse_quantity("2000万")
    assert caught.value.message("zh") == "“2000万”没有写单位；可写作：2000万元"
    assert caught.value.message("en") == "“2000万” has no unit; write 2000万元"


@pytest.mark.parametrize(
    ("text", "dims", "code"),
    [
        ("2000", MONEY, "Q-no-unit"),
        ("3人", MONEY, "Q-wrong-unit"),
        ("12%", MONEY, "Q-wrong-unit"),
        ("-3人", PEOPLE, "Q-below-minimum"),
        ("2.5人", PEOPLE, "Q-not-whole"),
        ("1000美元", MONEY, "Q-wrong-unit"),
    ],
)
def test_a_fact_refuses_what_it_cannot_hold(
    text: str, dims: tuple[tuple[str, int], ...], code: str
) -> None:
    with pytest.raises(QuantityError) as caught:
        read_quantity(text, dims, minimum=0, whole=dims == PEOPLE)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("300万元 若", "300万元"),
        ("12%封顶", "12%"),
        ("1.5元/平方米/天) × 租赁天数", "1.5元/平方米/天"),
        ("300万元/营业收入", "300万元"),
        ("10元/人均", "10元"),
        ("第1名~第10名", "第1名"),
        ("30万元、40万元", "30万元"),
        ("6分钟", "6分钟"),
        ("2万 ", "2万"),
        ("4项]", "4项"),
        ("5 if", "5"),
        ("3 items:", "3 items"),
        ("20％的", "20％"),
    ],
)
def test_the_lexer_takes_the_longest_known_unit(text: str, taken: str) -> None:
    found = QUANTITY_PATTERN.match(text)
    assert found is not None
    assert found[0] == taken


@pytest.mark.parametrize(
    "text",
    ["3家企业", "5G通信", "3月~6月", "2019年度", "3年度", "第1年", "2022年5月", "1.2.3", "10x"],
)
def test_the_lexer_never_takes_part_of_a_word(text: str) -> None:
    assert QUANTITY_PATTERN.match(text) is None


@pytest.mark.parametrize(
    ("yuan", "zh", "en"),
    [
        ("360000", "36万元", "360000 yuan"),
        ("262800", "262800元", "262800 yuan"),
        ("336000", "33.6万元", "336000 yuan"),
        ("120000000", "1.2亿元", "120 million yuan"),
        ("148148.15", "148148.15元", "148148.15 yuan"),
        ("2999900", "299.99万元", "2.9999 million yuan"),
        ("1000", "1000元", "1000 yuan"),
        ("1", "1元", "1 yuan"),
        ("-60000", "−6万元", "−60000 yuan"),
        ("0", "0元", "0 yuan"),
    ],
)
def test_money_takes_its_shortest_exact_form(yuan: str, zh: str, en: str) -> None:
    fen = Fraction(yuan) * 100
    assert format_quantity(fen, MONEY) == zh
    assert format_quantity(fen, MONEY, "en") == en


def test_other_figures_take_their_customary_unit() -> None:
    assert format_quantity(Fraction(2999, 100_000)) == "2.999%"
    assert format_quantity(60, PEOPLE) == "60人"
    assert format_quantity(60, PEOPLE, "en") == "60 persons"
    assert format_quantity(1, PEOPLE, "en") == "1 person"
    assert format_quantity(3, RANK) == "第3名"
    assert format_quantity(36, parse_unit("年").dims) == "3年"
    assert format_quantity(18, parse_unit("年").dims) == "18个月"
    assert format_quantity(Fraction(2000, 3), parse_unit("亩").dims) == "1亩"
    assert format_quantity(2, NO_DIMS, unit="") == "2"
    assert format_quantity(12, parse_unit("年").dims, unit="个月") == "12个月"


def test_a_rounded_figure_is_marked() -> None:
    assert format_quantity(Fraction(1, 3)) == "≈33.3333%"
    assert show_quantity(Fraction(299_999_999, 10**10)) == "≈3%"
    assert show_quantity(Fraction(2999, 100_000)) == "2.999%"


def test_money_for_json_is_a_decimal_string_in_yuan() -> None:
    assert format_yuan(36_000_000) == "360000.00"
    assert format_yuan(Fraction(1_481_481_468, 100)) == "148148.15"
    assert format_yuan(-5) == "-0.05"


def test_halves_are_rounded_up() -> None:
    assert round_half_up(Fraction(5, 2)) == 3
    assert round_half_up(Fraction(49, 20)) == 2
    assert round_half_up(1_500_000, 1_000_000) == 2_000_000


@given(decimals, units, st.booleans(), st.sampled_from(["zh", "en"]))
def test_printing_and_reading_are_inverse(
    number: Fraction, unit_name: str, negative: bool, lang: str
) -> None:
    unit = parse_unit(unit_name)
    value = (-number if negative else number) * unit.factor
    printed = format_quantity(value, unit.dims, lang, unit.text)
    assert parse_quantity(printed) == Quantity(value, unit.dims)
    customary = format_quantity(value, unit.dims, lang)
    assert customary.startswith("≈") or parse_quantity(customary).value == value
    if value >= 0:
        taken = QUANTITY_PATTERN.match(printed)
        assert unit_name.startswith("/") or (taken is not None and taken[0] == printed)


def refusal(text: str) -> QuantityError | None:
    try:
        parse_quantity(text)
    except QuantityError as error:
        return error
    return None


@given(st.text(max_size=20))
def test_any_text_is_a_figure_or_refused_in_words(text: str) -> None:
    error = refusal(text)
    assert error is None or error.message("zh") != error.message("en")


@given(st.text(alphabet="0123456789.,万亿元人%/月 约~第名-一百", max_size=12))
def test_a_suggestion_can_be_read(text: str) -> None:
    error = refusal(text)
    if error is not None and error.code != "Q-border":
        assert not error.suggestion or refusal(error.suggestion) is None
