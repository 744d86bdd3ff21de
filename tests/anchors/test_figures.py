"""Figures, dates and border words as official texts write them."""

from datetime import date
from fractions import Fraction

import pytest

from huiqi.anchors.borders import contradicts, document_borders, signs_at
from huiqi.anchors.dates import dates_in
from huiqi.anchors.figures import Figure, figures_in
from huiqi.anchors.text import plain


@pytest.mark.parametrize(
    ("words", "value", "family"),
    [
        ("奖励300万元", 3_000_000_00, "元"),
        ("奖励三百万元", 3_000_000_00, "元"),
        ("奖励２０ 万元", 200_000_00, "元"),
        ("分别奖励20、30、50万元", 200_000_00, "元"),
        ("研发费用400-500万元", 4_000_000_00, "元"),
        ("百分之十二", Fraction(12, 100), "%"),
        ("百分之十二点五", Fraction(125, 1000), "%"),
        ("20％", Fraction(1, 5), "%"),
        ("千分之五", Fraction(5, 1000), "%"),
        ("租金减半", Fraction(1, 2), "%"),
        ("300平方米以内免房租", 1, "%"),
        ("连续三年", 36, "个月"),
        ("每半年", 6, "个月"),
        ("满12个月", 12, "个月"),
        ("排名前三", 3, ""),
        ("最高不超过1.5元/平方米/天", 150, "元"),
        ("1,000人", 1000, "人"),
        ("首次突破2000万、1亿元", 2_000_000_000, "元"),
        ("最高100万。", 100_000_000, "元"),
        ("500万到2000万元", 500_000_000, "元"),
        ("1万（含）至3万平方米", 10_000, "平方米"),
        ("最高奖励20、30、50万。", 30_000_000, "元"),
        ("按日万分之五", Fraction(5, 10_000), "%"),
        ("超过500万但不高于1000万的", 500_000_000, "元"),
        ("连续三个年度", 36, "个月"),
        ("利率下降50BP", Fraction(50, 10_000), "%"),
        ("超 50亿（含）", 500_000_000_000, "元"),
        ("按8.5折结算", Fraction(85, 100), "%"),
        ("租金三免两减半", Fraction(1, 2), "%"),
        ("租金三免两减半", 24, "个月"),
        ("租金三免两减半", 5, ""),
        ("每新增年产万吨产能", 10_000, "吨"),
    ],
)
def test_a_figure_is_read(words: str, value: Fraction | int, family: str) -> None:
    assert any(f.value == value and f.family == family for f in figures_in(plain(words)))


def test_counters_stand_for_one_another_and_points_do_not() -> None:
    assert Figure(3, "项").same(Figure(3, "个"))
    assert Figure(3, "名").same(Figure(3, ""))
    assert not Figure(1, "分").same(Figure(1, "项"))
    assert not Figure(3, "项").same(Figure(3, "元"))


@pytest.mark.parametrize("words", ["1.人员指标", "（一）激励", "三、其他", "按第三条执行"])
def test_a_clause_number_is_no_figure(words: str) -> None:
    assert figures_in(plain(words)) == ()


def test_a_corrupt_number_is_doubtful() -> None:
    assert [f.doubtful for f in figures_in("给予033万元")] == [True]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("自2020年11月30日起", date(2020, 11, 30)),
        ("2021年1月1日至12月31日", date(2021, 12, 31)),
        ("到2025年", date(2025, 12, 31)),
        ("2022年第四季度", date(2022, 10, 1)),
        ("2024年6月底前", date(2024, 6, 30)),
        ("2018年后注册", date(2019, 1, 1)),
        ("“十四五”期间", date(2025, 12, 31)),
        ("二〇二二年九月一日", date(2022, 9, 1)),
    ],
)
def test_a_date_is_read(words: str, day: date) -> None:
    assert dates_in(plain(words)).has(day)
    assert not dates_in(plain(words)).has(date(day.year, 8, 17))


def test_years_inside_a_range_and_days_of_any_year() -> None:
    assert dates_in("2017年1月1日至2019年12月31日").has_year(2018)
    assert not dates_in("2017年和2019年").has_year(2018)
    assert dates_in("每年4月30日前").has_yearly(4, 30)
    assert dates_in("每年第二季度").has_yearly(6, 30)
    assert dates_in("在3-6月升规").has_yearly(5, 0)


@pytest.mark.parametrize(
    ("words", "figure", "op"),
    [
        ("投资额在300万元以上", Figure(300_000_000, "元"), "≥"),
        ("投资额超过300万元", Figure(300_000_000, "元"), ">"),
        ("突破300万元（含）", Figure(300_000_000, "元"), "≥"),
        ("不足300万元", Figure(300_000_000, "元"), "<"),
        ("不超过300万元", Figure(300_000_000, "元"), "≤"),
        ("30人（含）以下", Figure(30, "人"), "≤"),
        ("首次达到100万元、300万元", Figure(300_000_000, "元"), "≥"),
        ("排名前三", Figure(3, "名"), "≤"),
        ("全国500强", Figure(500, "名"), "≤"),
        ("3%（含）-5%", Figure(Fraction(3, 100), "%"), "≥"),
        ("不得少于1年", Figure(12, "个月"), "≥"),
        ("3年期以上贷款", Figure(36, "个月"), "≥"),
    ],
)
def test_border_words_stand_for_a_sign(words: str, figure: Figure, op: str) -> None:
    signs = signs_at(plain(words), figure, {})
    assert not contradicts(op, signs)
    wrong = {"≥": ">", ">": "≥", "<": "≤", "≤": "<"}[op]
    assert contradicts(wrong, signs)


def test_the_document_defines_its_border_words() -> None:
    conventions = document_borders(["以上不含"])
    signs = signs_at("1000万元以上", Figure(1_000_000_000, "元"), conventions)
    assert not contradicts(">", signs)
    assert contradicts("≥", signs)


def test_words_without_a_border_say_nothing() -> None:
    assert not contradicts(">", signs_at("投资额300万元", Figure(300_000_000, "元"), {}))


def test_where_both_sides_touch_a_figure_one_may_open() -> None:
    signs = signs_at("300人及以上的30%,300人以下的60%", Figure(300, "人"), {})
    assert not contradicts("≥", signs)
    assert not contradicts("<", signs)
    assert contradicts(">", signs)


def test_where_neither_side_touches_a_figure_one_may_close() -> None:
    signs = signs_at("不足100万元的10%,超过100万元的部分5%", Figure(100_000_000, "元"), {})
    assert not contradicts("≤", signs)
    assert not contradicts("≥", signs)


def test_a_row_may_be_what_lies_beyond_a_border() -> None:
    signs = signs_at("1000平方米(含)以内", Figure(1000, "平方米"), {})
    assert not contradicts(">", signs, is_key=True)
    assert contradicts(">", signs)
