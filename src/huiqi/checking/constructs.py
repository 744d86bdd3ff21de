"""The one table of what can be written: every construct and how it is checked."""

from __future__ import annotations

from huiqi.checking import codes, conditions, expressions, functions, tables
from huiqi.checking.dispatch import Typed
from huiqi.checking.scope import Constructs, Scope
from huiqi.language import syntax as s
from huiqi.language import tree as t


def _group(expr: s.Group, scope: Scope) -> Typed:
    """任一 全部 都不 至少 are conditions; 合计 择优 择一 每满足一项 give a value."""
    if expr.kind in ("任一", "全部", "都不", "至少"):
        return conditions.group(expr, scope), t.CONDITION
    return tables.value_group(expr, scope)


CONSTRUCTS = Constructs(
    values={
        **expressions.VALUES,
        s.Call: functions.call,
        s.Table: tables.table,
        s.Group: _group,
        s.IfNotApplicable: codes.if_not_applicable,
    },
    conditions=conditions.CONDITIONS,
    other_condition=conditions.other_condition,
)
