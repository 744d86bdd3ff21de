"""Who is paid what, and when: shares of several recipients and instalments, to the fen (SEMANTICS B16, D13, D16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from huiqi.language import tree as t
from huiqi.vocabulary.units import Number


@dataclass(frozen=True, slots=True)
class Share:
    """One recipient's part; `amount` in fen where the award is exact, `share` 0–1 where the text splits it."""

    who: str
    role: str
    share: Number | None
    amount: int | None


@dataclass(frozen=True, slots=True)
class Instalment:
    """One payment: a share of the award or a sum that the text names; `amount` in fen where it is known."""

    share: Number | None
    when: str
    judged: str
    amount: int | None


def split(total: int, shares: Sequence[Number]) -> list[int]:
    """`total` fen in parts: each floored to the fen, what is left goes to the last (B16).

    >>> split(10000, [Fraction(1, 3)] * 3)
    [3333, 3333, 3334]
    """
    parts = [int(Fraction(total) * share // 1) for share in shares]
    if parts and sum(shares) == 1:
        parts[-1] = total - sum(parts[:-1])
    return parts


def recipients(measure: t.Measure, award: Number | None) -> tuple[Share, ...]:
    """What each recipient named by the text gets of an award in fen; None while it is not exact."""
    named = measure.recipients
    shares = [one.share for one in named if one.share is not None]
    amounts: list[int | None] = [None] * len(named)
    if isinstance(award, int):
        if len(named) == 1 and not shares:
            amounts = [award]
        elif len(shares) == len(named):
            amounts = list(split(award, shares))
    return tuple(
        Share(one.who, one.role, one.share, amount)
        for one, amount in zip(named, amounts, strict=True)
    )


def instalments(measure: t.Measure, paid: Sequence[Number]) -> tuple[Instalment, ...]:
    """The payments with their sums in fen; `paid` is empty while the amount is not exact."""
    plan = measure.instalments
    sums: Sequence[Number | None] = paid if len(paid) == len(plan) else [None] * len(plan)
    return tuple(
        Instalment(share if share <= 1 else None, when, judged, None if sum_ is None else int(sum_))
        for (share, when, judged), sum_ in zip(plan, sums, strict=True)
    )
