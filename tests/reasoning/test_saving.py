"""What a deduction saves is an estimate beside the deduction, bounded by income (SEMANTICS D17)."""

import pytest

from huiqi.reasoning.saving import Saving, saving
from tests.reasoning.conftest import Answered

RULE = """事项 加计扣除 @§第一条
  年度: 上年度
  条件:
    居民企业
  形式: 税前扣除
  奖励: 归集研发费用 × 100%
"""
WAN = 1_000_000


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"应纳税所得额": "400万元", "适用所得税税率": "15%"}, Saving(15 * WAN, 15 * WAN, ())),
        ({"应纳税所得额": "40万元", "适用所得税税率": "25%"}, Saving(10 * WAN, 10 * WAN, ())),
        ({"应纳税所得额": "−40万元", "适用所得税税率": "25%"}, Saving(0, 0, ())),
        ({"应纳税所得额": "400万元"}, Saving(0, 25 * WAN, ("2023年度 适用所得税税率",))),
        (
            {},
            Saving(0, 25 * WAN, ("2023年度 应纳税所得额", "2023年度 适用所得税税率")),
        ),
    ],
    ids=str,
)
def test_deduction_times_rate_within_income(
    answered: Answered, facts: dict[str, str], expected: Saving
) -> None:
    yearly = {name: {"2023年度": value} for name, value in facts.items()}
    given = {"居民企业": "是", "归集研发费用": {"2023年度": "100万元"}, **yearly}
    _, answer = answered(RULE, given)
    assert saving(answer.results[0]) == expected


def test_an_award_saves_no_tax(answered: Answered) -> None:
    _, answer = answered(
        "事项 奖 @§第一条\n  条件:\n    居民企业\n  奖励: 1万元\n", {"居民企业": "是"}
    )
    assert saving(answer.results[0]) is None


def test_nothing_is_saved_where_nothing_is_granted(answered: Answered) -> None:
    _, answer = answered(RULE, {"居民企业": "否"})
    assert saving(answer.results[0]) is None
