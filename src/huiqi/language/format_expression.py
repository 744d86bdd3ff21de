"""One line's expression in its canonical spelling: one blank between words, brackets where needed.

Levels mirror the grammar: what binds weaker than its place asks for is put in brackets.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiqi.language import syntax as s
from huiqi.language.lexer import tokens
from huiqi.language.placed import find_table
from huiqi.language.problems import RuleError
from huiqi.language.words import FUNCTIONS, PERIODS, TERMINALS

BODY, _LOGIC, _TEST, WIDE, _SUM, _TERM, _FACTOR, _ATOM = range(8)
_SIGNED = ("CMP", "PLUS", "MINUS", "TIMES", "OVER", "TILDE")
_ENGLISH = {
    zh: spellings[0]
    for terminal, words in TERMINALS.items()
    if terminal not in _SIGNED
    for zh, spellings in words.items()
}
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九十")} | {"两": 2}


class ExpressionPrinter:
    """Prints expressions in one language; `word` gives a keyword of that language."""

    def __init__(self, lang: str = "zh") -> None:
        self.lang = lang
        self._printers: dict[type, Callable[[Any], str]] = {
            s.Num: self.number,
            s.DateLit: lambda node: node.iso,
            s.MonthLit: lambda node: f"{node.month}月" + (f"{node.day}日" if node.day else ""),
            s.PeriodLit: lambda node: self.period(node.word),
            s.Text: lambda node: f"「{node.words}」",
            s.Name: lambda node: ".".join(node.path),
            s.Filtered: lambda node: f"{self.show(node.of)}[{self.show(node.where, _LOGIC)}]",
            s.During: self._during,
            s.Call: self._call,
            s.Arith: self._arith,
            s.Between: lambda node: f"{self.show(node.low)}~{self.show(node.high)}",
            s.AtMost: lambda node: self._bounded("至多", node),
            s.AtLeast: lambda node: self._bounded("至少", node),
            s.Capped: self._capped,
            s.Floored: lambda node: self._tail(node.of, "保底", node.floor, _SUM),
            s.IfGiven: lambda node: self._tail(node.of, "若", node.condition, _LOGIC),
            s.IfNotApplicable: lambda node: self._tail(node.of, "不适用则", node.other, _SUM),
            s.SpanOf: self._span,
            s.Compare: self._compare,
            s.Within: self._within,
            s.Holds: self._holds,
            s.And: lambda node: self._joined("且", node),
            s.Or: lambda node: self._joined("或", node),
            s.Not: lambda node: f"{self.word('非')} {self.show(node.of, _TEST)}",
            s.InPrinciple: lambda node: f"{self.word('原则上')} {self.show(node.of, _TEST)}",
            s.Judge: self._judge,
            s.OpenText: lambda node: f"{self.word('待定')}「{node.words}」",
            s.Table: self._table,
        }

    def word(self, zh: str) -> str:
        return zh if self.lang == "zh" else _ENGLISH[zh]

    def show(self, node: s.Expr, place: int = BODY) -> str:
        """The text of `node` where the grammar wants at least the level `place`."""
        text = self._printers[type(node)](node)
        return f"({text})" if _level(node) < place else text

    # ------------------------------------------------------------ words
    def number(self, node: s.Num, nth_year: bool = False) -> str:
        number = node.number.replace("-", "−")
        if node.unit == "名" and number.isdigit():
            return f"第{number}名"
        if nth_year and node.unit == "年" and number.isdigit():
            return f"第{number}年"
        return number + node.unit

    def period(self, word: str) -> str:
        if self.lang == "zh" or "~" in word:
            return word
        if word in PERIODS:
            return PERIODS[word]
        head, digits = ("rolling", word[2:]) if word.startswith("滚动") else ("last", word[1:])
        if word[0] not in "近滚":
            return word
        count, _, tail = digits.partition("年")
        years = int(count) if count.isdecimal() else _DIGITS[count]
        return f"{head}_{years}_years" + ("_incl" if tail else "")

    def name_or_text(self, name: str) -> str:
        """A member's name, quoted where it would not be read as one name."""
        try:
            found = list(tokens(name))
        except RuleError:
            found = []
        plain = len(found) == 1 and found[0].type == "NAME" and found[0].value == name
        plain = plain and name not in ("解读", "reading")
        return name if plain else f"「{name}」"

    # ------------------------------------------------------------ values
    def _during(self, node: s.During) -> str:
        direct = isinstance(node.of, s.Name | s.Filtered | s.Call)
        of = self.show(node.of) if direct else f"({self.show(node.of, _LOGIC)})"
        return f"{self.period(node.period)} {of}"

    def _call(self, node: s.Call) -> str:
        name = node.function if self.lang == "zh" else FUNCTIONS[node.function]
        return f"{name}({', '.join(self.show(arg, _LOGIC) for arg in node.args)})"

    def _arith(self, node: s.Arith) -> str:
        left, right = (_SUM, _TERM) if node.op in "+−" else (_TERM, _FACTOR)
        last = self.show(node.right, BODY if _may_end(node) else right)
        return f"{self.show(node.left, left)} {node.op} {last}"

    def _bounded(self, word: str, node: s.AtMost | s.AtLeast) -> str:
        bare = isinstance(node, s.AtMost) and isinstance(node.of, s.Table)
        return f"{self.word(word)} {self.show(node.of, BODY if bare else _FACTOR)}"

    def _capped(self, node: s.Capped) -> str:
        text = self._tail(node.of, "封顶", node.cap, WIDE)
        return f"{text} {self.word('可突破')}" if node.soft else text

    def _tail(self, of: s.Expr, word: str, value: s.Expr, place: int) -> str:
        return f"{self.show(of)} {self.word(word)} {self.show(value, place)}"

    def _span(self, node: s.SpanOf) -> str:
        mode = self.word("满" if node.full else "起")
        return f"{self.word('自')} {self.show(node.start, _SUM)} {mode} {self.number(node.length)}"

    # ------------------------------------------------------------ conditions
    def _compare(self, node: s.Compare) -> str:
        right = self.show(node.right, WIDE)
        if _is_nth_year(node.left) and isinstance(node.right, s.Num):
            right = self.number(node.right, nth_year=True)
        return f"{self.show(node.left, _SUM)} {node.op} {right}"

    def _within(self, node: s.Within) -> str:
        items = "、".join(
            self.show(item, BODY if isinstance(item, s.Between) else _SUM) for item in node.items
        )
        word = self.word("不属于" if node.negated else "属于")
        return f"{self.show(node.of, _SUM)} {word} {items}"

    def _holds(self, node: s.Holds) -> str:
        period = f"{self.period(node.period)} " if node.period else ""
        return f"{period}{self.word(node.verb)} {'、'.join(self.show(kind) for kind in node.kinds)}"

    def _joined(self, word: str, node: s.And | s.Or) -> str:
        return f" {self.word(word)} ".join(self.show(item, _TEST) for item in node.items)

    def _judge(self, node: s.Judge) -> str:
        points = f" {self.show(node.points)}" if node.points else ""
        return f"{self.word('评审')}「{node.words}」{points}"

    # ------------------------------------------------------------ tables
    def _table(self, node: s.Table) -> str:
        subject = self.word("情形") if node.subject is None else self.show(node.subject, _SUM)
        return " ".join([self.word("按"), subject, *(self.word(mode) for mode in node.modes)])

    def key(self, key: s.Key, table: s.Table) -> str:
        if key.rest:
            return self.word("其他")
        if key.from_year:
            return f"{key.from_year}年度起"
        if key.condition is not None:
            return self.show(key.condition, _LOGIC)
        nth = table.subject is not None and _is_nth_year(table.subject)

        def bound(value: s.Expr) -> str:
            return self.number(value, nth) if isinstance(value, s.Num) else self.show(value, _SUM)

        def item(value: s.Expr) -> str:
            if isinstance(value, s.Between):
                return f"{bound(value.low)}~{bound(value.high)}"
            return bound(value)

        if key.bounds:
            bounds = (f"{one.op} {bound(one.value)}" for one in key.bounds)
            return f" {self.word('且')} ".join(bounds)
        return "、".join(item(value) for value in key.values)

    # ------------------------------------------------------------ groups
    def group(self, group: s.Group) -> str:
        """The head of a group, without its colon."""
        if group.kind == "至少":
            count = f"{group.count}项"
            return f"至少{count}" if self.lang == "zh" else f"{self.word('至少')} {count}"
        head = self.word(group.kind)
        if group.each is not None:
            return f"{head} {self.show(group.each, _SUM)}"
        return head + (f" {self.full(group.full)}" if group.full else "")

    def full(self, full: s.Num) -> str:
        return f"{self.word('满分')} {self.number(full)}"


