"""Interviews with random answers over shipped rules: they end, break nothing and overturn nothing."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from functools import cache

import pytest

from huiqi.cli.interview import ASKED_AT_MOST, hint
from huiqi.library.fact_files import fact_file, facts_of
from huiqi.library.fact_writing import write_facts
from huiqi.library.library import Library
from huiqi.library.load import load
from huiqi.library.written import from_yaml
from huiqi.reasoning.answer import Answer, calculate
from huiqi.reasoning.ask import Question, question_text, questions
from huiqi.reasoning.reply import answered
from huiqi.reasoning.verdict import Verdict
from huiqi.vocabulary.given import FactError, Facts

DAY = date(2022, 6, 30)
PLACES = ("吴兴区", "青秀区", "裕华区", "玉环市")
MOST_QUESTIONS = 400
DOCUMENTS = ("湖政办发〔2020〕35号", "桂政办发〔2020〕70号", "国科发政〔2017〕115号")


@cache
def library() -> Library:
    return load()


@cache
def measures(seed: int) -> tuple[str, ...]:
    document = DOCUMENTS[seed % len(DOCUMENTS)]
    return tuple(one.id for one in library().program.measures.values() if one.document == document)


def calculated(firm: Facts, seed: int) -> Answer:
    return calculate(library().program, library().vocabulary, firm, DAY, measures=measures(seed))


def reply(question: Question, chance: random.Random) -> str:
    """Some answer to a question; a title that is there is given with its day, so that nothing is taken back."""
    fact = question.declaration
    if chance.random() < 0.1:
        return chance.choice(["不知道", "不适用"])
    day = f"20{chance.randint(15, 21)}-0{chance.randint(1, 9)}-1{chance.randint(0, 9)}"
    if fact.type == "code":
        return chance.choice(list(library().vocabulary.table(fact.codes).codes()))
    if fact.type == "records":
        named = "名称" in fact.fields
        return chance.choice(["没有", "甲\n乙" if named else "没有"])
    if fact.type == "number":
        return "第3名" if fact.unit == "名" else f"{chance.randint(0, 400)}{fact.unit}"
    return {
        "money": f"{chance.choice([0, 5, 300, 2500, 12000])}万{fact.unit or '元'}",
        "ratio": f"{chance.randint(0, 100)}%",
        "date": day,
        "yes_no": chance.choice("是否"),
        "title": chance.choice(["无", day]),
        "event": chance.choice(["没有", day]),
        "register": chance.choice("是否"),
    }.get(fact.type, "某某")


@pytest.mark.parametrize("seed", range(6))
def test_random_answers_end_the_interview_and_overturn_nothing(seed: int) -> None:
    chance = random.Random(seed)
    place = {"注册地": chance.choice(PLACES), "独立法人": "是", "登记类型": "私营有限责任公司"}
    firm, problems = facts_of(place, library().vocabulary)
    assert not problems
    times: Counter[str] = Counter()
    answer = calculated(firm, seed)
    while True:
        tired = {name for name, count in times.items() if count >= ASKED_AT_MOST}
        waiting = questions(answer, firm, library().vocabulary, tired)
        if not waiting:
            break
        question = waiting[0]
        times[question.id] += 1
        assert times.total() < MOST_QUESTIONS
        for lang in ("zh", "en"):
            assert question_text(question, firm, lang)
            assert hint(question, library().vocabulary, lang)
        try:
            firm = answered(question, reply(question, chance), firm, library().vocabulary, DAY)
        except FactError:
            continue
        after = calculated(firm, seed)
        assert after.errors == []
        if times[question.id] == 1:
            assert settled(answer).items() <= settled(after).items(), question.id
        answer = after
    words = library().vocabulary
    again = fact_file(from_yaml(write_facts(firm, words, "", DAY)), words)
    assert settled(calculated(again.facts, seed)) == settled(answer)


def settled(answer: Answer) -> dict[str, Verdict]:
    return {
        one.id: one.verdict for one in answer.results if one.verdict is not Verdict.UNDETERMINED
    }
