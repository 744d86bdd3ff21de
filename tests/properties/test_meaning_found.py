"""What drawn rules and a second reading of the decisions have found, each as a case of its own."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.properties.meaning_rules import DECLARED
from tests.spec.cases import Case
from tests.spec.run_case import run


@dataclass(frozen=True)
class Found:
    """A claim, the decision behind it, a rule, facts, and the state and amount that must come out."""

    claim: str
    decision: str
    rule: str
    given: str
    state: str
    amount: str = ""
    total: str = ""

    def __str__(self) -> str:
        return self.claim


DOCUMENT = "政策 例政〔2022〕1号 示例\n  施行: 2022-01-01\n"

FOUND = [
    Found(
        "两处来源说法不同的称号要核实，不取排在前面的",
        "A8",
        "事项 例\n  条件: 有 名号\n  奖励: 1万元\n",
        "名号: 有 据 甲方 / 无 据 乙方",
        "FT",
    ),
    Found(
        "名单没有查全时，首次还不能定",
        "C18",
        f"{DOCUMENT}事项 例\n  条件: 首次(获 名号)\n  奖励: 1万元\n",
        "名号:\n  - 授予日: 2024-01-01, 级别: 省级\n  - 其余未知",
        "FT",
    ),
    Found(
        "已移出的名录条目不能证明现在未列入",
        "A7",
        "事项 例\n  条件: 未列入 失信册\n  奖励: 1万元\n",
        "失信册:\n  - 授予日: 2020-01-01, 有效至: 2021-01-01\n  - 其余未知",
        "FT",
    ),
    Found(
        "最小值只在符合条件的记录里取",
        "A11",
        "事项 例\n  条件: 最小(工程[合格], 投资) ≥ 2万元\n  奖励: 1万元\n",
        "工程:\n  - 合格: 是, 投资: 3万元\n  - 合格: 否, 投资: 0元",
        "T",
    ),
    Found(
        "附条件的上限，条件不成立时不砍",
        "D11",
        "事项 例\n  奖励: 1万元\n  上限: 每户 1万元 若 合规\n",
        "合规: 否, 此前已获 例: 1万元",
        "T",
        amount="1万元",
    ),
    Found(
        "两条项数上限同时管",
        "D11",
        "事项 例\n  对象: 工程\n  奖励: 投资\n  上限:\n    每户 2个\n    每户 1个 若 合格\n",
        "工程:\n  - 合格: 是, 投资: 5万元\n  - 合格: 是, 投资: 4万元\n  - 合格: 否, 投资: 1万元",
        "T",
        amount="6万元",
    ),
    Found(
        "若符合的金额里至少有一个对象给了",
        "A17",
        "事项 例\n  对象: 工程\n  条件: 企业.合规\n  奖励: 1万元\n",
        "工程:\n  - 投资: 5万元\n  - 投资: 4万元",
        "FT",
        amount="1万元~2万元",
    ),
    Found(
        "复合增速的末年为负就是没有达到",
        "B11",
        "事项 例\n  条件: 复合增速(近三年 年利) ≥ 10%\n  奖励: 1万元\n",
        "2021年度 年利: 100元, 2023年度 年利: -100元",
        "F",
    ),
    Found(
        "首年不为正、末年可能没有增长的，还不能说只差人定",
        "B10",
        "事项 例\n  条件: 复合增速(近三年 年利) ≥ 10%\n  奖励: 1万元\n",
        "2021年度 年利: 0元, 2023年度 年利: -5元~5元",
        "FJ",
    ),
    Found(
        "只在一种情形下没有意义的分项，不把总分定死",
        "B9",
        "定义 得分\n  合计:\n    - 甲: 甲额 / 乙额 × 10分 若 合规\n    - 乙: 5分 若 守信\n"
        "事项 例\n  条件: 得分 ≥ 6分\n  奖励: 1万元\n",
        "甲额: 1元, 乙额: 0元, 守信: 是",
        "FJ",
    ),
    Found(
        "成立以前的年度谈不上首次达到",
        "D4",
        f"{DOCUMENT}事项 例\n  年度: 上年度\n  奖励: 按 年收 首次达到 取最高档\n    ≥ 2万元: 1万元\n",
        "成立日: 2024-01-01",
        "F",
    ),
    Found(
        "例外的情形未定时，要不要评审也未定",
        "A16",
        "事项 例\n  奖励: 按 等级\n    国家级: 1万元\n    其他: 1万元\n"
        "  例外 特例:\n    情形: 合规\n    奖励: 1万元~3万元 若 评审「好」\n",
        "等级: 国家级",
        "JT",
    ),
    Found(
        "例外只换本项自己的条件，通则照样管",
        "G1",
        f"{DOCUMENT}通则 失信排除\n  适用: 本政策\n  条件: 未列入 失信册\n"
        "事项 例\n  条件: 甲额 ≥ 5万元\n  奖励: 1万元\n"
        "  例外 特例:\n    情形: 合规\n    条件: 甲额 ≥ 1万元\n",
        "甲额: 3万元, 合规: 是, 失信册: 有",
        "F",
    ),
    Found(
        "并存的条件未定时，合计从较高的一项起",
        "E13",
        f"{DOCUMENT}事项 例\n  奖励: 2万元\n  同一事项: 扩建\n"
        "事项 例乙\n  奖励: 3万元\n  叠加: 并存 本政策 若 守信\n  同一事项: 扩建\n",
        "",
        "T",
        total="3万元~5万元",
    ),
    Found(
        "不再支持的条件不成立时，此前已获不影响",
        "E5",
        "事项 例\n  奖励: 3万元\n  叠加: 不再 例 若 守信\n",
        "此前已获 例: 1万元, 守信: 否",
        "T",
        total="3万元",
    ),
]


@pytest.mark.parametrize("found", FOUND, ids=str)
def test_what_was_found_stays_mended(found: Found) -> None:
    case = Case(
        found.decision,
        (found.decision,),
        found.claim,
        found.rule,
        {},
        __file__,
        given=found.given,
        measure="例",
        vocabulary=DECLARED,
    )
    outcome = run(case)
    assert not outcome.problems, outcome.suggestion
    assert outcome.state == found.state
    assert not found.amount or str(outcome.amount) == found.amount
    assert not found.total or str(outcome.total) == found.total
