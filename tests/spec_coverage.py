"""Which worked cases exercise which decision: `make spec-coverage`.

Prints decision → case ids, then the decisions without a case and why. Exits 1 if a decision
about rules or answers has none.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from tests.spec.cases import all_cases

# How many decisions each letter holds.
LETTERS = {"A": 18, "B": 20, "C": 23, "D": 20, "E": 13, "F": 11, "G": 9, "H": 9, "I": 7}

# Decisions about something that a rule and one answer cannot show.
ELSEWHERE = {
    "I5": "约定是带编号的数据，改一条即成新版：属于存储 · editions of the decisions: the store",
    "I7": "“再增加12万元即可”属于建议页 · what-if advice: the pages",
}


def decisions() -> list[str]:
    """A1 to I7."""
    return [f"{letter}{n}" for letter, last in LETTERS.items() for n in range(1, last + 1)]


def coverage() -> dict[str, list[str]]:
    """Decision → the ids of its cases."""
    found: dict[str, list[str]] = defaultdict(list)
    for case in all_cases():
        for decision in case.decisions:
            found[decision].append(case.id)
    return dict(found)


def main() -> int:
    found = coverage()
    for decision in decisions():
        if decision in found:
            print(f"{decision:4}{len(found[decision]):3}  {' '.join(found[decision])}")
    bare = [decision for decision in decisions() if decision not in found]
    gaps = [decision for decision in bare if decision not in ELSEWHERE]
    for decision in bare:
        print(f"{decision:4} –   {ELSEWHERE.get(decision, '没有案例 · no case')}")
    unknown = sorted(set(found) - set(decisions()))
    for decision in unknown:
        print(f"{decision:4} ?   没有这条决定 · no such decision")
    cases = len(all_cases())
    covered = len(decisions()) - len(bare)
    print(f"{cases} 个案例，{covered}/{len(decisions())} 条决定 · {cases} cases, {covered} decisions")
    return 1 if gaps or unknown else 0


if __name__ == "__main__":
    sys.exit(main())
