"""A document of a place concerns those who may be there; every other one is left unasked, and listed."""

from collections.abc import Mapping
from typing import Any

import pytest

from huiqi.language.tree import Document
from huiqi.library.fact_files import facts_of
from huiqi.reasoning.answer import calculate
from huiqi.reasoning.places import Whereabouts, moved_to
from huiqi.vocabulary.calendar import parse_date
from huiqi.vocabulary.declare import Vocabulary
from tests.reasoning.conftest import Answered

WENLING, TAIZHOU, ZHEJIANG, HEBEI = "331081", "331000", "330000", "130000"
RULE = """事项 甲 @§第一条
  条件: 营业收入 ≥ 1万元
  年度: 上年度
  奖励: 1万元
"""


def places(facts: Mapping[str, Any], vocabulary: Vocabulary) -> Whereabouts:
    made, problems = facts_of(facts, vocabulary)
    assert not problems
    return Whereabouts(made, vocabulary)


def of(*regions: str) -> Document:
    return Document("文", "题", region_codes=regions)


@pytest.mark.parametrize(
    ("facts", "concerned"),
    [
        ({"注册地": "温岭市"}, [WENLING, TAIZHOU, ZHEJIANG]),
        ({"注册地": "台州市"}, [WENLING, TAIZHOU, ZHEJIANG]),  # may lie in Wenling
        ({"注册地": "石家庄市"}, [HEBEI]),
        ({"注册地": "石家庄市", "实际经营地": "温岭市"}, [WENLING, TAIZHOU, ZHEJIANG, HEBEI]),
        ({"注册地": "石家庄市", "项目": {"完整": "是", "清单": [{"所在地": "温岭市"}]}},
         [WENLING, TAIZHOU, ZHEJIANG, HEBEI]),
        ({"注册地": "温岭市", "迁入前注册地": "石家庄市"}, [WENLING, TAIZHOU, ZHEJIANG]),
        ({"注册地": "未知"}, [WENLING, TAIZHOU, ZHEJIANG, HEBEI]),
        ({"实际经营地": "温岭市"}, [WENLING, TAIZHOU, ZHEJIANG, HEBEI]),
        ({}, [WENLING, TAIZHOU, ZHEJIANG, HEBEI]),
    ],
)  # fmt: skip
def test_whom_a_document_of_a_place_concerns(
    facts: dict[str, Any], concerned: list[str], vocabulary: Vocabulary
) -> None:
    where = places(facts, vocabulary)
    found = [one for one in (WENLING, TAIZHOU, ZHEJIANG, HEBEI) if where.may_concern(of(one))]
    assert found == concerned


def test_a_document_without_place_concerns_everyone(vocabulary: Vocabulary) -> None:
    assert places({"注册地": "温岭市"}, vocabulary).may_concern(of())


def test_a_document_of_several_places_concerns_each(vocabulary: Vocabulary) -> None:
    assert places({"注册地": "温岭市"}, vocabulary).may_concern(of(HEBEI, TAIZHOU))


def test_a_measure_of_another_place_is_listed_and_not_asked(
    answered: Answered, vocabulary: Vocabulary
) -> None:
    library, answer = answered(RULE, {"注册地": "石家庄市", "营业收入": {"2023年度": "1万元"}})
    assert (answer.results, answer.elsewhere) == ([], ("试〔2024〕1号 甲",))
    firm, _ = facts_of({"注册地": "石家庄市", "营业收入": {"2023年度": "1万元"}}, vocabulary)
    day = parse_date("2024-06-30")
    asked = (
        calculate(library.program, vocabulary, firm, day, everywhere=True),
        calculate(library.program, vocabulary, firm, day, measures=["甲"]),
    )
    for one in asked:
        assert ([r.verdict.value for r in one.results], one.elsewhere) == (["eligible"], ())


def test_the_same_firm_somewhere_else(vocabulary: Vocabulary) -> None:
    firm, _ = facts_of(
        {
            "注册地": "温岭市",
            "实际经营地": "玉环市",
            "行业": "C39",
            "项目": {"完整": "是", "清单": [{"所在地": "温岭市", "投资额": "1万元"}]},
        },
        vocabulary,
    )
    moved = moved_to(firm, HEBEI, vocabulary)
    assert Whereabouts(moved, vocabulary).codes == (HEBEI,)
    assert moved.entry("行业") == firm.entry("行业")
    project = moved.records["项目"].items[0]
    assert project.entry("投资额") == firm.records["项目"].items[0].entry("投资额")
    unplaced, _ = facts_of({"行业": "C39"}, vocabulary)
    assert Whereabouts(moved_to(unplaced, HEBEI, vocabulary), vocabulary).codes == (HEBEI,)
