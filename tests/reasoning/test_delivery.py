"""Shares and instalments are paid to the fen, and nothing is lost or made up."""

import doctest
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from huiqi.reasoning import delivery
from huiqi.reasoning.delivery import instalments, recipients, split
from tests.reasoning.conftest import Answered

RULE = """事项 整机补助 @§第一条
  条件:
    注册地 属于 温岭市
  奖励: 100.01元
  领取: 本企业 30%、服务提供商 70%
  拨付: 50% 立项后, 50% 评审「验收」
"""


@given(st.integers(0, 10**12), st.lists(st.integers(1, 99), min_size=1, max_size=6))
def test_parts_add_up_and_only_the_last_takes_the_rest(total: int, weights: list[int]) -> None:
    shares = [Fraction(weight, sum(weights)) for weight in weights]
    parts = split(total, shares)
    assert sum(parts) == total
    for part, share in zip(parts[:-1], shares[:-1], strict=True):
        assert part == total * share // 1
    assert 0 <= parts[-1] - total * shares[-1] < len(parts)


def test_the_examples_of_the_module() -> None:
    assert doctest.testmod(delivery).failed == 0


def test_each_recipient_and_each_instalment_of_a_measure(answered: Answered) -> None:
    _, answer = answered(RULE, {"注册地": "温岭市"})
    measure = answer.results[0].measure
    assert [(one.who, one.amount) for one in recipients(measure, 10001)] == [
        ("本企业", 3000),
        ("服务提供商", 7001),
    ]
    (result,) = answer.results
    assert result.amount is not None and result.amount.headline == 3000
    paid = instalments(measure, result.instalments)
    assert [(one.when, one.judged, one.amount) for one in paid] == [
        ("立项后", "", 1500),
        ("", "验收", 1500),
    ]


def test_nothing_is_paid_out_of_an_amount_that_is_open(answered: Answered) -> None:
    _, answer = answered(RULE, {"注册地": "温岭市"})
    measure = answer.results[0].measure
    assert {one.amount for one in recipients(measure, None)} == {None}
    assert {one.amount for one in instalments(measure, ())} == {None}
