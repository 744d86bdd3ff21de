"""Checks tables (按 X …) and groups of values (合计, 择优, 择一, 每满足一项)."""

from __future__ import annotations

from fractions import Fraction

from huiqi.checking import expressions as x
from huiqi.checking import units
from huiqi.checking.codes import codes_of, yes_no
from huiqi.checking.dispatch import Typed, condition, typed
from huiqi.checking.scope import EVENT, NOTHING_DUE, Scope
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.problems import RuleError
from huiqi.mechanisms.bands import (
    EACH,
    MARGINAL,
    ONE,
    Interval,
    TableFault,
    build_bands,
    in_band,
    pays_everywhere,
)
from huiqi.vocabulary.quantity import format_quantity
from huiqi.vocabulary.units import MONEY, Number


def table(expr: s.Table, scope: Scope) -> Typed:
    """The checked table: bands over a number, codes of a table, or conditions as rows."""
    modes = set(expr.modes)
    if ("取最高档" in modes and "各档都给" in modes) or (
        "分段" in modes and modes & {"取最高档", "各档都给"}
    ):
        raise scope.refuse("E-mode", "取最高档、各档都给、分段只能选一个", "choose one mode", expr)
    if expr.subject is None:
        return _condition_table(expr, None, scope)
    subject, kind = typed(expr.subject, scope)
    if kind.kind == "records" and isinstance(subject, t.RecordFold):
        subject, kind = t.RecordFold("count", subject.records), x.number(units.COUNT)
    if kind.kind == "number":
        return _number_table(expr, subject, kind, scope)
    if kind.kind == "month":
        return _number_table(expr, subject, kind, scope)
    if kind.kind == "code":
        return _code_table(expr, subject, kind, scope)
    if kind == t.CONDITION:
        return _condition_table(expr, subject, scope)
    if kind.kind == "text":
        return _text_table(expr, subject, scope)
    raise scope.refuse(
        "E-type", f"不能按{units.shown(kind)}分行", f"no table over a {kind.kind}", expr
    )


def _rows(expr: s.Table, scope: Scope) -> tuple[tuple[t.TableRow, ...], t.Type]:
    rows: list[t.TableRow] = []
    kind: t.Type | None = None
    for row in expr.rows:
        at = scope.at(row.value.line)
        if isinstance(row.value.content, s.OpenText):
            open_rows = t.Unstated(row.value.content.words)
            rows.append(t.TableRow(key_text(row.key), open_rows, x.source_of(row.value)))
            continue
        node, found = _row_value(row.value, at)
        if kind is not None and (
            found.kind != kind.kind
            or found.table != kind.table
            or not units.same(kind.dims, found.dims)
        ):
            raise at.refuse(
                "E-rows-differ",
                f"各行的值要同类：{units.shown(kind)} 与 {units.shown(found)}",
                "all rows give the same kind of value",
                row.value.content,
            )
        kind = kind or found
        rows.append(t.TableRow(key_text(row.key), node, x.source_of(row.value)))
    if not rows:
        raise scope.refuse("E-no-rows", "表没有行", "the table has no rows", expr)
    return tuple(rows), kind or x.number(MONEY)


def _row_value(line: s.Line, scope: Scope) -> Typed:
    try:
        return typed(line.content, scope)
    except RuleError as error:
        if error.problem.code == "E-unknown-name" and isinstance(line.content, s.Name):
            return t.TextConstant(".".join(line.content.path)), t.TEXT
        raise


def key_text(key: s.Key) -> str:
    """A row's key as a reader sees it."""
    if key.rest:
        return "其他"
    if key.from_year:
        return f"{key.from_year}年度起"
    if key.bounds:
        return " 且 ".join(f"{bound.op} {_shown(bound.value)}" for bound in key.bounds)
    if key.condition is not None:
        return "条件"
    return "、".join(_shown(value) for value in key.values)


