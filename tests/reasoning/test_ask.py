"""Which fact is asked next, what answers do, and what is never asked."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from huiqi.cli.interview import Interview
from huiqi.library.fact_files import fact_file, facts_of
from huiqi.library.fact_writing import write_facts
from huiqi.library.library import Library, library_from_texts
from huiqi.library.written import from_yaml
from huiqi.reasoning.answer import Answer, calculate
from huiqi.reasoning.ask import Question, question_text, questions
from huiqi.reasoning.reply import answered, changes
from huiqi.reasoning.verdict import Verdict
from huiqi.vocabulary.declare import declare
from huiqi.vocabulary.given import FactError, Facts, Said
from tests.spec.run_case import shipped_vocabulary

DAY = date(2024, 6, 30)
DECLARED = {
    "问营收": {"en": "revenue", "type": "money", "period": "year", "cost": 2},
    "问贷款": {"en": "loan", "type": "money", "cost": 1, "ask": "贷款余额是多少？"},
    "问公布率": {"en": "published rate", "type": "ratio", "library": True},
    "问称号": {"en": "asked title", "type": "title", "cost": 1},
    "问名录": {"en": "asked register", "type": "register", "cost": 1},
    "问高级名录": {"en": "asked field", "type": "register", "cost": 1},
    "问设备": {
        "en": "asked machines",
        "type": "records",
        "cost": 3,
        "fields": {
            "名称": {"en": "name", "type": "text"},
            "价格": {"en": "price", "type": "money"},
        },
    },
}
RULES = """\
政策 测试〔2024〕1号 提问
  施行: 2024-01-01

事项 大奖
  年度: 上年度
  条件: 问营收 ≥ 100万元                @未核
  奖励: 50万元                          @未核

事项 小奖
  条件: 问贷款 ≥ 10万元                 @未核
  奖励: 10万元                          @未核

事项 公布
  条件: 问公布率 ≥ 3%                   @未核
  奖励: 900万元                         @未核

事项 称号奖
  条件: 获 问称号                       @未核
  奖励: 1万元                           @未核

事项 名录奖
  条件: 未列入 问名录                   @未核
  奖励: 2万元                           @未核

事项 设备奖
  条件: 数(问设备) ≥ 1项                @未核
  奖励: 合计(问设备, 价格) × 10% 封顶 3万元   @未核
