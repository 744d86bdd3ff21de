"""The JSON of an answer: its shape, its figures, and the tree that says why."""

import json
from pathlib import Path
from typing import Any

import msgspec

from huiqi.library.conventions import convention_titles
from huiqi.reasoning.answer_json import answer_json
from huiqi.reasoning.answer_schema import answer_schema, read_answer
from huiqi.reasoning.why import Explainer
from tests.reasoning.conftest import Answered

SCHEMA = Path(__file__).parents[2] / "docs" / "reference" / "answer.schema.json"
RULE = """事项 技改补助 @§第二条
  摘要: 规上企业技改按投入的一成补助
  年度: 上年度
  条件:
    注册地 属于 温岭市                @本市企业
    营业收入 ≥ 2000万元               @营业收入2000万元以上
    未列入 经营异常名录
    评审「带动作用明显」
  奖励: 研发费用 × 10% 封顶 50万元    @按10%补助
  拨付: 60% 立项后, 40% 评审「验收」
  义务: 两年内 不得「迁出本市」 违者「退回补助」
  部门: 市经信局
  窗口: 每年 6月1日~8月31日

事项 贷款贴息 @§第三条
  条件:
    注册地 属于 温岭市
  奖励: 至多 20万元

事项 用地支持 @§第四条
  条件:
    注册地 属于 温岭市
  提供: 「优先安排用地」
"""
FACTS: dict[str, Any] = {
    "注册地": "温岭市",
    "营业收入": {"2023年度": {"值": "1988万元", "来源": "审计报告", "日期": "2024-03-01"}},
    "研发费用": {"2023年度": "120万元"},
    "经营异常名录": {"列入": "否", "查询日": "2024-06-30"},
}
GOOD = {**FACTS, "营业收入": {"2023年度": "2100万元"}}


def made(answered: Answered, facts: dict[str, Any], lang: str = "zh") -> dict[str, Any]:
    library, answer = answered(RULE, facts)
    explainer = Explainer(library.program, library.vocabulary, lang)
    return answer_json(answer, explainer, convention_titles(lang))


def titled(answer: dict[str, Any], title: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in answer["results"] if one["title"] == title)
    return found


def node(why: dict[str, Any], words: str) -> dict[str, Any]:
    """The first node with these words."""
    if why["words"] == words:
        return why
    for child in why.get("children", ()):
        found = node(child, words)
        if found:
            return found
    return {}


def test_the_documented_schema_is_the_one_in_force() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == answer_schema(), (
        "write docs/reference/answer.schema.json anew from huiqi.reasoning.answer_schema"
    )


def test_an_answer_fits_its_schema(answered: Answered) -> None:
    for facts in ({}, FACTS, GOOD):
        read = read_answer(msgspec.json.encode(made(answered, facts)))
        assert len(read.results) == 3


def test_what_a_person_decides_is_told_with_its_line(answered: Answered) -> None:
    result = titled(made(answered, GOOD), "技改补助")
    assert result["verdict"] == "needs_review"
    assert result["remaining"] == ["needs_review"]
    assert result["judgement"] == [{"text": "评审「带动作用明显」", "cause": "评审：带动作用明显"}]


def test_the_amount_is_in_yuan_and_given_if_granted(answered: Answered) -> None:
    amount = titled(made(answered, GOOD), "技改补助")["amount"]
    assert amount == {
        "low": "120000.00",
        "high": "120000.00",
        "headline": "120000.00",
        "unit": "CNY",
        "kind": "exact",
        "per": "企业",
        "form": "奖励",
    }
    ceiling = titled(made(answered, GOOD), "贷款贴息")["amount"]
    assert (ceiling["low"], ceiling["high"], ceiling["kind"]) == ("0.00", "200000.00", "ceiling")


def test_a_measure_without_money_has_no_amount(answered: Answered) -> None:
    result = titled(made(answered, GOOD), "用地支持")
    assert result["amount"] is None
    assert result["provides"] == ["「优先安排用地」"]


