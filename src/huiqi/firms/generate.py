"""A seeded generator of small firms: the same `Random` gives the same firms.

All draws are independent unless said otherwise:

| fact | distribution |
| --- | --- |
| place, industry | the shares in `trades` |
| kind of firm | 私营有限责任公司 90 %, 私营独资 7 %, 私营股份有限公司 3 % |
| age | exponential, mean 9 years, at most 35; the day of the year uniform |
| revenue | lognormal, the trade's median, sigma 1.1, 5 万元 … 4 亿元; first year 40 % of it |
| growth | normal 5 % ± 15 points within −50 % … +80 %; no figures before the founding year |
| staff | revenue ÷ (the trade's revenue per head × lognormal, sigma 0.35), at least 1 |
| insured | staff × uniform 0.5 … 1 |
| does research | the trade's chance, × 0.5 below half its median revenue, × 1.6 above twice |
| research ÷ revenue | lognormal, median 3.5 %, sigma 0.5, at most 25 % |
| taxable income | revenue × normal 5 % ± 6 points (may be negative) |
| assets, debt ratio | revenue × uniform 0.5 … 1.4; uniform 20 % … 80 % |
| intellectual property | research firms: 1 + geometric (0.45), at most 12; 1 in 8 inventions |
| titles | by size, see `titles` |
| 经营异常名录 | queried for three in four on the as-of day, 2 % of them listed |

Then every fact but place, industry, kind and founding day goes missing with chance `missing`
(10 %): four fifths of those were not asked, one fifth were answered 不知道.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import TypeAlias

from huiqi.firms.figures import Figures, draw_figures
from huiqi.firms.titles import draw_titles
from huiqi.firms.trades import COUNTIES

FactFile: TypeAlias = dict[str, object]

ALWAYS_KNOWN = ("注册地", "行业", "登记类型", "成立日")
NOT_KNOWN = "不知道"
PROPERTY = (("发明专利", 0.125), ("实用新型", 0.55), ("外观设计", 0.15), ("软件著作权", 0.175))


@dataclass(frozen=True, slots=True)
class Stated:
    """What may be chosen: the last closed year, the share of facts missing, of those 不知道."""

    year: int = 2021
    missing: float = 0.10
    answered_unknown: float = 0.20


def generate_firms(rng: Random, count: int, stated: Stated | None = None) -> Iterator[FactFile]:
    """`count` firms as fact files (名称, 示例, 申报日, 事实); as-of is 30 June after the year."""
    stated = stated or Stated()
    as_of = date(stated.year + 1, 6, 30)
    for number in range(1, count + 1):
        firm = draw_figures(rng, stated.year)
        facts = _identity(rng, firm) | _accounts(rng, firm) | _people(rng, firm)
        facts |= draw_titles(rng, firm, as_of) | _lists(rng, firm, as_of)
        yield {
            "名称": f"示例企业{number:06d}",
            "示例": True,
            "申报日": as_of.isoformat(),
            "事实": _forget(rng, facts, stated),
        }


def _identity(rng: Random, firm: Figures) -> FactFile:
    place = rng.choices([name for name, _ in COUNTIES], [share for _, share in COUNTIES])[0]
    return {
        "注册地": place,
        "税务关系地": place,
        "统计关系地": place,
        "行业": firm.trade.industry,
        "登记类型": firm.kind,
        "成立日": firm.founded.isoformat(),
        "独立法人": _yes(firm.is_company),
        "居民企业": _yes(firm.is_company),
        "主营领域": [firm.trade.field],
        "产品": [rng.choices(["允许类", "鼓励类", "限制类"], [0.86, 0.12, 0.02])[0]],
    }


def _accounts(rng: Random, firm: Figures) -> FactFile:
    last, main_share = firm.last, rng.uniform(0.9, 1.0)
    assets = round(firm.revenue[last] * rng.uniform(0.5, 1.4))
    income = round(firm.revenue[last] * rng.gauss(0.05, 0.06))
    main = {year: round(money * main_share) for year, money in firm.revenue.items()}
    collected = {year: round(money * 0.96) for year, money in firm.research.items()}
    return {
        "征收方式": {f"{last}年度": rng.choices(["查账征收", "核定征收"], [0.9, 0.1])[0]},
        "营业收入": _yearly(firm.revenue),
        "主营业务收入": _yearly(main),
        "销售收入": _yearly(firm.revenue),
        "成本费用": _yearly({last: max(0, firm.revenue[last] - income)}),
        "研发费用": _yearly(firm.research),
        "归集研发费用": _yearly(collected),
        "主要研发费用": _yearly({year: money - money // 20 for year, money in collected.items()}),
        "其他相关研发费用": _yearly({year: money // 20 for year, money in collected.items()}),
        "研发费用单独核算": {f"{last}年度": _yes(firm.does_research)},
        "委托研发费用": _yearly(dict.fromkeys(collected, 0)),
        "应纳税所得额": _yearly({last: income}),
        "资产总额": _yearly({last: assets}),
        "季均资产总额": _yearly({last: round(assets * 0.98)}),
        "资产负债率": {f"{last}年度": f"{rng.randrange(2000, 8001) / 100:.2f}%"},
    }


def _people(rng: Random, firm: Figures) -> FactFile:
    last, staff = f"{firm.last}年度", firm.staff
    technical = rng.uniform(0.08, 0.3) if firm.does_research else rng.uniform(0, 0.05)
    return {
        "职工总数": {last: f"{staff}人"},
        "年末从业人员": {last: f"{max(1, round(staff * rng.uniform(0.95, 1.08)))}人"},
        "季均从业人数": {last: f"{staff}人"},
        "参保人数": {last: f"{round(staff * rng.uniform(0.5, 1.0))}人"},
        "科技人员数": {last: f"{round(staff * technical)}人"},
        "研发人员数": {last: f"{round(staff * technical * 0.8)}人"},
    }


def _lists(rng: Random, firm: Figures, as_of: date) -> FactFile:
    facts: FactFile = {"知识产权": {"完整": "是", "清单": _property(rng, firm, as_of)}}
    queried, listed = rng.random() < 0.75, rng.random() < 0.02
    if queried:
        facts["经营异常名录"] = {"列入": _yes(listed), "查询日": as_of.isoformat()}
    return facts


def _property(rng: Random, firm: Figures, as_of: date) -> list[dict[str, str]]:
    if not firm.does_research:
        return []
    count = 1
    while count < 12 and rng.random() >= 0.45:
        count += 1
    return [
        {
            "类别": rng.choices([kind for kind, _ in PROPERTY], [p for _, p in PROPERTY])[0],
            "授权日": (as_of - timedelta(days=rng.randrange(60, 2000))).isoformat(),
            "有效": _yes(rng.random() < 0.95),
            "取得方式": "自主研发" if rng.random() < 0.85 else "受让",
            "与主要产品相关": _yes(rng.random() < 0.90),
            "与主导产品相关": _yes(rng.random() < 0.85),
        }
        for _ in range(count)
    ]


def _forget(rng: Random, facts: FactFile, stated: Stated) -> FactFile:
    """The facts that are left after some went missing; their order stays."""
    kept: FactFile = {}
    for name, value in facts.items():
        lost, asked = rng.random() < stated.missing, rng.random() < stated.answered_unknown
        if name in ALWAYS_KNOWN or not lost:
            kept[name] = value
        elif asked:
            kept[name] = _unknown(value)
    return kept


def _unknown(value: object) -> object:
    """不知道, for each year where the fact is one of years."""
    if isinstance(value, dict) and all(str(key).endswith("年度") for key in value):
        return dict.fromkeys(value, NOT_KNOWN)
    return NOT_KNOWN


def _yes(claim: bool) -> str:
    return "是" if claim else "否"


def _yearly(series: dict[int, int]) -> dict[str, str]:
    return {f"{year}年度": _money(amount) for year, amount in series.items()}


def _money(hundreds: int) -> str:
    """An amount in hundreds of yuan as 万元 with two decimals, exact."""
    sign, whole = ("-" if hundreds < 0 else ""), abs(hundreds)
    return f"{sign}{whole // 100}.{whole % 100:02d}万元"
