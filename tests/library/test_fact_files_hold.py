"""Whatever stands in a fact file: problems are data, never an exception, and the rest is answered."""

import random
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiqi.library.fact_files import FactFile, fact_file
from huiqi.library.library import Library
from huiqi.library.load import load
from huiqi.library.written import UnreadableError, from_yaml
from huiqi.reasoning.answer import calculate
from huiqi.reasoning.answer_json import answer_json
from huiqi.reasoning.explain import explain_lines
from huiqi.reasoning.why import Explainer
from huiqi.vocabulary.declare import Declaration

_LIBRARY: list[Library] = []


def shipped() -> Library:
    """Loaded once; Hypothesis asks for it in every example."""
    if not _LIBRARY:
        _LIBRARY.append(load(cache=False))
    return _LIBRARY[0]


PIECES = (
    "未知", "不知道", "不适用", "有", "无", "是", "否", "", "约2000万", "2300万元", "−3人", "68人",
    "3.5%", "≥ 300万元", "100万元~200万元", "9万元~1万元", "2019-11-01", "2022-02-30", "2021年",
    "2022-11-01~2025-10-31", "温岭市", "鼓楼区", "C3441", "省级", "第3名", "298人 据 社保 / 3人 据 自报",
    "~", "/", "、", "据", "1e999", "٣", "９９万元", "99999999999999999999999999999999999999999元",
)  # fmt: skip
KEYS = (
    "值", "来源", "日期", "授予日", "有效至", "列入", "查询日", "承诺", "完整", "清单", "复核中",
    "2021年度", "2022", "2021", "此前最高", "1850年度", "value", "级别", "名次", "类别", "?",
)  # fmt: skip


def values() -> st.SearchStrategy[Any]:
    leaf = st.one_of(
        st.sampled_from(PIECES),
        st.integers(-5, 5000),
        st.booleans(),
        st.none(),
        st.text(max_size=6),
    )
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
        ),
        max_leaves=8,
    )


@st.composite
def fact_blocks(draw: st.DrawFn) -> dict[str, Any]:
    facts = shipped().vocabulary.facts
    names = st.one_of(
        st.sampled_from(sorted(facts)),
        st.sampled_from(["此前已获 某奖", "2021年度 营业收入", "没有的事实", "企业.注册地"]),
        st.text(max_size=5),
    )
    return draw(st.dictionaries(names, values(), max_size=8))


def plausible(fact: Declaration) -> st.SearchStrategy[Any]:
    """Values of the right kind, so that facts get past the reader into the rules."""
    amounts = {
        "money": ["0元", "1元", "299.99万元", "2300万元", "≥ 300万元", "5000万元~1亿元"],
        "ratio": ["0%", "3%", "15%", "-2%"],
        "number": ["0", "1", "60", "12"],
        "date": ["2019-11-01", "2021-12-31", "2021年"],
        "yes_no": ["是", "否"],
        "title": ["有", "无", "2021-11-01", "2019-01-01~2021-12-31"],
        "register": ["有", "无"],
        "event": ["无", "2021-03-01"],
        "text": ["甲"],
    }.get(fact.type, ["未知"])
    unit = fact.unit if fact.type == "number" and fact.unit != "名" else ""
    one = st.sampled_from(
        [text + unit if unit else text for text in amounts] + ["不适用", "不知道"]
    )
    if fact.is_annual:
        return st.dictionaries(st.sampled_from(["2020年度", "2021年度"]), one, max_size=2)
    return one


@st.composite
def plausible_blocks(draw: st.DrawFn) -> dict[str, Any]:
    facts = shipped().vocabulary.facts
    names = draw(st.lists(st.sampled_from(sorted(facts)), max_size=40, unique=True))
    block: dict[str, Any] = {
        "注册地": draw(
            st.sampled_from(["温岭市", "吴兴区", "石家庄市", "良庆区", "浙江省", "未知"])
        ),
        "行业": draw(st.sampled_from(["C3441", "I6513", "C", "A0412", "L7262", "未知"])),
    }
    for name in names:
        fact = facts[name]
        if fact.type == "records":
            records = st.fixed_dictionaries(
                {}, optional={key: plausible(field) for key, field in fact.fields.items()}
            )
            block[name] = {
                "完整": draw(st.sampled_from(["是", "否"])),
                "清单": draw(st.lists(records, max_size=3)),
            }
        elif name not in block:
            block[name] = draw(plausible(fact))
    return block


def read(block: dict[str, Any]) -> FactFile:
    return fact_file({"名称": "甲", "申报日": "2022-06-30", "事实": block}, shipped().vocabulary)


@given(fact_blocks())
def test_any_content_is_read_or_reported(block: dict[str, Any]) -> None:
    file = read(block)
    for problem in file.problems:
        assert problem.code and problem.zh and problem.en
        assert problem.text("en")


@given(st.text(max_size=200))
def test_any_text_is_yaml_or_a_clear_no(text: str) -> None:
    with suppress(UnreadableError):
        fact_file(from_yaml(text), shipped().vocabulary)


@settings(max_examples=40)
@given(plausible_blocks(), st.sampled_from(["zh", "en"]), st.integers(0, 10**6))
def test_whatever_is_known_measures_are_answered_and_explained(
    block: dict[str, Any], lang: str, seed: int
) -> None:
    """Of the many measures 150 are drawn for each enterprise."""
    library, file = shipped(), read(block)
    drawn = random.Random(seed).sample(sorted(library.program.measures), 150)
    answer = calculate(
        library.program, library.vocabulary, file.facts, date(2022, 6, 30), measures=drawn
    )
    assert answer.errors == []
    explainer = Explainer(library.program, library.vocabulary, lang)
    answer_json(answer, explainer)
    for one in answer.results:
        explain_lines(one, explainer)
        assert one.state.is_settled != bool(one.missing), (one.id, one.state, one.missing)
        amount = one.amount
        if amount is not None and amount.high is not None and amount.kind != "unstated":
            assert amount.low <= amount.headline <= amount.high, one.id
    total = answer.total
    assert total.certain <= total.headline
    assert total.possible is None or total.headline <= total.possible


@pytest.mark.slow
@settings(max_examples=2_000)
@given(plausible_blocks())
def test_many_firms_are_answered(block: dict[str, Any]) -> None:
    library, file = shipped(), read(block)
    answer = calculate(library.program, library.vocabulary, file.facts, date(2022, 6, 30))
    assert answer.errors == []