def _shown(expr: s.Expr) -> str:
    if isinstance(expr, s.Num):
        return f"第{expr.number}名" if expr.unit == "名" else expr.number + expr.unit
    if isinstance(expr, s.Name):
        return ".".join(expr.path)
    if isinstance(expr, s.Text):
        return f"「{expr.words}」"
    if isinstance(expr, s.MonthLit):
        return f"{expr.month}月"
    if isinstance(expr, s.Between):
        return f"{_shown(expr.low)}~{_shown(expr.high)}"
    return "…"


# ---------------------------------------------------------------- over a number
def _number_table(expr: s.Table, subject: t.Node, kind: t.Type, scope: Scope) -> Typed:
    modes = set(expr.modes)
    rows, value_type = _rows(expr, scope)
    intervals: list[Interval | None] = []
    for row in expr.rows:
        intervals.append(_interval(row, kind, scope.at(row.value.line), _is_nth(subject)))
    first = "首次达到" in modes
    mode = MARGINAL if "分段" in modes else EACH if "各档都给" in modes else ONE
    bands, faults = build_bands(intervals, EACH if first else mode, "取最高档" in modes)
    if first:
        faults = [fault for fault in faults if fault.code != "E-nested"]
        for row in expr.rows:
            if not row.key.bounds or row.key.bounds[0].op not in ("≥", ">"):
                raise scope.at(row.value.line).refuse(
                    "E-first", "首次达到的行写 ≥ 数", "rows of first_reached are ≥ value"
                )
    for fault in faults:
        raise _table_error(fault, expr, kind, scope)
    if first:
        scope.carried |= {NOTHING_DUE, EVENT}
        if not scope.annual:
            raise x.no_year("首次达到", expr, scope)
    elif "补差" in modes:
        scope.carried.add(NOTHING_DUE)
    minimum: Number | None = subject.minimum if isinstance(subject, t.FactNumber) else 0
    if kind.kind == "month":
        pays = all(
            any(row.rows for row in bands if _holds_month(row, month)) for month in range(1, 13)
        )
    else:
        pays = pays_everywhere(bands, minimum)
    if not pays or any(isinstance(row.value, t.Constant) and row.value.value == 0 for row in rows):
        scope.carried.add(NOTHING_DUE)
    named = "first" if first else mode
    if mode == MARGINAL and value_type.kind == "number":
        value_type = x.number(units.times(value_type.dims, kind.dims))
    return (
        t.NumberTable(subject, rows, bands, named, "补差" in modes, first and "各档都给" in modes),
        value_type,
    )


def _holds_month(band: t.Band, month: int) -> bool:
    return in_band(band, month)


def _is_nth(subject: t.Node) -> bool:
    """第几年 and 年份 come in whole steps."""
    return isinstance(subject, t.DatePart) and subject.part in ("第几年", "年份")


def _interval(row: s.Row, kind: t.Type, scope: Scope, whole: bool = False) -> Interval | None:
    key = row.key
    if key.rest:
        return None
    if key.bounds:
        low: Number | None = None
        high: Number | None = None
        low_closed = high_closed = False
        for bound in key.bounds:
            value = _fixed(bound.value, kind, scope)
            if bound.op in ("≥", ">"):
                low, low_closed = value, bound.op == "≥"
            elif bound.op in ("≤", "<"):
                high, high_closed = value, bound.op == "≤"
            else:
                return Interval(value, True, value, True)
        if low is not None and high is not None and low > high:
            raise scope.refuse(
                "E-range", "这一行的下限大于上限", "this row's bounds are crossed", key
            )
        return Interval(low, low_closed, high, high_closed)
    if len(key.values) == 1:
        value_expr = key.values[0]
        if isinstance(value_expr, s.Between):
            first = _fixed(value_expr.low, kind, scope)
            last = _fixed(value_expr.high, kind, scope)
            if first > last:
                raise scope.refuse("E-range", "这一行前大后小", "this row runs backwards", key)
            if (
                whole
                or kind.kind == "month"
                or units.is_whole(kind.dims)
                or _is_ordinal(value_expr)
            ):
                return Interval(first, True, last + _step(kind, value_expr), False)
            return Interval(first, True, last, True, dashed=True)
        value = _fixed(value_expr, kind, scope)
        step = _step(kind, value_expr)
        if whole or kind.kind == "month" or units.is_whole(kind.dims):
            return Interval(value, True, value + step, False)
        return Interval(value, True, value, True)
    raise scope.refuse(
        "E-key",
        "按数分的行写 ≥ 1000万元、100万元~200万元 或 其他",
        "rows over a number are ≥ 1000万元, a~b or otherwise",
        key,
    )


