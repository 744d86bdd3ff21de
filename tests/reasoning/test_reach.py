"""Within reach is only what the rule itself grants once the one missing thing is there."""

from typing import Any

from huiqi.library.fact_files import facts_of
from huiqi.reasoning.reach import Ending, ending_soon, within_reach
from huiqi.vocabulary.declare import Vocabulary
from tests.reasoning.conftest import HEAD, Answered

RULE = """事项 收入奖 @§第一条
  年度: 上年度
  条件: 营业收入 ≥ 2000万元
  奖励: 20万元

事项 称号认定 @§第二条
  年度: 上年度
  条件: 职工总数 ≥ 10人
  授予: 创新型中小企业 3年

事项 称号奖 @§第三条
  条件: 首次(获 创新型中小企业)
  奖励: 5万元

事项 大称号奖 @§第四条
  条件: 首次(获 专精特新小巨人企业)
  奖励: 100万元

事项 行业奖 @§第五条
  条件: 行业 属于 制造业
  奖励: 50万元

事项 窗口奖 @§第六条
  年度: 上年度
  条件: 职工总数 ≥ 10人
  奖励: 1万元
  窗口: 2024-05-01~2024-08-31
"""
FACTS: dict[str, Any] = {
    "注册地": "温岭市",
    "行业": "F51",
    "营业收入": {"2023年度": "1500万元"},
    "职工总数": {"2023年度": "20人"},
    "创新型中小企业": "无",
    "专精特新小巨人企业": "无",
}


def near(answered: Answered, vocabulary: Vocabulary, **changed: Any) -> list[tuple[str, object]]:
    given = {**FACTS, **changed}
    library, answer = answered(RULE, given)
    firm, _ = facts_of(given, vocabulary)
    found = within_reach(answer, firm, library.program, vocabulary, most=9)
    return [
        (one.result.measure.name, one.short.text if one.short else one.missing) for one in found
    ]


def test_a_figure_near_its_threshold_and_a_title_that_a_rule_would_grant(
    answered: Answered, vocabulary: Vocabulary
) -> None:
    assert near(answered, vocabulary) == [
        ("收入奖", "营业收入 ≥ 2000万元"),
        ("称号奖", "首次(获 创新型中小企业)"),
    ]


def test_less_than_half_of_a_threshold_is_not_near(
    answered: Answered, vocabulary: Vocabulary
) -> None:
    found = near(answered, vocabulary, 营业收入={"2023年度": "999万元"})
    assert [name for name, _ in found] == ["称号奖"]
    found = near(answered, vocabulary, 营业收入={"2023年度": "1000万元"})
    assert [name for name, _ in found] == ["收入奖", "称号奖"]


def test_a_title_that_no_rule_would_grant_is_out_of_reach(
    answered: Answered, vocabulary: Vocabulary
) -> None:
    found = near(answered, vocabulary, 职工总数={"2023年度": "3人"})
    assert [name for name, _ in found] == ["收入奖"]


def test_a_first_grant_cannot_be_had_twice(answered: Answered, vocabulary: Vocabulary) -> None:
    found = near(answered, vocabulary, 创新型中小企业="2020-05-01~2023-04-30")
    assert [name for name, _ in found] == ["收入奖"]


def test_what_only_waits_for_a_few_facts_is_within_reach(
    answered: Answered, vocabulary: Vocabulary
) -> None:
    found = near(answered, vocabulary, 行业="未知")
    assert ("行业奖", ("行业",)) in found


def test_windows_documents_and_titles_that_end_within_ninety_days(
    answered: Answered, vocabulary: Vocabulary
) -> None:
    given = {
        **FACTS,
        "高新技术企业": "2021-09-28~2024-09-28",
        "科技型中小企业": "2021-09-29~2024-09-29",
    }
    head = HEAD.replace("  核对", "  失效: 2024-09-28\n  核对")
    _, answer = answered(RULE, given, head=head)
    firm, _ = facts_of(given, vocabulary)
    assert ending_soon(answer, firm, vocabulary) == [
        Ending(answer.as_of.replace(month=8, day=31), "window", "试〔2024〕1号 窗口奖"),
        Ending(answer.as_of.replace(month=9, day=28), "document", "试〔2024〕1号"),
        Ending(answer.as_of.replace(month=9, day=28), "title", "高新技术企业"),
    ]
