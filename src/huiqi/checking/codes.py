"""Checks what stands for a code: names of a code table, or expressions that give one."""

from __future__ import annotations

from huiqi.checking import expressions as x
from huiqi.checking.dispatch import Typed, typed
from huiqi.checking.scope import Scope
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.problems import RuleError
from huiqi.vocabulary.mistakes import words_of


def code_value(expr: s.Expr, table: str, scope: Scope) -> t.Node:
    """A code of this table by name, or an expression that gives one."""
    if isinstance(expr, s.Name | s.Text):
        words = ".".join(expr.path) if isinstance(expr, s.Name) else expr.words
        try:
            return t.CodeConstant(scope.vocabulary.table(table).resolve(words), table)
        except ValueError as error:
            if isinstance(expr, s.Name):
                try:
                    node, kind = x.name(expr, scope)
                except RuleError:
                    kind = t.TEXT
                if kind.kind == "code" and kind.table == table:
                    return node
            raise scope.refuse(
                "E-code", words_of(error, "zh"), words_of(error, "en"), expr
            ) from None
    node, kind = typed(expr, scope)
    if kind.kind != "code" or kind.table != table:
        raise scope.refuse(
            "E-code", f"这里应是代码表“{table}”的值", f"expected a code of {table}", expr
        )
    return node


def codes_of(items: tuple[s.Expr, ...], table: str, scope: Scope) -> tuple[str, ...]:
    """The codes (or groups) that a list names."""
    found: list[str] = []
    for item in items:
        words = name_words(item, scope)
        node = code_value(item, table, scope)
        if not isinstance(node, t.CodeConstant):
            raise scope.refuse(
                "E-code",
                f"“{words}”不是“{table}”里的代码",
                f"“{words}” is no code of {table}",
                item,
            )
        found.append(node.code)
    return tuple(dict.fromkeys(found))


def name_words(expr: s.Expr, scope: Scope) -> str:
    if isinstance(expr, s.Name):
        return ".".join(expr.path)
    if isinstance(expr, s.Text):
        return expr.words
    if isinstance(expr, s.Num):
        return expr.number + expr.unit
    raise scope.refuse("E-text", "这里应是名称或「文字」", "expected a name or 「text」", expr)


def yes_no(expr: s.Expr) -> bool | None:
    if isinstance(expr, s.Name) and len(expr.path) == 1:
        return {"是": True, "否": False, "yes": True, "no": False}.get(expr.path[0])
    return None


def if_not_applicable(expr: s.IfNotApplicable, scope: Scope) -> Typed:
    node, kind = typed(expr.of, scope)
    if kind.kind == "code":
        return t.WhenNotApplicable(node, code_value(expr.other, kind.table, scope)), kind
    other, other_type = x.value_of(expr.other, scope, kind.kind)
    x.same_unit(expr.other, kind, other_type, scope)
    return t.WhenNotApplicable(node, other), kind
