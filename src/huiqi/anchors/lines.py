"""Every line of a rule file that rests on official words, with the marks of what encloses it.

A line without a locator of its own rests on that of its group, its table, its field or its section.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from huiqi.anchors.written import Claims, add_border, claims_of, read_day
from huiqi.language import syntax as s

# Fields whose lines are conditions or amounts: the atoms that must rest on something.
_ATOM_FIELDS = frozenset({"条件", "奖励", "事件", "期限", "情形"})
_NATURES = {"未尽": "unsettled", "存疑": "unsettled", "略过": "skipped"}
_PLAIN_FIELDS = frozenset({"例", "例外", "核对", "来源", "机关", "地区", "摘要", "约定"})


@dataclass(frozen=True, slots=True)
class Resting:
    """One line and what it rests on: its own marks first, then outwards (group, field, section).

    `nature`: plain, judged (评审), open (待定), unsettled (未尽, 存疑) or skipped (略过).
    """

    file: str
    document: str
    section: str
    name: str
    label: str
    line: int
    text: str
    marks: tuple[s.Marks, ...]
    claims: Claims = field(default_factory=Claims)
    nature: str = "plain"
    is_atom: bool = False
    borders_free: bool = False  # in a reading of group B or below 都不 it may differ
    address: str = ""  # of 略过

    @property
    def own(self) -> s.Marks:
        return self.marks[0]

    @property
    def where(self) -> str:
        return f"{self.section} {self.name}" if self.section != "政策" else "政策"

    @property
    def is_unverified(self) -> bool:
        return any(marks.unverified for marks in self.marks)

    def addresses(self) -> tuple[str, ...]:
        """The nearest addresses, going outwards."""
        return next((marks.addresses for marks in self.marks if marks.addresses), ())

    def words(self) -> tuple[str, ...]:
        """The nearest locators, going outwards."""
        return next((marks.words for marks in self.marks if marks.words), ())


def resting_lines(file: str, tree: s.RuleFile) -> Iterator[Resting]:
    """All lines of a file that carry or inherit marks, in order; examples are not among them."""
    document = ""
    for section in tree.sections:
        if section.kind == "政策":
            document = section.document
        yield from _Section(file, document, section).lines()


class _Section:
    def __init__(self, file: str, document: str, section: s.Section) -> None:
        self.section = section
        name = section.name if section.kind != "落实" else f"{section.document} {section.name}"
        self.plain = Resting(
            file, document, section.kind, name, "", section.line, section.name, (section.marks,)
        )

    def lines(self) -> Iterator[Resting]:
        section = self.section
        yield self.plain
        if section.kind in ("定义", "落实", "参数"):
            base = replace(self.plain, label=section.kind)
            for line in section.body:
                yield from self.line(line, base, True)
            if section.table is not None:
                for row in section.table.rows:
                    yield from self.row(row, base)
        yield from self.fields(section.fields)

    def fields(self, fields: tuple[s.Field, ...]) -> Iterator[Resting]:
        for one in fields:
            base = replace(
                self.plain,
                label=one.label,
                line=one.line,
                text=one.label,
                marks=(one.marks, *self.plain.marks),
                nature=_NATURES.get(one.label, "plain"),
            )
            yield from self.field(one, base)

    def field(self, one: s.Field, base: Resting) -> Iterator[Resting]:
        content = one.content
        if isinstance(content, s.ExceptionOf):
            yield from self.fields(content.fields)
        elif isinstance(content, s.Block):
            atoms = one.label in _ATOM_FIELDS
            if content.inline:
                for line in content.lines:
                    yield from self.line(line, replace(base, marks=self.plain.marks), atoms)
            else:
                yield base
                for line in content.lines:
                    yield from self.line(line, base, atoms)
        elif isinstance(content, s.Caps):
            for cap in content.caps:
                inner = replace(base, marks=self.plain.marks)
                yield from self.line(cap.limit, inner, True, cap.condition)
        elif isinstance(content, s.Stacking):
            for stack in content.lines:
                yield replace(
                    base,
                    line=stack.line,
                    text=f"{stack.verb} {'、'.join(stack.over)}",
                    marks=_outward(stack.marks, base.marks),
                    claims=claims_of(stack.limit),
                )
        elif isinstance(content, s.Duties):
            for duty in content.duties:
                yield replace(base, text=duty.what, marks=_outward(duty.marks, base.marks))
        elif isinstance(content, s.Budget):
            yield replace(base, claims=claims_of(content.total))
        elif isinstance(content, s.Window):
            yield replace(base, claims=claims_of(content.span))
        elif isinstance(content, s.Grant):
            yield replace(base, claims=claims_of(None, content.validity))
        elif isinstance(content, s.Skipped):
            yield replace(base, text=content.reason, address=content.address)
        elif isinstance(content, s.Words):
            text = "、".join(content.items)
            if one.label not in _PLAIN_FIELDS or one.marks.words:
                yield replace(base, text=text, claims=_words_claims(one.label, text))

    def line(
        self, line: s.Line, base: Resting, atoms: bool, condition: s.Expr | None = None
    ) -> Iterator[Resting]:
        yield from self.content(
            line, base, atoms, claims_of(line.content), claims_of(condition) if condition else None
        )

    def row(self, row: s.Row, base: Resting, threshold: str = "") -> Iterator[Resting]:
        claims = claims_of(row.value.content, row.key)
        if threshold and isinstance(row.value.content, s.Num):
            add_border(threshold, row.value.content, claims)
        yield from self.content(row.value, base, True, claims)

    def content(
        self,
        line: s.Line,
        base: Resting,
        atoms: bool,
        claims: Claims,
        more: Claims | None = None,
    ) -> Iterator[Resting]:
        if more is not None:
            claims.figures += more.figures
            claims.borders += more.borders
        inner = list(_below(line.content))
        nature = "open" if claims.open else "judged" if claims.judged else base.nature
        here = replace(
            base,
            line=line.line,
            text=line.text,
            marks=_outward(line.marks, base.marks),
            claims=claims,
            nature=nature,
            is_atom=atoms and not inner,
        )
        yield here
        denied = isinstance(line.content, s.Group) and line.content.kind == "都不"
        free = base.borders_free or denied or _about_borders(line.content)
        below = replace(here, claims=Claims(), nature=base.nature, borders_free=free)
        threshold = _threshold(line.content)
        for child in inner:
            if isinstance(child, s.Row):
                yield from self.row(child, below, threshold)
            elif isinstance(child, s.Member):
                made = claims_of(child.content.content, child.full)
                yield from self.content(child.content, below, atoms, made)
            else:
                yield from self.line(child, below, atoms)


def _about_borders(content: object) -> bool:
    """A reading of group B is about the border itself: one side differs from the words."""
    return isinstance(content, s.Reading) and content.decision[:1] in ("B", "")


def _threshold(content: object) -> str:
    """The sign of `x ≥ 按 Y`, whose rows are thresholds."""
    is_table = isinstance(content, s.Compare) and isinstance(content.right, s.Table)
    return content.op if isinstance(content, s.Compare) and is_table else ""


def _outward(own: s.Marks, marks: tuple[s.Marks, ...]) -> tuple[s.Marks, ...]:
    """An inline line carries the marks of its field; they count once."""
    return marks if marks and own is marks[0] else (own, *marks)


def _below(content: object) -> Iterator[s.Row | s.Member | s.Line]:
    """Rows, members and readings below a line, wherever its table stands in the expression."""
    if isinstance(content, s.Table):
        yield from content.rows
    elif isinstance(content, s.Group):
        yield from content.members
    elif isinstance(content, s.Reading):
        yield from (*content.first, *content.second)
    elif isinstance(content, s.Arith | s.Compare):
        yield from _below(content.right)
    elif isinstance(content, s.Capped):
        yield from _below(content.of)
        yield from _below(content.cap)
    elif isinstance(
        content, s.IfGiven | s.Floored | s.IfNotApplicable | s.AtMost | s.InPrinciple | s.Not
    ):
        yield from _below(content.of)
    elif isinstance(content, s.And | s.Or):
        yield from _below(content.items[-1])


def _words_claims(label: str, text: str) -> Claims:
    """Dates and validity in the head are anchored like any figure; 年度 may name a year."""
    claims = Claims()
    if label in ("施行", "失效", "奖励自", "奖励至", "发布"):
        day = read_day(text)
        claims.days += [day] if day else []
    elif label == "年度" and text[:4].isdecimal():
        claims.years.append(int(text[:4]))
    elif label == "有效期":
        digits = text.rstrip("年个月")
        if digits.isdecimal():
            return claims_of(s.Num(digits, text[len(digits) :]))
    return claims
