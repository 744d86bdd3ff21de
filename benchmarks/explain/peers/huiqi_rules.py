"""Huiqi: the measures as a rule library, one calculation an enterprise, explanations included."""

import datetime
import tempfile
from pathlib import Path
from typing import Any

import huiqi
from huiqi.language.tree import Measure
from huiqi.library.fact_files import fact_file
from huiqi.reasoning.answer import Answer
from huiqi.reasoning.verdict import Verdict
from huiqi.reasoning.why import Explainer, Why
from huiqi.vocabulary.units import MONEY
from measures import name_of
from peers import stopwatch

FEN = 100


class Loaded:
    """The work's rule texts as a library; without texts, the shipped one."""

    def __init__(self, work: dict[str, Any]) -> None:
        self.as_of = datetime.date.fromisoformat(work["as_of"])
        rules = work.get("rules", {})
        with tempfile.TemporaryDirectory() as folder:
            for name, text in rules.items():
                (Path(folder) / name).write_text(text, encoding="utf-8")
            self.library = huiqi.load(Path(folder) if rules else None, cache=False)
        assert not rules or not self.library.problems, self.library.problems[:3]
        self.explainer = Explainer(self.library.program, self.library.vocabulary)
        self.measures_asked = len(self.library.program.measures)
        self.measures = [self._measure(measure["id"]) for measure in work["measures"]]

    def _measure(self, identity: str | int) -> Measure:
        """Shipped measures go by their id, generated ones by the number that their name spells."""
        name = identity if isinstance(identity, str) else name_of(identity)
        return self.library.measure(name)


def plain(loaded: Loaded, firm: dict[str, Any]) -> stopwatch.Answers:
    """The answer as it is: with its trace, not worded."""
    return amounts(loaded, answered(loaded, firm)), 0


def explained(loaded: Loaded, firm: dict[str, Any]) -> stopwatch.Answers:
    """The answer and, of every measure, the whole tree in words, values and distances."""
    answer = answered(loaded, firm)
    named = sum(size(loaded.explainer.explain(result)) for result in answer.results)
    return amounts(loaded, answer), named


def answered(loaded: Loaded, firm: dict[str, Any]) -> Answer:
    given = fact_file(firm["facts"], loaded.library.vocabulary)
    assert not given.problems, given.problems[:3]
    answer = huiqi.calculate(loaded.library, given.facts, as_of=loaded.as_of)
    assert not answer.errors, answer.errors[:3]
    return answer


def size(why: Why) -> int:
    """Conditions, parts and facts that the tree names."""
    return 1 + len(why.seen) + sum(size(child) for child in why.children)


def amounts(loaded: Loaded, answer: Answer) -> list[float | None]:
    """Yuan for each measure of the work; None where it is not granted, NaN where that stays open."""
    results = {result.id: result for result in answer.results}
    found: list[float | None] = []
    for measure in loaded.measures:
        result = results[measure.id]
        if result.verdict is Verdict.INELIGIBLE:
            # Met, but the formula gives nothing: no award for Huiqi (A16), 0 for the plain answer.
            found.append(None if result.amount is None else 0.0)
        elif result.verdict is not Verdict.ELIGIBLE:
            found.append(float("nan"))
        elif result.amount is None or measure.dims != MONEY:
            found.append(0.0)
        elif result.amount.low == result.amount.high:
            found.append(float(result.amount.low) / FEN)
        else:
            found.append(float("nan"))
    return found


if __name__ == "__main__":
    stopwatch.run(Loaded, {"explained": explained, "plain": plain})
