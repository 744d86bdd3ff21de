"""Reading rule files: structure is doubled, so a slip is an error with its place."""

from __future__ import annotations

from typing import Any

import pytest

from huiqi.language import syntax as s
from huiqi.language.canonical import strip_positions
from huiqi.language.grammar import parse_line
from huiqi.language.layout import MAX_CHARACTERS
from huiqi.language.parse import LANGUAGE_VERSION, parse

RULE = """\
政策 测〔2024〕1号 测试办法（试行）
  地区: 湖州市
  叠加: 就高 本政策 同一事项

事项 上台阶 @§第一条
  年度: 上年度
  条件:
    任一:
      - 有 高新技术企业
      - 全部:
        -- 研发费用 ≥ 100万元
        -- 独立法人
    注册地 属于 湖州市
  奖励: 按 营业收入 取最高档
    ≥ 1000万元: 20万元
    ≥ 1亿元: 50万元
  例:
    大户:
      注册地: 湖州市
      → 符合 50万元
    同 大户, 注册地: 温岭市 → 不符合
"""


def _at(text: str) -> tuple[str, int, int]:
    problems = parse(text).problems
    assert problems, "no problem was found"
    return problems[0].code, problems[0].line, problems[0].col


def _changed(line: int, new: str) -> str:
    rows = RULE.split("\n")
    return "\n".join([*rows[: line - 1], new, *rows[line:]])


def _tree(text: str) -> s.RuleFile:
    found = parse(text)
    assert [problem.text() for problem in found.problems] == []
    return found.tree


def _content(text: str, label: str) -> Any:
    field = _tree(text).sections[-1].field(label)
    assert field is not None
    return field.content


def test_rule_without_slips_reads_without_problems() -> None:
    assert [section.kind for section in _tree(RULE).sections] == ["政策", "事项"]


@pytest.mark.parametrize(
    ("line", "new", "expected"),
    [
        pytest.param(
            9, "    - 有 高新技术企业", ("E-empty-group", 8, 5), id="member lost its indent"
        ),
        pytest.param(
            13, "  注册地 属于 湖州市", ("E-label", 13, 3), id="condition lost its indent"
        ),
        pytest.param(15, "  ≥ 1000万元: 20万元", ("E-no-rows", 14, 3), id="row lost its indent"),
        pytest.param(7, "条件:", ("E-indent", 8, 1), id="field lost its indent"),
        pytest.param(
            13, "      注册地 属于 湖州市", ("E-dashes", 13, 7), id="condition one deeper"
        ),
        pytest.param(16, "      ≥ 1亿元: 50万元", ("E-child", 16, 1), id="row one deeper"),
        pytest.param(9, "        - 有 高新技术企业", ("E-indent", 9, 1), id="member one deeper"),
        pytest.param(2, "   地区: 湖州市", ("E-indent", 2, 1), id="odd indent"),
        pytest.param(3, "    叠加: 就高 本政策 同一事项", ("E-child", 3, 5), id="field one deeper"),
        pytest.param(9, "      有 高新技术企业", ("E-dashes", 9, 7), id="member without its dash"),
        pytest.param(
            11, "        - 研发费用 ≥ 100万元", ("E-dashes", 11, 9), id="one dash too few"
        ),
        pytest.param(9, "      -- 有 高新技术企业", ("E-dashes", 9, 7), id="one dash too many"),
        pytest.param(
            13, "    - 注册地 属于 湖州市", ("E-bullet", 13, 5), id="bullet outside a group"
        ),
        pytest.param(15, "    - ≥ 1000万元: 20万元", ("E-row-dash", 15, 5), id="row with a dash"),
        pytest.param(8, "    任一", ("E-syntax", 8, 5), id="group without its colon"),
        pytest.param(15, "    ≥ 1000万元 20万元", ("E-row", 15, 5), id="row without its colon"),
        pytest.param(7, "  条件", ("E-label", 7, 3), id="label without its colon"),
        pytest.param(13, "    注册地: 湖州市", ("E-colon", 13, 8), id="condition with a colon"),
        pytest.param(7, "  条见:", ("E-label", 7, 3), id="mistyped label"),
        pytest.param(8, "    任意:", ("E-syntax", 8, 5), id="mistyped group word"),
        pytest.param(5, "事向 上台阶", ("E-section", 5, 1), id="mistyped section"),
        pytest.param(
            14, "  奖励: 按营业收入 取最高档", ("E-syntax", 14, 9), id="no blank behind 按"
        ),
        pytest.param(18, "    大户", ("E-example", 18, 5), id="example without its colon"),
        pytest.param(20, "    → 符合 50万元", ("E-no-arrow", 18, 5), id="result lost its indent"),
        pytest.param(21, "      同 大户 → 不符合", ("E-child", 21, 7), id="line below a result"),
        pytest.param(21, "    同 大户, 注册地: 温岭市", ("E-no-arrow", 21, 5), id="no result"),
        pytest.param(2, "  奖励: 1万元", ("E-place", 2, 3), id="field of another section"),
        pytest.param(6, "  条件: 独立法人", ("E-twice", 7, 1), id="field twice"),
    ],
)
def test_slip_is_an_error_with_line_and_column(
    line: int, new: str, expected: tuple[str, int, int]
) -> None:
    assert _at(_changed(line, new)) == expected