def test_instalments_are_computed_where_the_amount_is_exact(answered: Answered) -> None:
    delivery = titled(made(answered, GOOD), "技改补助")["delivery"]
    assert delivery["instalments"] == [
        {"share": "0.6", "when": "立项后", "judgement": "", "amount": "72000.00"},
        {"share": "0.4", "when": "", "judgement": "验收", "amount": "48000.00"},
    ]


def test_window_duties_and_office(answered: Answered) -> None:
    result = titled(made(answered, GOOD), "技改补助")
    assert result["window"] == {"state": "open", "opens": "2024-06-01", "closes": "2024-08-31"}
    (duty,) = result["duties"]
    assert (duty["must"], duty["what"], duty["breach"]) == (False, "迁出本市", "退回补助")
    assert result["department"] == ["市经信局"]


def test_edition_clause_and_verification(answered: Answered) -> None:
    result = titled(made(answered, GOOD), "技改补助")
    assert result["edition"]["in_force"] == "2024-02-01"
    assert result["clauses"] == ["第二条"]
    assert result["checked"] == {
        "how": "full_text",
        "detail": "2024-03-01",
        "unverified_lines": 0,
    }


def test_a_node_has_words_clause_state_value_source_and_distance(answered: Answered) -> None:
    result = titled(made(answered, FACTS), "技改补助")
    assert result["verdict"] == "ineligible"
    found = node(result["why"], "营业收入 ≥ 2000万元")
    assert found == {
        "kind": "atom",
        "words": "营业收入 ≥ 2000万元",
        "state": "F",
        "clause": {
            "document": "试〔2024〕1号",
            "addresses": ["第二条"],
            "words": ["营业收入2000万元以上"],
            "line": found["clause"]["line"],
            "unverified": False,
        },
        "observed": [
            {
                "fact": "2023年度 营业收入",
                "label": "2023年度 营业收入",
                "value": "1988万元",
                "source": "审计报告",
                "date": "2024-03-01",
            }
        ],
        "difference": "−12万元",
        "gap": "还差 12万元",
    }


def test_missing_facts_are_named_by_id_and_seen_as_missing(answered: Answered) -> None:
    answer = made(answered, {**FACTS, "营业收入": {"2023年度": "未知"}})
    result = titled(answer, "技改补助")
    assert (result["verdict"], result["missing"]) == ("undetermined", ["2023年度 营业收入"])
    assert result["remaining"] == ["needs_review", "ineligible"]
    found = node(result["why"], "营业收入 ≥ 2000万元")
    assert found["state"] == "FT" and found["observed"][0]["value"] is None


def test_english_labels_stand_beside_the_ids(answered: Answered) -> None:
    answer = made(answered, FACTS, "en")
    found = node(titled(answer, "技改补助")["why"], "营业收入 ≥ 2000万元")
    assert found["observed"][0]["label"] == "operating revenue (2023)"
    assert found["gap"] == "120000 yuan short"


def test_the_amount_stands_in_the_tree_with_what_it_reads(answered: Answered) -> None:
    why = titled(made(answered, GOOD), "技改补助")["why"]
    last = why["children"][-1]
    assert (last["kind"], last["state"], last["value"]) == ("amount", "T", "12万元")
    assert [one["fact"] for one in last["observed"]] == ["2023年度 研发费用"]


def test_conventions_are_worded(answered: Answered) -> None:
    numbers = {
        one["number"]: one["title"]
        for one in titled(made(answered, GOOD), "技改补助")["conventions"]
    }
    assert numbers["B1"].startswith("以上")


def test_the_total_counts_open_measures_from_nothing(answered: Answered) -> None:
    total = made(answered, GOOD)["total"]
    assert (total["certain"], total["possible"]) == ("0.00", "320000.00")
    assert total["unverified_share"] == "0"


def test_a_measure_that_cannot_be_evaluated_is_an_error_entry(answered: Answered) -> None:
    from huiqi.reasoning.answer import MeasureError

    library, answer = answered(RULE, GOOD)
    answer.errors.append(MeasureError("试〔2024〕1号 坏", "R-evaluate", "算不了", "cannot"))
    json_ = answer_json(answer, Explainer(library.program, library.vocabulary))
    assert json_["errors"] == [
        {"kind": "measure", "where": "试〔2024〕1号 坏", "code": "R-evaluate", "text": "算不了"}
    ]
