"""Random sections and rule files: every field of the language."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from huiqi.language import syntax as s
from huiqi.language.words import (
    CHECKED_AS,
    GIVEN_VALUES,
    LABELS,
    PLACES,
    REPEATABLE,
    SCOPES,
    SECTIONS,
    STACK_VERBS,
    TERMINALS,
    WORD_VALUES,
)
from tests.properties.expressions import (
    figures,
    full_marks,
    inner,
    lines,
    names,
    on_a_line,
    plain_names,
    ranges,
    some_marks,
    tabled,
    tables,
    texts,
    tuples,
)

prose = (
    st.text("营收研发 的，、。（）〔〕2020-,()", min_size=1, max_size=90)
    .map(str.strip)
    .filter(bool)
)
items = st.text("营收研发的年度2020〔〕", min_size=1, max_size=9)
day_texts = st.dates().map(lambda day: day.isoformat())
conditions = st.none() | inner


def _beside(content: st.SearchStrategy[Any], label: str) -> st.SearchStrategy[s.Field]:
    return st.builds(lambda found, marks: s.Field(label, found, marks), content, some_marks)


@st.composite
def _words(draw: st.DrawFn, label: str) -> s.Field:
    one = items
    if label in WORD_VALUES:
        one = st.sampled_from(sorted(WORD_VALUES[label]))
    if LABELS[label][1] == "words":
        text = draw(prose if label in ("摘要", "未尽", "存疑") else one)
        return s.Field(label, s.Words((text,)), draw(some_marks))
    return s.Field(label, s.Words(draw(tuples(one, 1, 9)), draw(st.booleans())), draw(some_marks))


@st.composite
def _block(draw: st.DrawFn, label: str) -> s.Field:
    found = draw(tuples(lines(), 1, 3))
    if len(found) == 1 and draw(st.booleans()):
        return s.Field(label, s.Block(found, inline=True), found[0].marks)
    return s.Field(label, s.Block(found), draw(some_marks))


@st.composite
def _caps(draw: st.DrawFn, label: str) -> s.Field:
    scopes = tuples(st.sampled_from(sorted(SCOPES)), 1, 2)
    limits = st.builds(s.Line, inner, some_marks)
    caps = draw(tuples(st.builds(s.Cap, scopes, limits, conditions), 1, 2))
    return s.Field(label, s.Caps(caps), caps[0].limit.marks if len(caps) == 1 else s.Marks())


@st.composite
def _duties(draw: st.DrawFn, label: str) -> s.Field:
    quoted = st.text("营收研发 :#@，", min_size=1, max_size=9)
    blank = st.just("")
    duty = st.builds(s.Duty, st.booleans(), quoted, blank | items, blank | quoted, some_marks)
    duties = draw(tuples(duty, 1, 2))
    return s.Field(label, s.Duties(duties), duties[0].marks if len(duties) == 1 else s.Marks())


@st.composite
def _stack_line(draw: st.DrawFn) -> s.StackLine:
    scopes = draw(tuples(st.sampled_from(sorted(SCOPES)), 0, 2))
    return s.StackLine(
        draw(st.sampled_from(sorted(STACK_VERBS))),
        draw(tuples(items, 1, 3)),
        draw(st.booleans()),
        scopes,
        draw(st.none() | inner) if scopes else None,
        draw(conditions),
        draw(some_marks),
    )


@st.composite
def _stacking(draw: st.DrawFn, label: str) -> s.Field:
    found = draw(tuples(_stack_line(), 1, 2))
    return s.Field(label, s.Stacking(found), found[0].marks if len(found) == 1 else s.Marks())


@st.composite
def _window(draw: st.DrawFn) -> s.Window:
    kind = draw(st.sampled_from(["常年", "每年", "日期", "期间"]))
    if kind == "常年":
        return s.Window(kind)
    if kind in ("每年", "日期"):
        return s.Window(kind, draw(ranges()))
    return s.Window(kind, draw(inner.filter(lambda node: not isinstance(node, s.Between))))


shares = st.integers(1, 100).map(lambda share: f"{share}%")
recipients = st.builds(
    s.Recipients,
    tuples(
        st.builds(s.Share, st.just("本企业") | items, st.just("") | items, st.just("") | shares),
        1,
        3,
    ),
)
instalments = st.builds(
    s.Instalments,
    tuples(
        st.one_of(
            st.builds(s.Instalment, shares | st.just("30万元"), st.just("") | plain_names),
            st.builds(s.Instalment, shares, st.just(""), items),
        ),
        1,
        3,
    ),
)
budgets = st.builds(s.Budget, on_a_line() | tabled(), st.sampled_from(["", "发完即止", "按比例"]))

_FACT_NAMES = st.sampled_from(["营业收入", "企业.注册地", "投资额", "职工总数", "申报日"])
_VALUES = st.sampled_from(
    [
        *GIVEN_VALUES,
        "300万元",
        "2022-11-01~2025-10-31",
        "软件、物联网",
        "298人 据 社保 / 305人 据 自报",
    ]
)
given = st.builds(
    s.Given, _FACT_NAMES, _VALUES, st.sampled_from(["", "2019年度", "上年度", "此前最高"])
)
records = st.builds(
    s.GivenRecords,
    st.sampled_from(["知识产权", "人员"]),
    tuples(tuples(given, 1, 5), 0, 2),
    st.booleans(),
)
_RESULTS = {
    "verdict": st.sampled_from(sorted(TERMINALS["VERDICT"])),
    "amount": st.sampled_from(["", "未载明", "0元~36万元", "20万元"]),
    "missing": tuples(_FACT_NAMES, 0, 3),
    "missing_amount": tuples(_FACT_NAMES, 0, 2),
    "other": st.sampled_from(["", "符合 30万元"]),
    "marks": some_marks,
    "base": st.sampled_from(["", "同上", "满员"]),
}
examples = st.one_of(
    st.builds(s.Example, tuples(given, 0, 6), **_RESULTS),
    st.builds(
        s.Example,
        tuples(given, 0, 6),
        name=plain_names,
        records=tuples(records, 0, 2),
        block=st.just(True),
        **_RESULTS,
    ),
)


@st.composite
def fields(draw: st.DrawFn, label: str) -> s.Field:
    """A field of that label with content of its form."""
    form = LABELS[label][1]
    if form in ("words", "list"):
        return draw(_words(label))
    whole = {"block": _block, "caps": _caps, "duties": _duties, "stacking": _stacking}
    if form in whole:
        return draw(whole[form](label))
    checked = st.sampled_from(sorted(CHECKED_AS))
    contents: dict[str, st.SearchStrategy[Any]] = {
        "grant": st.builds(
            s.Grant,
            names,
            st.none()
            | st.builds(s.Num, st.integers(1, 9).map(str), st.sampled_from(["年", "个月"])),
        ),
        "budget": budgets,
        "recipients": recipients,
        "instalments": instalments,
        "window": _window(),
        "checked": st.builds(s.Checked, checked, st.just("") | texts),
        "opening": st.builds(
            s.Opening, st.sampled_from(sorted(WORD_VALUES["应为"])), st.none() | full_marks
        ),
        "skipped": st.builds(s.Skipped, items, prose),
        "reply": st.builds(s.Reply, day_texts, items, items, st.sampled_from(["甲", "乙"])),
        "exception": st.builds(
            s.ExceptionOf,
            items,
            st.sampled_from(["条件", "情形"]).flatmap(fields).map(lambda field: (field,)),
        ),
        "examples": st.builds(s.Examples, tuples(examples, 1, 3)),
    }
    return draw(_beside(contents[form], label))


@st.composite
def sections(draw: st.DrawFn) -> s.Section:
    kind = draw(st.sampled_from(sorted(SECTIONS)))
    name = draw(plain_names)
    document = ""
    if kind in ("政策", "落实"):
        document = draw(st.sampled_from(["工信部企业〔2022〕63号", "无文号「短名」"]))
    if kind == "参数":
        return s.Section(kind, name, table=draw(tables()), marks=draw(some_marks))
    labels = draw(st.lists(st.sampled_from(sorted(PLACES[kind])), max_size=5))
    once = [one for i, one in enumerate(labels) if one in REPEATABLE or one not in labels[:i]]
    found = tuple(draw(fields(label)) for label in once)
    body = draw(tuples(lines(), 0, 3)) if kind in ("定义", "落实") else ()
    return s.Section(kind, name, document, found, body, marks=draw(some_marks))


rule_files = st.builds(
    s.RuleFile, tuples(sections(), 0, 3), tuples(texts, 0, 2), st.sampled_from([0, 1])
)
__all__ = ["figures", "rule_files", "sections"]
