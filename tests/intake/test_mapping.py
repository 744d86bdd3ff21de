"""A mapping file is read in both languages, and its mistakes have a place."""

import pytest

from huiqi.intake import MappingError, parse_mapping

CHINESE = """\
文件: {工作表: 名单, 表头行: 2}
名称: 企业名称
标识: 代码
期间列: 年份
来源: 年报
空值: ["", "-"]
列:
  收入: {事实: 营业收入, 单位: 万元, 期间: 本行}
  类型: {事实: 登记类型, 对应: {私营: 民营企业}}
  高企: {事实: 高新技术企业, 部分: 授予日}
忽略: [备注]
"""
ENGLISH = """\
file: {sheet: 名单, header_row: 2}
name: 企业名称
id: 代码
period_column: 年份
source: 年报
nulls: ["", "-"]
columns:
  收入: {fact: 营业收入, unit: 万元, period: row}
  类型: {fact: 登记类型, map: {私营: 民营企业}}
  高企: {fact: 高新技术企业, part: granted}
ignore: [备注]
"""


def test_both_languages_give_one_mapping() -> None:
    assert parse_mapping(CHINESE) == parse_mapping(ENGLISH)


def test_what_a_column_does_not_say_comes_from_the_file() -> None:
    revenue = parse_mapping(CHINESE).columns[0]
    assert (revenue.source, revenue.nulls, revenue.is_row_period) == ("年报", ("", "-"), True)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("名称: 名\n列: {数: {事实: 甲, 单 位: 元}}\n", "unknown-key", 2, 16),
        ("名称: 名\n名称: 名\n列: {}\n", "twin-key", 2, 1),
        ("列: {数: {事实: 甲}}\n", "missing-key", 1, 1),
        ("名称: 名\n", "missing-key", 1, 1),
        ("名称: 名\n列: [数]\n", "wrong-shape", 2, 4),
        ("名称: 名\n列:\n  数: 营业收入\n", "wrong-shape", 3, 6),
        ("名称: 名\n示例: 也许\n列: {}\n", "wrong-shape", 2, 5),
        ("名称: 名\n文件: {表头行: 零}\n列: {}\n", "wrong-shape", 2, 11),
        ("名称: 名\n列: {数: {事实: 甲, 期间: 本行}}\n", "row-period", 2, 20),
        ("名称: 名\n列:\n  甲: {事实: 收入}\n  乙: {事实: 收入}\n", "part-clash", 4, 11),
        ("名称: 名\n列:\n  甲: {事实: T, 部分: 授予日}\n  乙: {事实: T}\n", "mixed-parts", 4, 11),
        (
            "名称: 名\n列:\n  甲: {事实: T, 期间: 2021年度}\n  乙: {事实: T}\n",
            "mixed-periods",
            4,
            11,
        ),
        ("名称: [\n", "yaml", 2, 1),
        ("- 名称\n", "wrong-shape", 1, 1),
        ("", "wrong-shape", 1, 1),
        ("版本: 2\n名称: 名\n列: {}\n", "too-new", 1, 5),
    ],
)
def test_a_mistake_has_a_code_and_a_place(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(MappingError) as caught:
        parse_mapping(text, "map.yaml")
    found = caught.value
    assert (found.code, found.line, found.column) == (code, line, column)
    assert found.text("zh").startswith(f"map.yaml:{line}:{column}: ")
    assert found.text("en") != found.text("zh")


def test_an_unknown_key_suggests_the_nearest() -> None:
    with pytest.raises(MappingError) as caught:
        parse_mapping("名称: 名\n期间烈: 年\n列: {}\n", "map.yaml")
    assert str(caught.value) == "map.yaml:2:1: 不认识“期间烈”。是不是“期间列”？"
    assert caught.value.text("en").endswith("did you mean “期间列”?")
