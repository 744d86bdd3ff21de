"""No decision of meaning is without a worked case, and no case cites one that does not exist."""

from tests.spec_coverage import coverage, decisions


def test_every_decision_has_a_worked_case() -> None:
    assert [name for name, cases in coverage().items() if not cases] == []


def test_cases_cite_known_decisions_only() -> None:
    assert set(coverage()) == set(decisions())
