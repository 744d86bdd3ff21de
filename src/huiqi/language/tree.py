"""The checked rule tree: names looked up, types and units verified, tables in normal form.

Everything that executes a rule (the reference interpreter, later engines) works on this tree and on nothing else.
Numbers are in base units (money: fen), exact. A node that reads facts says whose they are: `firm` is true for the
enterprise, false for the record that the measure is about (for an enterprise's own measure both are the same).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from huiqi.vocabulary.codes import CodeTable
from huiqi.vocabulary.units import Dims, Number


@dataclass(frozen=True, slots=True)
class Type:
    """What an expression is: condition, number (with dimensions), date, span, code (with table), text, months, records."""

    kind: str
    dims: Dims = ()
    table: str = ""

    def __str__(self) -> str:
        return self.kind


CONDITION = Type("condition")
DATE = Type("date")
SPAN = Type("span")
TEXT = Type("text")
MONTH = Type("month")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a clause of the rule stands and what it rests on."""

    text: str = ""
    line: int = 0
    words: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    unverified: bool = False


# ================================================================ numbers
@dataclass(frozen=True, slots=True)
class Constant:
    value: Number
    dims: Dims = ()


@dataclass(frozen=True, slots=True)
class FactNumber:
    """A declared number. `twin` is the consolidated figure of the same name, read under F2 乙."""

    name: str
    dims: Dims
    annual: bool
    firm: bool
    minimum: Number | None
    twin: str = ""


@dataclass(frozen=True, slots=True)
class UseValue:
    """A definition's value; `item` names a part of its score."""

    definition: str
    firm: bool = False
    item: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UseParameter:
    parameter: str


@dataclass(frozen=True, slots=True)
class UseTerm:
    """A term that a higher text opens and a lower one fills (打开 / 落实)."""

    term: str


@dataclass(frozen=True, slots=True)
class Arithmetic:
    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Extreme:
    """取小 / 取大 over numbers, or over the codes of an ordered table."""

    greatest: bool
    items: tuple[Node, ...]
    table: str = ""


@dataclass(frozen=True, slots=True)
class YearFold:
    """均值 合计 最大 最小 of a value over the years of a period (C10)."""

    how: str
    period: str
    of: Node


@dataclass(frozen=True, slots=True)
class AtYear:
    period: str
    of: Node


@dataclass(frozen=True, slots=True)
class InWindow:
    """A value of dated records inside a period before the as-of date (C9, C10)."""

    period: str
    of: Node


@dataclass(frozen=True, slots=True)
class Growth:
    of: Node


@dataclass(frozen=True, slots=True)
class CompoundGrowth:
    period: str
    of: Node


@dataclass(frozen=True, slots=True)
class Increment:
    of: Node


@dataclass(frozen=True, slots=True)
class RecordSet:
    """Records of one kind that meet every filter; `dated` is the field that carries the event date."""

    kind: str
    filters: tuple[Node, ...] = ()
    firm: bool = True
    dated: str = ""


@dataclass(frozen=True, slots=True)
class RecordFold:
    """数 合计 最大 最小 over records; `of` is evaluated on each record."""

    how: str
    records: RecordSet
    of: Node | None = None
    table: str = ""


@dataclass(frozen=True, slots=True)
class WholeUnits:
    of: Node
    unit: Node


@dataclass(frozen=True, slots=True)
class Rounded:
    of: Node
    grain: Node
    down: bool


@dataclass(frozen=True, slots=True)
class Places:
    """名额(10%, N): how many places a share of a group is (H8)."""

    share: Node
    size: Node


@dataclass(frozen=True, slots=True)
class YearsBetween:
    start: Node
    end: Node | str


@dataclass(frozen=True, slots=True)
class DatePart:
    """月份 年份 第几年 月数 天数 of a date."""

    part: str
    of: Node


@dataclass(frozen=True, slots=True)
class Cap:
    of: Node
    cap: Node
    soft: bool = False


@dataclass(frozen=True, slots=True)
class FloorAt:
    of: Node
    floor: Node


@dataclass(frozen=True, slots=True)
class Ceiling:
    """至多 v: someone decides within [0, v]."""

    of: Node