@pytest.mark.parametrize(
    ("text", "code", "col"),
    [
        ("营业收入 ≥ 2000万", "E-no-unit", 8),
        ("营业收入 ≥ 2000万元以上", "E-border-word", 8),
        ("营业收入 不超过 100万元", "E-bare-not-over", 6),
        ("a 且 b 或 c", "E-mixed", 7),
        ("主营领域 属于 5G通信", "E-unknown-unit", 9),
        ("营业收入 ≥", "E-syntax", 7),
        ("a ≥ (按 b) × 2", "E-table-place", 6),
        ("近0年 研发费用 ≥ 1元", "E-period", 0),
        ("(" * 70 + "非 a" + ")" * 70, "", 0),
        ("非 " * 70 + "a", "E-too-deep", 0),
    ],
)
def test_line_is_refused_with_the_column(text: str, code: str, col: int) -> None:
    found = parse(f"定义 x\n  {text}\n").problems
    assert [(one.code, one.line) for one in found] == ([(code, 2)] if code else [])
    if col:
        assert found[0].col == col + 2


def test_broken_line_costs_that_line_alone() -> None:
    found = parse(_changed(11, "        -- 研发费用 ≥ ≥"))
    assert len(found.problems) == 1
    award = found.tree.sections[1].field("奖励")
    assert award is not None


def test_comments_are_kept_where_they_stood() -> None:
    rows = RULE.replace("  年度: 上年度", "  # 前一行\n  年度: 上年度  # 行末") + "# 文末\n"
    tree = _tree(rows)
    field = tree.sections[1].field("年度")
    assert field is not None
    assert (field.marks.above, field.marks.comment) == (("前一行",), "行末")
    assert tree.end_comments == ("文末",)


def test_comments_inside_lists_examples_and_readings_are_kept() -> None:
    tree = _tree(
        "事项 x\n"
        "  部门:\n    - 甲局  # 一\n    - 乙局\n"
        "  条件:\n    解读 并列 名:\n      甲:  # 二\n        a\n        b\n      乙: c\n"
        "  例:\n    户:\n      # 三\n      a: 有\n      → 符合  @§申报指南\n"
    )
    assert [comment for comment in ("一", "二", "三") if comment not in str(tree)] == []
    assert "申报指南" in str(tree.sections[0].field("例"))


def test_margin_holds_words_addresses_and_unverified() -> None:
    section = _tree("定义 x\n  a  @达到…以上 @§第二条 @未核\n").sections[0]
    assert section.body[0].marks == s.Marks(("达到…以上",), ("第二条",), True)