def _is_ordinal(expr: s.Between) -> bool:
    return (
        isinstance(expr.low, s.Num) and expr.low.unit in ("名", "年") and "." not in expr.low.number
    )


def _step(kind: t.Type, expr: s.Expr) -> int:
    """One more of what the row counts: 1 for ranks, heads and months, 12 base units for years."""
    low = expr.low if isinstance(expr, s.Between) else expr
    return 12 if isinstance(low, s.Num) and low.unit == "年" and kind.kind == "number" else 1


def _fixed(expr: s.Expr, kind: t.Type, scope: Scope) -> Number:
    node, found = typed(expr, scope)
    if not isinstance(node, t.Constant):
        raise scope.refuse(
            "E-key", "行的界限要是写明的数", "a row's bounds are fixed figures", expr
        )
    if kind.kind == "number" and not units.same(kind.dims, found.dims):
        raise scope.refuse(
            "E-unit",
            f"这一行的单位与表头不合：{units.shown(found)}，表头是{units.shown(kind)}",
            "this row's unit does not fit the head",
            expr,
        )
    return node.value


def _table_error(fault: TableFault, expr: s.Table, kind: t.Type, scope: Scope) -> RuleError:
    keys = [key_text(expr.rows[index].key) for index in fault.rows]
    line = expr.rows[fault.rows[-1]].value.line if fault.rows else scope.line
    at = scope.at(line)
    value = ""
    if fault.value is not None:
        value = (
            f"{fault.value}月"
            if kind.kind == "month"
            else format_quantity(
                Fraction(fault.value), () if kind.dims == units.COUNT else kind.dims
            )
        )
    if fault.code == "E-cross":
        return at.refuse(
            "E-cross",
            f"“{'”与“'.join(keys)}”交叉：{value} 两行都算，却谁也不包住谁",
            f"rows cross at {value}",
            expr,
            fix_zh="改成互不重叠的行",
            fix_en="make the rows disjoint",
        )
    if fault.code == "E-nested":
        return at.refuse(
            "E-nested",
            f"“{'”与“'.join(keys)}”套着：{value} 两行都算，没有说怎么办",
            f"rows nest at {value} and nothing says how",
            expr,
            fix_zh="在“按 …”后面写 取最高档、各档都给 或 分段",
            fix_en="write highest_row, every_row or marginal behind by …",
        )
    if fault.code == "E-gap":
        return at.refuse(
            "E-gap",
            f"各行之间有缺口：{value} 不在任何一行",
            f"the rows leave a gap: {value} is in none",
            expr,
            fix_zh="补一行，或写 其他: …",
            fix_en="add a row, or otherwise: …",
        )
    return at.refuse(
        "E-unreachable",
        f"“{keys[0]}”这一行永远用不到",
        f"row {keys[0]} is never reached",
        expr,
        fix_zh="删去，或改它的界限",
        fix_en="drop it or change its bounds",
    )