@dataclass(frozen=True, slots=True)
class NoLess:
    """至少 v: [v, ∞)."""

    of: Node


@dataclass(frozen=True, slots=True)
class DecidedRange:
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class WhenHolds:
    of: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class WhenNotApplicable:
    of: Node
    other: Node


@dataclass(frozen=True, slots=True)
class JudgedPoints:
    words: str
    low: Number
    high: Number


@dataclass(frozen=True, slots=True)
class Unstated:
    """待定「…」 as an amount: the document names none."""

    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """A member of a value group, by name where it has one."""

    value: Node
    name: str = ""
    full: Number | None = None
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class ValueGroup:
    """合计 (sum), 择优 / 择一 (best) over parts."""

    how: str
    parts: tuple[Part, ...]
    full: Number | None = None


@dataclass(frozen=True, slots=True)
class EachMet:
    """每满足一项 v, up to the full marks (H5)."""

    each: Node
    conditions: tuple[Node, ...]
    full: Number | None = None


# ---------------------------------------------------------------- tables
@dataclass(frozen=True, slots=True)
class TableRow:
    label: str
    value: Node
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the key axis on which the same rows pay. Ends None = unbounded; closed ends are included.

    `shared` marks a border that two dashed rows name (B3) and `gap` the single point that the text leaves out (B5).
    """

    low: Number | None
    low_closed: bool
    high: Number | None
    high_closed: bool
    rows: tuple[int, ...]
    shared: tuple[int, ...] = ()
    gap: bool = False


@dataclass(frozen=True, slots=True)
class NumberTable:
    """A table over a number. mode: one (one row applies), each (all that apply), marginal, first (首次达到)."""

    subject: Node
    rows: tuple[TableRow, ...]
    bands: tuple[Band, ...]
    mode: str
    difference: bool = False
    each_tier: bool = False
    matter: str = ""


@dataclass(frozen=True, slots=True)
class CodeTableRows:
    """A table over a code: each row its codes (empty: 其他); the deepest code decides."""

    subject: Node
    table: str
    rows: tuple[TableRow, ...]
    codes: tuple[tuple[str, ...], ...]
    every: bool = False
    difference: bool = False
    matter: str = ""


@dataclass(frozen=True, slots=True)
class ConditionTable:
    """A table over conditions (是/否, or 按 情形); the first tuple item may be None for 其他."""

    rows: tuple[TableRow, ...]
    conditions: tuple[Node | None, ...]


# ================================================================ dates, codes, texts
@dataclass(frozen=True, slots=True)
class DateConstant:
    value: date


@dataclass(frozen=True, slots=True)
class AsOfDate:
    pass


@dataclass(frozen=True, slots=True)
class FactDate:
    name: str
    firm: bool


@dataclass(frozen=True, slots=True)
class TitleDate:
    """授予日 or 有效至 of a title."""

    title: str
    which: str
    firm: bool


@dataclass(frozen=True, slots=True)
class SpanFrom:
    """自 d 起 N: `months` or `days` to the day before the anniversary, or whole calendar `years` from the first."""

    start: Node
    months: int = 0
    days: int = 0
    calendar_years: int = 0


@dataclass(frozen=True, slots=True)
class DateRangeConstant:
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class FactCode:
    name: str
    table: str
    many: bool
    firm: bool
    annual: bool = False


@dataclass(frozen=True, slots=True)
class CodeConstant:
    code: str
    table: str


@dataclass(frozen=True, slots=True)
class FactText:
    name: str
    firm: bool


@dataclass(frozen=True, slots=True)
class TextConstant:
    words: str


@dataclass(frozen=True, slots=True)
class GradeBy:
    """分档(x, 大, 中, 小): the best class whose lower bound x reaches."""

    of: Node
    bounds: tuple[Node, ...]
    classes: tuple[str, ...]
    table: str


# ================================================================ conditions
@dataclass(frozen=True, slots=True)
class Fixed:
    holds: bool


@dataclass(frozen=True, slots=True)
class FactYes:
    name: str
    firm: bool
    annual: bool = False


@dataclass(frozen=True, slots=True)
class CompareNumbers:
    op: str
    left: Node
    right: Node
    dims: Dims = ()


@dataclass(frozen=True, slots=True)
class CompareDates:
    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class CompareCodes:
    """Order in an ordered table (≥ = at least as high), or equality."""

    op: str
    left: Node
    right: Node
    table: str


@dataclass(frozen=True, slots=True)
class SameText:
    left: Node
    texts: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class InCodes:
    of: Node
    codes: tuple[str, ...]
    table: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class InSpan:
    of: Node
    span: Node


@dataclass(frozen=True, slots=True)
class InRange:
    of: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class MonthIn:
    of: Node
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class YearIn:
    """The year asked about is one of these: 上年度 属于 2017年度、2018年度."""

    period: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TitleRef:
    name: str
    where: Node | None = None
    firm: bool = True


@dataclass(frozen=True, slots=True)
class TitleHolds:
    """有 曾获 获 首次获 of any of these titles (A10, F10); `period` limits the date of the grant (C9)."""

    verb: str
    titles: tuple[TitleRef, ...]
    period: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    registers: tuple[str, ...]
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Happened:
    events: tuple[str, ...]
    period: str = ""
    firm: bool = True


@dataclass(frozen=True, slots=True)
class RecordsExist:
    records: RecordSet
    period: str = ""


@dataclass(frozen=True, slots=True)
class HasPassed:
    start: Node
    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class EachYear:
    period: str
    of: Node


@dataclass(frozen=True, slots=True)
class AllOf:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AtLeastOf:
    count: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    of: Node


@dataclass(frozen=True, slots=True)
class SoftLimit:
    """原则上 c (A15): met, or else a person decides."""

    of: Node


@dataclass(frozen=True, slots=True)
class Judged:
    words: str


@dataclass(frozen=True, slots=True)
class LeftOpen:
    words: str


@dataclass(frozen=True, slots=True)
class UseCondition:
    definition: str
    firm: bool = False


@dataclass(frozen=True, slots=True)
class EventInTime:
    """事件: this date lies inside the document's time (C3, C4)."""

    of: Node


