"""Where on a line a table may stand, so that its rows have one owner; how deep a line may nest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from huiqi.language import syntax as s
from huiqi.language.problems import fail

MAX_NESTING = 60
_CAN_NEST_TOO_DEEP = 100  # characters; a shorter line cannot nest deeper than MAX_NESTING


def find_table(content: Any) -> bool:
    """Whether the last operand of the line is a table: the place where rows can be attached."""
    if isinstance(content, s.Table):
        return True
    if isinstance(content, s.Arith | s.Compare):
        return find_table(content.right)
    if isinstance(content, s.Capped):
        return find_table(content.cap) or find_table(content.of)
    if isinstance(
        content, s.IfGiven | s.Floored | s.IfNotApplicable | s.AtMost | s.InPrinciple | s.Not
    ):
        return find_table(content.of)
    return isinstance(content, s.And | s.Or) and find_table(content.items[-1])


def attach(content: Any, rows: tuple[s.Row, ...]) -> Any:
    """The same line with the rows in the table that `find_table` found."""
    replace = msgspec.structs.replace
    if isinstance(content, s.Table):
        return replace(content, rows=rows)
    if isinstance(content, s.Arith | s.Compare):
        return replace(content, right=attach(content.right, rows))
    if isinstance(content, s.Capped):
        if find_table(content.cap):
            return replace(content, cap=attach(content.cap, rows))
        return replace(content, of=attach(content.of, rows))
    if isinstance(content, s.And | s.Or):
        return replace(content, items=(*content.items[:-1], attach(content.items[-1], rows)))
    return replace(content, of=attach(content.of, rows))


def children_of(node: Any) -> Iterator[Any]:
    """The nodes directly inside a node, in the order of its fields."""
    for name in node.__struct_fields__:
        value = getattr(node, name)
        if isinstance(value, msgspec.Struct):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, msgspec.Struct))


def verify(text: str, start: str, made: Any) -> None:
    """Raises RuleError for a table that could have no rows and for a line that nests too deep."""
    deep = len(text) > _CAN_NEST_TOO_DEEP
    if not deep and "按" not in text and "by" not in text:
        return
    stack = [(part, 1) for part in (made if isinstance(made, tuple) else (made,))]
    tables: list[s.Table] = []
    while stack:
        node, depth = stack.pop()
        if not isinstance(node, msgspec.Struct):
            continue
        if depth > MAX_NESTING:
            raise fail(
                "E-too-deep",
                "这一行嵌套太深",
                "this line nests too deep",
                fix_zh="用定义给其中一部分起名",
                fix_en="name a part of it in a definition",
            )
        if isinstance(node, s.Table):
            tables.append(node)
        stack += [(child, depth + 1) for child in children_of(node)]
    content = made[0] if start == "cap" else made
    allowed = start in ("line", "cap") and find_table(content)
    if len(tables) > (1 if allowed else 0):
        raise fail(
            "E-table-place",
            "“按 …”一行只能有一个，并且是最后一个运算数",
            "a line has one table, and it is the last operand",
            col=min((table.col for table in tables), default=0),
            fix_zh="把表单独写成定义，再引用它的名称",
            fix_en="write the table as a definition and use its name",
        )
