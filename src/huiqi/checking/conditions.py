"""Checks conditions: comparisons, membership, titles, registers, faults, records, groups, readings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiqi.checking import codes, units
from huiqi.checking import expressions as x
from huiqi.checking.dispatch import condition, typed
from huiqi.checking.scope import EVENT, FIRM, Scope
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.periods import is_firm_period, near_years
from huiqi.vocabulary.units import NO_DIMS


def other_condition(expr: s.Expr, scope: Scope) -> t.Node:
    """A value that is a condition: a yes/no fact, a definition; anything else is refused."""
    node, kind = typed(expr, scope)
    if kind.kind == "records" and isinstance(node, t.RecordFold):
        raise scope.refuse(
            "E-verb",
            "清单前面要有动词",
            "records need a verb",
            expr,
            fix_zh="写 有 …",
            fix_en="write 有 …",
        )
    if kind != t.CONDITION:
        hint = {
            "number": "写比较，如 ≥ 100万元",
            "code": "写 属于 …",
            "date": "写比较或 属于 一段时间",
        }
        raise scope.refuse(
            "E-type",
            f"这里应是条件，却是{units.shown(kind)}",
            f"expected a condition, found a {kind.kind}",
            expr,
            fix_zh=hint.get(kind.kind, ""),
            fix_en="write a comparison or a membership" if kind.kind in hint else "",
        )
    return node


def lines(found: tuple[s.Line, ...], scope: Scope) -> t.Node:
    """Lines that must all hold; each keeps its words."""
    nodes: list[t.Node] = []
    for line in found:
        at = scope.at(line.line)
        nodes.append(t.Clause(condition(line.content, at), x.source_of(line)))
    return t.AllOf(tuple(nodes))


# ---------------------------------------------------------------- comparisons
def _compare(expr: s.Compare, scope: Scope) -> t.Node:
    left, kind = typed(expr.left, scope)
    if kind.kind == "number":
        return _compare_numbers(expr, left, kind, scope)
    if kind.kind == "date":
        right, _ = x.value_of(expr.right, scope, "date")
        return t.CompareDates(expr.op, left, right)
    if kind.kind == "month":
        right, _ = x.value_of(expr.right, scope, "month")
        return t.CompareNumbers(expr.op, left, right)
    if kind.kind == "code":
        return _compare_codes(expr, left, kind, scope)
    if kind.kind == "text" and expr.op in "=≠":
        return t.SameText(left, (codes.name_words(expr.right, scope),), expr.op == "≠")
    if kind == t.CONDITION and expr.op in "=≠":
        said = codes.yes_no(expr.right)
        if said is not None:
            return left if said == (expr.op == "=") else t.Negation(left)
    raise scope.refuse(
        "E-type",
        f"{units.shown(kind)}不能这样比较",
        f"a {kind.kind} cannot be compared like this",
        expr,
    )


def _compare_numbers(expr: s.Compare, left: t.Node, kind: t.Type, scope: Scope) -> t.Node:
    right, right_type = x.value_of(expr.right, scope, "number")
    if isinstance(right, t.DecidedRange):
        raise scope.refuse(
            "E-range",
            "比较的右边不能是范围",
            "a range cannot stand right of a comparison",
            expr.right,
            fix_zh="写 属于 a~b",
            fix_en="write in a~b",
        )
    if not units.same(kind.dims, right_type.dims):
        if kind.dims == NO_DIMS and right_type.dims:
            hint = "左边是比例或纯数：是否想写它的分子，或与 % 比？"
        elif right_type.dims == NO_DIMS:
            hint = f"右边没有单位：左边是{units.shown(kind)}；若要比例，写 甲 / 乙 ≥ 3%"
        else:
            hint = "两边要是同一种量"
        raise scope.refuse(
            "E-unit",
            f"单位不合：左边是{units.shown(kind)}，右边是{units.shown(right_type)}",
            "the two sides have different units",
            expr,
            fix_zh=hint,
            fix_en="compare like with like; a ratio is a / b ≥ 3%",
        )
    if kind.dims == (("名", 1),) and expr.op in ("≤", "≥") and isinstance(expr.right, s.Num):
        pass
    return t.CompareNumbers(expr.op, left, right, kind.dims)


def _compare_codes(expr: s.Compare, left: t.Node, kind: t.Type, scope: Scope) -> t.Node:
    table = scope.vocabulary.table(kind.table)
    right = codes.code_value(expr.right, kind.table, scope)
    if expr.op in "=≠":
        if isinstance(right, t.CodeConstant):
            return t.InCodes(left, (right.code,), kind.table, expr.op == "≠")
        return t.CompareCodes(expr.op, left, right, kind.table)
    if not table.ordered:
        raise scope.refuse(
            "E-order",
            f"代码表“{kind.table}”没有高低之分",
            f"the codes of {kind.table} have no order",
            expr,
            fix_zh="写 属于 …",
            fix_en="write in …",
        )
    return t.CompareCodes(expr.op, left, right, kind.table)


def _within(expr: s.Within, scope: Scope) -> t.Node:
    if isinstance(expr.of, s.PeriodLit):
        years = tuple(int(item.word[:4]) for item in expr.items if isinstance(item, s.PeriodLit))
        if len(years) != len(expr.items):
            raise scope.refuse(
                "E-year", "这里应是年度，如 2017年度", "expected years such as 2017年度", expr
            )
        node: t.Node = t.YearIn(expr.of.word, years)
        return t.Negation(node) if expr.negated else node
    left, kind = typed(expr.of, scope)
    if kind.kind == "code":
        found = codes.codes_of(expr.items, kind.table, scope)
        return t.InCodes(left, found, kind.table, expr.negated)
    if kind.kind == "text":
        texts = tuple(codes.name_words(item, scope) for item in expr.items)
        return t.SameText(left, texts, expr.negated)
    parts: list[t.Node] = []
    for item in expr.items:
        if kind.kind == "date":
            span, _ = x.value_of(item, scope, "span")
            parts.append(t.InSpan(left, span))
        elif kind.kind == "number" and isinstance(item, s.Between):
            low, low_type = x.value_of(item.low, scope, "number")
            high, _ = x.value_of(item.high, scope, "number")
            if not units.same(kind.dims, low_type.dims):
                raise scope.refuse("E-unit", "单位不合", "the units differ", item)
            parts.append(t.InRange(left, low, high))
        elif kind.kind == "month":
            parts.append(t.MonthIn(left, months_of(item, scope)))
        else:
            raise scope.refuse(
                "E-type",
                f"{units.shown(kind)}后面的“属于”要跟代码、范围或一段时间",
                "“in” takes codes, a range or a span of time",
                item,
            )
    node = parts[0] if len(parts) == 1 else t.AnyOf(tuple(parts))
    return t.Negation(node) if expr.negated else node


def months_of(item: s.Expr, scope: Scope) -> tuple[int, ...]:
    if isinstance(item, s.MonthLit):
        return (item.month,)
    if (
        isinstance(item, s.Between)
        and isinstance(item.low, s.MonthLit)
        and isinstance(item.high, s.MonthLit)
    ):
        return tuple(range(item.low.month, item.high.month + 1))
    raise scope.refuse(
        "E-month", "这里应是月份，如 3月~6月", "expected months such as 3月~6月", item
    )


# ---------------------------------------------------------------- titles, registers, faults, records
def _holds(expr: s.Holds, scope: Scope) -> t.Node:
    verb = expr.verb
    if verb in ("无", "未列入"):
        positive = s.Holds("有" if verb == "无" else "列入", expr.kinds, expr.period, col=expr.col)
        return t.Negation(_holds(positive, scope))
    if verb == "获":
        scope.carried.add(EVENT)
    titles: list[t.TitleRef] = []
    events: list[str] = []
    registers: list[str] = []
    others: list[t.Node] = []
    firm = True
    for item in expr.kinds:
        plain = item.of if isinstance(item, s.Filtered) else item
        where = item.where if isinstance(item, s.Filtered) else None
        if not isinstance(plain, s.Name):
            raise scope.refuse("E-verb", f"“{verb}”后面要跟名称", f"“{verb}” takes names", item)
        found, firm, kind = _dated(plain, scope)
        if found is None:
            others.append(_record_or_yes(verb, item, expr.period, scope))
            continue
        inner = None
        if where is not None:
            inner = condition(where, scope.within(found))
        if kind == "title":
            titles.append(t.TitleRef(found, inner, firm))
        elif kind == "event":
            events.append(found)
        else:
            registers.append(found)
        _verb_fits(verb, kind, item, scope)
    if expr.period and (titles or events or others) and not is_firm_period(expr.period):
        scope.carried.add("C9")
    nodes: list[t.Node] = []
    if titles:
        nodes.append(t.TitleHolds(verb, tuple(titles), expr.period))
    if events:
        nodes.append(t.Happened(tuple(events), expr.period, firm))
    if registers:
        nodes.append(t.Listed(tuple(registers), firm))
    nodes += others
    return nodes[0] if len(nodes) == 1 else t.AnyOf(tuple(nodes))


def _dated(expr: s.Name, scope: Scope) -> tuple[str | None, bool, str]:
    """(name, whether the enterprise's, type) of a title, register or event; (None, …) for anything else."""
    path = expr.path
    if path[0] == FIRM and len(path) > 1:
        return _dated(s.Name(path[1:], col=expr.col), scope.of_firm())
    found = scope.declaration(path[0]) if len(path) == 1 else None
    if found and found[0].type in ("title", "register", "event"):
        return found[0].name, found[1], found[0].type
    return None, True, ""


def _verb_fits(verb: str, kind: str, item: s.Expr, scope: Scope) -> None:
    allowed = {
        "title": ("有", "曾获", "获"),
        "register": ("列入", "有"),
        "event": ("发生", "有"),
    }[kind]
    if verb not in allowed:
        raise scope.refuse(
            "E-verb",
            f"“{verb}”不能用在这里，可用：{' '.join(allowed)}",
            f"this takes: {' '.join(allowed)}",
            item,
        )


def _record_or_yes(verb: str, item: s.Expr, period: str, scope: Scope) -> t.Node:
    records = x.record_set(item, scope)
    if records is not None:
        return t.RecordsExist(records, period)
    node, kind = typed(item, scope)
    if kind == t.CONDITION:
        return node
    raise scope.refuse(
        "E-verb",
        f"“{verb}”后面要跟荣誉、名录、事件或清单",
        f"“{verb}” takes a title, register, fault or records",
        item,
    )


def _first(expr: s.Call, scope: Scope) -> t.Node | None:
    """首次(获 T): the first grant ever, inside the document's time."""
    of = expr.args[0] if len(expr.args) == 1 else None
    if isinstance(of, s.Holds) and of.verb == "获":
        node = _holds(of, scope)
        if isinstance(node, t.TitleHolds):
            return t.TitleHolds("首次获", node.titles, node.period)
    return None


def _call(expr: s.Call, scope: Scope) -> t.Node:
    if expr.function == "首次":
        first = _first(expr, scope)
        if first is not None:
            return first
        if len(expr.args) != 1:
            raise scope.refuse(
                "E-arguments", "首次( ) 只有一个条件", "首次( ) takes one condition", expr
            )
        raise scope.refuse(
            "E-first",
            "首次( ) 里写 获 荣誉；别的“首次”没有可以核实的事实",
            "first_time( ) takes a title that was granted; nothing could settle another first time",
            expr,
            fix_zh="荣誉写 首次(获 T)；达到数额写 按 x 首次达到；清单里的写成它自己的字段",
            fix_en="first_time(granted T) for titles; rows of first_reached for figures; a field for records",
        )
    if expr.function == "每年":
        during = _leading_period(expr.args[0]) if len(expr.args) == 1 else None
        if during is None:
            raise scope.refuse(
                "E-arguments",
                "每年( ) 里要写 近N年 和条件",
                "each_year( ) takes a period and a condition",
                expr,
                fix_zh="例如 每年(近两年 研发费用 / 营业收入 ≥ 3%)",
                fix_en="for example each_year(last_2_years …)",
            )
        period, inner = during
        return t.EachYear(period, condition(inner, scope.yearly()))
    node, kind = typed(expr, scope)
    if kind != t.CONDITION:
        raise scope.refuse(
            "E-type",
            f"{expr.function}( ) 给出的不是条件",
            f"{expr.function}( ) gives no condition",
            expr,
        )
    return node


def _leading_period(expr: s.Expr) -> tuple[str, s.Expr] | None:
    """Take the leading period off the leftmost value of a condition: it governs the whole condition."""
    if isinstance(expr, s.During) and near_years(expr.period):
        return expr.period, expr.of
    if isinstance(expr, s.Compare):
        found = _leading_period(expr.left)
        return (found[0], s.Compare(expr.op, found[1], expr.right, col=expr.col)) if found else None
    if isinstance(expr, s.Arith):
        found = _leading_period(expr.left)
        return (found[0], s.Arith(expr.op, found[1], expr.right, col=expr.col)) if found else None
    if isinstance(expr, s.And):
        found = _leading_period(expr.items[0])
        return (found[0], s.And((found[1], *expr.items[1:]), col=expr.col)) if found else None
    return None


# ---------------------------------------------------------------- connectives
def _and(expr: s.And, scope: Scope) -> t.Node:
    return t.AllOf(tuple(condition(item, scope) for item in expr.items))


def _or(expr: s.Or, scope: Scope) -> t.Node:
    return t.AnyOf(tuple(condition(item, scope) for item in expr.items))


def _not(expr: s.Not, scope: Scope) -> t.Node:
    inner = scope.fresh()
    node = condition(expr.of, inner)
    scope.carried |= inner.carried - {
        EVENT
    }  # what must not have happened is no event of this award
    return t.Negation(node)


def _in_principle(expr: s.InPrinciple, scope: Scope) -> t.Node:
    return t.SoftLimit(condition(expr.of, scope))


def _judge(expr: s.Judge, scope: Scope) -> t.Node:
    if expr.points is not None:
        raise scope.refuse("E-type", "给分的评审不是条件", "judged points are no condition", expr)
    return t.Judged(expr.words)


def _open(expr: s.OpenText, scope: Scope) -> t.Node:
    del scope
    return t.LeftOpen(expr.words)


def group(expr: s.Group, scope: Scope) -> t.Node:
    items: list[t.Node] = []
    for member in expr.members:
        if member.name:
            raise scope.at(member.content.line).refuse(
                "E-named", "条件的分组里不写名称", "members of a group of conditions have no name"
            )
        at = scope.at(member.content.line)
        items.append(t.Clause(condition(member.content.content, at), x.source_of(member.content)))
    made = tuple(items)
    if expr.kind == "任一":
        return t.AnyOf(made)
    if expr.kind == "都不":
        return t.NoneOf(made)
    if expr.kind == "至少":
        if expr.count > len(made):
            raise scope.refuse(
                "E-at-least",
                f"至少{expr.count}项，却只有{len(made)}项",
                f"at least {expr.count} of only {len(made)}",
                expr,
            )
        return t.AtLeastOf(expr.count, made)
    return t.AllOf(made)


def _group(expr: s.Group, scope: Scope) -> t.Node:
    if expr.kind not in ("任一", "全部", "都不", "至少"):
        raise scope.refuse(
            "E-type", f"“{expr.kind}”给出的是数，这里应是条件", f"“{expr.kind}” gives a value", expr
        )
    return group(expr, scope)


def _reading(expr: s.Reading, scope: Scope) -> t.Node:
    key = expr.decision or expr.name
    if not key:
        raise scope.refuse(
            "E-reading", "解读要有编号或名称", "a reading needs a number or a name", expr
        )
    return t.ReadingOf(
        expr.kind,
        key,
        expr.name,
        lines(expr.first, scope),
        lines(expr.second, scope),
        expr.decision,
    )


CONDITIONS: dict[type, Callable[[Any, Scope], t.Node]] = {
    s.Compare: _compare,
    s.Within: _within,
    s.Holds: _holds,
    s.Call: _call,
    s.And: _and,
    s.Or: _or,
    s.Not: _not,
    s.InPrinciple: _in_principle,
    s.Judge: _judge,
    s.OpenText: _open,
    s.Group: _group,
    s.Reading: _reading,
}
