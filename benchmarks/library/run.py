"""How fast is the shipped library, and how is it made up?

Loading in fresh processes with an empty and a filled cache; one enterprise against the measures that
concern it, with every explanation; measures by place; lines and characters of a measure beside those
of the trial that shaped the language (20 drawn clauses: 8.0 lines, 104 characters, median); what
settles the measures; how many names a further measure brings.

    python benchmarks/library/run.py [--repeat N]      or: make bench-library
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
TRIAL_LINES, TRIAL_CHARACTERS = 8.0, 104
LOAD = (
    "import time; start = time.perf_counter(); import huiqi; library = huiqi.load(); "
    "print(time.perf_counter() - start)"
)
FIRMS = (
    "wenling_pump",
    "yuhuan_lathe",
    "huzhou_software",
    "shijiazhuang_machinery",
    "nanning_cloud",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    print(f"Python {platform.python_version()}, {os.cpu_count()} CPUs, {platform.machine()}")
    results = {**loading(repeat), **one_enterprise(repeat), **made_up()}
    out = HERE / "out" / "results.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    print(json.dumps(results, ensure_ascii=False))


def loading(repeat: int) -> dict[str, float]:
    """Seconds from the start of Python's import to a checked library, median of fresh processes."""
    cold, cached = [], []
    for _ in range(repeat):
        with tempfile.TemporaryDirectory() as folder:
            cold.append(_seconds(folder))
            cached.append(_seconds(folder))
    print(f"load, empty cache: {_spread(cold)} s; filled cache: {_spread(cached)} s")
    return {
        "load_cold_s": round(statistics.median(cold), 3),
        "load_cached_s": round(statistics.median(cached), 3),
    }


def _seconds(cache: str) -> float:
    ran = subprocess.run(
        [sys.executable, "-c", LOAD],
        env={**os.environ, "HUIQI_CACHE_DIR": cache},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(ran.stdout)


def one_enterprise(repeat: int) -> dict[str, float]:
    """Milliseconds of one enterprise against the measures that concern it, every reason included."""
    import huiqi
    from huiqi.library.paths import firms_dir

    library = huiqi.load()
    times: list[float] = []
    asked: list[int] = []
    for name in FIRMS:
        file = huiqi.read_facts(firms_dir() / "examples" / f"{name}.yaml", library)
        assert file.as_of is not None
        own = []
        for _ in range(repeat):
            start = time.perf_counter()
            answer = huiqi.calculate(library, file.facts, file.as_of)
            huiqi.to_json(library, answer)  # the whole tree of reasons of every measure
            own.append((time.perf_counter() - start) * 1000)
        times += own
        asked.append(len(answer.results))
        print(f"  {file.name}: {len(answer.results)} measures, {_spread(own)} ms")
    print(f"one enterprise with explanations: {_spread(times)} ms")
    return {
        "one_enterprise_ms": round(statistics.median(times), 1),
        "measures_concerning_median": statistics.median(asked),
    }


def made_up() -> dict[str, object]:
    import huiqi
    from huiqi.library.load import read_rules
    from huiqi.library.paths import policies_dir
    from huiqi.library.statistics import reuse, settled, sizes

    library = huiqi.load()
    texts, _ = read_rules(policies_dir())
    lines, characters = sizes(texts)
    how, names = settled(library.program), reuse(library)
    places: dict[str, int] = {}
    for measure in library.program.measures.values():
        place = "、".join(library.program.documents[measure.document].region) or "全国"
        places[place] = places.get(place, 0) + 1
    by_place = dict(sorted(places.items(), key=lambda one: -one[1]))
    print(
        f"a measure: {lines:g} lines, {characters:g} characters (median); "
        f"trial {TRIAL_LINES}, {TRIAL_CHARACTERS}; ratio {lines / TRIAL_LINES:.2f}, "
        f"{characters / TRIAL_CHARACTERS:.2f}"
    )
    print(f"settled by facts {how.facts}, a person {how.person}, open text {how.open}")
    print(f"new names a measure by quarters: {names.new_per_measure}")
    print(
        "measures by place: " + ", ".join(f"{place} {count}" for place, count in by_place.items())
    )
    return {
        "documents": len(library.program.documents),
        "measures": len(library.program.measures),
        "lines_median": lines,
        "characters_median": characters,
        "settled": {"facts": how.facts, "person": how.person, "open": how.open},
        "new_names_per_measure": list(names.new_per_measure),
        "by_place": by_place,
    }


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.3g} ({min(values):.3g}–{max(values):.3g})"


if __name__ == "__main__":
    main()
