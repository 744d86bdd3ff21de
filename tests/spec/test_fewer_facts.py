"""Knowing less never says more (SEMANTICS A6): each worked case is run again without each of its facts in turn.

A settled state may become open but not another one; what is open stays as open; the sums only widen; and whoever
made the state open again is told that this very fact is missing (A5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.spec.cases import Case, all_cases
from tests.spec.figures import Span
from tests.spec.outcome import Outcome
from tests.spec.run_case import run

_CHAIN = "FJT"
_PAIR = re.compile(r"(?P<name>[^:]+):")
# A grant that no document on file could have paid is beyond the bounds of C20 for an unknown one.
_BEYOND_THE_DOCUMENTS = frozenset({"C20-6", "A16-6"})


def _cases() -> list[Case]:
    return [
        case
        for case in all_cases()
        if case.given.strip()
        and not (case.facts or case.definition or "problems" in case.expect)
        and case.id not in _BEYOND_THE_DOCUMENTS
    ]


@pytest.mark.parametrize("case", _cases(), ids=str)
def test_taking_a_fact_away_only_widens(case: Case) -> None:
    known = run(case)
    found = [
        f"without {name}: {line}"
        for name, given in _with_one_fact_less(case.given)
        for line in _narrower(name, known, run(replace(case, given=given)))
    ]
    assert not found, f"{case.file} {case.id}\n" + "\n".join(found)


def _with_one_fact_less(given: str) -> Iterator[tuple[str, str]]:
    """(the fact's name, the given facts with it unknown), for every single fact of a line or a record."""
    lines = given.splitlines()
    for at, line in enumerate(lines):
        indent, bullet, body = re.fullmatch(r"(\s*)(- )?(.*)", line).groups()  # type: ignore[union-attr]
        parts = [part.strip() for part in body.split(",")]
        for place, part in enumerate(parts):
            pair = _PAIR.match(part)
            if not pair or part.endswith(":") or "未知" in part:
                continue
            name = pair["name"]
            fewer = [*parts[:place], f"{name}: 未知", *parts[place + 1 :]]
            changed = f"{indent}{bullet or ''}{', '.join(fewer)}"
            yield name, "\n".join([*lines[:at], changed, *lines[at + 1 :]])


def _narrower(name: str, known: Outcome, fewer: Outcome) -> Iterator[str]:
    if fewer.problems:  # a part of an entry that cannot be left open
        return
    low, high = (_CHAIN.index(known.state[end]) for end in (0, -1))
    wider_low, wider_high = (_CHAIN.index(fewer.state[end]) for end in (0, -1))
    if not wider_low <= low <= high <= wider_high:
        yield f"state {known.state} became {fewer.state}"
    if known.state != "F" and not _within(known.amount, fewer.amount):
        yield f"amount {known.amount} became {fewer.amount}"
    if not _within(known.total, fewer.total):
        yield f"total {known.total} became {fewer.total}"
    plain = name.split(" ")[-1].split(".")[-1]
    # the founding date speaks through the years it rules out, and those are asked: one by one or at once (C19)
    through_years = plain == "成立日" and any(
        "年度" in one or "此前最高" in one for one in fewer.missing
    )
    asked = through_years or any(plain in one or "此前最高" in one for one in fewer.missing)
    if fewer.state != known.state and not asked:
        yield f"state {known.state} became {fewer.state}, but only {fewer.missing} are missing"


def _within(inner: Span | None, outer: Span | None) -> bool:
    if inner is None or outer is None or inner.unit != outer.unit:
        return True
    if inner.low < outer.low:
        return False
    return outer.high is None or (inner.high is not None and inner.high <= outer.high)
