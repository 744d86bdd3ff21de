"""Words for what an answer shows: states, kinds of amounts, fact names, distances; Chinese and English."""

from __future__ import annotations

import re
from fractions import Fraction

from huiqi.mechanisms.number import Num
from huiqi.mechanisms.truth import FJ, FT, JT, F, J, State, T
from huiqi.reasoning.answer import Amount
from huiqi.reasoning.context import Trace
from huiqi.vocabulary.declare import Declaration, Vocabulary
from huiqi.vocabulary.quantity import format_quantity, show_quantity
from huiqi.vocabulary.units import NO_DIMS, RANK, Dims, Number, exact

STATES = {
    T: ("满足", "met"),
    F: ("不满足", "not met"),
    J: ("由人评定", "a person decides"),
    FT: ("未知", "not known yet"),
    FJ: ("未知，至多由人评定", "not known yet, at best a person decides"),
    JT: ("未知，至少由人评定", "not known yet, at least a person decides"),
}
KINDS = {
    "exact": ("确定", "exact"),
    "interval": ("区间", "range"),
    "ceiling": ("上限", "ceiling"),
    "floor": ("下限", "at least"),
    "budget": ("受总额限制", "within a budget"),
    "in_kind": ("券/实物", "in kind"),
    "to_convert": ("待折算", "to be converted"),
    "unstated": ("未载明", "not stated"),
}
CHECKED = {
    "全文": ("full_text", "已核对全文", "checked against the full official text"),
    "仅二手": ("secondary", "仅据二手资料", "secondary sources only"),
    "未核": ("unverified", "尚未核对", "not checked yet"),
}
VERIFY = "核实："
GRANTED = "此前已获 "
_FACT = re.compile(r"(?:(?P<period>\d{4}年度|此前最高|\d{4}\S*) )?(?P<rest>.+)")
_LABELLED = re.compile(r"(?P<owner>.+?)(?P<number>\d*)\.(?P<field>.+)")


def words(pair: tuple[str, ...], lang: str) -> str:
    return pair[-2] if lang == "zh" else pair[-1]


def state_words(state: State, lang: str = "zh") -> str:
    return words(STATES[state], lang)


def amount_text(amount: Amount, lang: str = "zh") -> str:
    """36万元, 10万元以上, 未载明; `金额未知` where facts leave it anywhere from nothing up."""
    if amount.kind != "unstated" and amount.low == 0 and amount.high is None:
        return "金额未知" if lang == "zh" else "amount not known"
    return amount.text(lang)


def fact_label(identity: str, vocabulary: Vocabulary, lang: str = "zh") -> str:
    """A fact's id in words: the id itself in Chinese; in English its labels: operating revenue (2023)."""
    if lang == "zh":
        return identity
    if identity.startswith(VERIFY):
        return "verify: " + fact_label(identity[len(VERIFY) :], vocabulary, lang)
    if identity.startswith(GRANTED):
        return "granted before: " + identity[len(GRANTED) :]
    match = _FACT.fullmatch(identity)
    assert match is not None, "INVARIANT: every text is a fact id"
    made = _name_label(match["rest"], vocabulary)
    period = match["period"]
    if not period:
        return made
    return (
        f"{made} ({period.removesuffix('年度')})"
        if period[:1].isdigit()
        else f"{made} (highest before)"
    )


def _name_label(name: str, vocabulary: Vocabulary) -> str:
    found = vocabulary.find(name)
    if found is not None:
        return found.en
    match = _LABELLED.fullmatch(name)
    if match is None:
        return name
    owner = vocabulary.find(match["owner"])
    if owner is None:
        return name
    number = f" {match['number']}" if match["number"] else ""
    return f"{owner.en}{number}: {_field_label(match['field'], owner)}"


def _field_label(name: str, owner: Declaration) -> str:
    known = owner.fields.get(name)
    if known is not None:
        return known.en
    return {"授予日": "date granted", "有效至": "valid until"}.get(name, name)


def show_number(value: Num | None, dims: Dims, lang: str = "zh") -> str:
    """A number or a range: 36万元, 8分, 6分~14分; empty where nothing is known of it."""
    if value is None or "undefined" in value.marks:
        return ""
    low, high = value.low, value.high
    if isinstance(low, float):
        return "" if isinstance(high, float) else f"≤ {show_quantity(exact(high), dims, lang)}"
    shown = show_quantity(exact(low), dims, lang)
    if isinstance(high, float):
        return f"≥ {shown}"
    return shown if low == high else f"{shown}~{show_quantity(exact(high), dims, lang)}"


def distance(trace: Trace, lang: str = "zh") -> tuple[str, str]:
    """(left − right as an exact figure, the same in words) of a comparison whose sides are both known."""
    gap = trace.gap.point if trace.gap is not None else None
    if gap is None or any(unit == "?" for unit, _ in trace.gap_dims):
        return "", ""
    difference = format_quantity(gap, trace.gap_dims, lang)
    size = _size(gap if gap >= 0 else -gap, trace.gap_dims, lang)
    if trace.state == F:
        if gap == 0:
            return difference, "正好在界上" if lang == "zh" else "exactly on the line"
        if gap < 0:
            return difference, f"还差 {size}" if lang == "zh" else f"{size} short"
        return difference, f"超出 {size}" if lang == "zh" else f"{size} too much"
    if gap == 0:
        return difference, "正好达到" if lang == "zh" else "exactly met"
    return difference, f"余 {size}" if lang == "zh" else f"{size} to spare"


def _size(number: Number, dims: Dims, lang: str) -> str:
    if dims == NO_DIMS:
        points = show_quantity(exact(Fraction(number) * 100), lang=lang, unit="")
        return f"{points} 个百分点" if lang == "zh" else f"{points} percentage points"
    if dims == RANK:
        return f"{number} 名" if lang == "zh" else f"{number} places"
    return show_quantity(number, dims, lang)
