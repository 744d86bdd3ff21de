"""Every example firm over every shipped measure: no error, and the figures fit one another."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from huiqi.library.conventions import convention_titles
from huiqi.library.fact_files import FactFile, read_fact_file
from huiqi.library.library import Library
from huiqi.library.load import load
from huiqi.mechanisms.truth import F
from huiqi.reasoning.answer import Answer, Result, calculate
from huiqi.reasoning.answer_json import answer_json
from huiqi.reasoning.answer_schema import read_answer
from huiqi.reasoning.explain import explain_lines
from huiqi.reasoning.verdict import Verdict
from huiqi.reasoning.why import Explainer

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "firms" / "examples").glob("*.yaml"))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HUIQI_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield load()


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest, library: Library) -> tuple[FactFile, Answer]:
    file = read_fact_file(request.param, library.vocabulary)
    assert file.as_of is not None
    return file, calculate(library.program, library.vocabulary, file.facts, file.as_of)


def test_every_fact_can_be_used(case: tuple[FactFile, Answer]) -> None:
    assert [problem.text() for problem in case[0].problems] == []


def test_every_measure_is_answered(case: tuple[FactFile, Answer], library: Library) -> None:
    _, answer = case
    assert [error.zh for error in answer.errors] == []
    asked = [one.id for one in answer.results]
    every = sorted((*asked, *answer.drafts, *answer.elsewhere))
    assert every == sorted(library.program.measures), "asked, a draft, or of another place"


def test_the_total_is_ordered(case: tuple[FactFile, Answer]) -> None:
    total = case[1].total
    assert 0 <= total.certain <= total.headline
    assert total.possible is None or total.headline <= total.possible
    assert 0 <= total.unverified_share <= 1
    assert total.relief_high is None or total.relief_low <= total.relief_high


def test_the_total_is_no_more_than_its_parts(case: tuple[FactFile, Answer]) -> None:
    answer = case[1]
    certain = sum(one.amount.low for one in answer.results if _is_award(one) and one.amount)
    assert answer.total.certain <= certain
    counted = {one.id: one for one in answer.results}
    assert all(counted[name].verdict is Verdict.ELIGIBLE for name in answer.total.counted)


def _is_award(one: Result) -> bool:
    return one.verdict is Verdict.ELIGIBLE and one.amount is not None


def test_each_result_fits_itself(case: tuple[FactFile, Answer]) -> None:
    for one in case[1].results:
        amount = one.amount
        if amount is not None and amount.kind != "unstated":
            assert amount.low <= amount.headline, one.id
            assert amount.high is None or amount.headline <= amount.high, one.id
        if amount is not None and amount.kind == "exact":
            assert amount.low == amount.high == amount.headline, one.id
        assert (len(one.remaining) == 1) == one.state.is_settled, one.id
        assert one.state.is_settled != bool(one.missing), one.id
        if one.verdict is Verdict.NEEDS_REVIEW:
            assert one.judgement or one.readings, one.id
        if one.state == F:
            assert not one.missing_for_amount, one.id


def test_json_and_words_can_be_made_of_every_result(
    case: tuple[FactFile, Answer], library: Library
) -> None:
    _, answer = case
    for lang in ("zh", "en"):
        explainer = Explainer(library.program, library.vocabulary, lang)
        made = answer_json(answer, explainer, convention_titles(lang))
        assert len(read_answer(msgspec.json.encode(made)).results) == len(answer.results)
        for one in answer.results:
            assert len(explain_lines(one, explainer)) > 3