@dataclass(frozen=True, slots=True)
class InTerm:
    """期限: the question's year or day lies inside this span."""

    span: Node
    annual: bool


# ================================================================ both
@dataclass(frozen=True, slots=True)
class ReadingOf:
    """Two readings of a clause (I3); `key` is the decision's number or the reading's name."""

    kind: str
    key: str
    name: str
    first: Node
    second: Node
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """A reading that a construct brings: the same node read under `key` 甲 and 乙 (C9, B12, D4, F2 …)."""

    kind: str
    key: str
    of: Node


@dataclass(frozen=True, slots=True)
class Clause:
    """A node with its words in the rule and what they rest on: the unit of explanation."""

    of: Node
    source: Source


@dataclass(frozen=True, slots=True)
class Exceptional:
    """例外: `other` stands in for `normal` while `case` holds."""

    name: str
    case: Node
    other: Node
    normal: Node


Node: TypeAlias = (
    Constant
    | FactNumber
    | UseValue
    | UseParameter
    | UseTerm
    | Arithmetic
    | Extreme
    | YearFold
    | AtYear
    | InWindow
    | Growth
    | CompoundGrowth
    | Increment
    | RecordFold
    | WholeUnits
    | Rounded
    | Places
    | YearsBetween
    | DatePart
    | Cap
    | FloorAt
    | Ceiling
    | NoLess
    | DecidedRange
    | WhenHolds
    | WhenNotApplicable
    | JudgedPoints
    | Unstated
    | ValueGroup
    | EachMet
    | NumberTable
    | CodeTableRows
    | ConditionTable
    | DateConstant
    | AsOfDate
    | FactDate
    | TitleDate
    | SpanFrom
    | DateRangeConstant
    | FactCode
    | CodeConstant
    | FactText
    | TextConstant
    | GradeBy
    | Fixed
    | FactYes
    | CompareNumbers
    | CompareDates
    | CompareCodes
    | SameText
    | InCodes
    | InSpan
    | InRange
    | MonthIn
    | YearIn
    | TitleHolds
    | Listed
    | Happened
    | RecordsExist
    | HasPassed
    | EachYear
    | AllOf
    | AnyOf
    | NoneOf
    | AtLeastOf
    | Negation
    | SoftLimit
    | Judged
    | LeftOpen
    | UseCondition
    | EventInTime
    | InTerm
    | ReadingOf
    | Carried
    | Clause
    | Exceptional
)


