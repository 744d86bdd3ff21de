"""The vocabulary is asked about each imported value, and its answer names what to write."""

from typing import Any

import pytest

from huiqi.intake import Check, suits
from huiqi.vocabulary.declare import Vocabulary, declare, make_vocabulary

FACTS: dict[str, dict[str, Any]] = {
    "营业收入": {"en": "revenue", "type": "money", "period": "year"},
    "职工总数": {"en": "staff", "type": "number", "unit": "人", "period": "year"},
    "成立日": {"en": "founded", "type": "date"},
    "高新技术企业": {
        "en": "high-tech",
        "type": "title",
        "fields": {"级别": {"en": "level", "type": "text"}},
    },
    "经营异常名录": {"en": "abnormal", "type": "register"},
    "知识产权": {
        "en": "rights",
        "type": "records",
        "fields": {"有效": {"en": "valid", "type": "yes_no", "definition": "在有效期内"}},
    },
}


def vocabulary() -> Vocabulary:
    return make_vocabulary([declare(name, entry) for name, entry in FACTS.items()], {})


@pytest.fixture(scope="module")
def check() -> Check:
    return suits(vocabulary())


@pytest.mark.parametrize(
    ("fact", "value", "period"),
    [
        ("营业收入", "2100万元", "2021年度"),
        ("职工总数", "298人", "2021年度"),
        ("成立日", "2011-03-01", None),
        ("高新技术企业", "有", None),
        ("高新技术企业.授予日", "2019-11-01", None),
        ("高新技术企业.级别", "省级", None),
        ("经营异常名录.列入", "否", None),
        ("知识产权.有效", "是", None),
    ],
)
def test_a_value_that_suits(check: Check, fact: str, value: str, period: str | None) -> None:
    assert check(fact, value, period) is None


@pytest.mark.parametrize(
    ("fact", "value", "period", "words"),
    [
        ("营业收入", "2100万元", None, "写作 2023年度 营业收入"),
        ("营业收入", "2100人", "2021年度", "单位"),
        ("职工总数", "-3人", "2021年度", "小于"),
        ("成立日", "2011-02-30", None, "2011-02-30"),
        ("成立日", "2011-03-01", "2021年度", "期间"),
        ("营业收人", "1元", "2021年度", "营业收入"),
        ("高新技术企业.授予日", "去年", None, "去年"),
        ("高新技术企业.主持人", "甲", None, "没有“主持人”这一项"),
        ("知识产权.有效", "也许", None, "也许"),
    ],
)
def test_a_value_that_does_not(
    check: Check, fact: str, value: str, period: str | None, words: str
) -> None:
    complaint = check(fact, value, period)
    assert complaint is not None
    assert words in complaint


def test_complaints_come_in_the_asked_language() -> None:
    complaint = suits(vocabulary(), "en")("营业收入", "1元", None)
    assert complaint == "a yearly figure needs its year → write 2023年度 营业收入"
