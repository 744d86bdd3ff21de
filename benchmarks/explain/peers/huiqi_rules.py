"""Huiqi: the measures as a rule library, one calculation an enterprise, explanations included."""

import datetime
import tempfile
from pathlib import Path
from typing import Any

import huiqi
from peers import stopwatch


class Loaded:
    """The work's rule texts as a library; without texts, the shipped one."""

    def __init__(self, work: dict[str, Any]) -> None:
        self.as_of = datetime.date.fromisoformat(work["as_of"])
        self.ids = [measure["id"] for measure in work["measures"]]
        with tempfile.TemporaryDirectory() as folder:
            for name, text in work.get("rules", {}).items():
                (Path(folder) / name).write_text(text, encoding="utf-8")
            self.library = huiqi.load(Path(folder) if work.get("rules") else None)
        self.measures_asked = len(self.library.program.measures)


def explained(loaded: Loaded, firm: dict[str, Any]) -> stopwatch.Answers:
    facts = huiqi.Facts.from_mapping(firm["facts"], loaded.library)
    answer = huiqi.calculate(loaded.library, facts, as_of=loaded.as_of)
    return amounts(loaded, answer), 0


def amounts(loaded: Loaded, answer: Any) -> list[float | None]:
    raise SystemExit("huiqi.calculate is not there yet")


if __name__ == "__main__":
    stopwatch.run(Loaded, {"explained": explained})
