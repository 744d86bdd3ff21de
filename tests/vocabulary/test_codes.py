"""Code tables: what lies under what, names and their mistakes, old codes, groups."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiqi.vocabulary.code_rows import (
    division_table,
    industry_table,
    registration_table,
    small_table,
)
from huiqi.vocabulary.codes import CodeTable
from huiqi.vocabulary.mistakes import CodeError

LEVELS = small_table(
    "级别",
    {
        "en": "level",
        "ordered": True,
        "values": {"国家级": "national", "省级": "provincial", "市级": "municipal"},
        "groups": {"省级以上": ["国家级", "省级"], "有级别": ["省级以上", "市级"]},
    },
)
FIELDS = small_table(
    "领域",
    {
        "en": "field",
        "tree": {
            "数字经济": {
                "en": "digital economy",
                "children": {
                    "软件": {
                        "en": "software",
                        "aliases": ["软件业"],
                        "children": {"高端软件": "x"},
                    },
                    "大数据": "big data",
                },
            },
            "农业": "agriculture",
        },
    },
)
INDUSTRIES = industry_table(
    [
        {"code": code, "name": name}
        for code, name in [
            ("A", "农、林、牧、渔业"),
            ("C", "制造业"),
            ("C34", "通用设备制造业"),
            ("C344", "泵、阀门、压缩机及类似机械制造"),
            ("C3441", "泵及真空设备制造"),
            ("K", "房地产业"),
            ("K70", "房地产业"),
        ]
    ],
    {"en": "industry", "english": {"C": "manufacturing"}, "groups": {"工业": ["C"]}},
)
DIVISIONS = division_table(
    [
        {"code": code, "name": name, "level": level}
        for code, name, level in [
            ("320000", "江苏省", "province"),
            ("320100", "南京市", "city"),
            ("320106", "鼓楼区", "county"),
            ("320300", "徐州市", "city"),
            ("320302", "鼓楼区", "county"),
            ("330000", "浙江省", "province"),
            ("330100", "杭州市", "city"),
            ("330102", "上城区", "county"),
            ("330104", "江干区", "county"),
            ("331000", "台州市", "city"),
            ("331081", "温岭市", "county"),
            ("331083", "玉环市", "county"),
            ("419001", "济源市", "county"),
            ("410000", "河南省", "province"),
        ]
    ],
    [{"code": "331081100", "name": "泽国镇"}],
    [
        {"date": "2017-04", "abolished": {"331021": {"name": "玉环县", "now": ["331083"]}}},
        {
            "date": "2021-04-09",
            "created": {"330114": "钱塘区"},
            "abolished": {"330104": {"name": "江干区", "now": ["330102", "330114"]}},
        },
    ],
    {"en": "administrative division"},
)
REGISTRATIONS = registration_table(
    [
        {"code": code, "name": name, "en": name, "parent": parent, "aliases": aliases}
        for code, name, parent, aliases in [
            ("100", "内资企业", "", ""),
            ("110", "国有", "100", ""),
            ("160", "股份有限公司", "100", ""),
            ("173", "私营有限责任公司", "100", "有限责任公司（自然人独资）"),
            ("", "个体工商户", "", "个体户"),
        ]
    ],
    {
        "en": "registration type",
        "groups": {"民营企业": ["173"], "企业": ["100"]},
        "possible": {"民营企业": ["160"]},
    },
)
TABLES = [LEVELS, FIELDS, INDUSTRIES, DIVISIONS, REGISTRATIONS]


def refusal(table: CodeTable, text: str) -> CodeError:
    with pytest.raises(CodeError) as caught:
        table.resolve(text)
    return caught.value


@pytest.mark.parametrize(
    ("table", "text", "code"),
    [
        (INDUSTRIES, "C3441", "C3441"),
        (INDUSTRIES, "3441", "C3441"),
        (INDUSTRIES, "c34", "C34"),
        (INDUSTRIES, "制造业", "C"),
        (INDUSTRIES, "农林牧渔业", "A"),
        (INDUSTRIES, "manufacturing", "C"),
        (DIVISIONS, "331081", "331081"),
        (DIVISIONS, "３３１０８１", "331081"),
        (DIVISIONS, "温岭市", "331081"),
        (DIVISIONS, "温岭", "331081"),
        (DIVISIONS, "浙江省台州市温岭市", "331081"),
        (DIVISIONS, "浙江 温岭", "331081"),
        (DIVISIONS, "南京市鼓楼区", "320106"),
        (DIVISIONS, "331081100000", "331081100"),
        (DIVISIONS, "温岭市泽国镇", "331081100"),
        (FIELDS, "软件业", "软件"),
        (FIELDS, "Big data", "大数据"),
        (REGISTRATIONS, "有限责任公司(自然人独资)", "173"),
        (REGISTRATIONS, "个体户", "个体工商户"),
        (REGISTRATIONS, "民营企业", "民营企业"),
    ],
)
def test_a_code_its_name_an_alias_or_its_path_resolve(
    table: CodeTable, text: str, code: str
) -> None:
    assert table.resolve(text) == code


def test_where_a_section_and_its_only_division_share_a_name_the_broader_is_meant() -> None:
    assert INDUSTRIES.resolve("房地产业") == "K"


def test_an_unknown_name_brings_the_nearest() -> None:
    error = refusal(DIVISIONS, "温玲市")
    assert (error.code, error.suggestion) == ("C-unknown", "温岭市")
    assert refusal(INDUSTRIES, "C3499").suggestion == "C34"


def test_a_name_borne_by_several_brings_the_candidates_with_their_city() -> None:
    error = refusal(DIVISIONS, "鼓楼区")
    assert error.code == "C-ambiguous"
    assert "南京市鼓楼区（320106）、徐州市鼓楼区（320302）" in error.message()
    assert error.suggestion == "南京市鼓楼区 / 徐州市鼓楼区"


def test_an_abolished_division_says_since_when_and_what_followed() -> None:
    error = refusal(DIVISIONS, "玉环县")
    assert error.code == "C-abolished"
    assert error.message() == "“玉环县”已于2017-04撤销，现为玉环市（331083）；可写作：玉环市"
    assert "abolished on 2017-04" in error.message("en")
    assert refusal(DIVISIONS, "330104").suggestion == "上城区 / 钱塘区"
    assert DIVISIONS.successors("330104") == ("330102", "330114")


def test_an_abolished_division_is_accepted_for_a_day_before() -> None:
    assert DIVISIONS.resolve("江干区", on=date(2021, 4, 8)) == "330104"
    with pytest.raises(CodeError):
        DIVISIONS.resolve("江干区", on=date(2021, 4, 10))


def test_a_county_without_a_city_lies_under_its_province() -> None:
    assert DIVISIONS.parent("419001") == "410000"


def test_under_means_below_or_the_same_or_in_the_group() -> None:
    assert INDUSTRIES.is_under("C3441", "C")
    assert INDUSTRIES.is_under("C3441", "工业")
    assert INDUSTRIES.is_under("C34", "C34")
    assert not INDUSTRIES.is_under("C", "C34")
    assert DIVISIONS.is_under("331081100", "330000")
    assert LEVELS.is_under("国家级", "省级以上")
    assert LEVELS.is_under("国家级", "有级别")
    assert not LEVELS.is_under("市级", "省级以上")


def test_a_coarse_value_only_possibly_lies_under_a_finer_one() -> None:
    assert not DIVISIONS.is_under("331000", "331081")
    assert DIVISIONS.could_be_under("331000", "331081")
    assert not DIVISIONS.could_be_under("331083", "331081")
    assert not DIVISIONS.could_be_under("330100", "331081")


def test_a_company_limited_by_shares_is_possibly_private() -> None:
    assert REGISTRATIONS.is_under("173", "民营企业")
    assert not REGISTRATIONS.is_under("160", "民营企业")
    assert REGISTRATIONS.could_be_under("160", "民营企业")
    assert not REGISTRATIONS.could_be_under("110", "民营企业")


def test_a_group_is_a_value_too() -> None:
    assert REGISTRATIONS.is_under("民营企业", "民营企业")
    assert REGISTRATIONS.is_under("民营企业", "企业")
    assert not REGISTRATIONS.could_be_under("个体工商户", "企业")
    assert LEVELS.could_be_under("省级以上", "国家级")


def test_members_are_all_codes_at_or_below() -> None:
    assert FIELDS.members("数字经济") == {"数字经济", "软件", "高端软件", "大数据"}
    assert LEVELS.members("省级以上") == {"国家级", "省级"}


def test_in_an_ordered_table_the_first_is_highest() -> None:
    assert LEVELS.rank("国家级") < LEVELS.rank("市级")


def test_labels_in_both_languages() -> None:
    assert LEVELS.label("省级", "en") == "provincial"
    assert INDUSTRIES.label("C34", "en") == "通用设备制造业"
    assert INDUSTRIES.described("C3441") == "泵及真空设备制造（C3441）"
    assert [DIVISIONS.label(code) for code in DIVISIONS.path("331081")] == [
        "浙江省",
        "台州市",
        "温岭市",
    ]


@pytest.mark.parametrize(
    "declaration",
    [
        {},
        {"values": ["国家级"]},
        {"values": {"甲": "a"}, "groups": {"组": ["乙"]}},
        {"values": {"甲": "a"}, "groups": {"组": "甲"}},
        {"values": {"甲": "a"}, "groups": {"组": ["组"]}},
        {"values": {"甲": "a"}, "groups": {"子": ["丑"], "丑": ["子"]}},
        {"tree": {"甲": {"en": "a", "children": {"甲": "a"}}}},
        {"tree": {"甲": {"en": "a", "aliases": "乙"}}},
    ],
)
def test_a_table_written_wrongly_says_so(declaration: Mapping[str, object]) -> None:
    with pytest.raises(CodeError) as caught:
        small_table("表", declaration)
    assert caught.value.code == "C-table"
    assert caught.value.message("en")


tables_and_codes = st.sampled_from(TABLES).flatmap(
    lambda table: st.tuples(
        st.just(table),
        st.sampled_from([*table.codes(), *table.groups()]),
        st.sampled_from([*table.codes(), *table.groups()]),
    )
)


@given(tables_and_codes)
def test_certain_implies_possible_and_membership(case: tuple[CodeTable, str, str]) -> None:
    table, code, ancestor = case
    assert table.resolve(code) == code
    if table.is_under(code, ancestor):
        assert table.could_be_under(code, ancestor)
        assert table.members(code) <= table.members(ancestor)
    elif not table.could_be_under(code, ancestor):
        assert not table.members(code) & table.members(ancestor)


@given(st.sampled_from(TABLES), st.text(max_size=12))
def test_any_text_resolves_or_is_refused(table: CodeTable, text: str) -> None:
    with suppress(CodeError):
        assert table.resolve(text) in table