def _is_nth_year(node: s.Expr) -> bool:
    return isinstance(node, s.Call) and node.function == "第几年"


def _may_end(node: s.Arith) -> bool:
    """A table, or times a range, ends an expression without brackets."""
    if node.op == "×":
        return isinstance(node.right, s.Table | s.Between)
    return node.op in "+−" and _is_table(node.right)


def _is_table(node: s.Expr) -> bool:
    if isinstance(node, s.AtMost):
        return isinstance(node.of, s.Table)
    if isinstance(node, s.Arith):
        return node.op == "×" and isinstance(node.right, s.Table)
    return isinstance(node, s.Table)


def _level(node: s.Expr) -> int:
    if isinstance(node, s.Capped | s.Floored | s.IfGiven | s.IfNotApplicable):
        return BODY
    if isinstance(node, s.And | s.Or):
        return _LOGIC
    if isinstance(node, s.Not | s.InPrinciple | s.Compare | s.Within | s.Holds):
        return _TEST
    if isinstance(node, s.Table | s.Between) or _is_table(node):
        return WIDE
    if isinstance(node, s.Arith):
        if _may_end(node):
            return WIDE
        return _SUM if node.op in "+−" else _TERM
    return _FACTOR if isinstance(node, s.AtMost | s.AtLeast | s.During) else _ATOM


def rows_of(node: Any) -> tuple[s.Table, tuple[s.Row, ...]] | None:
    """The table on a line that owns the rows below it, with its rows."""
    if not find_table(node):
        return None
    while not isinstance(node, s.Table):
        if isinstance(node, s.Arith | s.Compare):
            node = node.right
        elif isinstance(node, s.Capped):
            node = node.cap if find_table(node.cap) else node.of
        elif isinstance(node, s.And | s.Or):
            node = node.items[-1]
        else:
            node = node.of
    return node, node.rows
