"""The figures of one generated firm that everything else hangs together by."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from huiqi.firms.trades import TRADES, Trade

MEAN_AGE, GREATEST_AGE = 9.0, 35
LEAST_REVENUE, GREATEST_REVENUE = 5, 40_000
REVENUE_SIGMA, HEADS_SIGMA, RESEARCH_SIGMA = 1.1, 0.35, 0.5
RESEARCH_MEDIAN, RESEARCH_MOST = 0.035, 0.25
YEARS = 4

KINDS = (("私营有限责任公司", 0.90), ("私营独资", 0.07), ("私营股份有限公司", 0.03))
SOLE_OWNER = "私营独资"


@dataclass(frozen=True, slots=True)
class Figures:
    """Series by year, oldest first; money in hundreds of yuan (0.01 万元), people as they are."""

    trade: Trade
    kind: str
    founded: date
    revenue: dict[int, int]
    research: dict[int, int]
    staff: int

    @property
    def last(self) -> int:
        return max(self.revenue)

    @property
    def revenue_wan(self) -> float:
        """Revenue of the last year in 万元."""
        return self.revenue[self.last] / 100

    @property
    def does_research(self) -> bool:
        return self.research[self.last] > 0

    @property
    def is_company(self) -> bool:
        """A legal person of its own, as only companies are."""
        return self.kind != SOLE_OWNER


def draw_figures(rng: Random, year: int) -> Figures:
    """One firm as of the end of `year`."""
    trade = rng.choices(TRADES, [trade.share for trade in TRADES])[0]
    kind = rng.choices([name for name, _ in KINDS], [share for _, share in KINDS])[0]
    age = min(GREATEST_AGE, int(rng.expovariate(1 / MEAN_AGE)))
    founded = date(year - age, 1, 1) + timedelta(days=rng.randrange(365))
    size = trade.median_revenue * rng.lognormvariate(0, REVENUE_SIGMA)
    if age == 0:
        size *= 0.4
    size = min(max(size, LEAST_REVENUE), GREATEST_REVENUE)
    heads = trade.revenue_per_head * rng.lognormvariate(0, HEADS_SIGMA)
    revenue = _series(rng, size, year, min(YEARS, age + 1))
    research = _research(rng, trade, revenue)
    return Figures(trade, kind, founded, revenue, research, max(1, round(size / heads)))


def _series(rng: Random, size: float, year: int, years: int) -> dict[int, int]:
    """Revenue of the last `years` years, newest drawn first and going back by growth rates."""
    found = {}
    for back in range(years):
        found[year - back] = max(LEAST_REVENUE * 100, round(size * 100))
        size /= 1 + min(max(rng.gauss(0.05, 0.15), -0.5), 0.8)
    return dict(sorted(found.items()))


def _research(rng: Random, trade: Trade, revenue: dict[int, int]) -> dict[int, int]:
    """Research expense by year; zero throughout for a firm that does none."""
    ratio = revenue[max(revenue)] / 100 / trade.median_revenue
    chance = trade.research * (1.6 if ratio > 2 else 0.5 if ratio < 0.5 else 1)
    if rng.random() >= min(chance, 0.95):
        return dict.fromkeys(revenue, 0)
    share = min(RESEARCH_MEDIAN * rng.lognormvariate(0, RESEARCH_SIGMA), RESEARCH_MOST)
    return {year: round(money * share) for year, money in revenue.items()}
