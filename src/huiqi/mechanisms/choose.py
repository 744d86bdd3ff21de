"""The best of several awards where only so many count (SEMANTICS D11: those best for the applicant)."""

from __future__ import annotations

from collections.abc import Sequence

from huiqi.mechanisms.number import End, Num, Span, hull_of

Limits = Sequence[tuple[frozenset[int], int]]


def greatest_sum(ends: Sequence[End], limits: Limits) -> End:
    """The greatest sum of ends ≥ 0 that takes at most so many from each set of places.

    >>> greatest_sum([5, 5, 5, 5, 3, 3, 3], [(frozenset(range(7)), 5)])
    26
    """
    best: dict[tuple[int, ...], End] = {tuple(most for _, most in limits): 0}
    for place, end in enumerate(ends):
        uses = tuple(place in members for members, _ in limits)
        for left, total in list(best.items()):
            if all(rest > 0 for rest, used in zip(left, uses, strict=True) if used):
                after = tuple(rest - used for rest, used in zip(left, uses, strict=True))
                best[after] = max(best.get(after, 0), total + end)
    return max(best.values())


def best_of(amounts: Sequence[Num], limits: Limits) -> Num:
    """The sum of the best under the limits: each end of it takes its own best."""
    hulls = [hull_of(amount) for amount in amounts]
    spans = Span(
        greatest_sum([hull.low_min for hull in hulls], limits),
        greatest_sum([hull.low_max for hull in hulls], limits),
        greatest_sum([hull.high_min for hull in hulls], limits),
        greatest_sum([hull.high_max for hull in hulls], limits),
    )
    missing = (
        frozenset[str]()
        if spans.is_known
        else frozenset[str]().union(*(a.missing for a in amounts))
    )
    causes = tuple(dict.fromkeys(cause for amount in amounts for cause in amount.causes))
    return Num((spans,), missing, causes, frozenset[str]().union(*(a.marks for a in amounts)))
