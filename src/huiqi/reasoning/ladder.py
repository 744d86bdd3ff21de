"""The conditions of a measure as a ladder: 且 in series, 或 in parallel, and the same as a nested list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.format_expression import ExpressionPrinter, rows_of
from huiqi.language.grammar import parse_line
from huiqi.language.problems import RuleError

MAX_DEPTH = 5
_GENERAL = "（通则："
_HEADS = {
    "all": ("同时符合", "all of"),
    "any": ("符合任一", "any of"),
    "none": ("一项都不能有", "none of"),
    "at_least": ("至少符合{}项", "at least {} of"),
    "reading": ("两种读法", "two readings"),
}
_JOINS = {"全部": "all", "任一": "any", "都不": "none", "至少": "at_least"}


@dataclass(frozen=True, slots=True)
class Step:
    """A condition, or several joined: all, any, none, at_least (`count`) or reading. Leaves join nothing."""

    text: str
    join: str = ""
    items: tuple[Step, ...] = ()
    count: int = 0


def ladder(
    measure: t.Measure,
    section: s.Section,
    lang: str = "zh",
    definitions: Mapping[str, s.Section] | None = None,
) -> Step:
    """The conditions of a checked measure; definitions by name, where given, are opened in place."""
    maker = _Ladder(ExpressionPrinter(lang), definitions or {})
    general = [maker.general(text) for text in dict.fromkeys(_general(measure.condition))]
    own = [step for label in ("条件", "事件", "期限") for step in maker.field(section, label)]
    exceptions = [maker.exception(field) for field in section.all("例外")]
    return maker.joined("all", (*general, *own, *exceptions))


def drawn(step: Step) -> list[str]:
    """Box drawing: single lines for what must hold in series, double lines for what stands in parallel."""
    return [step.text, *_drawn(step, "")] if step.text else _drawn(step, "")


def outline(step: Step, depth: int = 0) -> list[tuple[int, str]]:
    """The same as (depth, text) of a nested list, for readers who cannot see boxes."""
    return [(depth, step.text), *(row for item in step.items for row in outline(item, depth + 1))]


def _drawn(step: Step, before: str) -> list[str]:
    single = step.join in ("all", "none")
    rows: list[str] = []
    for place, item in enumerate(step.items):
        last = place == len(step.items) - 1
        branch = ("└─ " if last else "├─ ") if single else ("╚═ " if last else "╠═ ")
        rail = "   " if last else ("│  " if single else "║  ")
        rows.append(before + branch + item.text)
        rows += _drawn(item, before + rail)
    return rows


def _general(node: t.Node) -> Iterator[str]:
    """Texts of clauses that general rules attached."""
    if isinstance(node, t.Clause) and _GENERAL in node.source.text:
        yield node.source.text
    elif isinstance(node, t.AllOf):
        for item in node.items:
            yield from _general(item)
    elif isinstance(node, t.Exceptional):
        yield from _general(node.normal)


class _Ladder:
    def __init__(self, words: ExpressionPrinter, definitions: Mapping[str, s.Section]) -> None:
        self.words = words
        self.definitions = definitions
        self.zh = words.lang == "zh"

    def field(self, section: s.Section, label: str) -> list[Step]:
        field = section.field(label)
        if field is None or not isinstance(field.content, s.Block):
            return []
        steps = [self.step(line.content) for line in field.content.lines]
        said = {
            "事件": ("文件有效期内：", "in the document's time: "),
            "期限": ("期限内：", "within: "),
        }
        before = said[label][0 if self.zh else 1] if label in said else ""
        return [Step(before + one.text, one.join, one.items, one.count) for one in steps]

    def general(self, text: str) -> Step:
        """`条件（通则：名）` with its condition in the asked language."""
        condition, _, name = text.rpartition(_GENERAL)
        try:
            condition = self.words.show(parse_line(condition))
        except RuleError:  # the head of a group
            condition = condition.rstrip(":")
        name = name.rstrip("）")
        return Step(
            f"{condition}（通则：{name}）" if self.zh else f"{condition} (general rule: {name})"
        )

    def exception(self, field: s.Field) -> Step:
        content = field.content
        assert isinstance(content, s.ExceptionOf)
        case = next((one.content for one in content.fields if one.label == "情形"), None)
        own = next((one.content for one in content.fields if one.label == "条件"), None)
        lines = case.lines if isinstance(case, s.Block) else ()
        instead = own.lines if isinstance(own, s.Block) else ()
        text = (
            f"例外 {content.name}，情形如下"
            if self.zh
            else f"exception {content.name}, in this case"
        )
        items = [self.step(line.content) for line in lines]
        if instead:
            head = "此时改按" if self.zh else "conditions are then"
            items.append(Step(head, "all", tuple(self.step(line.content) for line in instead)))
        return Step(text, "all", tuple(items))

    def joined(self, join: str, items: tuple[Step, ...], count: int = 0) -> Step:
        head = _HEADS[join][0 if self.zh else 1].format(count)
        return Step(head, join, items, count)

    def step(self, node: s.Expr, depth: int = 0) -> Step:
        deeper = depth + 1
        if isinstance(node, s.And | s.Or):
            join = "all" if isinstance(node, s.And) else "any"
            return self.joined(join, tuple(self.step(item, deeper) for item in node.items))
        if isinstance(node, s.Group) and node.kind in _JOINS:
            items = tuple(self.step(one.content.content, deeper) for one in node.members)
            return self.joined(_JOINS[node.kind], items, node.count)
        if isinstance(node, s.Reading):
            sides = tuple(self._block(lines, deeper) for lines in (node.first, node.second))
            made = self.joined("reading", sides)
            return Step(f"{made.text}: {node.name or node.decision}", "reading", sides)
        text = self.words.show(node) if not isinstance(node, s.Group) else self.words.group(node)
        found = self._opened(node) if depth < MAX_DEPTH else None
        if found is not None:
            body = self._block(found.body, deeper)
            items = body.items if body.join == "all" else (body,)
            return Step(text, "all", items)
        return Step(text, "all", self._rows(node)) if self._rows(node) else Step(text)

    def _block(self, lines: tuple[s.Line, ...], depth: int) -> Step:
        if len(lines) == 1:
            return self.step(lines[0].content, depth)
        return self.joined("all", tuple(self.step(line.content, depth) for line in lines))

    def _opened(self, node: s.Expr) -> s.Section | None:
        if not isinstance(node, s.Name):
            return None
        return self.definitions.get(node.path[-1])

    def _rows(self, node: s.Expr) -> tuple[Step, ...]:
        """The rows of a threshold that a table gives."""
        found = rows_of(node)
        if found is None:
            return ()
        table, rows = found
        return tuple(
            Step(f"{self.words.key(row.key, table)}: {self.words.show(row.value.content)}")
            for row in rows
        )
