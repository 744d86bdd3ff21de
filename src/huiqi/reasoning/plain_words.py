"""A line of a rule in plain words, for the sentence that says a measure: 投资额不低于300万元."""

from __future__ import annotations

from collections.abc import Callable

from huiqi.language import syntax as s
from huiqi.language.format_expression import BODY, WIDE, ExpressionPrinter

Label = Callable[[str], str]
_COMPARED = {
    "≥": ("不低于", "is at least"),
    ">": ("高于", "is more than"),
    "≤": ("不高于", "is at most"),
    "<": ("低于", "is less than"),
    "=": ("是", "is"),
    "≠": ("不是", "is not"),
}
_HELD = {
    "有": ("有", "has"),
    "无": ("没有", "does not have"),
    "获": ("新获得", "is newly granted"),
    "曾获": ("获得过", "has ever held"),
    "列入": ("列入", "is listed in"),
    "未列入": ("未列入", "is not listed in"),
    "发生": ("发生过", "has had"),
}
_GROUPED = {
    "任一": ("符合以下任一项", "any of"),
    "全部": ("同时符合", "all of"),
    "都不": ("没有以下任何一项", "none of"),
    "至少": ("符合以下至少{}项", "at least {} of"),
    "合计": ("以下各项之和", "the sum of"),
    "择优": ("以下取高者", "the best of"),
    "择一": ("以下择一", "one of"),
    "每满足一项": ("以下每满足一项得{}", "{} for each of"),
}


_FIRM = {"企业": "enterprise"}


def as_written(name: str) -> str:
    return name


