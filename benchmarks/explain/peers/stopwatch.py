"""The same clock for every Python engine: read the work, time each firm, print one JSON line."""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Answers = tuple[list[float | None], int]
"""One firm: the amount in yuan for each measure (None: not eligible), and how many things the
explanation names."""


def run(
    build: Callable[[dict[str, Any]], Any],
    ask: dict[str, Callable[[Any, dict[str, Any]], Answers]],
) -> None:
    """`ask` holds one function a way of asking: "explained", and "plain" where there is one.

    The work is `{"measures": neutral forms, "firms": [{"values", "facts"}], "repeat", …}`. An
    engine that answers more measures than those says how many: `measures_asked`.
    """
    work = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    start = time.perf_counter()
    engine = build(work)
    result: dict[str, Any] = {"build_s": time.perf_counter() - start}
    for name, function in ask.items():
        function(engine, work["firms"][0])  # warm
        seconds, answers, named = [], [], 0
        for _ in range(work["repeat"]):
            answers, named = [], 0
            for firm in work["firms"]:
                start = time.perf_counter()
                amounts, count = function(engine, firm)
                seconds.append(time.perf_counter() - start)
                answers.append(amounts)
                named += count
        count = getattr(engine, "measures_asked", len(work["measures"]))
        result[name] = {
            "us_per_pair": statistics.median(seconds) / count * 1e6,
            "best_us_per_pair": min(seconds) / count * 1e6,
            "named_per_pair": named / count / len(work["firms"]),
            "answers": answers,
        }
    print(json.dumps(result))
