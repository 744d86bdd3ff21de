"""`huiqi fmt`: one form for every rule, in either language, that changes nothing it says."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from huiqi.language import syntax as s
from huiqi.language.canonical import canonical, strip_positions
from huiqi.language.format import format_rule_file
from huiqi.language.json_form import JsonFormError, from_json, json_schema, to_json
from huiqi.language.parse import parse
from huiqi.language.sheet import display_width
from huiqi.library.paths import is_checkout
from tests.language.shipped import rule_texts, rule_trees

TRIALS = Path(__file__).parents[3] / "shared" / "reference" / "trials"


def _formatted(text: str, lang: str = "zh") -> str:
    found = parse(text)
    assert [problem.text() for problem in found.problems] == []
    return format_rule_file(found.tree, lang)


def _one_line(text: str, lang: str = "zh") -> str:
    return _formatted(f"定义 x\n  {text}\n", lang).split("\n")[1].strip()


def _keeps(text: str, lang: str) -> None:
    tree = parse(text).tree
    printed = format_rule_file(tree, lang)
    again = parse(printed)
    assert [problem.text() for problem in again.problems] == []
    assert strip_positions(again.tree) == strip_positions(canonical(tree))
    assert format_rule_file(again.tree, lang) == printed


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("file", sorted(rule_texts()))
def test_shipped_rules_are_printed_without_change(file: str, lang: str) -> None:
    _keeps(rule_texts()[file], lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.skipif(not TRIALS.is_dir(), reason="the trial rules are not on this machine")
def test_trial_rules_are_printed_without_change(lang: str) -> None:
    for path in sorted(TRIALS.glob("*.rule")):
        found = parse(path.read_text(encoding="utf-8"))
        if not found.problems:
            _keeps(path.read_text(encoding="utf-8"), lang)


@pytest.mark.skipif(not is_checkout(), reason="an installed package carries no comments to lose")
def test_printing_loses_no_comment_and_no_margin() -> None:
    for file, text in rule_texts().items():
        printed = format_rule_file(rule_trees()[file])
        for mark in ("@", "#"):
            assert printed.count(mark) == text.count(mark), file


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("a >= 3000000元", "a ≥ 300万元"),
        ("a 不低于 12个月", "a ≥ 12个月"),
        ("a ≥ 1.50亩", "a ≥ 1.5亩"),
        ("a≥10*b - c", "a ≥ 10 × b − c"),
        ("( ( a ) )", "a"),
        ("(a + b) × c", "(a + b) × c"),
        ("(a × b) + c", "a × b + c"),
        ("a − (b − c)", "a − (b − c)"),
        ("非 (a 且 b)", "非 (a 且 b)"),
        ("(a 且 b) 或 c", "(a 且 b) 或 c"),
        ("数( 知识产权 [ 有效 ] )", "数(知识产权[有效])"),
        ("近2年 研发费用 ≥ 1元", "近两年 研发费用 ≥ 1元"),
        ("名次 ≤ 3名", "名次 ≤ 第3名"),
        ("自 (a) 满 1年", "自 a 满 1年"),
        ("a × 12% 封顶 2000000元 可突破", "a × 12% 封顶 200万元 可突破"),
    ],
)
def test_line_is_printed_in_its_canonical_spelling(written: str, printed: str) -> None:
    assert _one_line(written) == printed


def test_fields_stand_in_one_order() -> None:
    printed = _formatted("事项 x\n  奖励: 1万元\n  条件: a\n  摘要: 甲\n")
    assert printed == "事项 x\n  摘要: 甲\n  条件: a\n  奖励: 1万元\n"


def test_margins_stand_at_one_column_and_long_lines_carry_theirs_below() -> None:
    long = "、".join(["物联网"] * 9)
    printed = _formatted(f"定义 x\n  研发费用 ≥ 1万元 @甲\n  a @乙\n  b 属于 {long} @丙\n")
    rows = printed.split("\n")
    columns = [display_width(row[: row.index("@")]) for row in rows[1:3]]
    assert columns == [20, 20]
    assert rows[3:5] == [f"  b 属于 {long}", "    @丙"]


def test_long_lists_go_on_four_spaces_deeper() -> None:
    printed = _formatted("定义 x\n  b 属于 " + "、".join(["物联网"] * 20) + "\n")
    rows = printed.rstrip("\n").split("\n")
    assert rows[1].endswith("、") and rows[2].startswith("      物联网")
    assert all(display_width(row) <= 110 for row in rows)


def test_groups_carry_a_dash_for_each_level() -> None:
    text = "定义 x\n  任一:\n    - a\n    - 至少2项:\n      -- b\n      -- 全部:\n        --- c\n"
    assert _formatted(text) == text


def test_english_words_stand_for_chinese_ones_and_names_stay() -> None:
    text = "事项 x\n  条件: 近两年 曾获 甲\n  奖励: 按 收入 取最高档\n    其他: 至多 5万元\n"
    assert _formatted(text, "en") == (
        "measure x\n  conditions: last_2_years ever_held 甲\n"
        "  award: by 收入 highest_row\n    otherwise: up_to 5万元\n"
    )


def test_json_form_holds_every_shipped_rule() -> None:
    for tree in rule_trees().values():
        assert from_json(to_json(tree)) == tree


def test_json_form_refuses_what_is_no_rule_file_with_the_place() -> None:
    with pytest.raises(JsonFormError) as caught:
        from_json(b'{"type":"RuleFile","sections":[{"type":"Section","kind":1,"name":"x"}]}')
    assert caught.value.path == "$.sections[0].kind"


def test_json_schema_names_every_construct() -> None:
    schema = json_schema()
    assert schema["$ref"] == "#/$defs/RuleFile"
    nodes = {one.__name__ for one in _constructs()}
    assert nodes <= set(schema["$defs"])
    assert msgspec.json.decode(msgspec.json.encode(schema)) == schema


def _constructs() -> list[type[s.Node]]:
    return [one for one in s.Node.__subclasses__() if one.__name__ != "Node"]


@pytest.mark.parametrize(
    "text",
    [
        "定义 甲 (" + "很长, " * 40 + "名)\n  a\n",
        "定义 x\n  解读 并列 D7 名, " + "很长, " * 40 + "尾:\n    甲: a\n    乙: b\n",
        "事项 x\n  摘要: an English summary, " + "rather long, " * 20 + "is kept\n",
    ],
)
def test_commas_in_names_and_prose_are_not_places_to_cut(text: str) -> None:
    _keeps(text, "zh")