class PlainWords(ExpressionPrinter):
    """Says expressions and lines as a person would; `label` gives a name's label in the language."""

    def __init__(self, lang: str = "zh", label: Label = as_written) -> None:
        super().__init__(lang)
        self.zh = lang == "zh"
        self.label = label if self.zh else lambda name: _FIRM.get(name) or label(name)
        self._printers |= {
            s.Name: self._name,
            s.Text: lambda node: f"“{node.words}”",
            s.Filtered: self._filtered,
            s.Between: lambda node: self._two(node.low, "至", " to ", node.high),
            s.AtMost: lambda node: self.say(
                f"最多{self.show(node.of)}", f"up to {self.show(node.of)}"
            ),
            s.AtLeast: lambda node: self.say(
                f"至少{self.show(node.of)}", f"no less than {self.show(node.of)}"
            ),
            s.Floored: lambda node: self._two(node.of, "，最低", ", at least ", node.floor),
            s.IfGiven: lambda node: (
                self._two(node.of, "（若", " (if ", node.condition) + self.say("）", ")")
            ),
            s.IfNotApplicable: lambda node: self._two(
                node.of, "，不适用的为", ", or where not applicable ", node.other
            ),
            s.Not: lambda node: self.say(
                f"并非{self.condition(node.of)}", f"not: {self.condition(node.of)}"
            ),
            s.InPrinciple: lambda node: self.say("原则上", "in principle ") + self.show(node.of),
            s.OpenText: lambda node: self.say(
                f"（未明确：{node.words}）", f"(left open: {node.words})"
            ),
        }

    def period(self, word: str) -> str:
        return super().period(word).replace("_", " ")

    def say(self, zh: str, en: str) -> str:
        return zh if self.zh else en

    def condition(self, content: s.Expr) -> str:
        """A line of conditions with all below it, in one phrase."""
        if isinstance(content, s.Name):
            owner, name = content.path[:-1], self.label(content.path[-1])
            who = "".join(self.label(part) for part in owner)
            return self.say(f"{who}符合“{name}”", f"{who} meets “{name}”".lstrip())
        return self.line(content)

    def line(self, content: s.Expr) -> str:
        """A line with all below it: groups, readings and tables in one phrase."""
        if isinstance(content, s.Group):
            return self._group(content)
        if isinstance(content, s.Reading):
            first, second = (self._side(side) for side in (content.first, content.second))
            return self.say(
                f"{first}（另一种读法：{second}）", f"{first} (other reading: {second})"
            )
        return self.show(content)

    def listed(self, phrases: list[str]) -> str:
        return self.say("；", "; ").join(phrases)

    # ------------------------------------------------------------ parts
    def _two(self, first: s.Expr, zh: str, en: str, second: s.Expr) -> str:
        return f"{self.show(first)}{self.say(zh, en)}{self.show(second, WIDE)}"

    def _name(self, node: s.Name) -> str:
        parts = [self.label(part) for part in node.path]
        return "的".join(parts) if self.zh else " of ".join(reversed(parts))

    def _filtered(self, node: s.Filtered) -> str:
        where = self.show(node.where)
        return self.say(f"{self.show(node.of)}（{where}）", f"{self.show(node.of)} where {where}")

    def _during(self, node: s.During) -> str:
        of = self.show(node.of, BODY)
        return self.say(f"{node.period}{of}", f"{of} ({self.period(node.period)})")

    def _call(self, node: s.Call) -> str:
        if node.function == "首次":
            return self.say("首次", "for the first time ") + self.show(node.args[0])
        if node.function == "每年":
            return self.say("每年都符合：", "in each year: ") + self.show(node.args[0])
        return super()._call(node)

    def _compare(self, node: s.Compare) -> str:
        zh, en = _COMPARED[node.op]
        number = isinstance(node.right, s.Num | s.Arith | s.Call | s.During)
        zh = {"是": "等于", "不是": "不等于"}.get(zh, zh) if number else zh
        return self._two(node.left, zh, f" {en} ", node.right)

    def _within(self, node: s.Within) -> str:
        items = self.say("、", ", ").join(self.show(item) for item in node.items)
        span = isinstance(node.items[0], s.Between | s.SpanOf)
        zh = ("不在" if node.negated else "在") if span else ("不属于" if node.negated else "属于")
        en = "is not in" if node.negated else "is in"
        return self.say(
            f"{self.show(node.of)}{zh}{items}{'内' if span else ''}",
            f"{self.show(node.of)} {en} {items}",
        )

    def _holds(self, node: s.Holds) -> str:
        zh, en = _HELD[node.verb]
        kinds = [self.show(kind) for kind in node.kinds]
        period = f"{self.period(node.period)}" if node.period else ""
        said = f"{en} {' or '.join(kinds)}" + (f" ({period})" if period else "")
        return self.say(f"{period}{zh}{'、'.join(kinds)}", said)

    def _joined(self, word: str, node: s.And | s.Or) -> str:
        between = self.say("，且" if word == "且" else "，或者", f" {self.word(word)} ")
        shown = [self.condition(item) for item in node.items]
        nested = isinstance(node, s.Or) or any(isinstance(i, s.And | s.Or) for i in node.items)
        return f"（{between.join(shown)}）" if nested and self.zh else between.join(shown)

    def _judge(self, node: s.Judge) -> str:
        points = f"{self.show(node.points)}" if node.points else ""
        return self.say(
            f"经评审“{node.words}”{points and '得' + points}",
            f"judged “{node.words}”{points and ', ' + points}",
        )

    def _span(self, node: s.SpanOf) -> str:
        start, length = self.show(node.start), self.number(node.length)
        if node.full:
            return self.say(f"自{start}起已满{length}", f"{length} have passed since {start}")
        return self.say(f"自{start}起{length}", f"{length} from {start}")

    def _capped(self, node: s.Capped) -> str:
        said = self._two(node.of, "，最高", ", at most ", node.cap)
        return said + (self.say("（可突破）", " (may be exceeded)") if node.soft else "")

    def _table(self, node: s.Table) -> str:
        rows = [f"{self.key(row.key, node)}: {self.show(row.value.content)}" for row in node.rows]
        by = self.say("按情形", "by case") if node.subject is None else self._by(node.subject)
        return self.say(f"{by}（{self.listed(rows)}）", f"{by} ({self.listed(rows)})")

    def _by(self, subject: s.Expr) -> str:
        return self.say(f"按{self.show(subject)}", f"by {self.show(subject)}")

    # ------------------------------------------------------------ lines
    def _side(self, lines: tuple[s.Line, ...]) -> str:
        say = self.condition if len(lines) > 1 else self.line
        return self.say("，且", " and ").join(say(line.content) for line in lines)

    def _group(self, group: s.Group) -> str:
        value = self.show(group.each) if group.each is not None else str(group.count)
        head = self.say(*_GROUPED[group.kind]).format(value)
        judged = group.kind in ("任一", "全部", "都不", "至少", "每满足一项")
        members = [self._member(member, judged) for member in group.members]
        return self.say(f"{head}（{self.listed(members)}）", f"{head} ({self.listed(members)})")

    def _member(self, member: s.Member, judged: bool) -> str:
        content = member.content.content
        said = self.condition(content) if judged else self.line(content)
        return f"{member.name}: {said}" if member.name else said
