"""Which titles a generated firm holds: by size and research, each step above the one before.

| title | who may hold it | chance |
| --- | --- | --- |
| 规模以上 | revenue from 2000 万元 on | 92 % |
| 高新技术企业 | a company a full year old, 10 people, research of 3 % of revenue or more | 35 %, from 5000 万元 on 60 % |
| 创新型中小企业 | a company a full year old that does research | 30 %, with 高新技术企业 60 % |
| 专精特新中小企业 | 创新型中小企业 with 1000 万元 or more | 35 % |
| 专精特新小巨人企业 | 专精特新中小企业 with 5000 万元 or more | 10 % |
| 科技型中小企业 | a company that does research, up to 2 亿元 and 500 people | 45 % |

The day of the grant is uniform over the last 30 … 1,000 days (never before the founding day), so
every three-year title is still valid on the as-of day.
"""

from datetime import date, timedelta
from random import Random

from huiqi.firms.figures import Figures

VALID_YEARS = 3
NONE = "无"


def draw_titles(rng: Random, firm: Figures, as_of: date) -> dict[str, object]:
    """The titles as facts: a list with one entry, or 无."""
    size = firm.revenue_wan
    settled = firm.is_company and firm.founded < date(as_of.year - 1, 1, 1)
    strong = firm.research[firm.last] * 100 >= 3 * firm.revenue[firm.last] and firm.staff >= 10
    high_tech = settled and strong and rng.random() < (0.60 if size >= 5000 else 0.35)
    innovative = settled and firm.does_research and rng.random() < (0.60 if high_tech else 0.30)
    special = innovative and size >= 1000 and rng.random() < 0.35
    giant = special and size >= 5000 and rng.random() < 0.10
    above_scale = size >= 2000 and rng.random() < 0.92
    small = firm.is_company and firm.does_research and size <= 20_000 and firm.staff <= 500
    listed = small and rng.random() < 0.45
    return {
        "规模以上": _title(rng, above_scale, firm, as_of, None),
        "高新技术企业": _title(rng, high_tech, firm, as_of, VALID_YEARS),
        "科技型中小企业": [{"授予日": f"{as_of.year}-05-20"}] if listed else NONE,
        "创新型中小企业": _title(rng, innovative, firm, as_of, VALID_YEARS),
        "专精特新中小企业": _title(rng, special, firm, as_of, VALID_YEARS),
        "专精特新小巨人企业": _title(rng, giant, firm, as_of, VALID_YEARS),
    }


def _title(rng: Random, held: bool, firm: Figures, as_of: date, years: int | None) -> object:
    ago = rng.randrange(30, 1001)
    if not held:
        return NONE
    granted = max(as_of - timedelta(days=ago), firm.founded)
    entry = {"授予日": granted.isoformat()}
    if years is not None:
        anniversary = date(granted.year + years, granted.month, min(granted.day, 28))
        entry["有效至"] = (anniversary - timedelta(days=1)).isoformat()
    return [entry]