# ================================================================ documents
@dataclass(frozen=True, slots=True)
class Definition:
    id: str
    name: str
    document: str
    body: Node
    type: Type
    subject: str
    annual: bool
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Parameter:
    id: str
    name: str
    document: str
    rows: tuple[tuple[int, Node, Source], ...]
    dims: Dims = ()


@dataclass(frozen=True, slots=True)
class Stack:
    """One line of 叠加, as the combination over measures reads it (group E)."""

    verb: str
    over: tuple[str, ...]
    same_matter: bool
    scopes: tuple[str, ...]
    limit: Node | None
    condition: Node | None
    document: str
    measure: str = ""
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Limit:
    """上限 of one measure: scopes, the limit (money or a count) and when it holds."""

    scopes: tuple[str, ...]
    limit: Node
    counts: bool
    condition: Node | None = None
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Duty:
    must: bool
    what: str
    when: str = ""
    breach: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    who: str
    role: str
    share: Number | None


@dataclass(frozen=True, slots=True)
class WindowRule:
    kind: str
    first: date | tuple[int, int] | None = None
    last: date | tuple[int, int] | None = None
    span: Node | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing an applicant can get. `condition` and `amount` are what the interpreter evaluates."""

    id: str
    name: str
    document: str
    address: tuple[str, ...]
    summary: str
    subject: str
    year: str
    condition: Node
    amount: Node | None
    own_conditions: tuple[int, int] = (0, 0)  # from, to in `condition`: what 另有规定 may replace
    dims: Dims = ()
    can_be_nothing: bool = False
    one_time: bool = False
    form: str = "奖励"
    grants: str = ""
    grant_months: int = 0
    provides: tuple[str, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    limits: tuple[Limit, ...] = ()
    budget: str = ""
    budget_total: Node | None = None
    instalments: tuple[tuple[Number, str, str], ...] = ()  # share of the total, or fen if > 1
    duties: tuple[Duty, ...] = ()
    stacking: tuple[Stack, ...] = ()
    matters: tuple[str, ...] = ()
    edition_of: tuple[str, ...] = ()
    superseded_from: date | None = None  # when its next edition (沿革) begins
    window: WindowRule | None = None
    term: Node | None = None
    priority: tuple[str, ...] = ()
    checked: str = ""
    checked_detail: str = ""
    unverified_lines: int = 0
    channel: tuple[str, ...] = ()
    department: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    fund: str = ""
    notes: tuple[str, ...] = ()
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Opened:
    """打开: a term of a higher text, who may fill it, and what stands while nobody has."""

    id: str
    name: str
    document: str
    type: Type
    full: Number | None
    may_fill: str
    unfilled: Node | None
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Filled:
    """落实: a lower text's content for an opened term."""

    term: str
    document: str
    region: tuple[str, ...]
    body: Node
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class ReplyOf:
    day: date
    key: str
    measure: str
    choice: str
    note: str


@dataclass(frozen=True, slots=True)
class Document:
    """An official text as the library holds it. Dates are None where the text gives none (C1, C4, C5)."""

    id: str
    title: str
    file: str = ""
    issuers: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    region_codes: tuple[str, ...] = ()
    source_text: str = ""
    issued: date | None = None
    in_force: date | None = None
    ends: date | None = None
    awards_from: date | None = None
    awards_to: date | None = None
    conventions: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    replaces: tuple[str, ...] = ()
    continues: str = ""
    discretion: str = ""
    draft: str = ""
    checked: str = ""
    checked_detail: str = ""
    open_points: tuple[tuple[str, Source], ...] = ()
    doubtful: tuple[tuple[str, Source], ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    replies: tuple[ReplyOf, ...] = ()
    stacking: tuple[Stack, ...] = ()
    fund: str = ""
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Program:
    """All checked documents together: what an answer is computed from. Ids are `文号 名`."""

    documents: dict[str, Document] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    opened: dict[str, Opened] = field(default_factory=dict)
    filled: dict[str, tuple[Filled, ...]] = field(default_factory=dict)
    tables: dict[str, CodeTable] = field(default_factory=dict)