def test_margin_on_its_own_line_belongs_to_the_line_above() -> None:
    beside = _tree("定义 x\n  a  @词\n")
    assert strip_positions(_tree("定义 x\n  a\n    @词\n")) == strip_positions(beside)


def test_list_goes_on_four_spaces_deeper() -> None:
    one = _tree("定义 x\n  a 属于 b、c、d\n")
    assert strip_positions(_tree("定义 x\n  a 属于 b、\n      c、\n      d\n")) == strip_positions(
        one
    )


def test_full_width_and_ascii_signs_read_as_canonical_signs() -> None:
    canonical = _tree("定义 x\n  取小(a, b) × 2 ≥ 3万元 − c\n")
    for other in (
        "取小（a，b）＊ 2 >= 3万元 - c",
        "取小(a,b)*2 ＞＝ 3万元 － c".replace("＞＝", "≧"),
    ):
        assert strip_positions(_tree(f"定义 x\n  {other}\n")) == strip_positions(canonical)


def test_prose_keeps_its_own_punctuation() -> None:
    assert _content("事项 x\n  摘要：一，二（三）\n", "摘要") == s.Words(("一，二（三）",))
    assert _tree(RULE).sections[0].name == "测试办法（试行）"


def test_english_keywords_read_to_the_identical_tree() -> None:
    english = """\
measure 上台阶
  year: last_year
  conditions:
    any_of:
      - has 高新技术企业
      - mean(last_2_years 研发费用) >= 1000万元
  award: by 营业收入 highest_row
    >= 1000万元: 20万元
    otherwise: 0元
  examples:
    高新技术企业: unknown -> undetermined missing 高新技术企业
"""
    chinese = """\
事项 上台阶
  年度: 上年度
  条件:
    任一:
      - 有 高新技术企业
      - 均值(近两年 研发费用) ≥ 1000万元
  奖励: 按 营业收入 取最高档
    ≥ 1000万元: 20万元
    其他: 0元
  例:
    高新技术企业: 未知 → 待补充 缺 高新技术企业
"""
    assert strip_positions(_tree(english)) == strip_positions(_tree(chinese))


def test_group_of_at_least_reads_with_and_without_a_blank() -> None:
    one, two = (f"定义 x\n  {head}:\n    - a\n    - b\n" for head in ("至少2项", "至少 2项"))
    assert strip_positions(_tree(one)) == strip_positions(_tree(two))


def test_periods_have_one_spelling() -> None:
    assert parse_line("近2年 a") == parse_line("近二年 a") == parse_line("近两年 a")


def test_byte_order_mark_and_carriage_returns_change_nothing() -> None:
    assert strip_positions(_tree("\ufeff" + RULE.replace("\n", "\r\n"))) == strip_positions(
        _tree(RULE)
    )


def test_tab_is_an_error_with_its_line() -> None:
    assert _at(_changed(6, "\t年度: 上年度")) == ("E-tab", 6, 1)


def test_newer_version_is_refused_with_its_line_and_the_rest_is_read() -> None:
    found = parse(f"语言 {LANGUAGE_VERSION + 1}\n\n{RULE}")
    assert [(one.code, one.line) for one in found.problems] == [("E-newer", 1)]
    assert len(found.tree.sections) == 2
    assert _tree(f"language {LANGUAGE_VERSION}\n{RULE}").language == LANGUAGE_VERSION


def test_file_of_5_megabytes_is_refused_at_once() -> None:
    text = RULE * (5_000_000 // len(RULE.encode()))
    assert len(text) > MAX_CHARACTERS
    assert _at(text) == ("E-too-large", 1, 1)


def test_problem_names_its_file() -> None:
    assert parse("x", "a.rule").problems[0].text().startswith("a.rule:1:1: E-section")
    assert parse("x", "a.rule").problems[0].text("en").startswith("a.rule:1:1: E-section")
