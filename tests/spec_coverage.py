"""Which worked cases exercise each decision of meaning; `make spec-coverage` prints it.

Exit code 1 if a decision has no case.
"""

import sys
from collections import defaultdict
from pathlib import Path

import yaml

from tests.spec.cases import all_cases

DECISIONS = Path(__file__).parents[1] / "vocabulary" / "decisions.yaml"


def decisions() -> dict[str, dict[str, str]]:
    """Number → its title in both languages and its kind."""
    loaded: dict[str, dict[str, str]] = yaml.safe_load(DECISIONS.read_text(encoding="utf-8"))
    return loaded


def coverage() -> dict[str, list[str]]:
    """Number → ids of its cases; every decision is there, and any that only a case names."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for case in all_cases():
        for decision in case.decisions:
            found[decision].append(case.id)
    return {name: found[name] for name in dict.fromkeys([*decisions(), *found])}


def main() -> int:
    titles, covered = decisions(), coverage()
    for name, cases in covered.items():
        title = titles[name]["zh"] if name in titles else "(unknown decision)"
        print(f"{name:<4}{title}\n    {' '.join(cases) or '— no case'}")
    missing = [name for name, cases in covered.items() if not cases]
    print(
        f"\n{len(covered) - len(missing)} of {len(covered)} decisions have cases, "
        f"{len(all_cases())} cases in all."
    )
    if missing:
        print("No case: " + " ".join(missing))
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