# ---------------------------------------------------------------- over codes, texts, conditions
def _code_table(expr: s.Table, subject: t.Node, kind: t.Type, scope: Scope) -> Typed:
    rows, value_type = _rows(expr, scope)
    known = scope.vocabulary.table(kind.table)
    codes: list[tuple[str, ...]] = []
    owner: dict[str, int] = {}
    rest = False
    for index, row in enumerate(expr.rows):
        at = scope.at(row.value.line)
        if row.key.rest:
            rest = True
            codes.append(())
            continue
        if not row.key.values:
            raise at.refuse(
                "E-key", "按代码分的行写代码的名称", "rows over codes are names", row.key
            )
        found = codes_of(row.key.values, kind.table, at)
        for code in found:
            if code in owner:
                raise at.refuse(
                    "E-cross",
                    f"“{known.label(code, 'zh')}”在两行里",
                    f"“{known.label(code, 'en')}” stands in two rows",
                    row.key,
                )
            owner[code] = index
        codes.append(found)
    if set(expr.modes) & {"分段"}:
        raise scope.refuse("E-mode", "分段只用在按数分的表", "marginal is for numbers", expr)
    if "取最高档" not in expr.modes and "各档都给" not in expr.modes:
        _disjoint(expr, codes, kind.table, scope)
    if "首次达到" in expr.modes or "补差" in expr.modes:
        scope.carried.add(NOTHING_DUE)
    if not rest and not known.covers(tuple(owner)):
        scope.carried.add(NOTHING_DUE)
    if any(isinstance(row.value, t.Constant) and row.value.value == 0 for row in rows):
        scope.carried.add(NOTHING_DUE)
    return (
        t.CodeTableRows(
            subject, kind.table, rows, tuple(codes), "各档都给" in expr.modes, "补差" in expr.modes
        ),
        value_type,
    )


def _disjoint(expr: s.Table, codes: list[tuple[str, ...]], table: str, scope: Scope) -> None:
    known = scope.vocabulary.table(table)
    for index, one in enumerate(codes):
        for later in range(index + 1, len(codes)):
            for code in one:
                for other in codes[later]:
                    if known.is_under(code, other) or known.is_under(other, code):
                        raise scope.at(expr.rows[later].value.line).refuse(
                            "E-nested",
                            f"“{known.label(code, 'zh')}”与“{known.label(other, 'zh')}”套着，没有说怎么办",
                            "these rows nest and nothing says how",
                            expr,
                            fix_zh="在“按 …”后面写 取最高档（最细的一行）或 各档都给",
                            fix_en="write highest_row (the narrowest) or every_row",
                        )


def _text_table(expr: s.Table, subject: t.Node, scope: Scope) -> Typed:
    rows, value_type = _rows(expr, scope)
    found: list[t.Node | None] = []
    rest = False
    seen: set[str] = set()
    for row in expr.rows:
        if row.key.rest:
            rest = True
            found.append(None)
        else:
            texts = tuple(_shown(value).strip("「」") for value in row.key.values)
            for word in texts:
                if word in seen:
                    raise scope.at(row.value.line).refuse(
                        "E-cross", f"“{word}”在两行里", f"“{word}” stands in two rows", row.key
                    )
            seen |= set(texts)
            found.append(t.SameText(subject, texts))
    if not rest:
        scope.carried.add(NOTHING_DUE)
    return t.ConditionTable(rows, tuple(found)), value_type


def _condition_table(expr: s.Table, subject: t.Node | None, scope: Scope) -> Typed:
    for mode in ("补差", "首次达到", "分段"):
        if mode in expr.modes:
            raise scope.refuse(
                "E-mode",
                f"按情形、按是否的表不能{mode}：行与行之间没有高低",
                "rows by cases have no order to take a difference in",
                expr,
                fix_zh="按数或按代码分行；或在事项里写 叠加: 补差",
                fix_en="use rows over a number or a code, or stacking: top_up",
            )
    rows, value_type = _rows(expr, scope)
    found: list[t.Node | None] = []
    rest = False
    for row in expr.rows:
        at = scope.at(row.value.line)
        key = row.key
        if key.rest:
            rest = True
            found.append(None)
        elif subject is not None:
            said = yes_no(key.values[0]) if len(key.values) == 1 else None
            if said is None:
                raise at.refuse("E-key", "这里的行只有 是 和 否", "rows here are yes and no", key)
            found.append(subject if said else t.Negation(subject))
        else:
            case = key.condition
            if case is None and len(key.values) == 1:
                case = key.values[0]
            if case is None:
                raise at.refuse("E-key", "按 情形 的行写条件", "rows by cases are conditions", key)
            found.append(condition(case, at))
    if not rest and not (subject is not None and len(found) == 2):
        scope.carried.add(NOTHING_DUE)
    if any(isinstance(row.value, t.Constant) and row.value.value == 0 for row in rows):
        scope.carried.add(NOTHING_DUE)
    return t.ConditionTable(rows, tuple(found)), value_type


