"""The syntax tree of a rule file: what was written, before any name is looked up.

One node is one construct of docs/reference/language. Expressions carry the column where they begin, lines
carry their line number, so a position is (line, column) and a line's text can be parsed once and reused.
The JSON form of a rule file is this tree as msgspec writes it (`json_form.py`).
"""

from __future__ import annotations

import msgspec


class Node(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag=True):
    """Any expression; `col` is 1-based within its line, 0 when it was not read from text."""

    col: int = 0


# ---------------------------------------------------------------- values
class Num(Node, frozen=True):
    """A number as written: `300` + `万元`, `12` + `%`, `3` + `名` (第3名)."""

    number: str
    unit: str = ""


class DateLit(Node, frozen=True):
    iso: str


class MonthLit(Node, frozen=True):
    """`6月` or `6月30日`: a month, or a day of any year."""

    month: int
    day: int = 0


class PeriodLit(Node, frozen=True):
    """A period word standing alone: 上年度, 近两年, 2023年度."""

    word: str


class Text(Node, frozen=True):
    words: str


class Name(Node, frozen=True):
    """A declared name, possibly inside another: `企业.登记类型`, `得分.创新能力`."""

    path: tuple[str, ...]


class Filtered(Node, frozen=True):
    """Records or titles that meet a condition: `知识产权[类别 属于 Ⅰ类]`."""

    of: Name
    where: Expr


class During(Node, frozen=True):
    """A value at another period: `近两年 研发费用`."""

    period: str
    of: Expr


class Call(Node, frozen=True):
    function: str
    args: tuple[Expr, ...]


class Arith(Node, frozen=True):
    op: str  # + − × /
    left: Expr
    right: Expr


class Between(Node, frozen=True):
    """`a~b`: an amount a person decides inside, or the inclusive key of a row."""

    low: Expr
    high: Expr


class AtMost(Node, frozen=True):
    of: Expr


class AtLeast(Node, frozen=True):
    of: Expr


class Capped(Node, frozen=True):
    of: Expr
    cap: Expr
    soft: bool = False


class Floored(Node, frozen=True):
    of: Expr
    floor: Expr


class IfGiven(Node, frozen=True):
    """`v 若 c`: v while c holds, else nothing."""

    of: Expr
    condition: Expr


class IfNotApplicable(Node, frozen=True):
    of: Expr
    other: Expr


class SpanOf(Node, frozen=True):
    """`自 d 起 3年` (a span of time) or, `full`, `自 d 满 1年` (the condition that it has passed)."""

    start: Expr
    length: Num
    full: bool = False


# ---------------------------------------------------------------- conditions
class Compare(Node, frozen=True):
    op: str  # ≥ > ≤ < = ≠
    left: Expr
    right: Expr


class Within(Node, frozen=True):
    of: Expr
    items: tuple[Expr, ...]
    negated: bool = False


class Holds(Node, frozen=True):
    """Titles, registers, faults and records: 有 无 获 曾获 列入 未列入 发生."""

    verb: str
    kinds: tuple[Expr, ...]
    period: str = ""


class And(Node, frozen=True):
    items: tuple[Expr, ...]


class Or(Node, frozen=True):
    items: tuple[Expr, ...]


class Not(Node, frozen=True):
    of: Expr


class InPrinciple(Node, frozen=True):
    of: Expr


class Judge(Node, frozen=True):
    """`评审「…」`: a person decides; with points, a person gives points inside the range."""

    words: str
    points: Between | None = None


class OpenText(Node, frozen=True):
    """`待定「…」`: the document leaves it open, or rests on a text that was not seen."""

    words: str


# ---------------------------------------------------------------- tables, groups, readings
class Bound(Node, frozen=True):
    op: str
    value: Expr


class Key(Node, frozen=True):
    """What a row stands for: bounds (joined by 且), values (any of), a year from which on, or the rest."""

    bounds: tuple[Bound, ...] = ()
    values: tuple[Expr, ...] = ()
    from_year: int = 0
    condition: Expr | None = None
    rest: bool = False


class Row(Node, frozen=True):
    key: Key
    value: Line


class Table(Node, frozen=True):
    """`按 X 模式` and its rows; `subject` is None for `按 情形`."""

    subject: Expr | None
    modes: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


class Member(Node, frozen=True):
    content: Line
    name: str = ""
    full: Num | None = None


class Group(Node, frozen=True):
    kind: str  # 任一 全部 都不 至少 合计 择优 择一 每满足一项
    members: tuple[Member, ...] = ()
    count: int = 0
    each: Expr | None = None
    full: Num | None = None


class Reading(Node, frozen=True):
    kind: str  # 并列 备注
    name: str
    first: tuple[Line, ...] = ()
    second: tuple[Line, ...] = ()
    decision: str = ""


