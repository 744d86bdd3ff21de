"""What a run of a case yields, and where it differs from what the case expects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.spec.figures import Span, span

_SPANS = ("amount", "total", "value")
_SETS = ("remaining", "missing", "missing_amount")
_TEXTS = ("readings", "notes", "conventions")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measure's result (or one definition's value) in plain words and spans."""

    problems: tuple[str, ...] = ()
    suggestion: str = ""
    state: str = ""
    verdict: str = ""
    remaining: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    missing_amount: tuple[str, ...] = ()
    amount: Span | None = None
    headline: Span | None = None
    kind: str = ""
    total: Span | None = None
    value: Span | None = None
    instalments: tuple[Span, ...] = ()
    readings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    conventions: tuple[str, ...] = ()
    only_statement_missing: int = 0


def differences(expect: Mapping[str, Any], got: Outcome) -> list[str]:
    """One line for each expectation that the outcome does not meet."""
    if "problems" in expect:
        return list(_refusal(expect, got))
    if got.problems:
        return [f"the rule was refused: {', '.join(got.problems)} {got.suggestion}"]
    return [line for key, wanted in expect.items() for line in _difference(key, wanted, got)]


def _refusal(expect: Mapping[str, Any], got: Outcome) -> Iterable[str]:
    absent = [code for code in expect["problems"] if code not in got.problems]
    if absent:
        yield f"problems: expected {absent}, got {list(got.problems)}"
    if expect.get("suggestion", "") not in got.suggestion:
        yield f"suggestion: expected {expect['suggestion']!r} in {got.suggestion!r}"


def _difference(key: str, wanted: Any, got: Outcome) -> Iterable[str]:
    found = getattr(got, key)
    if key in _SPANS or key == "headline":
        if span(str(wanted)) != found:
            yield f"{key}: expected {wanted}, got {found}"
    elif key == "instalments":
        if [span(str(part)) for part in wanted] != list(found):
            yield f"{key}: expected {wanted}, got {[str(part) for part in found]}"
    elif key in _SETS:
        if sorted(wanted) != sorted(found):
            yield f"{key}: expected {sorted(wanted)}, got {sorted(found)}"
    elif key in _TEXTS:
        yield from _words(key, wanted, found)
    elif wanted != found:
        yield f"{key}: expected {wanted}, got {found}"


def _words(key: str, wanted: list[str], found: tuple[str, ...]) -> Iterable[str]:
    """Each wanted text stands in one of the found lines; none wanted means none found."""
    if not wanted and found:
        yield f"{key}: expected none, got {list(found)}"
    for text in wanted:
        if not any(text in line for line in found):
            yield f"{key}: expected {text!r} in {list(found)}"
