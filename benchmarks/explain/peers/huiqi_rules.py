"""Huiqi: the measures as a rule library, one calculation an enterprise, explanations included."""

import datetime
import tempfile
from pathlib import Path
from typing import Any

import huiqi
import measures as work
from peers import stopwatch

AS_OF = datetime.date.fromisoformat(work.AS_OF)


class Loaded:
    def __init__(self, measures: list[dict[str, Any]]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            work.write_rules(Path(folder), measures)
            self.library = huiqi.load(Path(folder))
        self.ids = [measure["id"] for measure in measures]


def explained(loaded: Loaded, firm: dict[str, Any]) -> stopwatch.Answers:
    facts = huiqi.Facts.from_mapping(work.facts_of(firm), loaded.library)
    answer = huiqi.calculate(loaded.library, facts, as_of=AS_OF)
    return amounts(answer), 0


def amounts(answer: Any) -> list[float | None]:
    raise SystemExit("huiqi.calculate is not there yet")


if __name__ == "__main__":
    stopwatch.run(Loaded, {"explained": explained})
