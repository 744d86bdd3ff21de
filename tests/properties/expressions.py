"""Random lines of the language: every kind of expression, table, group and reading."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from huiqi.language import syntax as s
from huiqi.language.lexer import tokens
from huiqi.language.problems import RuleError
from huiqi.language.words import ENGLISH_LABELS, ENGLISH_SECTIONS, FUNCTIONS, TERMINALS, reserved

ALPHABET = "营收研发数字企业人员年度甲乙近满获率abXY_ⅠⅡ·"
OPERATORS = tuple(TERMINALS["CMP"])
HOLDS = tuple(TERMINALS["HOLD"])
MODES = tuple(TERMINALS["MODE"])
UNITS = ("", "元", "万元", "亿元", "%", "人", "项", "年", "个月", "亩", "分", "名", "元/平方米/天")
PERIODS = ("上年度", "前年度", "当年", "近两年", "近三年含当年", "滚动五年", "2023年度", "近12年")
WORDS_THAT_LEAD = frozenset({"解读", "语言", *ENGLISH_LABELS, *ENGLISH_SECTIONS})


def is_plain_name(name: str) -> bool:
    """Whether a name is read as one name, in both languages."""
    if name in reserved() or name in WORDS_THAT_LEAD or any(not part for part in name.split(".")):
        return False
    try:
        found = list(tokens(name))
    except RuleError:
        return False
    return len(found) == 1 and found[0].type == "NAME" and found[0].value == name


def tuples(of: st.SearchStrategy[Any], low: int, high: int) -> st.SearchStrategy[Any]:
    return st.lists(of, min_size=low, max_size=high).map(tuple)


texts = st.text(ALPHABET + " ,()%", min_size=1, max_size=8).map(str.strip).filter(bool)
plain_names = st.text(ALPHABET, min_size=1, max_size=5).filter(is_plain_name)
names = st.builds(lambda path: s.Name(tuple(path)), st.lists(plain_names, min_size=1, max_size=2))
marks = st.builds(
    s.Marks,
    words=tuples(texts.filter(lambda text: text != "unverified"), 0, 2),
    addresses=tuples(texts, 0, 1),
    unverified=st.booleans(),
    comment=st.just("") | texts,
    above=tuples(st.just("") | texts, 0, 2),
)
some_marks = st.just(s.Marks()) | marks


@st.composite
def figures(draw: st.DrawFn, signed: bool = True) -> s.Num:
    unit = draw(st.sampled_from(UNITS))
    number = str(draw(st.integers(0, 30_000_000)))
    if unit != "名" and draw(st.booleans()):
        number += "." + draw(st.text("0123456789", min_size=1, max_size=4))
    if signed and draw(st.integers(0, 9)) == 0:
        number = "-" + number
    return s.Num(number, unit)


dates = st.dates().map(lambda day: s.DateLit(day.isoformat()))
months = st.builds(s.MonthLit, st.integers(1, 12), st.integers(0, 29))


@st.composite
def ranges(draw: st.DrawFn) -> s.Between:
    kind = draw(st.sampled_from(["figures", "dates", "until", "months"]))
    if kind == "figures":
        low = draw(figures(signed=False))
        return s.Between(low, s.Num(draw(figures(signed=False)).number.split(".")[0], low.unit))
    if kind == "months":
        return s.Between(draw(months), draw(months))
    return s.Between(draw(dates), s.Name(("申报日",)) if kind == "until" else draw(dates))


figure_ranges = ranges().filter(lambda span: isinstance(span.low, s.Num))
lengths = st.builds(
    s.Num, st.integers(1, 30).map(str), st.sampled_from(["年", "个月", "年度", "天"])
)
periods = st.sampled_from(PERIODS)
leaves = st.one_of(
    figures(),
    dates,
    months,
    ranges(),
    st.builds(s.PeriodLit, periods),
    st.builds(s.Text, texts),
    names,
    names,
    st.builds(s.Judge, texts, st.none() | figure_ranges),
    st.builds(s.OpenText, texts),
)


@st.composite
def held(draw: st.DrawFn, inner: st.SearchStrategy[Any]) -> s.Holds:
    kinds = draw(
        tuples(names | st.builds(s.Filtered, names, inner) | st.builds(s.Text, texts), 1, 3)
    )
    spans = ranges().filter(lambda span: isinstance(span.low, s.DateLit))
    span = draw(st.none() | spans)
    period = draw(st.just("") | periods)
    if span is not None:
        high = span.high.iso if isinstance(span.high, s.DateLit) else "申报日"
        period = "~".join(sorted([span.low.iso, high]))  # type: ignore[union-attr]
    return s.Holds(draw(st.sampled_from(HOLDS)), kinds, period)


def _within(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[s.Expr]:
    many = tuples(inner, 2, 3)
    return st.one_of(
        st.builds(s.Filtered, names, inner),
        st.builds(s.During, periods, inner),
        st.builds(s.Call, st.sampled_from(tuple(FUNCTIONS)), tuples(inner, 1, 3)),
        st.builds(s.Arith, st.sampled_from("+−×/"), inner, inner),
        st.builds(s.Arith, st.sampled_from("+−×/"), inner, inner),
        st.builds(s.AtMost, inner),
        st.builds(s.AtLeast, inner),
        st.builds(s.SpanOf, inner, lengths, st.booleans()),
        st.builds(s.Compare, st.sampled_from(OPERATORS), inner, inner),
        st.builds(s.Within, inner, tuples(inner, 1, 3), st.booleans()),
        held(inner),
        st.builds(s.And, many),
        st.builds(s.Or, many),
        st.builds(s.Not, inner),
        st.builds(s.InPrinciple, inner),
    )


inner = st.recursive(leaves, _within, max_leaves=8)


@st.composite
def on_a_line(draw: st.DrawFn, first: st.SearchStrategy[Any] = inner) -> s.Expr:
    """An expression with what may end a line: 若, 封顶, 保底, 不适用则, in this order."""
    value: s.Expr = draw(first)
    if draw(st.integers(0, 3)) == 0:
        value = s.IfGiven(value, draw(inner))
    if draw(st.integers(0, 3)) == 0:
        value = s.Capped(value, draw(inner), draw(st.booleans()))
    if draw(st.integers(0, 5)) == 0:
        value = s.Floored(value, draw(inner))
    if draw(st.integers(0, 5)) == 0:
        value = s.IfNotApplicable(value, draw(inner))
    return value


@st.composite
def keys(draw: st.DrawFn) -> s.Key:
    bounds = tuples(st.builds(s.Bound, st.sampled_from(OPERATORS), inner), 1, 2)
    tests = inner.filter(
        lambda node: isinstance(node, s.Compare | s.Within | s.Holds | s.And | s.Or | s.Not)
    )
    return draw(
        st.one_of(
            st.just(s.Key(rest=True)),
            st.builds(lambda year: s.Key(from_year=year), st.integers(1000, 9999)),
            st.builds(lambda found: s.Key(bounds=found), bounds),
            st.builds(lambda found: s.Key(values=found), tuples(inner, 1, 3)),
            st.builds(lambda found: s.Key(condition=found), tests),
        )
    )


@st.composite
def tables(draw: st.DrawFn, depth: int = 0) -> s.Table:
    subject = draw(st.none() | inner | st.builds(s.Call, st.just("第几年"), tuples(names, 1, 1)))
    modes = tuple(draw(st.lists(st.sampled_from(MODES), max_size=2, unique=True)))
    content = on_a_line() | tabled(depth + 1) if depth < 2 else on_a_line()
    rows = tuples(st.builds(s.Row, keys(), st.builds(s.Line, content, some_marks)), 1, 3)
    return s.Table(subject, modes, draw(rows))


@st.composite
def tabled(draw: st.DrawFn, depth: int = 0) -> Any:
    """A line whose last operand is a table."""
    node: Any = draw(tables(depth))
    how = draw(st.sampled_from(["", "", "sum", "times", "over", "at most"]))
    if how in ("sum", "times", "over"):
        sign = {"sum": st.sampled_from("+−"), "times": st.just("×"), "over": st.just("/")}[how]
        node = s.Arith(draw(sign), draw(inner), node)
    elif how == "at most":
        node = s.AtMost(node)
    how = draw(st.sampled_from(["", "", "compare", "and", "not", "cap", "if", "capped"]))
    if how in ("compare", "and", "not"):
        node = s.Compare(draw(st.sampled_from(OPERATORS)), draw(inner), node)
        if how == "and":
            node = draw(st.sampled_from([s.And, s.Or]))((draw(inner), node))
        elif how == "not":
            node = draw(st.sampled_from([s.Not, s.InPrinciple]))(node)
    elif how == "cap":
        node = s.Capped(draw(inner), node, draw(st.booleans()))
    elif how == "if":
        node = s.IfGiven(node, draw(inner))
    elif how == "capped":
        node = s.Capped(node, draw(inner))
    return node


@st.composite
def lines(draw: st.DrawFn, depth: int = 0) -> s.Line:
    """A line of a block: an expression, mostly; or a table, a group, a reading."""
    kind = draw(st.integers(0, 9)) if depth < 4 else draw(st.integers(0, 6))
    if kind < 6:
        content: Any = draw(on_a_line())
    elif kind < 7:
        content = draw(tabled())
    else:
        content = draw(groups(depth) if kind < 9 else readings(depth))
    return s.Line(content, draw(some_marks))


full_marks = st.builds(s.Num, st.integers(1, 100).map(str), st.just("分"))


@st.composite
def groups(draw: st.DrawFn, depth: int) -> s.Group:
    members = draw(tuples(_members(depth + 1), 1, 3))
    kind = draw(st.sampled_from([*TERMINALS["GROUP"], "至少", "每满足一项"]))
    if kind == "至少":
        return s.Group(kind, members, count=draw(st.integers(1, 9)))
    if kind == "每满足一项":
        return s.Group(kind, members, each=draw(inner))
    return s.Group(kind, members, full=draw(st.none() | full_marks))


@st.composite
def _members(draw: st.DrawFn, depth: int) -> s.Member:
    if draw(st.booleans()):
        return s.Member(draw(lines(depth)))
    named = lines(depth).filter(lambda line: not isinstance(line.content, s.Reading))
    return s.Member(draw(named), draw(plain_names | texts), draw(st.none() | full_marks))


@st.composite
def readings(draw: st.DrawFn, depth: int) -> s.Reading:
    return s.Reading(
        draw(st.sampled_from(["并列", "备注"])),
        draw(st.just("") | plain_names),
        draw(tuples(lines(depth + 1), 1, 2)),
        draw(tuples(lines(depth + 1), 1, 2)),
        draw(st.sampled_from(["", "D7", "B11"])),
    )
