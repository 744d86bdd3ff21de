"""The shipped rules on drawn enterprises: no error, and knowing more only narrows (SEMANTICS A5, A6)."""

from __future__ import annotations

import random
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from huiqi.library.library import Library
from huiqi.library.load import load
from huiqi.mechanisms.truth import F
from huiqi.reasoning.answer import Answer, Result, calculate
from huiqi.reasoning.verdict import Verdict
from huiqi.vocabulary.given import Facts
from tests.properties.meaning_worlds import Maker, pools_of

DAYS = (date(2022, 6, 30), date(2024, 6, 30), date(2021, 3, 1), date(2024, 2, 29))
MEASURES = 250  # drawn anew for each enterprise: the library is large
WITHOUT_VALUE = ("无定义", "成立不满", "没有这样的记录")


@cache
def library() -> Library:
    return load(cache=False)


@cache
def maker() -> Maker:
    return Maker(library().vocabulary, pools_of(library().program))


def answer(facts: Facts, day: date, measures: list[str]) -> Answer:
    made = calculate(library().program, library().vocabulary, facts, day, measures=measures)
    assert not made.errors, made.errors
    return made


def narrowed(fewer: Answer, more: Answer) -> list[str]:
    """Measures and the total for which knowing more left what was possible before."""
    known = {one.id: one for one in more.results}
    wrong = [line for one in fewer.results for line in _narrowed(one, known[one.id])]
    old, new = fewer.total, more.total
    beyond = old.possible is not None and (new.possible is None or new.possible > old.possible)
    if new.certain < old.certain or beyond:
        wrong.append(f"total {old.certain}~{old.possible} → {new.certain}~{new.possible}")
    return wrong


def _narrowed(fewer: Result, more: Result) -> list[str]:
    if fewer.verdict is Verdict.UNDETERMINED and not fewer.missing:
        return [f"{fewer.id}: open, and nothing is asked"]
    if not fewer.state.low <= more.state.low <= more.state.high <= fewer.state.high:
        return [f"{fewer.id}: {fewer.state} → {more.state}"]
    before, after = fewer.amount, more.amount
    if (
        more.state == F
        or before is None
        or after is None
        or "unstated" in (before.kind, after.kind)
    ):
        return []
    if any(word in cause for _, cause in more.judgement for word in WITHOUT_VALUE):
        return []
    above = before.high is not None and (after.high is None or after.high > before.high)
    if after.low < before.low or above:
        return [f"{fewer.id}: {before.low}~{before.high} → {after.low}~{after.high}"]
    return []


def _check(seeds: range) -> None:
    for seed in seeds:
        day = DAYS[seed % len(DAYS)]
        whole = maker().world(seed)
        part = maker().less(whole, seed, share=0.25)
        least = maker().less(part, seed + 1_000_000, share=0.5)
        every = sorted(library().program.measures)
        measures = random.Random(seed).sample(every, min(MEASURES, len(every)))
        answers = [answer(facts, day, measures) for facts in (least, part, whole)]
        for fewer, more in pairwise(answers):
            assert not narrowed(fewer, more), f"seed {seed}, {day}"


def test_knowing_more_of_an_enterprise_only_narrows_the_shipped_rules() -> None:
    _check(range(25))


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("start", range(0, 2_000, 250))
def test_knowing_more_of_many_enterprises_only_narrows(start: int) -> None:
    _check(range(start, start + 250))
