"""Names hide no condition, and are counted by the measures that read them."""

from typing import Any

import pytest

from huiqi.checking.program import check_library
from huiqi.language.parse import parse
from huiqi.language.uses import name_problems, names_used
from huiqi.vocabulary.declare import Vocabulary, declare, make_vocabulary
from huiqi.vocabulary.gate import check_names

FACTS: dict[str, dict[str, Any]] = {
    "投资额": {"en": "investment", "type": "money"},
    "高新技术企业": {"en": "high-tech enterprise", "type": "title"},
    "经营异常名录": {"en": "abnormal list", "type": "register"},
    "知识产权": {
        "en": "intellectual property",
        "type": "records",
        "fields": {"有效": {"en": "valid", "type": "yes_no", "definition": "在有效期内。"}},
    },
    "从未用过": {"en": "never used", "type": "money"},
}
RULE = """
定义 有效的 @§一
  数(知识产权[有效]) ≥ 2项

事项 甲
  条件:
    投资额 ≥ 1万元
    有效的
  奖励: 1万元

事项 乙
  条件:
    投资额 ≥ 2万元
    有 高新技术企业
    未列入 经营异常名录
  奖励: 1万元
"""


def vocabulary(facts: dict[str, dict[str, Any]]) -> Vocabulary:
    return make_vocabulary([declare(name, one) for name, one in facts.items()], {})


def fault(name: str, **more: Any) -> list[str]:
    entry = {"en": "x", "type": "money", **more}
    return [one.code for one in check_names(vocabulary({name: entry}), {}, 0).findings]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("有专利或商标", "N-joined"),
        ("投资额超过标准", "N-comparison"),
        ("收入300万元", "N-figure"),
        ("成立满三年", "N-figure"),
        ("近两年研发费用", "N-period"),
        ("上年度收入", "N-period"),
        ("规模以下企业", "N-comparison"),
    ],
)
def test_a_name_that_hides_a_condition_is_refused(name: str, code: str) -> None:
    assert code in fault(name)


@pytest.mark.parametrize(
    "name",
    [
        "研发费用",
        "ISO9001认证",
        "5G基站数",
        "新三板挂牌日",
        "亩均A类企业",
        "规模以上",
        "一次性支出",
    ],
)
def test_a_plain_name_passes(name: str) -> None:
    assert fault(name) == []


def test_a_statement_needs_a_definition() -> None:
    assert fault("独立法人", type="yes_no") == ["N-undefined"]
    assert fault("独立法人", type="yes_no", definition="依法设立。") == []


def test_near_duplicates_are_shown_unless_a_definition_tells_them_apart() -> None:
    entry: dict[str, Any] = {"en": "x", "type": "money"}
    near = check_names(vocabulary({"研发总费用": entry, "研发的费用": entry}), {}, 0)
    assert [(one.code, one.other) for one in near.findings] == [("N-near", "研发的费用")]
    assert [p.severity for p in name_problems(near)] == ["warning"]
    told = {"研发总费用": {**entry, "definition": "不同于研发的费用"}, "研发的费用": entry}
    assert check_names(vocabulary(told), {}, 0).findings == ()
    levels = {"国家级奖励额": entry, "省家级奖励额": entry}
    assert check_names(vocabulary(levels), {}, 0).findings == ()


def test_names_are_counted_by_measure_through_definitions() -> None:
    facts = vocabulary(FACTS)
    checked = check_library({"a.rule": parse(RULE, "a.rule").tree}, facts)
    assert checked.problems == ()
    uses = names_used(checked.program, facts)
    assert {name: len(where) for name, where in uses.items()} == {
        "投资额": 2,
        "知识产权": 1,
        "知识产权.有效": 1,
        "高新技术企业": 1,
        "经营异常名录": 1,
    }
    report = check_names(facts, uses, len(checked.program.measures))
    assert (report.total, report.per_measure, len(report.used_once)) == (5, 2.5, 4)
    assert report.unused == ("从未用过",)