"""


@cache
def library() -> Library:
    words = shipped_vocabulary().extended(declare(name, entry) for name, entry in DECLARED.items())
    made = library_from_texts({"问.rule": RULES}, words)
    assert not made.problems, [problem.text() for problem in made.problems]
    return made


def firm(**given: object) -> Facts:
    facts, problems = facts_of(given, library().vocabulary)
    assert not problems
    return facts


def answer_for(facts: Facts) -> Answer:
    return calculate(library().program, library().vocabulary, facts, DAY)


def asked(facts: Facts, *passed: str) -> list[Question]:
    return questions(answer_for(facts), facts, library().vocabulary, passed)


def reply(facts: Facts, identity: str, text: str) -> Facts:
    question = next(one for one in asked(facts) if one.id == identity)
    return answered(question, text, facts, library().vocabulary, DAY)


def test_the_most_undecided_money_per_trouble_comes_first() -> None:
    assert [one.id for one in asked(firm())][:2] == ["2023年度 问营收", "问贷款"]


def test_a_question_says_which_measures_wait_and_in_which_line() -> None:
    stake = asked(firm())[0].stakes[0]
    assert stake.name == "大奖"
    assert stake.lines == ("问营收 ≥ 100万元",)
    assert stake.undecided == 50_000_000


def test_a_published_figure_is_never_asked() -> None:
    assert "问公布率" not in {one.id for one in asked(firm())}


@pytest.mark.parametrize("word", ["不知道", "不适用"])
def test_what_was_said_to_be_unknowable_is_not_asked_again(word: str) -> None:
    after = reply(firm(), "问贷款", word)
    assert "问贷款" not in {one.id for one in asked(after)}
    entry = after.entry("问贷款")
    assert entry is not None
    assert entry.said is (Said.NOT_KNOWN if word == "不知道" else Said.NOT_APPLICABLE)


def test_an_answer_settles_the_measures_that_waited_for_it() -> None:
    before = answer_for(firm())
    made = changes(before, answer_for(reply(firm(), "问贷款", "20万元")))
    assert [(one.name, one.after) for one in made.verdicts] == [("小奖", Verdict.ELIGIBLE)]
    assert made.certain == (0, 10_000_000)


def test_a_fact_that_can_change_nothing_any_more_is_not_asked() -> None:
    assert "问贷款" not in {one.id for one in asked(reply(firm(), "问贷款", "1元"))}


@pytest.mark.parametrize(
    ("identity", "text", "code"),
    [
        ("问贷款", "二十人", "Q-chinese"),
        ("问贷款", "约20万元", "Q-approx"),
        ("问贷款", "−1元", "Q-below-minimum"),
        ("问称号", "也许", "F-date"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused_with_its_reason(
    identity: str, text: str, code: str
) -> None:
    with pytest.raises(FactError) as refused:
        reply(firm(), identity, text)
    assert refused.value.problem.code.split("-")[0] in ("Q", "F")
    assert refused.value.problem.zh
    assert code


def test_an_answer_that_contradicts_an_earlier_one_is_refused() -> None:
    founded = firm(成立日="2024-05-01")
    with pytest.raises(FactError) as refused:
        reply(founded, "问称号", "2024-03-01")
    assert refused.value.problem.code == "F-contradiction"


def test_no_to_a_register_is_the_firms_own_statement() -> None:
    after = reply(firm(), "问名录", "否")
    result = answer_for(after).result("名录奖")
    assert result.verdict is Verdict.ELIGIBLE
    assert "以企业承诺为据" in result.notes


def test_a_title_held_since_an_unknown_day_is_asked_for_its_day() -> None:
    after = reply(firm(), "问称号", "有")
    again = next(one for one in asked(after) if one.declaration.name == "问称号")
    assert "哪一天" in question_text(again, after)
    dated = answered(again, "2024-03-01", after, library().vocabulary, DAY)
    assert answer_for(dated).result("称号奖").verdict is Verdict.ELIGIBLE


def test_a_list_is_taken_item_by_item_and_then_its_fields_are_asked() -> None:
    after = reply(firm(), "问设备", "名称: 车床, 价格: 5万元\n磨床")
    records = after.records["问设备"]
    assert records.complete
    assert [one.label for one in records.items] == ["问设备1", "问设备2"]
    assert "问设备2.价格" in {one.id for one in asked(after)}
    priced = reply(after, "问设备2.价格", "8万元")
    amount = answer_for(priced).result("设备奖").amount
    assert amount is not None
    assert amount.headline == 1_300_000


def test_none_ends_a_list() -> None:
    after = reply(firm(), "问设备", "没有")
    assert answer_for(after).result("设备奖").verdict is Verdict.INELIGIBLE


def test_a_field_that_no_record_has_is_refused() -> None:
    with pytest.raises(FactError) as refused:
        reply(firm(), "问设备", "颜色: 红")
    assert refused.value.problem.code == "F-unknown"


def talk(facts: Facts, *lines: str) -> tuple[Interview, list[str], Answer]:
    said: list[str] = []
    waiting = iter(lines)
    interview = Interview(
        library().program,
        library().vocabulary,
        facts,
        DAY,
        said.append,
        lambda: next(waiting, None),
    )
    return interview, said, interview.run()


def test_an_interview_asks_again_after_a_bad_answer_and_shows_what_changed() -> None:
    interview, said, answer = talk(firm(), "约三百万", "300万元", "退出")
    text = "\n".join(said)
    assert "这个回答用不了" in text
    assert "待补充 → 符合：大奖" in text
    assert answer.result("大奖").verdict is Verdict.ELIGIBLE
    assert interview.count == 2


def test_an_interview_ends_where_nothing_can_change_any_more() -> None:
    _, said, answer = talk(firm(), "300万元", "20万元", "否", "2024-03-01", "没有")
    assert said[-1] == "没有还能改变结果的问题了。"
    open_measures = [one.measure.name for one in answer.results if one.missing]
    assert open_measures == ["公布"]


def test_skipping_comes_back_in_no_later_question() -> None:
    interview, said, _ = talk(firm(), *["跳过"] * 20)
    assert len(interview.passed) == interview.count
    assert said[-1] == "没有还能改变结果的问题了。"


def test_an_interview_ends_when_no_line_comes() -> None:
    interview, _, _ = talk(firm())
    assert interview.count == 1


def test_what_was_learned_can_be_written_and_read_again() -> None:
    interview, _, answer = talk(
        firm(), "300万元", "≥ 20万元", "否", "2024-03-01", "名称: 车床, 价格: 5万元", "", "退出"
    )
    words = library().vocabulary
    again = fact_file(from_yaml(write_facts(interview.firm, words, "某公司", DAY)), words)
    assert again.problems == ()
    assert again.name == "某公司"
    assert again.as_of == DAY
    repeated = calculate(library().program, words, again.facts, DAY)
    assert [one.verdict for one in repeated.results] == [one.verdict for one in answer.results]
    assert repeated.total == answer.total
