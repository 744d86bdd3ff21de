"""The greatest total of amounts under caps on sums of them: a small exact linear programme (SEMANTICS E8)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from huiqi.vocabulary.units import Number, exact


def greatest_total(
    amounts: Sequence[Number], caps: Sequence[tuple[frozenset[int], Number]]
) -> tuple[Number, tuple[Number, ...]]:
    """max Σx with 0 ≤ x[i] ≤ amounts[i] and Σ x over each cap's set ≤ its limit: (total, x).

    Exact simplex by Bland's rule; every right-hand side is ≥ 0, so x = 0 is a first corner.
    """
    binding = [(members, cap) for members, cap in caps if sum(amounts[i] for i in members) > cap]
    if not binding:
        return exact(sum(amounts, Fraction(0))), tuple(amounts)
    count = len(amounts)
    rows: list[list[Fraction]] = []
    for index, amount in enumerate(amounts):
        rows.append([Fraction(int(i == index)) for i in range(count)] + [Fraction(amount)])
    for members, cap in binding:
        rows.append([Fraction(int(i in members)) for i in range(count)] + [Fraction(max(cap, 0))])
    slack = len(rows)
    table = [
        row[:count] + [Fraction(int(i == at)) for i in range(slack)] + [row[-1]]
        for at, row in enumerate(rows)
    ]
    gain = [Fraction(-1)] * count + [Fraction(0)] * (slack + 1)
    basis = list(range(count, count + slack))
    while True:
        enter = next((i for i, value in enumerate(gain[:-1]) if value < 0), None)
        if enter is None:
            break
        ratios = [
            (row[-1] / row[enter], basis[at], at) for at, row in enumerate(table) if row[enter] > 0
        ]
        _, _, leave = min(ratios)
        pivot = table[leave][enter]
        table[leave] = [value / pivot for value in table[leave]]
        for at, row in enumerate(table):
            if at != leave and row[enter]:
                factor = row[enter]
                table[at] = [a - factor * b for a, b in zip(row, table[leave], strict=True)]
        factor = gain[enter]
        gain = [a - factor * b for a, b in zip(gain, table[leave], strict=True)]
        basis[leave] = enter
    shares: list[Number] = [0] * count
    for at, variable in enumerate(basis):
        if variable < count:
            shares[variable] = exact(table[at][-1])
    return exact(gain[-1]), tuple(shares)
