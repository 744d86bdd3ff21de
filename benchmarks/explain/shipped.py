"""Shipped measures in the neutral form, as far as the peers can express them.

Expressible: comparisons, codes, titles held, yes/no facts, groups, arithmetic, means and sums over
years, tables, caps. Not expressible there, and so left out: judgement, open texts, two readings,
records, first times, terms of an enterprise, per-subject limits, ceilings for a person to decide.
`work` draws enterprises whose every fact is known, around the thresholds of the measures.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from huiqi.language import tree as t
from huiqi.language.periods import years_of
from huiqi.vocabulary.calendar import add_months
from huiqi.vocabulary.declare import Vocabulary
from huiqi.vocabulary.figures import format_quantity
from huiqi.vocabulary.units import MONEY
from neutral import Expression

GRANTED = " 授予日"
TRUE: Expression = ["fixed", True]
SIGNS = {"≥": ">=", ">": ">", "≤": "<=", "<": "<", "=": "=", "≠": "!="}
OPERATORS = {"+": "add", "−": "sub", "×": "mul", "÷": "div", "/": "div"}


class InexpressibleError(Exception):
    """What a peer has no form for."""


@dataclass
class Variable:
    """A fact that the measures read: how values are drawn, and how a fact file states them."""

    fact: str
    kind: str
    period: str = ""
    dims: Any = ()
    table: str = ""
    hints: set[Any] = field(default_factory=set)
    only: set[str] = field(default_factory=set)


@dataclass
class Reading:
    """One measure on its way to the neutral form; `value` gives (is it given, how much)."""

    program: t.Program
    as_of: date
    variables: dict[str, Variable]
    document: str
    year: str = ""

    def condition(self, node: t.Node) -> Expression:
        match node:
            case t.Clause(of) | t.Carried("并列", "C9", of):
                return self.condition(of)
            case t.Fixed(holds):
                return ["fixed", holds]
            case t.AllOf(items):
                return self.group("and", items)
            case t.AnyOf(items):
                return self.group("or", items)
            case t.NoneOf(items):
                return ["not", self.group("or", items)]
            case t.AtLeastOf(count, items):
                return ["at_least", count, *map(self.condition, items)]
            case t.Negation(of):
                return ["not", self.condition(of)]
            case t.FactYes(name, True):
                return ["flag", self.variable(name, "yes")]
            case t.CompareNumbers(op, left, right):
                return self.compare(op, self.number(left), self.number(right))
            case t.InRange(of, low, high):
                value = self.number(of)
                return [
                    "and",
                    self.compare("≥", value, self.number(low)),
                    self.compare("≤", value, self.number(high)),
                ]
            case t.CompareDates(op, t.FactDate(name, True), t.DateConstant(day)):
                return self.compare(op, self.day(name), ["num", as_number(day)])
            case t.CompareDates(op, t.AsOfDate(), t.DateConstant(day)):
                return self.compare(op, ["num", as_number(self.as_of)], ["num", as_number(day)])
            case t.EventInTime(t.FactDate(name, True)):
                return self.in_time(self.day(name))
            case t.HasPassed(t.FactDate(name, True), months, 0):
                limit = add_months(self.as_of, -months)
                return self.compare("≤", self.day(name), ["num", as_number(limit)])
            case t.InCodes(t.FactCode(name, table, _, True), codes, _, negated):
                held = self.in_codes(name, table, codes)
                return ["not", held] if negated else held
            case t.InCodes(of, codes, table, negated):
                rank = self.class_rank(of)
                wanted = [["num", self.program.tables[table].rank(code)] for code in codes]
                held = ["or", *(["cmp", "=", rank, one] for one in wanted)]
                return ["not", held] if negated else held
            case t.TitleHolds("有", titles, ""):
                return ["or", *(["flag", self.title(ref)] for ref in titles)]
            case t.TitleHolds("获" | "首次获", titles, ""):
                return ["or", *(self.in_time(["var", self.title(r) + GRANTED]) for r in titles)]
            case t.Listed(registers, True):
                return ["or", *(["flag", self.variable(r, "listed")] for r in registers)]
            case t.Happened(events, _, True):
                for event in events:
                    self.variable(event, "fault")
                return ["fixed", False]  # none is drawn, so every reading of the period agrees
            case t.EachYear(period, of):
                return ["and", *(self.at(year).condition(of) for year in self.years(period))]
            case t.UseCondition(definition, _):
                return self.inside(definition, lambda inner, body: inner.condition(body))
        raise InexpressibleError(type(node).__name__)

    def group(self, kind: str, items: tuple[t.Node, ...]) -> Expression:
        parts = [self.condition(item) for item in items]
        return (
            parts[0] if len(parts) == 1 else [kind, *parts] if parts else ["fixed", kind == "and"]
        )

    def number(self, node: t.Node) -> Expression:
        """A value that is always given."""
        given, value = self.value(node)
        if given != TRUE:
            raise InexpressibleError("a value given only sometimes inside a formula")
        return value

    def value(self, node: t.Node) -> tuple[Expression, Expression]:
        match node:
            case t.Clause(of):
                return self.value(of)
            case t.Constant(value):
                return TRUE, ["num", plain(value)]
            case t.FactNumber(name, dims, annual, True, _, ""):
                period = f"{self.one_year()}年度" if annual else ""
                return TRUE, ["var", self.variable(name, "number", period, dims)]
            case t.AtYear(period, of):
                (year,) = self.years(period)
                return self.at(year).value(of)
            case t.YearFold(how, period, of):
                return TRUE, self.folded(how, [self.at(y).number(of) for y in self.years(period)])
            case t.Increment(of):
                year = self.one_year()
                change = ["sub", self.number(of), self.at(year - 1).number(of)]
                return TRUE, ["max", ["num", 0], change]
            case t.Arithmetic(op, left, right):
                return TRUE, [OPERATORS[op], self.number(left), self.number(right)]
            case t.Extreme(greatest, items, ""):
                return TRUE, ["max" if greatest else "min", *map(self.number, items)]
            case t.Cap(of, cap, False):
                given, value = self.value(of)
                return given, ["min", value, self.number(cap)]
            case t.FloorAt(of, floor):
                given, value = self.value(of)
                return given, ["max", value, self.number(floor)]
            case t.WhenHolds(of, condition):
                given, value = self.value(of)
                return both(given, self.condition(condition)), value
            case t.UseValue(definition, _, ()):
                return self.inside(definition, lambda inner, body: inner.value(body))
            case t.ValueGroup(how, parts, None):
                return self.combined(how, [self.value(part.value) for part in parts])
            case t.NumberTable(subject, rows, bands, "one", False):
                return self.table(self.number(subject), rows, bands)
            case t.CodeTableRows(t.FactCode(name, table, _, True), _, rows, codes, False, False):
                return self.code_table(name, table, rows, codes)
            case t.ConditionTable(rows, conditions):
                cases = [
                    (TRUE if c is None else self.condition(c), self.value(row.value))
                    for row, c in zip(rows, conditions, strict=True)
                ]
                return self.cases(cases)
        raise InexpressibleError(type(node).__name__)

    def folded(self, how: str, values: list[Expression]) -> Expression:
        if how in ("最大", "最小"):
            return ["max" if how == "最大" else "min", *values]
        total = values[0]
        for value in values[1:]:
            total = ["add", total, value]
        if how == "合计":
            return total
        if how == "均值":
            return ["div", total, ["num", len(values)]]
        raise InexpressibleError(how)

    def combined(
        self, how: str, parts: list[tuple[Expression, Expression]]
    ) -> tuple[Expression, Expression]:
        given = ["or", *(part for part, _ in parts)]
        amounts = [v if g == TRUE else ["if", g, v, ["num", 0]] for g, v in parts]
        if how in ("择优", "择一"):
            return given, ["max", *amounts]
        if how == "合计":
            return given, self.folded("合计", amounts)
        raise InexpressibleError(how)

    def table(
        self, subject: Expression, rows: tuple[t.TableRow, ...], bands: tuple[t.Band, ...]
    ) -> tuple[Expression, Expression]:
        cases = []
        for band in bands:
            if band.shared or band.gap or len(band.rows) > 1:
                raise InexpressibleError("a border with two readings")
            tests = []
            if band.low is not None:
                sign = "≥" if band.low_closed else ">"
                tests.append(self.compare(sign, subject, ["num", plain(band.low)]))
            if band.high is not None:
                sign = "≤" if band.high_closed else "<"
                tests.append(self.compare(sign, subject, ["num", plain(band.high)]))
            if band.rows:
                row = rows[band.rows[0]]
                cases.append((["and", *tests] if tests else TRUE, self.value(row.value)))
        return self.cases(cases)

    def code_table(
        self,
        name: str,
        table: str,
        rows: tuple[t.TableRow, ...],
        codes: tuple[tuple[str, ...], ...],
    ) -> tuple[Expression, Expression]:
        """The deepest code decides, so deeper ones are asked first and 其他 last."""
        depth = self.program.tables[table].path
        cases = [
            (len(depth(code)), self.in_codes(name, table, (code,)), self.value(row.value))
            for row, own in zip(rows, codes, strict=True)
            for code in own
        ]
        others = [self.value(r.value) for r, own in zip(rows, codes, strict=True) if not own]
        ordered = sorted(cases, key=lambda case: -case[0])
        return self.cases([(c, v) for _, c, v in ordered] + [(TRUE, value) for value in others])

    def cases(
        self, cases: list[tuple[Expression, tuple[Expression, Expression]]]
    ) -> tuple[Expression, Expression]:
        """The first case that holds gives the value; none: nothing is given."""
        given: Expression = ["fixed", False]
        value: Expression = ["num", 0]
        for condition, (row_given, row_value) in reversed(cases):
            given = ["or", both(condition, row_given), ["and", ["not", condition], given]]
            value = ["if", condition, row_value, value]
        return given, value

    def compare(self, op: str, left: Expression, right: Expression) -> Expression:
        for one, other in ((left, right), (right, left)):
            if one[0] == "var" and other[0] == "num":
                self.variables[one[1].removesuffix(GRANTED)].hints.add(other[1])
        return ["cmp", SIGNS[op], left, right]

    def in_codes(self, name: str, table: str, codes: tuple[str, ...]) -> Expression:
        variable, own = self.variable(name, "code", table=table), self.program.tables[table]
        open_codes = []
        for code in codes:
            open_codes += own.group_codes(code) if code in own.groups() else [code]
        self.variables[variable].hints |= set(open_codes)
        return ["or", *(["is", f"{variable}#{len(own.path(c))}", c] for c in open_codes)]

    def title(self, ref: t.TitleRef) -> str:
        """Each title is drawn as granted at most once, so a first grant is any grant."""
        if ref.where is not None or not ref.firm:
            raise InexpressibleError("a title with facts of its own")
        name = self.variable(ref.name, "title")
        self.variables[name].hints |= {as_number(d) for d in self.time() if d}
        return name

    def time(self) -> tuple[date | None, date | None]:
        """The document's time for events: from its awards' or its own beginning to its end."""
        head = self.program.documents[self.document]
        return head.awards_from or head.in_force or head.issued, head.awards_to or head.ends

    def in_time(self, day: Expression) -> Expression:
        first, last = self.time()
        if first is None:
            raise InexpressibleError("a document without a date")
        after = self.compare("≥", day, ["num", as_number(first)])
        limit = min(last, self.as_of) if last else self.as_of
        return ["and", after, self.compare("≤", day, ["num", as_number(limit)])]

    def class_rank(self, node: t.Node) -> Expression:
        """A class of an ordered table as its rank; a lower class has a greater one."""
        match node:
            case t.Clause(of):
                return self.class_rank(of)
            case t.UseValue(definition, _, ()):
                return self.inside(definition, lambda inner, body: inner.class_rank(body))
            case t.GradeBy(of, bounds, classes, table):
                ranks = [["num", self.program.tables[table].rank(code)] for code in classes]
                value = self.number(of)
                form = ranks[-1]
                for bound, rank in zip(reversed(bounds), reversed(ranks[:-1]), strict=True):
                    form = ["if", self.compare("≥", value, self.number(bound)), rank, form]
                return form
            case t.Extreme(greatest, items, table) if table:
                return ["min" if greatest else "max", *map(self.class_rank, items)]
            case t.CodeTableRows(t.FactCode(name, table, _, True), _, rows, codes, False, False):
                listed = [(row, own) for row, own in zip(rows, codes, strict=True) if own]
                variable = self.variable(name, "code", table=table)
                self.variables[variable].only |= {code for _, own in listed for code in own}
                form = ["num", -1]
                for row, own in listed:
                    inside = self.in_codes(name, table, own)
                    form = ["if", inside, self.class_rank(row.value), form]
                return form
        raise InexpressibleError(type(node).__name__)

    def day(self, name: str) -> Expression:
        return ["var", self.variable(name, "date")]

    def variable(
        self, fact: str, kind: str, period: str = "", dims: Any = (), table: str = ""
    ) -> str:
        name = f"{period} {fact}" if period else fact
        self.variables.setdefault(name, Variable(fact, kind, period, dims, table))
        return name

    def years(self, period: str) -> tuple[int, ...]:
        return years_of(period, self.as_of.year, self.as_of.year - 1)

    def one_year(self) -> int:
        if not self.year:
            raise InexpressibleError("no year")
        (year,) = self.years(self.year)
        return year

    def at(self, year: int) -> "Reading":
        return replace(self, year=f"{year}年度")

    def inside(self, definition: str, read: Callable[["Reading", t.Node], Any]) -> Any:
        found = self.program.definitions[definition]
        if found.subject != "企业":
            raise InexpressibleError("a definition of records")
        return read(self, found.body)


def both(left: Expression, right: Expression) -> Expression:
    if left == TRUE:
        return right
    return left if right == TRUE else ["and", left, right]


def plain(value: int | Fraction) -> int | float:
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else float(exact)


def as_number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def expressible(
    program: t.Program, as_of: date
) -> tuple[list[dict[str, Any]], dict[str, Variable], dict[str, str]]:
    """The measures as neutral forms, the variables they read, and why others are left out."""
    measures, variables, left_out = [], {}, {}
    for measure in program.measures.values():
        own: dict[str, Variable] = dict(variables)
        try:
            form = neutral(measure, Reading(program, as_of, own, measure.document, measure.year))
        except InexpressibleError as error:
            left_out[measure.id] = str(error)
            continue
        variables |= own
        measures.append(form)
    return measures, variables, left_out


def neutral(measure: t.Measure, reading: Reading) -> dict[str, Any]:
    if measure.subject != "企业":
        raise InexpressibleError("records")
    if measure.limits or measure.term or measure.budget:
        raise InexpressibleError("limits or terms")
    head = reading.program.documents[measure.document]
    if not (head.in_force or date.min) <= reading.as_of <= (head.ends or date.max):
        raise InexpressibleError("not in force on the day")
    condition = reading.condition(measure.condition)
    given, amount = (TRUE, ["num", 0])
    if measure.amount is not None and measure.dims == MONEY:
        given, fen = reading.value(measure.amount)
        amount = ["div", fen, ["num", 100]]
    return {"id": measure.id, "condition": both(condition, given), "amount": amount}


def draw_firm(
    variables: dict[str, Variable],
    program: t.Program,
    vocabulary: Vocabulary,
    as_of: date,
    rnd: random.Random,
) -> dict[str, Any]:
    """Values for the peers and the same as a fact file; every variable is known."""
    values: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    for name, variable in variables.items():
        value, text = _drawn(variable, vocabulary, as_of, rnd)
        if variable.kind == "code":
            path = program.tables[variable.table].path(value)
            deepest = max(len(program.tables[variable.table].path(c)) for c in variable.hints)
            for depth in range(1, deepest + 1):
                values[f"{name}#{depth}"] = path[depth - 1] if depth <= len(path) else "-"
        elif variable.kind == "title":
            values[name], values[name + GRANTED] = value
        elif variable.kind != "fault":
            values[name] = value
        if variable.period:
            facts.setdefault(variable.fact, {})[variable.period] = text
        else:
            facts[variable.fact] = text
    return {"values": values, "facts": {"名称": "试验企业", "事实": facts}}


def _drawn(
    variable: Variable, vocabulary: Vocabulary, as_of: date, rnd: random.Random
) -> tuple[Any, Any]:
    """(as the peers get it, as a fact file says it)."""
    hints = sorted(variable.hints)
    match variable.kind:
        case "number":
            near = Fraction(str(rnd.choice(hints or [100])))
            value = near * rnd.choice([Fraction(1, 2), 1, 1, Fraction(3, 2), 4])
            whole = Fraction(int(value)) if near.denominator == 1 else value
            return plain(whole), format_quantity(whole, variable.dims)
        case "date":
            day = rnd.choice([*hints, 20150601])
            return day, _day_text(day)
        case "code":
            return (_leaf(variable, vocabulary, rnd),) * 2
        case "title":
            if rnd.random() < 0.5:
                return (False, 0), "无"
            granted = rnd.choice([day for day in hints if day < as_number(as_of)] + [20210301])
            declared = vocabulary.find(variable.fact)
            months = declared.validity_months if declared else 0
            first = date(granted // 10000, granted // 100 % 100, granted % 100)
            is_held = not months or add_months(first, months) > as_of
            return (is_held, granted), _day_text(granted)
        case "fault":
            return False, "无"
    holds = rnd.random() < 0.4
    said = "是" if holds else "否"
    return holds, {"列入": said, "查询日": as_of.isoformat()} if variable.kind == "listed" else said


def _leaf(variable: Variable, vocabulary: Vocabulary, rnd: random.Random) -> str:
    """A code with nothing below it, mostly under one that a measure names."""
    table = vocabulary.table(variable.table)
    roots = sorted(variable.only) or [*sorted(variable.hints) * 2, rnd.choice(list(table.codes()))]
    code = rnd.choice(roots)
    return rnd.choice(sorted(table.members(code)) or [code])


def _day_text(day: int) -> str:
    return f"{day // 10000}-{day // 100 % 100:02d}-{day % 100:02d}"
