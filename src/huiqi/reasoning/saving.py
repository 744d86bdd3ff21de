"""What a deduction from the tax base saves: deduction × rate, bounded by the taxable income (SEMANTICS D17)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from huiqi.mechanisms.truth import F
from huiqi.reasoning import lookup
from huiqi.reasoning.answer import Result
from huiqi.reasoning.context import Context
from huiqi.vocabulary.quantity import round_half_up
from huiqi.vocabulary.units import Number

DEDUCTION = "税前扣除"
INCOME = "应纳税所得额"
RATE = "适用所得税税率"
STATUTORY = Fraction(1, 4)
"""The rate where none is known, the highest there is: 企业所得税法 第四条."""


@dataclass(frozen=True, slots=True)
class Saving:
    """Tax saved in fen, an estimate that enters no sum; `missing` are the facts that would make it exact."""

    low: int
    high: int | None
    missing: tuple[str, ...]


def saving(result: Result) -> Saving | None:
    """The estimate for a measure of 税前扣除; None for any other, or where nothing is granted."""
    measure, made, amount = result.measure, result.evaluated, result.amount
    if DEDUCTION not in measure.form.split("、") or made is None or amount is None:
        return None
    if result.state == F or amount.kind == "unstated":
        return None
    ctx = made.ctx
    year = ctx.year if ctx.year is not None else ctx.as_of.year - 1
    income = _known(ctx, INCOME, year)
    rate = _known(ctx, RATE, year)
    missing = [
        f"{year}年度 {name}" for name, value in ((INCOME, income), (RATE, rate)) if value is None
    ]
    if amount.low != amount.high:
        missing += result.missing_for_amount
    high_rate = rate if rate is not None else STATUTORY
    most = amount.high if income is None else _least(amount.high, income)
    high = None if most is None else round_half_up(most * high_rate)
    low = 0
    if income is not None and rate is not None:
        low = round_half_up((_least(amount.low, income) or 0) * rate)
    return Saving(low, high, tuple(missing))


def _least(amount: Number | None, income: Number) -> Number | None:
    income = max(income, 0)
    return income if amount is None else min(amount, income)


def _known(ctx: Context, name: str, year: int) -> Number | None:
    """The figure of a year, where there is exactly one."""
    return lookup.read_number(replace(ctx, observed=[]), ctx.firm, name, str(year), None).point