# ---------------------------------------------------------------- groups of values
def value_group(expr: s.Group, scope: Scope) -> Typed:
    """合计 adds, 择优 and 择一 take the best, 每满足一项 counts; 满分 is checked against the parts."""
    full = x.constant(expr.full, scope).value if expr.full else None
    if expr.kind == "每满足一项":
        return _each_met(expr, full, scope)
    parts: list[t.Part] = []
    kind: t.Type | None = None
    names: set[str] = set()
    for member in expr.members:
        at = scope.at(member.content.line)
        member_full = x.constant(member.full, at).value if member.full else None
        content = member.content.content
        if isinstance(content, s.Group) and content.kind == "每满足一项":
            node, found = _each_met(content, member_full, at)
        else:
            inner = at.fresh()
            node, found = x.value_of(content, inner, "number")
            scope.carried |= inner.carried
        if kind is not None and not units.same(kind.dims, found.dims):
            raise at.refuse(
                "E-unit",
                f"{expr.kind}里各项要同单位：{units.shown(kind)} 与 {units.shown(found)}",
                "all members need one unit",
                content,
            )
        if member.name and member.name in names:
            raise at.refuse(
                "E-twice", f"项“{member.name}”写了两次", f"part “{member.name}” stands twice"
            )
        names.add(member.name)
        kind = kind or found
        parts.append(t.Part(node, member.name, member_full, x.source_of(member.content)))
        _full_fits(node, member_full, member, at)
    assert kind is not None
    how = "sum" if expr.kind == "合计" else "best"
    if full is not None and how == "sum" and all(part.full is not None for part in parts):
        added = sum(part.full for part in parts if part.full is not None)
        if added != full:
            raise scope.refuse(
                "E-full",
                f"各项满分加起来是 {added}分，不是 {full}分",
                f"the parts' full marks add up to {added}, not {full}",
                expr,
            )
    return t.ValueGroup(how, tuple(parts), full), kind


def _full_fits(node: t.Node, full: Number | None, member: s.Member, scope: Scope) -> None:
    if full is None:
        return
    best = best_points(node)
    if best is not None and best != full:
        raise scope.refuse(
            "E-full",
            f"“{member.name}”满分写 {full}分，最好的一行却是 {best}分",
            f"full marks of “{member.name}” are {full}, its best row gives {best}",
            member.content.content,
        )


def best_points(node: t.Node) -> Number | None:
    """The best that a table or group can give, where it can be read off; None for open formulas."""
    if isinstance(node, t.Clause):
        return best_points(node.of)
    if isinstance(node, t.Constant):
        return node.value
    if isinstance(node, t.JudgedPoints):
        return node.high
    if isinstance(node, t.WhenHolds):
        return best_points(node.of)
    if isinstance(node, t.NumberTable | t.CodeTableRows | t.ConditionTable):
        if isinstance(node, t.NumberTable) and node.mode != ONE:
            return None
        found = [best_points(row.value) for row in node.rows]
        return (
            None
            if any(item is None for item in found)
            else max(item for item in found if item is not None)
        )
    if isinstance(node, t.ValueGroup):
        if node.full is not None and node.how == "sum":
            return node.full
        found = [best_points(part.value) for part in node.parts]
        if any(item is None for item in found):
            return None
        known = [item for item in found if item is not None]
        return sum(known) if node.how == "sum" else max(known)
    if isinstance(node, t.EachMet):
        return node.full
    return None


def _each_met(expr: s.Group, full: Number | None, scope: Scope) -> Typed:
    assert expr.each is not None
    each, kind = x.value_of(expr.each, scope, "number")
    found: list[t.Node] = []
    for member in expr.members:
        at = scope.at(member.content.line)
        node = condition(member.content.content, at)
        found.append(t.Clause(node, x.source_of(member.content)))
    return t.EachMet(each, tuple(found), full), kind
