"""Lines below one another: conditions, groups and their members, tables and their rows, readings.

Structure is doubled: a member of a group carries as many dashes as its depth, a row carries a colon, a condition
neither. A lost indent or bullet is therefore an error and never another meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from huiqi.language import syntax as s
from huiqi.language.grammar import parse_line
from huiqi.language.layout import Entry, hoisted
from huiqi.language.lexer import tokens
from huiqi.language.placed import attach, find_table
from huiqi.language.problems import Problem, RuleError, fail

_OPENING = re.compile(r"[(\[「]")
_DASHES = re.compile(r"(-{1,6}) +")
_READING = re.compile(
    r"(?:解读|reading)\s+(?P<kind>并列|备注|equal|noted)(?:\s+(?P<decision>[A-I]\d{1,2}))?(?:\s+(?P<name>.+))?"
)


def split_colon(text: str) -> tuple[str, str] | None:
    """(before, after) the first colon outside brackets and 「」; None without one."""
    before, colon, after = text.partition(":")
    if not colon or not _OPENING.search(before):
        return (before.rstrip(), after.strip()) if colon else None
    depth = 0
    quoted = False
    for index, char in enumerate(text):
        if char == "「":
            quoted = True
        elif char == "」":
            quoted = False
        elif quoted:
            continue
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == ":" and depth <= 0:
            return text[:index].rstrip(), text[index + 1 :].strip()
    return None


class BlockReader:
    """Reads blocks, collecting problems; a line that cannot be read does not take its neighbours along."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def report(self, error: RuleError, entry: Entry, shift: int = 0) -> None:
        found = error.problem
        self.problems.append(
            Problem(
                found.code,
                found.zh,
                found.en,
                found.line or entry.line,
                (found.col or 1) + shift + (0 if found.line else entry.indent),
                found.fix_zh,
                found.fix_en,
            )
        )

    # ------------------------------------------------------------ blocks
    def block(self, entries: Iterable[Entry], depth: int = 0) -> tuple[s.Line, ...]:
        """The lines of a block; `depth` counts the groups around it."""
        lines: list[s.Line] = []
        for entry in entries:
            try:
                if _DASHES.match(entry.text):
                    raise fail(
                        "E-bullet",
                        "这一行带短横，但不在任何分组里",
                        "a bullet outside a group",
                        fix_zh="去掉短横，或放到 任一: 全部: 合计: 之下",
                        fix_en="drop the dash, or put it below any_of:, all_of:, sum_of:",
                    )
                lines.append(self.line(entry, entry.text, depth))
            except RuleError as error:
                self.report(error, entry)
        return tuple(lines)

    def line(self, entry: Entry, text: str, depth: int, row_depth: int = 0) -> s.Line:
        """One line: a value or condition, a group with its members, or a reading."""
        if text.endswith(":"):
            head = text[:-1].rstrip()
            if head.split(" ", 1)[0] in ("解读", "reading"):
                content: s.Expr = self.reading(entry, head, depth)
            else:
                content = self.group(entry, head, depth)
        else:
            parts = split_colon(text)
            if parts is not None:
                raise fail(
                    "E-colon",
                    f"条件行里不能有冒号：“{parts[0]}:”",
                    f"a line of conditions holds no colon: “{parts[0]}:”",
                    col=len(parts[0]) + 1,
                    fix_zh="字段放到上一级；表的行放在含“按”的行之下；分组成员要带短横",
                    fix_en="fields stand one level up, rows below a line with 按, members carry a dash",
                )
            content = self.with_rows(entry, parse_line(text), row_depth)
        return s.Line(content, entry.marks, entry.line, text)

    def with_rows(self, entry: Entry, content: s.Expr, row_depth: int) -> s.Expr:
        """Attach the rows below a line to the table on it; one without the other is an error."""
        has_table = find_table(content)
        if has_table and not entry.children:
            raise fail(
                "E-no-rows",
                "“按 …”下面没有行",
                "a table has rows below it",
                fix_zh="在下一级写 条件: 值",
                fix_en="write key: value one level deeper",
            )
        if not has_table and entry.children:
            raise fail(
                "E-child",
                "这一行下面不该有下级：没有“按 …”，也不是分组",
                "nothing stands below this line: it has no table and is no group",
                line=entry.children[0].line,
                col=1,
                fix_zh="检查缩进；表头要写 按 …，分组要以 任一: 等开头",
                fix_en="check the indent; a table begins with by …, a group with any_of: …",
            )
        if not has_table:
            return content
        rows = tuple(row for child in entry.children if (row := self.row(child, row_depth)))
        if not rows:
            raise fail("E-no-rows", "表里没有一行能读", "no row of the table can be read")
        attached: s.Expr = attach(content, rows)
        return attached

    def row(self, entry: Entry, row_depth: int) -> s.Row | None:
        try:
            match = _DASHES.match(entry.text)
            dashes = len(match.group(1)) if match else 0
            text = entry.text[match.end() :] if match else entry.text
            if dashes != row_depth:
                raise fail(
                    "E-row-dash",
                    "行里再分的行以“- ”开头" if row_depth else "表的行不带短横",
                    "a row inside a row carries “- ”" if row_depth else "a row carries no dash",
                )
            parts = split_colon(text)
            if parts is None or not parts[1]:
                raise fail(
                    "E-row",
                    "表的行要写成 条件: 值",
                    "a row is key: value",
                    fix_zh="例如 ≥ 1000万元: 20万元",
                    fix_en="for example ≥ 1000万元: 20万元",
                )
            key = parse_line(parts[0], "key")
            value = self.with_rows(entry, parse_line(parts[1]), row_depth + 1)
            return s.Row(key, s.Line(value, entry.marks, entry.line, parts[1]))
        except RuleError as error:
            self.report(error, entry)
            return None

    # ------------------------------------------------------------ groups
    def group(self, entry: Entry, head: str, depth: int) -> s.Group:
        made = parse_line(head, "head")
        return self.members(entry, made, depth)

    def members(self, entry: Entry, group: s.Group, depth: int) -> s.Group:
        if not entry.children:
            raise fail(
                "E-empty-group",
                "分组下面没有成员",
                "a group has members below it",
                fix_zh="成员写成 - …，比分组深两格",
                fix_en="write - … two spaces deeper",
            )
        members: list[s.Member] = []
        for child in entry.children:
            try:
                members.append(self.member(child, depth + 1))
            except RuleError as error:
                self.report(error, child)
        if not members:
            raise fail(
                "E-empty-group", "分组里没有一个成员能读", "no member of the group can be read"
            )
        return msgspec.structs.replace(group, members=tuple(members))

    def member(self, entry: Entry, depth: int) -> s.Member:
        match = _DASHES.match(entry.text)
        dashes = len(match.group(1)) if match else 0
        if dashes != depth:
            raise fail(
                "E-dashes",
                f"分组第{depth}层的成员应带 {'-' * depth}，这里是 {'-' * dashes or '没有短横'}",
                f"a member at depth {depth} carries {'-' * depth}",
                fix_zh="短横的个数就是分组的层数",
                fix_en="the number of dashes is the depth of the group",
            )
        assert match is not None
        text = entry.text[match.end() :]
        parts = split_colon(text)
        if parts is None:
            return s.Member(self.line(entry, text, depth))
        left, right = parts
        if right:
            name, full = parse_line(left, "member_head")
            content = self.with_rows(entry, parse_line(right), 0)
            return s.Member(s.Line(content, entry.marks, entry.line, right), name, full)
        if left.split(" ", 1)[0] in ("解读", "reading"):
            return s.Member(self.line(entry, text, depth))
        name, full, head = _named_head(left)
        group = self.members(entry, parse_line(head, "head"), depth)
        return s.Member(s.Line(group, entry.marks, entry.line, head + ":"), name, full)

    def reading(self, entry: Entry, head: str, depth: int) -> s.Reading:
        match = _READING.fullmatch(head)
        if match is None:
            raise fail(
                "E-reading",
                "解读要写成 解读 并列|备注 [D7] 名称:",
                "a reading is: reading equal|noted [D7] name:",
            )
        kind = {"equal": "并列", "noted": "备注"}.get(match.group("kind"), match.group("kind"))
        made = s.Reading(kind, match.group("name") or "", decision=match.group("decision") or "")
        sides: dict[str, tuple[s.Line, ...]] = {}
        for child in entry.children:
            parts = split_colon(child.text)
            name = {"first": "甲", "second": "乙"}.get(parts[0], parts[0]) if parts else ""
            if parts is None or name not in ("甲", "乙") or name in sides:
                raise fail(
                    "E-reading",
                    "解读下面恰有两行：甲: 与 乙:",
                    "a reading has exactly two lines below it: 甲: and 乙:",
                    line=child.line,
                    col=child.indent + 1,
                )
            sides[name] = self.side(child, parts[1], depth)
        if set(sides) != {"甲", "乙"}:
            raise fail("E-reading", "解读要有甲和乙两种", "a reading needs both 甲 and 乙")
        return msgspec.structs.replace(made, first=sides["甲"], second=sides["乙"])

    def side(self, entry: Entry, text: str, depth: int) -> tuple[s.Line, ...]:
        if not text:
            lines = self.block(entry.children, 0)
            if not lines or entry.marks == s.Marks():
                return lines
            marks = hoisted(lines[0].marks, entry.marks)
            return (msgspec.structs.replace(lines[0], marks=marks), *lines[1:])
        return (self.line(entry, text, depth),)


def _named_head(text: str) -> tuple[str, s.Num | None, str]:
    """`知识产权 满分 20分 择优` -> (name, full marks, head of its group)."""
    found = list(tokens(text))
    index = next(
        (i for i, token in enumerate(found) if token.type in ("GROUP", "EACH", "ATLEAST")), 0
    )
    if index == 0:
        return "", None, text
    at = (found[index].column or 1) - 1
    name, full = parse_line(text[:at].rstrip(), "member_head")
    return name, full, text[at:]
