"""首次达到: the steps that a yearly figure reaches for the first time (SEMANTICS C18, C19, C20, D4, D5)."""

from __future__ import annotations

from collections.abc import Sequence

from huiqi.language.tree import Band
from huiqi.mechanisms.bands import bands_between
from huiqi.mechanisms.number import Num, exactly, one_of, total
from huiqi.vocabulary.units import Number


def steps_reached(value: Number | float, bands: Sequence[Band]) -> tuple[int, ...]:
    """Rows (ascending thresholds) whose threshold this value reaches; bands carry all rows that cover it."""
    return bands_between(bands, value, value)[0].rows if bands else ()


def newly_reached(
    current: Num, highest_before: Num, bands: Sequence[Band], thresholds: Sequence[Number]
) -> list[tuple[int, ...]]:
    """Every set of rows that may be newly reached: reached now, and by no earlier year.

    Rows are returned in ascending order of their threshold; an empty tuple = no new step.
    """
    order = sorted(range(len(thresholds)), key=lambda index: thresholds[index])
    found: list[tuple[int, ...]] = []
    for now in current.spans:
        for before in highest_before.spans:
            for now_rows in _row_sets(bands, now.low_min, now.high_max):
                for before_rows in _row_sets(bands, before.low_min, before.high_max):
                    new = tuple(i for i in order if i in now_rows and i not in before_rows)
                    if new not in found:
                        found.append(new)
    return found


def _row_sets(
    bands: Sequence[Band], low: Number | float, high: Number | float
) -> list[tuple[int, ...]]:
    return list(dict.fromkeys(band.rows for band in bands_between(bands, low, high)))


def paid(
    reached: Sequence[tuple[int, ...]], values: Sequence[Num], every: bool, missing: frozenset[str]
) -> Num:
    """What the newly reached rows pay: the highest alone (D4 甲), or each of them (乙, 各档都给)."""
    options = []
    for rows in reached:
        if not rows:
            options.append(exactly(0))
        elif every:
            options.append(total(values[index] for index in rows))
        else:
            options.append(values[rows[-1]])
    return one_of(options, missing)
