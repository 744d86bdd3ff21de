"""The one form of a tree among those that mean the same: field order and spelling of figures.

`canonical` changes neither what a rule says nor its comments; `strip_positions` forgets where it
stood.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

from huiqi.language import syntax as s
from huiqi.language.words import LABELS
from huiqi.vocabulary.quantity import QuantityError, format_quantity, parse_quantity

T = TypeVar("T")
_POSITIONS = frozenset({"line", "col", "text"})
_DOCUMENT_ORDER = (
    "机关 地区 来源 发布 施行 失效 有效期 奖励自 奖励至 约定 核对 资金 叠加 替代 延续 依据 综合裁量"
    " 草案 未尽 存疑 略过 答复"
).split()
_MEASURE_ORDER = (
    "适用 取代 情形 依据 应为 可由 凭 未落实 摘要 对象 领取 年度 事件 条件 期限 授予 提供 形式 奖励"
    " 上限 预算 拨付 义务 叠加 同一事项 沿革 窗口 渠道 部门 材料 资金"
).split()
BELOW_BODY = ("优先", "核对", "未尽", "存疑", "例外", "例")


def canonical(tree: T) -> T:
    """The tree with fields in their order and figures in their shortest exact form (300万元)."""
    if isinstance(tree, s.Section | s.ExceptionOf):
        order = _order(getattr(tree, "kind", "例外"))
        fields = sorted(tree.fields, key=lambda field: order[field.label])
        tree = cast(T, msgspec.structs.replace(tree, fields=tuple(fields)))
    if isinstance(tree, s.Num):
        number, unit = _figure(tree.number, tree.unit)
        return cast(T, msgspec.structs.replace(tree, number=number, unit=unit))
    return _rebuilt(tree, canonical)


def strip_positions(tree: T) -> T:
    """The tree with every line, column and source text at its default: what was said, not where."""
    return _rebuilt(tree, strip_positions, _POSITIONS)


def _rebuilt(tree: T, change: Any, without: frozenset[str] = frozenset()) -> T:
    if isinstance(tree, tuple):
        return cast(T, tuple(change(item) for item in tree))
    if not isinstance(tree, msgspec.Struct):
        return tree
    parts = {
        name: change(value)
        if isinstance(value := getattr(tree, name), (tuple, msgspec.Struct))
        else value
        for name in tree.__struct_fields__
        if name not in without
    }
    return type(tree)(**parts)


@lru_cache(maxsize=16)
def _order(kind: str) -> dict[str, int]:
    if kind == "政策":
        labels = [*_DOCUMENT_ORDER, *_MEASURE_ORDER, *LABELS]
    else:
        others = [*_DOCUMENT_ORDER, *LABELS]
        rest = [label for label in others if label not in BELOW_BODY]
        labels = [*_MEASURE_ORDER, *rest, *BELOW_BODY]
    return {label: place for place, label in enumerate(dict.fromkeys(labels))}


_SPELLED = re.compile(r"([−-]?[\d.]+)(.*)")


@lru_cache(maxsize=16384)
def _figure(number: str, unit: str) -> tuple[str, str]:
    """The shortest exact (number, unit): 3000000元 is 300万元. The unit itself stays as written."""
    plain = _plain(number)
    if not unit:
        return plain, unit
    try:
        quantity = parse_quantity(number + unit)
        shown = format_quantity(quantity.value, quantity.dims, unit=quantity.unit)
    except QuantityError:
        return plain, unit
    match = _SPELLED.fullmatch(shown)
    if match is None or parse_quantity(shown) != quantity:
        return plain, unit
    return match.group(1).replace("−", "-"), match.group(2)


def _plain(number: str) -> str:
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, point, decimals = digits.partition(".")
    decimals = decimals.rstrip("0")
    return sign + (whole.lstrip("0") or "0") + (point + decimals if decimals else "")
