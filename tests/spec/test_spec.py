"""Every worked case of tests/spec/*.yaml holds: the specification of the rule language."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.spec.cases import Case, all_cases
from tests.spec.outcome import differences
from tests.spec.run_case import run


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_case(case: Case) -> None:
    outcome = run(case)
    found = differences(case.expect, outcome)
    if found:
        pytest.fail(report(case, found), pytrace=False)


def test_no_two_cases_share_an_id() -> None:
    counts = Counter(case.id for case in all_cases())
    assert [name for name, count in counts.items() if count > 1] == []


def test_every_claim_is_a_sentence_of_its_own() -> None:
    counts = Counter(case.claim for case in all_cases())
    assert [claim for claim, count in counts.items() if count > 1 or len(claim) < 6] == []


def report(case: Case, found: list[str]) -> str:
    """The case beside what came out, so that the failure can be read without the file."""
    given = case.given or case.facts or "(nothing)"
    return (
        f"\n{case.file} {case.id} ({', '.join(case.decisions)}) as of {case.as_of}\n"
        f"  {case.claim}\n\n{_indent(case.rule)}\n  given\n{_indent(str(given))}\n"
        + "".join(f"  ✗ {line}\n" for line in found)
    )


def _indent(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines())
