"""Dimensions in rules: a count of records takes the counter it meets (数(专利) ≥ 2项, 数(人员) × 500元/人)."""

from __future__ import annotations

from huiqi.language import tree as t
from huiqi.vocabulary.units import COUNTERS, NO_DIMS, Dims, divide, multiply, unit_text

COUNT: Dims = (("?", 1),)


def _cancel(left: Dims, right: Dims) -> tuple[Dims, Dims]:
    """Drop the open counter of one side against a divisor counter of the other."""
    if ("?", 1) in left:
        for base, power in right:
            if base in COUNTERS and power == -1:
                return (
                    tuple(item for item in left if item[0] != "?"),
                    tuple(item for item in right if item != (base, power)),
                )
    return left, right


def times(left: Dims, right: Dims) -> Dims:
    left, right = _cancel(left, right)
    right, left = _cancel(right, left)
    return multiply(left, right)


def over(left: Dims, right: Dims) -> Dims:
    return divide(left, right)


def same(left: Dims, right: Dims) -> bool:
    """Whether two values can be compared or added."""
    if left == right:
        return True
    for one, other in ((left, right), (right, left)):
        if one == COUNT and (other == NO_DIMS or _is_counter(other)):
            return True
    return False


def _is_counter(dims: Dims) -> bool:
    return len(dims) == 1 and dims[0][1] == 1 and dims[0][0] in COUNTERS


def is_whole(dims: Dims) -> bool:
    """Ranks and counters: a dashed row from 1 to 10 is followed by one from 11."""
    return _is_counter(dims) or dims in (COUNT, (("名", 1),), (("级", 1),))


def shown(kind: t.Type) -> str:
    if kind.kind == "number":
        if kind.dims == COUNT:
            return "个数"
        return f"以 {unit_text(kind.dims)} 计的数" if kind.dims else "比例或纯数"
    return {
        "condition": "条件",
        "date": "日期",
        "span": "一段时间",
        "code": f"代码（{kind.table}）",
        "text": "文字",
        "month": "月份",
        "records": "清单",
    }.get(kind.kind, kind.kind)
