"""Checks the closed list of functions: how many arguments, of which type, giving what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiqi.checking import expressions as x
from huiqi.checking import units
from huiqi.checking.dispatch import Typed, typed
from huiqi.checking.scope import NOTHING_DUE, Scope
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.periods import near_years
from huiqi.language.words import FUNCTIONS
from huiqi.vocabulary.nearest import nearest

SIZE_CLASSES = "规模等级"  # the table of classes that 分档( ) gives


def call(expr: s.Call, scope: Scope) -> Typed:
    """The checked call. Raises RuleError for an unknown function or wrong arguments."""
    check = _CALLS.get(expr.function)
    if check is None:
        near = nearest(expr.function, list(FUNCTIONS))
        raise scope.refuse(
            "E-function",
            f"没有函数“{expr.function}”",
            f"there is no function “{expr.function}”",
            expr,
            fix_zh="可用：" + " ".join(near or FUNCTIONS),
            fix_en="use: " + " ".join(FUNCTIONS.values()),
        )
    return check(expr, scope)


def _arguments(expr: s.Call, count: int, scope: Scope, form: str) -> tuple[s.Expr, ...]:
    if len(expr.args) != count:
        raise scope.refuse(
            "E-arguments",
            f"{expr.function}( ) 要 {count} 个量，这里有 {len(expr.args)} 个",
            f"{expr.function}( ) takes {count} arguments",
            expr,
            fix_zh=f"写作 {form}",
            fix_en=f"write {form}",
        )
    return expr.args


def _extreme(expr: s.Call, scope: Scope) -> Typed:
    if len(expr.args) < 2:
        _arguments(expr, 2, scope, f"{expr.function}(a, b)")
    first, kind = typed(expr.args[0], scope)
    nodes = [first]
    for argument in expr.args[1:]:
        node, other = typed(argument, scope)
        if (
            other.kind != kind.kind
            or other.table != kind.table
            or not units.same(kind.dims, other.dims)
        ):
            raise scope.refuse(
                "E-unit",
                f"{expr.function}( ) 里各量要同类：{units.shown(kind)} 与 {units.shown(other)}",
                "all arguments must be of one kind",
                argument,
            )
        nodes.append(node)
    if kind.kind not in ("number", "code"):
        raise scope.refuse(
            "E-type",
            f"{expr.function}( ) 比的是数或有序的代码",
            "takes numbers or ordered codes",
            expr,
        )
    return t.Extreme(expr.function == "取大", tuple(nodes), kind.table), kind


def _fold(expr: s.Call, scope: Scope) -> Typed:
    how = {"合计": "sum", "均值": "mean", "最大": "max", "最小": "min"}[expr.function]
    if len(expr.args) == 2:
        return _record_fold(expr, how, scope)
    (argument,) = _arguments(expr, 1, scope, f"{expr.function}(近两年 x)")
    found = _leading(argument)
    if found is None or not near_years(found[0]):
        raise scope.refuse(
            "E-arguments",
            f"{expr.function}( ) 要说哪几年，或哪个清单的哪一项",
            f"{expr.function}( ) needs its years, or records and a field",
            expr,
            fix_zh=f"写作 {expr.function}(近两年 x) 或 {expr.function}(清单[条件], 字段)",
            fix_en=f"write {expr.function}(last_2_years x) or {expr.function}(records[…], field)",
        )
    node, kind = x.value_of(found[1], scope.yearly(), "number")
    return t.YearFold(how, found[0], node), kind


def _leading(expr: s.Expr) -> tuple[str, s.Expr] | None:
    """A period at the left end of a value governs all of it."""
    if isinstance(expr, s.During):
        return expr.period, expr.of
    if isinstance(expr, s.Arith):
        found = _leading(expr.left)
        return (found[0], s.Arith(expr.op, found[1], expr.right, col=expr.col)) if found else None
    return None


def _record_fold(expr: s.Call, how: str, scope: Scope) -> Typed:
    records = x.record_set(expr.args[0], scope)
    if records is None:
        raise scope.refuse(
            "E-records", "第一个量应是清单", "the first argument is a list of records", expr.args[0]
        )
    inner = scope.within(records.kind)
    node, kind = typed(expr.args[1], inner)
    if kind.kind == "code" and how in ("max", "min"):
        return t.RecordFold(how, records, node, kind.table), kind
    if kind.kind != "number":
        raise scope.refuse(
            "E-type",
            f"不能对{units.shown(kind)}求{expr.function}",
            f"cannot fold a {kind.kind}",
            expr.args[1],
        )
    return t.RecordFold(how, records, node), kind


def _count(expr: s.Call, scope: Scope) -> Typed:
    (argument,) = _arguments(expr, 1, scope, "数(清单[条件])")
    records = x.record_set(argument, scope)
    if records is None:
        raise scope.refuse(
            "E-records", "数( ) 里应是清单", "数( ) takes a list of records", argument
        )
    return t.RecordFold("count", records), x.number(units.COUNT)


def _growth(expr: s.Call, scope: Scope) -> Typed:
    (argument,) = _arguments(expr, 1, scope, "增速(x)")
    if not scope.annual and not isinstance(argument, s.During):
        raise x.no_year("增速", expr, scope)
    node, _ = x.value_of(argument, scope.yearly(), "number")
    return t.Growth(node), x.number()


def _compound(expr: s.Call, scope: Scope) -> Typed:
    (argument,) = _arguments(expr, 1, scope, "复合增速(近三年 x)")
    found = _leading(argument)
    if found is None or not near_years(found[0]):
        raise scope.refuse(
            "E-arguments",
            "复合增速( ) 要说近几年",
            "compound_growth( ) needs its years",
            expr,
            fix_zh="写作 复合增速(近三年 x)",
            fix_en="write compound_growth(last_3_years x)",
        )
    node, _ = x.value_of(found[1], scope.yearly(), "number")
    return t.CompoundGrowth(found[0], node), x.number()


def _increment(expr: s.Call, scope: Scope) -> Typed:
    (argument,) = _arguments(expr, 1, scope, "增量(x)")
    if not scope.annual and not isinstance(argument, s.During):
        raise x.no_year("增量", expr, scope)
    node, kind = x.value_of(argument, scope.yearly(), "number")
    scope.carried.add(NOTHING_DUE)
    return t.Increment(node), kind


def _whole_units(expr: s.Call, scope: Scope) -> Typed:
    of_expr, unit_expr = _arguments(expr, 2, scope, "满数(x, 2年)")
    of, kind = x.value_of(of_expr, scope, "number")
    unit, unit_type = x.value_of(unit_expr, scope, "number")
    if not units.same(kind.dims, unit_type.dims):
        raise scope.refuse(
            "E-unit", "满数( ) 的两个量要同单位", "both arguments need one unit", unit_expr
        )
    scope.carried.add(NOTHING_DUE)
    return t.WholeUnits(of, unit), x.number()


def _rounded(expr: s.Call, scope: Scope) -> Typed:
    of_expr, grain_expr = _arguments(expr, 2, scope, f"{expr.function}(v, 1万元)")
    of, kind = x.value_of(of_expr, scope, "number")
    grain, grain_type = x.value_of(grain_expr, scope, "number")
    if not units.same(kind.dims, grain_type.dims):
        raise scope.refuse(
            "E-unit",
            "取整的粒度要与金额同单位",
            "the grain needs the unit of the value",
            grain_expr,
        )
    return t.Rounded(of, grain, expr.function == "舍去"), kind


def _grade(expr: s.Call, scope: Scope) -> Typed:
    arguments = _arguments(expr, 4, scope, "分档(x, 大型下限, 中型下限, 小型下限)")
    of, kind = x.value_of(arguments[0], scope, "number")
    bounds = []
    for argument in arguments[1:]:
        bound, bound_type = x.value_of(argument, scope, "number")
        if not units.same(kind.dims, bound_type.dims):
            raise scope.refuse(
                "E-unit",
                "分档( ) 的下限要与指标同单位",
                "bounds need the indicator's unit",
                argument,
            )
        bounds.append(bound)
    table = scope.vocabulary.table(SIZE_CLASSES)
    classes = tuple(table.resolve(word) for word in ("大型", "中型", "小型", "微型"))
    return t.GradeBy(of, tuple(bounds), classes, SIZE_CLASSES), t.Type("code", table=SIZE_CLASSES)


def _years_between(expr: s.Call, scope: Scope) -> Typed:
    start_expr, end_expr = _arguments(expr, 2, scope, "年差(d, 上年度)")
    start, _ = x.value_of(start_expr, scope, "date")
    end: t.Node | str
    if isinstance(end_expr, s.PeriodLit):
        end = end_expr.word
    else:
        end, _ = x.value_of(end_expr, scope, "date")
    return t.YearsBetween(start, end), x.number(x.YEARS)


def _date_part(expr: s.Call, scope: Scope) -> Typed:
    (argument,) = _arguments(expr, 1, scope, f"{expr.function}(日期)")
    of, _ = x.value_of(argument, scope, "date")
    node = t.DatePart(expr.function, of)
    if expr.function == "月份":
        return node, t.MONTH
    if expr.function == "年份":
        return node, x.number()
    dims = (("天", 1),) if expr.function == "天数" else x.YEARS
    return node, x.number(dims)


def _places(expr: s.Call, scope: Scope) -> Typed:
    share_expr, size_expr = _arguments(expr, 2, scope, "名额(10%, 参评数)")
    share, _ = x.value_of(share_expr, scope, "number")
    size, _ = x.value_of(size_expr, scope, "number")
    return t.Places(share, size), x.number((("名", 1),))


_CALLS: dict[str, Callable[[Any, Scope], Typed]] = {
    "取小": _extreme,
    "取大": _extreme,
    "均值": _fold,
    "合计": _fold,
    "最大": _fold,
    "最小": _fold,
    "数": _count,
    "增速": _growth,
    "复合增速": _compound,
    "增量": _increment,
    "满数": _whole_units,
    "取整": _rounded,
    "舍去": _rounded,
    "分档": _grade,
    "年差": _years_between,
    "月份": _date_part,
    "年份": _date_part,
    "第几年": _date_part,
    "月数": _date_part,
    "天数": _date_part,
    "名额": _places,
}
