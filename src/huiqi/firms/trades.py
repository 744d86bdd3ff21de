"""Where the generated firms are and what they do: the mix of a county city like Wenling.

The shares are round figures chosen to look like the coast of Taizhou (pumps, motors, machine tools,
shoes, vehicle parts, moulds, valves, fishing, some trade and services). They are not statistics and
must not be quoted as such.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trade:
    """One line of business: GB/T 4754-2017 class, its share among firms, and usual size.

    `median_revenue` is in 万元, `revenue_per_head` in 万元 a person and year; `research` is the
    chance that a firm of median size does research at all.
    """

    industry: str
    field: str
    share: float
    median_revenue: int
    revenue_per_head: int
    research: float


TRADES: tuple[Trade, ...] = (
    Trade("C3441", "泵阀", 0.16, 1100, 50, 0.45),
    Trade("C3812", "电机", 0.07, 1000, 48, 0.45),
    Trade("C3421", "工业母机", 0.08, 1200, 55, 0.50),
    Trade("C1952", "鞋帽服饰", 0.12, 700, 25, 0.05),
    Trade("C3670", "汽摩配", 0.13, 1300, 48, 0.40),
    Trade("C3525", "模塑", 0.06, 800, 42, 0.40),
    Trade("C2929", "模塑", 0.05, 900, 45, 0.25),
    Trade("C3443", "泵阀", 0.07, 1100, 50, 0.40),
    Trade("F5175", "商贸服务", 0.08, 900, 150, 0.00),
    Trade("F5219", "商贸服务", 0.04, 260, 60, 0.00),
    Trade("G5431", "现代物流", 0.04, 400, 55, 0.00),
    Trade("I6513", "软件", 0.03, 350, 38, 0.70),
    Trade("A0421", "海洋渔业", 0.04, 500, 40, 0.00),
    Trade("H6210", "其他领域", 0.03, 160, 20, 0.00),
)

COUNTIES: tuple[tuple[str, float], ...] = (
    ("温岭市", 0.30),
    ("玉环市", 0.20),
    ("临海市", 0.14),
    ("路桥区", 0.13),
    ("黄岩区", 0.13),
    ("椒江区", 0.10),
)