class Marks(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stands beside a line: locator words, addresses, 未核, and the comments of its author."""

    words: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    unverified: bool = False
    comment: str = ""
    above: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    content: Expr
    marks: Marks = Marks()
    line: int = 0
    text: str = ""


Expr = (
    Num
    | DateLit
    | MonthLit
    | PeriodLit
    | Text
    | Name
    | Filtered
    | During
    | Call
    | Arith
    | Between
    | AtMost
    | AtLeast
    | Capped
    | Floored
    | IfGiven
    | IfNotApplicable
    | SpanOf
    | Compare
    | Within
    | Holds
    | And
    | Or
    | Not
    | InPrinciple
    | Judge
    | OpenText
    | Table
    | Group
    | Reading
)

# ---------------------------------------------------------------- fields of a section


class Words(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    """A field of plain words (机关, 摘要, 施行 …), one item or a list."""

    items: tuple[str, ...]
    listed: bool = False


class Block(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    """Conditions or an amount: one line beside the label, or lines below it."""

    lines: tuple[Line, ...]
    inline: bool = False


class Grant(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    title: Name
    validity: Num | None = None


class Cap(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    """`每户 每年 5000万元 若 …`: scopes and the limit, money or a count."""

    scopes: tuple[str, ...]
    limit: Line
    condition: Expr | None = None


class Caps(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    caps: tuple[Cap, ...]


class Budget(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    total: Expr
    mode: str = ""


class Share(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    who: str
    role: str = ""
    share: str = ""


class Recipients(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    shares: tuple[Share, ...]


class Instalment(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    share: str
    when: str = ""
    judged: str = ""


class Instalments(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    parts: tuple[Instalment, ...]


class Duty(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    must: bool
    what: str
    when: str = ""
    breach: str = ""
    marks: Marks = Marks()


class Duties(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    duties: tuple[Duty, ...]


class StackLine(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    """`就高 本政策、天河区扶持政策 同一事项`, `限额 本政策 每户 每年 5000万元 若 …`."""

    verb: str
    over: tuple[str, ...] = ()
    same_matter: bool = False
    scopes: tuple[str, ...] = ()
    limit: Expr | None = None
    condition: Expr | None = None
    marks: Marks = Marks()
    line: int = 0


class Stacking(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    lines: tuple[StackLine, ...]


class Window(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    """When one may apply: 常年, each year between two days, a dated range, or a span."""

    kind: str  # 常年 每年 日期 期间
    span: Expr | None = None


class Checked(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    """How a rule was checked: 全文 with its date, 仅二手 with where, 未核."""

    how: str
    detail: str = ""


class Skipped(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    address: str
    reason: str


class Reply(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    """A recorded answer of the office (SEMANTICS I4): from that day, this reading."""

    day: str
    key: str
    measure: str
    choice: str


class Opening(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    """`应为: 得分 满分 15分` of an opened term."""

    what: str
    full: Num | None = None


class ExceptionOf(msgspec.Struct, frozen=True, omit_defaults=True, tag="Exception"):
    name: str
    fields: tuple[Field, ...]


class Given(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    """One fact of an example: `2019年度 主营业务收入: 900万元`."""

    name: str
    value: str
    period: str = ""
    col: int = 0
    line: int = 0


class GivenRecords(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    kind: str
    items: tuple[tuple[Given, ...], ...]
    complete: bool = True
    line: int = 0


class Example(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    """A worked example: the facts, and the result that they must give."""

    given: tuple[Given, ...]
    verdict: str = ""
    amount: str = ""
    missing: tuple[str, ...] = ()
    missing_amount: tuple[str, ...] = ()
    other: str = ""  # 另读: what the second reading of a 备注 gives
    name: str = ""
    base: str = ""  # "" none, "同上", or the name of the example that this one varies
    records: tuple[GivenRecords, ...] = ()
    block: bool = False
    marks: Marks = Marks()
    line: int = 0


class Examples(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    examples: tuple[Example, ...]


Content = (
    Words
    | Block
    | Grant
    | Caps
    | Budget
    | Recipients
    | Instalments
    | Duties
    | Stacking
    | Window
    | Checked
    | Skipped
    | Reply
    | Opening
    | ExceptionOf
    | Examples
)


class Field(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    label: str
    content: Content
    marks: Marks = Marks()
    line: int = 0


class Section(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    """政策 定义 参数 事项 通则 打开 落实 另有规定."""

    kind: str
    name: str
    document: str = ""
    fields: tuple[Field, ...] = ()
    body: tuple[Line, ...] = ()
    table: Table | None = None
    marks: Marks = Marks()
    line: int = 0
    broken: bool = False  # a line of it could not be read: what is left must not answer

    def field(self, label: str) -> Field | None:
        """The field of that label, or None; a label stands once in its section (略过, 例外 … apart)."""
        return next((f for f in self.fields if f.label == label), None)

    def all(self, label: str) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.label == label)


class RuleFile(msgspec.Struct, frozen=True, omit_defaults=True, tag=True):
    sections: tuple[Section, ...]
    end_comments: tuple[str, ...] = ()
    language: int = 0  # `语言 1` where the file says it
