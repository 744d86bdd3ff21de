"""What always holds of an answer, over drawn rules of every mechanism and facts known in part."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from huiqi.language import tree as t
from huiqi.language.format import format_rule_file
from huiqi.language.parse import parse
from huiqi.library.library import library_from_texts
from huiqi.reasoning.answer import Answer, Result, calculate
from huiqi.reasoning.answer_json import answer_json
from huiqi.reasoning.ask import questions
from huiqi.reasoning.explain import explain_lines
from huiqi.reasoning.verdict import Verdict
from huiqi.reasoning.why import Explainer
from huiqi.vocabulary.given import Facts
from tests.properties.meaning_facts import GRID, YEARS, World, less, worlds
from tests.properties.meaning_rules import rules, stacked_rules, vocabulary

AS_OF = date(2024, 6, 30)
UNDEFINED = ("无定义", "成立不满", "没有这样的记录")
_BOUNDED = {"suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
QUICK = settings(max_examples=60, derandomize=True, **_BOUNDED)  # type: ignore[arg-type]
SLOW = settings(max_examples=3_000, **_BOUNDED)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Known:
    """An answer about the one measure, in figures that can be compared."""

    answer: Answer
    result: Result

    @property
    def low(self) -> int:
        return self.result.state.low

    @property
    def high(self) -> int:
        return self.result.state.high

    @property
    def listed(self) -> tuple[str, ...]:
        return (*self.result.missing, *self.result.missing_for_amount)

    def figures(self) -> tuple[object, ...]:
        amount = self.result.amount if self.high else None
        return self.result.state, amount and (amount.low, amount.high, amount.kind)


def program_of(text: str) -> t.Program:
    library = library_from_texts({"例": text}, vocabulary())
    assume(not library.problems)
    return library.program


def known(program: t.Program, facts: Facts) -> Known:
    answer = calculate(program, vocabulary(), facts, AS_OF)
    clashes = [one for one in answer.errors if "ExceptionsClash" in one.zh]
    assume(not clashes)
    assert not answer.errors, answer.errors
    return Known(answer, answer.results[0])


def without_value(known: Known) -> bool:
    """A ratio, a rate or a list came out without value, and a person decides (B9, B10, B14)."""
    return any(word in cause for _, cause in known.result.judgement for word in UNDEFINED)


# ---------------------------------------------------------------- learning narrows (A6)
def narrower(fewer: Known, more: Known) -> list[str]:
    """Where knowing more left what was possible before."""
    found = []
    if not fewer.low <= more.low <= more.high <= fewer.high:
        found.append(f"state {fewer.result.state} → {more.result.state}")
    before, after = fewer.result.amount, more.result.amount
    granted = more.high > 0 and not without_value(more)
    if granted and before and after and before.kind != "unstated":
        if after.low < before.low:
            found.append(f"amount from {before.low} → {after.low}")
        if before.high is not None and (after.high is None or after.high > before.high):
            found.append(f"amount to {before.high} → {after.high}")
    old, new = fewer.answer.total, more.answer.total
    if new.certain < old.certain:
        found.append(f"total from {old.certain} → {new.certain}")
    if old.possible is not None and (new.possible is None or new.possible > old.possible):
        found.append(f"total to {old.possible} → {new.possible}")
    return found


def check_learning(text: str, data: st.DataObject) -> None:
    """Also of the total over several measures that meet (group E)."""
    program = program_of(text)
    world = data.draw(worlds())
    for _ in range(3):
        part = data.draw(less(world))
        least = data.draw(less(part))
        if (
            "补差" in text
        ):  # no document on file could have paid what this world says was granted (C20)
            world, part, least = (replace(one, granted="0元") for one in (world, part, least))
        steps = [known(program, one.facts()) for one in (least, part, world)]
        for fewer, more, of in zip(steps, steps[1:], (least, part), strict=False):
            wrong = narrower(fewer, more)
            assert not wrong, f"{wrong}\n{text}\nknown\n{of.text()}\nof\n{world.text()}"
        event(f"{steps[1].result.state}")


# ---------------------------------------------------------------- the facts asked for (A5, A17)
def check_asking(text: str, data: st.DataObject) -> None:
    program = program_of(text)
    part = data.draw(less(data.draw(worlds())))
    here = known(program, part.facts())
    if here.result.verdict is Verdict.UNDETERMINED:
        assert here.result.missing, f"open, and nothing is asked\n{text}\n{part.text()}"
    for name, period in absent(part):
        if name == "成立日" or is_listed(name, period, here.listed):
            continue
        value = data.draw(st.sampled_from(GRID[name]))
        told = replace(part, plain={**part.plain, (name, period): value})
        there = known(program, told.facts())
        assert there.figures() == here.figures(), (
            f"{period} {name} is not asked ({here.listed}), yet as {value} it turns "
            f"{here.figures()} to {there.figures()}\n{text}\n{part.text()}"
        )


def absent(part: World) -> list[tuple[str, str]]:
    """Facts of the grid that are not given; years before a known founding are none."""
    founded = part.plain.get(("成立日", ""), "2000")[:4]
    annual = [
        (name, str(year)) for name in ("年收", "年利") for year in YEARS if year >= int(founded)
    ]
    plain = [(name, "") for name in GRID if name not in ("年收", "年利", *WORK)]
    return [key for key in (*plain, *annual) if key not in part.plain]


WORK = ("投资", "完工", "合格", "级别")


def is_listed(name: str, period: str, listed: tuple[str, ...]) -> bool:
    if period:
        return any(one in (f"{period}年度 {name}", f"此前最高 {name}") for one in listed)
    return any(one in (name, f"核实：{name}") for one in listed)


# ---------------------------------------------------------------- the verdicts that remain (A2)
def check_remaining(text: str, data: st.DataObject) -> None:
    program = program_of(text)
    world = data.draw(worlds())
    part = data.draw(less(world))
    here, there = known(program, part.facts()), known(program, world.facts())
    if there.result.verdict is Verdict.UNDETERMINED:
        return  # a list of the world is never complete in the rule's eyes
    assert there.result.verdict in here.result.remaining, (
        f"{there.result.verdict} came, not of {here.result.remaining}\n"
        f"{text}\nknown\n{part.text()}\nof\n{world.text()}"
    )


# ---------------------------------------------------------------- printing changes nothing
def check_printing(text: str, data: st.DataObject) -> None:
    program = program_of(text)
    facts = data.draw(less(data.draw(worlds()))).facts()
    here = known(program, facts)
    for lang in ("zh", "en"):
        printed = format_rule_file(parse(text, "例").tree, lang)
        there = known(program_of(printed), facts)
        assert there.figures() == here.figures(), printed
        assert there.listed == here.listed, printed
        assert there.result.remaining == here.result.remaining, printed


# ---------------------------------------------------------------- whatever comes out can be told
def check_telling(text: str, data: st.DataObject) -> None:
    """The explanation, the JSON and the questions of any answer, in both languages."""
    program = program_of(text)
    facts = data.draw(less(data.draw(worlds()))).facts()
    here = known(program, facts)
    for lang in ("zh", "en"):
        explainer = Explainer(program, vocabulary(), lang)
        assert explain_lines(here.result, explainer)
        assert json.dumps(answer_json(here.answer, explainer))
    asked = {question.id for question in questions(here.answer, facts, vocabulary())}
    assert asked <= set(here.listed)


CHECKS = {
    "telling": check_telling,
    "learning": check_learning,
    "asking": check_asking,
    "remaining": check_remaining,
    "printing": check_printing,
}


@pytest.mark.parametrize("name", CHECKS)
@QUICK
@given(rules, st.data())
def test_of_drawn_rules(name: str, text: str, data: st.DataObject) -> None:
    CHECKS[name](text, data)


@QUICK
@given(stacked_rules(), st.data())
def test_the_total_of_several_measures_narrows(text: str, data: st.DataObject) -> None:
    check_learning(text, data)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", CHECKS)
@SLOW
@given(rules, st.data())
def test_of_many_drawn_rules(name: str, text: str, data: st.DataObject) -> None:
    CHECKS[name](text, data)
