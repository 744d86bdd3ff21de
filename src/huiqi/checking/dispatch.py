"""Checks a node without knowing where its construct is written; the table itself is `constructs.py`."""

from __future__ import annotations

from huiqi.checking.scope import Scope
from huiqi.language import syntax as s
from huiqi.language import tree as t

Typed = tuple[t.Node, t.Type]
BOTH_COUNT = frozenset({"C9", "F2"})  # readings of a construct that both count (I3)


def typed(expr: s.Expr, scope: Scope) -> Typed:
    """The checked node and its type; raises RuleError with the position and what to write."""
    check = scope.builder.constructs.values.get(type(expr))
    if check is None:
        return condition(expr, scope), t.CONDITION
    return check(expr, scope)


def condition(expr: s.Expr, scope: Scope) -> t.Node:
    """The checked condition; an atom is wrapped in the readings that its parts carry (C9, F2)."""
    check = scope.builder.constructs.conditions.get(type(expr))
    if check is None:
        return scope.builder.constructs.other_condition(expr, scope)
    inner = scope.fresh()
    node = check(expr, inner)
    scope.carried |= inner.carried - BOTH_COUNT
    for key in sorted(inner.carried & BOTH_COUNT):
        node = t.Carried("并列", key, node)
    return node
