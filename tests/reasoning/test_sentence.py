"""What `huiqi show` says of a measure: sentence, ladder, decision table."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from huiqi.checking.program import Checked, check_library
from huiqi.language import syntax as s
from huiqi.language.parse import parse
from huiqi.reasoning.decision_table import DecisionRow
from huiqi.reasoning.ladder import drawn, outline
from huiqi.reasoning.sentence import Description, describe
from tests.language.shipped import rule_trees, vocabulary

RULE = """
定义 大户
  营业收入 ≥ 1亿元

事项 上台阶
  年度: 上年度
  条件:
    注册地 属于 湖州市
    任一:
      - 大户
      - 有 高新技术企业 且 研发费用 / 营业收入 ≥ 3%
    未列入 经营异常名录
  奖励: 研发费用 × 按 划型 封顶 200万元
    小型、微型: 12%
    其他: 5%
"""


@lru_cache(maxsize=1)
def shipped() -> Checked:
    return check_library(rule_trees(), vocabulary())


def _described(lang: str = "zh") -> Description:
    found = parse(RULE)
    checked = check_library({"": found.tree}, vocabulary())
    assert [problem.text() for problem in (*found.problems, *checked.problems)] == []
    (measure,) = checked.program.measures.values()
    return describe(measure, checked.sections[measure.id], lang, _definitions(found.tree), _label)


def _definitions(*trees: s.RuleFile) -> Mapping[str, s.Section]:
    return {one.name: one for tree in trees for one in tree.sections if one.kind == "定义"}


def _label(name: str) -> str:
    fact = vocabulary().find(name)
    return fact.en if fact else name


def test_sentence_says_who_doing_what_gets_how_much() -> None:
    found = parse(RULE).tree
    checked = check_library({"": found}, vocabulary())
    (measure,) = checked.program.measures.values()
    assert describe(measure, checked.sections[measure.id]).sentence == (
        "企业，注册地属于湖州市，符合以下任一项（符合“大户”；有高新技术企业，且研发费用 / 营业收入不低于3%），"
        "未列入经营异常名录的，给予奖励：研发费用 × 按划型（小型、微型: 12%；其他: 5%），最高200万元。"
    )


def test_sentence_in_english_uses_the_labels_of_facts() -> None:
    said = _described("en").sentence
    assert said.startswith("An enterprise, if place of registration is in 湖州市, and any of (")
    assert said.endswith("at most 200万元.")


def test_ladder_draws_series_with_single_and_parallel_with_double_lines() -> None:
    assert drawn(_described().conditions) == [
        "同时符合",
        "├─ 注册地 属于 湖州市",
        "├─ 符合任一",
        "│  ╠═ 大户",
        "│  ║  └─ 营业收入 ≥ 1亿元",
        "│  ╚═ 同时符合",
        "│     ├─ 有 高新技术企业",
        "│     └─ 研发费用 / 营业收入 ≥ 3%",
        "└─ 未列入 经营异常名录",
    ]


def test_outline_holds_the_same_steps_as_the_drawing() -> None:
    conditions = _described().conditions
    steps = outline(conditions)
    assert [text for _, text in steps] == [row.lstrip("│║├╠└╚─═ ") for row in drawn(conditions)]
    assert steps[3] == (2, "大户")


def test_decision_table_puts_each_row_in_the_place_of_its_table() -> None:
    assert _described().amounts.rows == (
        DecisionRow(("划型 = 小型、微型",), "研发费用 × 12% 封顶 200万元"),
        DecisionRow(("其他",), "研发费用 × 5% 封顶 200万元"),
    )


def test_every_shipped_measure_can_be_described_in_both_languages() -> None:
    definitions = _definitions(*rule_trees().values())
    program = shipped().program
    assert program.measures
    for key, measure in program.measures.items():
        for lang, end in (("zh", "。"), ("en", ".")):
            found = describe(measure, shipped().sections[key], lang, definitions, _label)
            assert found.sentence.endswith(end)
            assert found.conditions.items
            assert bool(found.amounts.rows) >= (measure.amount is not None)
