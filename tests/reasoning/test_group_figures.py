"""A firm without a group has its own figures alone, whichever reading of F2 is taken."""

import pytest

from tests.reasoning.conftest import HEAD, Answered

RULE = """事项 奖 @§第一条
  年度: 上年度
  条件:
    营业收入 ≥ 1000万元
  奖励: 1万元
"""
BOTH = HEAD.replace("  核对:", "  约定: F2并列\n  核对:")


@pytest.mark.parametrize(
    "group",
    [
        {"合并营业收入": {"2023年度": "不适用"}},
        {"编制合并报表": "否"},
        {"编制合并报表": "不适用"},
        {"合并营业收入": {"2023年度": "1200万元"}},
    ],
    ids=str,
)
def test_the_own_figure_decides(answered: Answered, group: dict[str, object]) -> None:
    given = {"营业收入": {"2023年度": "1100万元"}, **group}
    _, answer = answered(RULE, given, head=BOTH)
    assert (answer.results[0].state.name, answer.results[0].missing) == ("T", ())


def test_a_group_below_the_line_leaves_it_to_a_person(answered: Answered) -> None:
    given = {"营业收入": {"2023年度": "1100万元"}, "合并营业收入": {"2023年度": "900万元"}}
    _, answer = answered(RULE, given, head=BOTH)
    assert answer.results[0].state.name == "J"


def test_whether_there_is_a_group_is_the_one_question(answered: Answered) -> None:
    _, answer = answered(RULE, {"营业收入": {"2023年度": "1100万元"}}, head=BOTH)
    assert answer.results[0].missing == ("编制合并报表",)
