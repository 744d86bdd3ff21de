"""Explanations in words: marks, clauses, values with their source, distances, what is missing."""

from huiqi.reasoning.explain import amount_words, explain_lines
from huiqi.reasoning.why import Explainer
from huiqi.reasoning.wording import fact_label
from huiqi.vocabulary.declare import Vocabulary
from tests.reasoning.conftest import Answered
from tests.reasoning.test_answer_json import FACTS, GOOD, RULE

SCORE = """定义 评分 @§附件
  合计 满分 10分:
    - 规模 满分 4分: 按 营业收入
      ≥ 1000万元: 4分
      < 1000万元: 0分
    - 前景 满分 6分: 评审「前景」 0分~6分

事项 示范企业 @§第一条
  年度: 上年度
  条件:
    任一:
      - 评分 ≥ 8分
      - 有 高新技术企业
    注册地 属于 温岭市
  授予: 专精特新中小企业
"""


def lines(answered: Answered, rule: str, facts: object, name: str, lang: str = "zh") -> list[str]:
    assert isinstance(facts, dict)
    library, answer = answered(rule, facts)
    explainer = Explainer(library.program, library.vocabulary, lang)
    return explain_lines(answer.result(name), explainer, {"B1": "以上含本数"})


def test_a_failed_threshold_says_how_much_is_missing(answered: Answered) -> None:
    shown = lines(answered, RULE, FACTS, "技改补助")
    assert (
        "  ✗ 不满足 营业收入 ≥ 2000万元 〔「营业收入2000万元以上」〕"
        "  2023年度 营业收入 = 1988万元（审计报告，2024-03-01）；还差 12万元"
    ) in shown
    assert "  B1 以上含本数" in shown


def test_marks_and_words_of_every_state(answered: Answered) -> None:
    shown = "\n".join(lines(answered, RULE, {"注册地": "温岭市"}, "技改补助"))
    assert "  ✓ 满足 注册地 属于 温岭市" in shown
    assert "  ? 未知 营业收入 ≥ 2000万元" in shown
    assert "  ◇ 由人评定 评审「带动作用明显」" in shown
    assert "？" not in shown
    assert "还缺：\n  2023年度 营业收入\n  经营异常名录" in shown


def test_the_verdict_line_says_what_remains_and_what_is_given_if_granted(
    answered: Answered,
) -> None:
    shown = lines(answered, RULE, {**FACTS, "营业收入": {"2023年度": "未知"}}, "技改补助")
    assert "? 待补充（还可能：待评审、不符合）  12万元（确定，若符合）" in shown


def test_instalments_duties_and_where_to_apply(answered: Answered) -> None:
    shown = lines(answered, RULE, GOOD, "技改补助")
    assert "  60% 立项后 7.2万元" in shown
    assert "  40% （评审：验收） 4.8万元" in shown
    assert "  两年内 不得 迁出本市，违者退回补助" in shown
    assert "  申报窗口 开放 2024-06-01~2024-08-31" in shown


def test_parts_of_a_score_are_shown_with_their_points(answered: Answered) -> None:
    facts = {"注册地": "温岭市", "营业收入": {"2023年度": "1200万元"}, "高新技术企业": "无"}
    shown = lines(answered, SCORE, facts, "示范企业")
    assert "      ✓ 4分 规模  2023年度 营业收入 = 1200万元" in shown
    assert any(line.startswith("      ◇ 0分~6分 前景") for line in shown)


def test_english(answered: Answered) -> None:
    shown = lines(answered, RULE, FACTS, "技改补助", "en")
    assert (
        "  ✗ not met 营业收入 ≥ 2000万元 〔「营业收入2000万元以上」〕"
        "  operating revenue (2023) = 19.88 million yuan (审计报告, 2024-03-01); 120000 yuan short"
    ) in shown
    assert "✗ ineligible" in shown


def test_an_amount_of_which_nothing_is_known_is_no_range(answered: Answered) -> None:
    _, answer = answered(RULE, {"注册地": "温岭市"})
    assert amount_words(answer.result("技改补助")) == "0元~50万元（区间，若符合）"
    assert amount_words(answer.result("用地支持")) == ""


def test_labels_of_facts_in_english(vocabulary: Vocabulary) -> None:
    assert fact_label("2023年度 营业收入", vocabulary, "en") == "operating revenue (2023)"
    assert fact_label("知识产权3.类别", vocabulary, "en") == "intellectual property 3: kind"
    assert fact_label("核实：2023年度 职工总数", vocabulary, "en").startswith("verify: staff")
    assert fact_label("高新技术企业.授予日", vocabulary, "en").endswith(": date granted")
    assert fact_label("没有的", vocabulary, "en") == "没有的"
    assert fact_label("2023年度 营业收入", vocabulary) == "2023年度 营业收入"
