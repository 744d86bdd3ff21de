"""What a library is like as a whole."""

import pytest

from huiqi.library.library import Library, library_from_texts
from huiqi.library.statistics import reuse, settled, sizes
from huiqi.vocabulary.declare import declare, make_vocabulary

RULES = """政策 试〔2024〕1号 试
  施行: 2024-01-01
  核对: 未核

定义 大投资
  装备投资 ≥ 100万元  @未核

定义 很大投资
  大投资               @未核
  装备投资 ≥ 900万元  @未核

事项 甲
  摘要: 由事实决定
  条件:
    大投资  @未核
  奖励: 1万元  @未核
  例:
    装备投资: 100万元 → 符合 1万元

事项 乙
  条件:
    很大投资          @未核
    评审「先进」      @未核
  奖励: 1万元         @未核

事项 丙
  条件: 大投资        @未核
  奖励: 待定「另定」  @未核

事项 丁
  条件: 独立核算                 @未核
  奖励: 300万元~500万元          @未核
"""


@pytest.fixture
def library() -> Library:
    vocabulary = make_vocabulary(
        [
            declare("装备投资", {"en": "investment", "type": "money"}),
            declare("独立核算", {"en": "own accounts", "type": "yes_no", "definition": "单独算"}),
        ],
        {},
    )
    made = library_from_texts({"t.rule": RULES}, vocabulary)
    assert not [one for one in made.problems if one.severity == "error"]
    return made


def test_what_settles_the_measures(library: Library) -> None:
    found = settled(library.program)
    assert (found.facts, found.person, found.open, found.all) == (1, 2, 1, 4)


def test_definitions_count_for_the_measures_that_use_them_through_others_too(
    library: Library,
) -> None:
    found = reuse(library)
    assert found.definitions == (("试〔2024〕1号 大投资", 3), ("试〔2024〕1号 很大投资", 1))
    assert (found.names, found.once) == (2, ("独立核算",))


def test_new_names_are_counted_by_quarters_of_the_measures(library: Library) -> None:
    # One document: its two names are spread over its four measures.
    assert reuse(library).new_per_measure == (0.5, 0.5, 0.5, 0.5)


def test_the_size_of_a_measure_leaves_out_examples_margins_and_service_fields() -> None:
    # 甲: 事项 甲 / 条件: / 大投资 / 奖励: 1万元
    text = RULES[RULES.index("事项 甲") : RULES.index("事项 乙")]
    assert sizes({"t": text}) == (4, len("事项甲条件:大投资奖励:1万元"))
    assert sizes({}) == (0.0, 0.0)
