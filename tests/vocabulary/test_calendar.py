"""Calendar: anniversaries and validity as the law counts them, partial dates, refusals."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.vocabulary.calendar import (
    DateRange,
    add_months,
    add_years,
    calendar_years,
    format_date,
    format_range,
    full_months_between,
    full_years_between,
    last_day_of_validity,
    month_range,
    one_day,
    parse_date,
    parse_date_range,
    parse_partial_date,
    quarter_range,
    rolling_years,
    year_range,
)
from huiqi.vocabulary.mistakes import DateError

days = st.dates(date(1910, 1, 1), date(2190, 12, 31))
ranges = st.builds(lambda a, n: DateRange(a, a + timedelta(days=n)), days, st.integers(0, 3000))


def test_a_validity_ends_the_day_before_the_anniversary() -> None:
    assert last_day_of_validity(date(2023, 2, 22), years=3) == date(2026, 2, 21)
    assert last_day_of_validity(date(2020, 10, 15), years=5) == date(2025, 10, 14)
    assert last_day_of_validity(date(2020, 1, 1), months=6) == date(2020, 6, 30)


def test_a_validity_from_29_february_ends_on_28_february() -> None:
    assert last_day_of_validity(date(2024, 2, 29), years=1) == date(2025, 2, 27)
    assert last_day_of_validity(date(2024, 2, 29), years=4) == date(2028, 2, 28)


def test_a_missing_corresponding_day_is_the_last_of_its_month() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_months(date(2023, 8, 31), 6) == date(2024, 2, 29)
    assert add_months(date(2024, 3, 31), -1) == date(2024, 2, 29)


def test_a_year_is_full_on_the_corresponding_day() -> None:
    registered = date(2023, 3, 15)
    assert full_years_between(registered, date(2024, 3, 14)) == 0
    assert full_years_between(registered, date(2024, 3, 15)) == 1
    assert full_years_between(date(2024, 2, 29), date(2025, 2, 28)) == 1


def test_the_last_three_years_have_two_readings() -> None:
    as_of = date(2024, 6, 30)
    assert date(2021, 6, 30) not in rolling_years(as_of, 3)
    assert date(2021, 7, 1) in rolling_years(as_of, 3)
    assert date(2021, 6, 30) in calendar_years(as_of, 3)
    assert date(2020, 12, 31) not in calendar_years(as_of, 3)
    assert calendar_years(date(2024, 5, 1), 5, including_current=True).first == date(2020, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2020-11-30",
        "2020/11/30",
        "2020.11.30",
        "20201130",
        "2020年11月30日",
        "２０２０年１１月３０日",
        " 2020 年 11 月 30 日 ",
        "2020-11-30 00:00:00",
        "2020-11-30T08:30",
    ],
)
def test_usual_ways_to_write_a_date(text: str) -> None:
    assert parse_date(text) == date(2020, 11, 30)


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("2023-02-29", "D-no-such-day", "2023-02-28"),
        ("2023年4月31日", "D-no-such-day", "2023-04-30"),
        ("2023-13-01", "D-no-such-day", ""),
        ("1899-12-31", "D-year", ""),
        ("2201-01-01", "D-year", ""),
        ("0000-01-01", "D-year", ""),
        ("30/11/2020", "D-format", "2020-11-30"),
        ("去年", "D-format", "2020-11-30"),
        ("2022", "D-format", "2020-11-30"),
        ("", "D-format", "2020-11-30"),
    ],
)
def test_what_is_no_day_is_refused(text: str, code: str, suggestion: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_date(text)
    assert (caught.value.code, caught.value.suggestion) == (code, suggestion)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2022", DateRange(date(2022, 1, 1), date(2022, 12, 31))),
        ("2022年", year_range(2022)),
        ("2022-02", month_range(2022, 2)),
        ("2022年2月", DateRange(date(2022, 2, 1), date(2022, 2, 28))),
        ("2022年第四季度", DateRange(date(2022, 10, 1), date(2022, 12, 31))),
        ("2022Q1", quarter_range(2022, 1)),
        ("2022-05-06", one_day(date(2022, 5, 6))),
    ],
)
def test_a_date_known_in_part_is_the_range_it_may_lie_in(text: str, span: DateRange) -> None:
    assert parse_partial_date(text) == span


def test_a_span_that_begins_after_it_ends_is_refused() -> None:
    assert parse_date_range("2021-01-01~2025-12-31").days == 1826
    assert parse_date_range("2021年1月至2021年3月") == quarter_range(2021, 1)
    with pytest.raises(DateError) as caught:
        parse_date_range("2025-12-31~2021-01-01")
    assert caught.value.code == "D-order"
    assert caught.value.suggestion == "2021-01-01~2025-12-31"


@given(days)
def test_a_printed_date_is_read_back(day: date) -> None:
    assert parse_date(format_date(day)) == day
    assert parse_date(f"{day.year}年{day.month}月{day.day}日") == day


@given(ranges)
def test_a_printed_range_is_read_back(span: DateRange) -> None:
    assert parse_date_range(format_range(span)) == span


@given(days, st.integers(0, 400))
def test_whole_months_count_corresponding_days(start: date, months: int) -> None:
    end = add_months(start, months)
    assert full_months_between(start, end) == months
    assert full_months_between(start, end - timedelta(days=1)) == months - 1 or months == 0
    assert full_years_between(start, end) == months // 12


@given(days, st.integers(1, 60))
def test_validities_of_one_month_follow_each_other_without_a_gap(start: date, months: int) -> None:
    last = last_day_of_validity(start, months=months)
    assert last < add_months(start, months) + timedelta(days=1)
    assert full_months_between(start, last + timedelta(days=1)) == months


@given(ranges, ranges)
def test_common_days_are_those_in_both(left: DateRange, right: DateRange) -> None:
    common = left.common(right)
    assert (common is not None) == left.overlaps(right)
    if common is not None:
        assert left.covers(common)
        assert right.covers(common)


@given(st.text(alphabet="0123456789-年月日./~ Q第四季度", max_size=14))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    with suppress(DateError):
        assert isinstance(parse_date_range(text), DateRange)


def test_a_term_beyond_the_calendar_stops_at_its_end() -> None:
    assert add_years(date(2024, 1, 1), 1_000_000) == date.max
    assert add_years(date(2024, 1, 1), -1_000_000) == date.min
