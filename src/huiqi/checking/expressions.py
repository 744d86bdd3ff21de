"""Checks an expression: what every name is, which type and unit every value has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from huiqi.checking import units
from huiqi.checking.dispatch import Typed, condition, typed
from huiqi.checking.scope import FIRM, NOTHING_DUE, YEARLY, Scope
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.periods import is_firm_period, period_years
from huiqi.language.problems import RuleError
from huiqi.vocabulary.mistakes import words_of
from huiqi.vocabulary.quantity import parse_quantity
from huiqi.vocabulary.units import MONEY, NO_DIMS, POINTS, Dims

YEARS: Dims = (("个月", 1),)


def number(dims: Dims = NO_DIMS) -> t.Type:
    return t.Type("number", dims)


def value_of(expr: s.Expr, scope: Scope, kind: str, what: str = "") -> Typed:
    """Like `typed`, but the type must be of this kind."""
    if isinstance(expr, s.OpenText) and kind == "number":
        return t.Unstated(expr.words), number(MONEY)
    node, found = typed(expr, scope)
    if found.kind != kind:
        raise scope.refuse(
            "E-type",
            f"这里应是{units.shown(t.Type(kind))}，却是{units.shown(found)}{what}",
            f"expected a {kind} here, found a {found.kind}",
            expr,
        )
    return node, found


def constant(expr: s.Num, scope: Scope) -> t.Constant:
    if expr.unit == "年度":
        raise scope.refuse("E-unit", "年度只用在 起 N年度", "年度 stands only in 起 N年度", expr)
    if expr.unit == "名":
        return t.Constant(int(expr.number), (("名", 1),))
    try:
        quantity = parse_quantity(expr.number.replace("-", "−") + expr.unit)
    except ValueError as error:
        raise scope.refuse("E-number", words_of(error, "zh"), words_of(error, "en"), expr) from None
    return t.Constant(quantity.value, quantity.dims)


def _num(expr: s.Num, scope: Scope) -> Typed:
    node = constant(expr, scope)
    return node, number(node.dims)


def _date(expr: s.DateLit, scope: Scope) -> Typed:
    try:
        return t.DateConstant(date.fromisoformat(expr.iso)), t.DATE
    except ValueError:
        raise scope.refuse(
            "E-date", f"没有 {expr.iso} 这一天", f"there is no day {expr.iso}", expr
        ) from None


def _month(expr: s.MonthLit, scope: Scope) -> Typed:
    if not 1 <= expr.month <= 12:
        raise scope.refuse("E-date", f"没有{expr.month}月", f"there is no month {expr.month}", expr)
    return t.Constant(expr.month), t.MONTH


def _text(expr: s.Text, scope: Scope) -> Typed:
    del scope
    return t.TextConstant(expr.words), t.TEXT


def name(expr: s.Name, scope: Scope) -> Typed:
    """A declared fact, a definition, a parameter or an opened term."""
    path = expr.path
    if path[0] == FIRM and len(path) > 1:
        return name(s.Name(path[1:], col=expr.col), scope.of_firm())
    if path == ("申报日",):
        return t.AsOfDate(), t.DATE
    if len(path) > 1 and path[0] in scope.builder.conventions:
        return name(s.Name(path[1:], col=expr.col), scope.of_document(path[0]))
    found = scope.declaration(path[0])
    if found is not None:
        declaration, firm = found
        if declaration.type == "title" and len(path) == 2 and path[1] in ("授予日", "有效至"):
            return t.TitleDate(declaration.name, path[1], firm), t.DATE
        if len(path) > 1:
            raise scope.unknown_name(".".join(path), expr)
        return _fact(declaration, firm, expr, scope)
    definition = scope.builder.definition_of(path[0], scope)
    if definition is not None:
        return _use(definition, path[1:], expr, scope)
    if len(path) == 1:
        parameter = scope.builder.parameter_of(path[0], scope)
        if parameter is not None:
            scope.carried.add(YEARLY)
            if not scope.annual:
                raise no_year(path[0], expr, scope)
            return t.UseParameter(parameter.id), number(parameter.dims)
        opened = scope.builder.opened_of(path[0], scope)
        if opened is not None:
            return t.UseTerm(opened.id), opened.type
    raise scope.unknown_name(".".join(path), expr)


def no_year(what: str, node: object, scope: Scope) -> RuleError:
    return scope.refuse(
        "E-no-year",
        f"“{what}”是年度数，没有说是哪一年",
        f"“{what}” is a yearly figure and nothing says which year",
        node,
        fix_zh=f"写字段 年度: 上年度，或前缀 上年度 {what}",
        fix_en=f"write the field year:, or a prefix such as 上年度 {what}",
    )


def _fact(declaration: Any, firm: bool, expr: s.Name, scope: Scope) -> Typed:
    kind = declaration.type
    shown = declaration.name
    if declaration.is_annual:
        scope.carried.add(YEARLY)
        if not scope.annual:
            raise no_year(shown, expr, scope)
    if declaration.is_number:
        twin = ""
        if scope.has_convention("F2并列") and firm and scope.vocabulary.find("合并" + shown):
            twin = "合并" + shown
            scope.carried.add("F2")
        node: t.Node = t.FactNumber(
            shown, declaration.dims, declaration.is_annual, firm, declaration.minimum, twin
        )
        return node, number(declaration.dims)
    if kind == "date":
        return t.FactDate(shown, firm), t.DATE
    if kind == "month":
        return t.DatePart("月份", t.FactDate(shown, firm)), t.MONTH
    if kind == "code":
        return (
            t.FactCode(shown, declaration.codes, declaration.many, firm, declaration.is_annual),
            t.Type("code", table=declaration.codes),
        )
    if kind == "text":
        return t.FactText(shown, firm), t.TEXT
    if kind == "records":
        return t.RecordFold("数", t.RecordSet(shown, (), firm, declaration.dated)), t.Type(
            "records", table=shown
        )
    if kind == "yes_no":
        return t.FactYes(shown, firm, declaration.is_annual), t.CONDITION
    verb = {"title": "有 ", "register": "列入 ", "event": "发生 "}[kind]
    raise scope.refuse(
        "E-verb",
        f"“{shown}”是{ {'title': '荣誉', 'register': '名录', 'event': '事件'}[kind] }，前面要有动词",
        f"“{shown}” is a {kind} and needs its verb",
        expr,
        fix_zh=f"写 {verb}{shown}",
        fix_en=f"write {verb}{shown}",
    )


def _use(definition: t.Definition, rest: tuple[str, ...], expr: s.Name, scope: Scope) -> Typed:
    if definition.annual and not scope.annual:
        raise no_year(definition.name, expr, scope)
    scope.carried |= scope.builder.carried.get(definition.id, frozenset())
    if definition.annual:
        scope.carried.add(YEARLY)
    firm = definition.subject == FIRM
    if definition.type == t.CONDITION and not rest:
        return t.UseCondition(definition.id, firm), t.CONDITION
    if rest:
        full = _item(definition.body, rest)
        if full is None:
            raise scope.refuse(
                "E-unknown-name",
                f"“{definition.name}”里没有名为“{'.'.join(rest)}”的项",
                f"“{definition.name}” has no part named {'.'.join(rest)}",
                expr,
            )
        return t.UseValue(definition.id, firm, rest), number(POINTS)
    return t.UseValue(definition.id, firm), definition.type


def _item(body: t.Node, path: tuple[str, ...]) -> t.Part | None:
    """The named part of a score, wherever groups nest it."""
    node: Any = body
    while isinstance(node, t.Clause | t.AllOf):
        node = node.of if isinstance(node, t.Clause) else node.items[0]
    if not isinstance(node, t.ValueGroup):
        return None
    for part in node.parts:
        if part.name == path[0]:
            return part if len(path) == 1 else _item(part.value, path[1:])
        found = _item(part.value, path) if not part.name else None
        if found:
            return found
    return None


def record_set(expr: s.Expr, scope: Scope) -> t.RecordSet | None:
    """The records that an expression names (a kind, a definition of records, either with a filter), or None."""
    if isinstance(expr, s.Filtered):
        base = record_set(expr.of, scope)
        if base is None:
            return None
        inner = scope.within(base.kind)
        where = condition(expr.where, inner)
        return t.RecordSet(base.kind, (*base.filters, where), base.firm, base.dated)
    if not isinstance(expr, s.Name):
        return None
    try:
        node, kind = name(expr, scope)
    except RuleError as error:
        if error.problem.code == "E-verb":
            return None
        raise
    if kind.kind != "records":
        return None
    if isinstance(node, t.RecordFold):
        return node.records
    assert isinstance(node, t.UseValue)
    body = scope.builder.definitions[node.definition].body
    while isinstance(body, t.Clause | t.AllOf):
        body = body.of if isinstance(body, t.Clause) else body.items[0]
    assert isinstance(body, t.RecordFold), "INVARIANT: a definition of type records folds records"
    return body.records


def _filtered(expr: s.Filtered, scope: Scope) -> Typed:
    found = record_set(expr, scope)
    if found is None:
        raise scope.refuse(
            "E-filter", "只有清单和荣誉可以带 [ ]", "only records and titles take [ ]", expr
        )
    return t.RecordFold("数", found), t.Type("records", table=found.kind)


def _during(expr: s.During, scope: Scope) -> Typed:
    if period_years(expr.period) == 1:
        inner = scope.fresh()
        inner.annual = True
        node, kind = typed(expr.of, inner)
        scope.carried |= inner.carried
        if YEARLY in inner.carried:
            return t.AtYear(expr.period, node), kind
        if kind.kind == "records" or _folds_records(node, scope):
            return t.InWindow(expr.period, node), kind
        raise scope.refuse(
            "E-period",
            f"“{expr.period}”后面不是年度数，加了年份也不改变它",
            f"what stands behind “{expr.period}” is no yearly figure",
            expr,
            fix_zh="去掉年份，或把它声明为 period: year",
            fix_en="drop the period, or declare the fact with period: year",
        )
    inner = scope.fresh()
    inner.annual = True
    node, kind = typed(expr.of, inner)
    if kind.kind == "records" or _folds_records(node, scope):
        scope.carried |= inner.carried
        if not is_firm_period(expr.period):
            scope.carried.add("C9")
        return t.InWindow(expr.period, node), kind
    raise scope.refuse(
        "E-fold",
        f"“{expr.period}”有几年，要说怎么合成一个数",
        f"“{expr.period}” spans several years: say how they become one figure",
        expr,
        fix_zh="写 均值( )、合计( )、每年( )、最大( ) 或 复合增速( )",
        fix_en="use mean( ), sum( ), each_year( ), greatest( ) or compound_growth( )",
    )


def _folds_records(node: t.Node, scope: Scope) -> bool:
    while True:
        if isinstance(node, t.RecordFold):
            return True
        if isinstance(node, t.Clause):
            node = node.of
        elif isinstance(node, t.AllOf) and len(node.items) == 1:
            node = node.items[0]
        elif isinstance(node, t.UseValue):
            node = scope.builder.definitions[node.definition].body
        else:
            return False


def _arith(expr: s.Arith, scope: Scope) -> Typed:
    left, left_type = value_of(expr.left, scope, "number")
    right, right_type = value_of(expr.right, scope, "number")
    if expr.op in "+−":
        if not units.same(left_type.dims, right_type.dims):
            raise scope.refuse(
                "E-unit",
                f"不能相加减：{units.shown(left_type)} 与 {units.shown(right_type)}",
                "cannot add or subtract different units",
                expr.right,
            )
        dims = right_type.dims if left_type.dims == units.COUNT else left_type.dims
        if expr.op == "−" and isinstance(right, t.AtYear):
            scope.carried.add(NOTHING_DUE)  # a difference between years, like 增量
        return t.Arithmetic(expr.op, left, right), number(dims)
    combine = units.times if expr.op == "×" else units.over
    return t.Arithmetic(expr.op, left, right), number(combine(left_type.dims, right_type.dims))


def _between(expr: s.Between, scope: Scope) -> Typed:
    if isinstance(expr.low, s.DateLit):
        first, last = _date(expr.low, scope)[0], _date(expr.high, scope)[0]  # type: ignore[arg-type]
        assert isinstance(first, t.DateConstant) and isinstance(last, t.DateConstant)
        if first.value > last.value:
            raise scope.refuse("E-date", "起日晚于止日", "the span ends before it begins", expr)
        return t.DateRangeConstant(first.value, last.value), t.SPAN
    low, low_type = value_of(expr.low, scope, "number")
    high, high_type = value_of(expr.high, scope, "number")
    if low_type.dims != high_type.dims:
        raise scope.refuse("E-unit", "两端的单位不同", "the two ends have different units", expr)
    if isinstance(low, t.Constant) and isinstance(high, t.Constant) and low.value > high.value:
        raise scope.refuse("E-range", "范围前大后小", "the range runs backwards", expr)
    return t.DecidedRange(low, high), low_type


def _at_most(expr: s.AtMost, scope: Scope) -> Typed:
    node, kind = value_of(expr.of, scope, "number")
    return t.Ceiling(node), kind


def _at_least(expr: s.AtLeast, scope: Scope) -> Typed:
    node, kind = value_of(expr.of, scope, "number")
    return t.NoLess(node), kind


def same_unit(expr: s.Expr, left: t.Type, right: t.Type, scope: Scope) -> None:
    if not units.same(left.dims, right.dims):
        raise scope.refuse(
            "E-unit",
            f"单位不合：{units.shown(left)} 与 {units.shown(right)}",
            "the units differ",
            expr,
        )


def _capped(expr: s.Capped, scope: Scope) -> Typed:
    node, kind = value_of(expr.of, scope, "number")
    cap, cap_type = value_of(expr.cap, scope, "number")
    same_unit(expr.cap, kind, cap_type, scope)
    return t.Cap(node, cap, expr.soft), kind


def _floored(expr: s.Floored, scope: Scope) -> Typed:
    node, kind = value_of(expr.of, scope, "number")
    floor, floor_type = value_of(expr.floor, scope, "number")
    same_unit(expr.floor, kind, floor_type, scope)
    return t.FloorAt(node, floor), kind


def _if_given(expr: s.IfGiven, scope: Scope) -> Typed:
    node, kind = value_of(expr.of, scope, "number")
    scope.carried.add(NOTHING_DUE)
    return t.WhenHolds(node, condition(expr.condition, scope)), kind


def span_length(expr: s.Num, scope: Scope) -> tuple[int, int, int]:
    """(months, days, calendar years) of `3年`, `6个月`, `30天`, `3年度`."""
    if expr.unit == "年度":
        return 0, 0, int(expr.number)
    node = constant(expr, scope)
    whole = node.value
    if isinstance(whole, Fraction) or node.dims not in (YEARS, (("天", 1),)):
        raise scope.refuse(
            "E-span",
            "时间长度写 3年、6个月、30天 或 3年度",
            "a length is 3年, 6个月, 30天 or 3年度",
            expr,
        )
    return (whole, 0, 0) if node.dims == YEARS else (0, whole, 0)


def _span_of(expr: s.SpanOf, scope: Scope) -> Typed:
    start, _ = value_of(expr.start, scope, "date")
    months, days, years = span_length(expr.length, scope)
    if expr.full:
        return t.HasPassed(start, months + 12 * years, days), t.CONDITION
    return t.SpanFrom(start, months, days, years), t.SPAN


def _judge(expr: s.Judge, scope: Scope) -> Typed:
    if expr.points is None:
        return t.Judged(expr.words), t.CONDITION
    low, kind = value_of(expr.points.low, scope, "number")
    high, _ = value_of(expr.points.high, scope, "number")
    assert isinstance(low, t.Constant) and isinstance(high, t.Constant)
    return t.JudgedPoints(expr.words, low.value, high.value), kind


def _reading(expr: s.Reading, scope: Scope) -> Typed:
    first, kind = block(expr.first, scope)
    second, other = block(expr.second, scope)
    if kind.kind != other.kind or (kind.kind == "number" and not units.same(kind.dims, other.dims)):
        raise scope.refuse(
            "E-reading", "解读的甲和乙不是同一类", "the two readings are of different types", expr
        )
    key = expr.decision or expr.name
    if not key:
        raise scope.refuse(
            "E-reading", "解读要有编号或名称", "a reading needs a decision number or a name", expr
        )
    return t.ReadingOf(expr.kind, key, expr.name, first, second, expr.decision), kind


def block(lines: tuple[s.Line, ...], scope: Scope) -> Typed:
    """Lines below one another: conditions that must all hold, or the one line of a value."""
    nodes: list[t.Node] = []
    kinds: list[t.Type] = []
    for line in lines:
        node, kind = clause(line, scope)
        nodes.append(node)
        kinds.append(kind)
    if not nodes:
        raise scope.refuse("E-empty-field", "这里没有内容", "nothing stands here")
    if len(nodes) == 1:
        return nodes[0], kinds[0]
    for line, kind in zip(lines, kinds, strict=True):
        if kind != t.CONDITION:
            raise scope.at(line.line).refuse(
                "E-many-values",
                "几行并列的是条件；一个数只能一行",
                "lines below one another are conditions; a value is one line",
                line.content,
                fix_zh="几个数要写 合计: 或 择优:",
                fix_en="several values need sum_of: or best_of:",
            )
    return t.AllOf(tuple(nodes)), t.CONDITION


def source_of(line: s.Line) -> t.Source:
    return t.Source(
        line.text, line.line, line.marks.words, line.marks.addresses, line.marks.unverified
    )


def clause(line: s.Line, scope: Scope) -> Typed:
    node, kind = typed(line.content, scope.at(line.line))
    return t.Clause(node, source_of(line)), kind


def _open(expr: s.OpenText, scope: Scope) -> Typed:
    """待定 in an amount: no figure. As a condition it is `conditions.condition`'s."""
    del scope
    return t.LeftOpen(expr.words), t.CONDITION


def _period(expr: s.PeriodLit, scope: Scope) -> Typed:
    raise scope.refuse(
        "E-period",
        f"“{expr.word}”后面要有年度数",
        f"a yearly figure belongs behind “{expr.word}”",
        expr,
    )


VALUES: dict[type, Callable[[Any, Scope], Typed]] = {
    s.Num: _num,
    s.DateLit: _date,
    s.MonthLit: _month,
    s.PeriodLit: _period,
    s.Text: _text,
    s.Name: name,
    s.Filtered: _filtered,
    s.During: _during,
    s.Arith: _arith,
    s.Between: _between,
    s.AtMost: _at_most,
    s.AtLeast: _at_least,
    s.Capped: _capped,
    s.Floored: _floored,
    s.IfGiven: _if_given,
    s.SpanOf: _span_of,
    s.Judge: _judge,
    s.OpenText: _open,
    s.Reading: _reading,
}
