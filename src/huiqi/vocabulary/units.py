"""Units of measure: exact factors and dimensions, so that 元/平方米/天 × 平方米 × 天 is money.

A unit is a factor and its dimensions. Values are always held in base units (money: fen, hundredths
of the currency; area: 平方米; mass: 吨; energy: 千瓦时; 年 and 个月 share the base 个月), as exact
integers or fractions. Every counter (人, 项, 家, …) is a dimension of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

Number: TypeAlias = int | Fraction
Dims: TypeAlias = tuple[tuple[str, int], ...]

NO_DIMS: Dims = ()
MONEY: Dims = (("元", 1),)


def exact(value: Number) -> Number:
    """The same number, as an int where it is whole."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return value


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as written: `text` (without scale word), its dimensions, and base units per unit."""

    text: str
    dims: Dims
    factor: Number


class UnknownUnitError(ValueError):
    """No unit of that name; `args[0]` is the part that is not known."""


# base symbol → its units: (Chinese names, English names, base units per unit).
# The first name is the canonical one; `singular|plural` where English has both.
_Row: TypeAlias = tuple[str, str, Number]

_MEASURES: dict[str, tuple[_Row, ...]] = {
    "元": (("元 元人民币 人民币元 ¥", "yuan CNY RMB", 100),),
    "美元": (("美元", "USD dollar dollars", 100),),
    "欧元": (("欧元", "EUR euro euros", 100),),
    "港元": (("港元 港币", "HKD", 100),),
    "日元": (("日元", "JPY yen", 100),),
    "英镑": (("英镑", "GBP", 100),),
    "平方米": (
        ("平方米 ㎡ m² 平米 平方", "sqm", 1),
        ("亩", "mu", Fraction(2000, 3)),
        ("公顷", "hectare|hectares ha", 10_000),
        ("平方公里 平方千米 km²", "sqkm", 1_000_000),
    ),
    "立方米": (("立方米 m³ 立方 方", "cbm", 1), ("升 L", "litre|litres", Fraction(1, 1000))),
    "米": (
        ("米 延米", "metre|metres meter meters m", 1),
        ("公里 千米", "km", 1000),
        ("厘米", "cm", Fraction(1, 100)),
        ("毫米", "mm", Fraction(1, 1000)),
        ("海里", "nmi", 1852),
    ),
    "吨": (
        ("吨", "tonne|tonnes t", 1),
        ("公斤 千克", "kg", Fraction(1, 1000)),
        ("斤", "jin", Fraction(1, 2000)),
        ("克", "gram|grams g", Fraction(1, 1_000_000)),
    ),
    "吨标煤": (("吨标煤 吨标准煤", "tce", 1),),
    "总吨": (("总吨", "GT", 1),),
    "载重吨": (("载重吨", "DWT", 1),),
    "千瓦时": (("千瓦时 度电 度", "kWh", 1), ("兆瓦时", "MWh", 1000)),
    "千瓦": (("千瓦", "kW", 1), ("兆瓦", "MW", 1000)),
    "千伏安": (("千伏安", "kVA", 1),),
    "个月": (
        ("个月", "month|months", 1),
        ("年", "year|years", 12),
        ("个季度", "quarter|quarters", 3),
    ),
    "天": (("天 日", "day|days", 1),),
    "工作日": (("工作日 个工作日", "workday|workdays", 1),),
    "小时": (("小时", "hour|hours", 1), ("分钟", "minute|minutes", Fraction(1, 60))),
}

# Counters: each is its own dimension with factor 1.
_COUNTERS: dict[str, str] = {
    "人": "person|persons people",
    "项": "item|items",
    "家": "firm|firms",
    "个": "unit|units",
    "件": "piece|pieces",
    "次": "time|times",
    "台": "machine|machines",
    "套": "set|sets",
    "台套": "equipment_set|equipment_sets",
    "辆": "vehicle|vehicles",
    "只": "head_small",
    "头": "head|heads",
    "户": "household|households",
    "级": "grade|grades",
    "分": "point|points",
    "篇": "paper|papers",
    "场": "event|events",
    "株": "plant|plants",
    "班": "class|classes",
    "床": "bed|beds",
    "张": "sheet|sheets",
    "座": "structure|structures",
    "条": "line|lines",
    "种": "kind|kinds",
    "人次": "visit|visits",
    "组": "group|groups",
    "架": "aircraft",
    "艘": "vessel|vessels",
    "间": "room|rooms",
    "幢": "building|buildings",
    "栋": "block|blocks",
    "处": "site|sites",
    "所": "school|schools",
    "部": "work|works",
    "册": "volume|volumes",
    "份": "copy|copies",
    "笔": "transaction|transactions",
    "宗": "case|cases",
    "批": "batch|batches",
    "届": "edition|editions",
    "期": "phase|phases",
    "例": "instance|instances",
    "标箱": "TEU",
    "课时": "lesson|lessons",
    "村": "village|villages",
    "枚": "medal|medals",
    "根": "pole|poles",
    "羽": "bird|birds",
    "尾": "fish",
    "单": "order|orders",
}

RANK: Dims = (("名", 1),)
POINTS: Dims = (("分", 1),)
MONTHS: Dims = (("个月", 1),)
DAYS: Dims = (("天", 1),)

# Names of a counter besides its own.
_COUNTER_ALIASES: dict[str, str] = {
    "标箱": "标准箱",
    "课时": "学时",
    "台套": "台（套） 台(套)",
    "户": "户次",
}

_FACTORS: tuple[_Row, ...] = (
    ("% ％", "%", Fraction(1, 100)),
    ("‰", "‰", Fraction(1, 1000)),
    ("个百分点 百分点", "pp", Fraction(1, 100)),
    ("个基点 基点", "bp", Fraction(1, 10_000)),
    ("倍", "times_as_much", 1),
)

# Units that stand only behind a slash, never directly behind a figure (3月 is a month of the year).
_TAIL_ONLY: dict[str, str] = {"月": "个月", "季度": "个季度", "季": "个季度"}

SCALES: dict[str, int] = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "十亿": 1_000_000_000,
    "百亿": 10_000_000_000,
    "千亿": 100_000_000_000,
    "万亿": 1_000_000_000_000,
    "thousand": 1000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}


def _build() -> tuple[dict[str, Unit], dict[str, tuple[str, str]]]:
    units: dict[str, Unit] = {}
    english: dict[str, tuple[str, str]] = {}

    def add(chinese: str, words: str, dims: Dims, factor: Number) -> None:
        canonical = chinese.split()[0]
        unit = Unit(canonical, dims, factor)
        for name in dict.fromkeys((*chinese.split(), *words.replace("|", " ").split())):
            assert name not in units, f"two units are called {name}"
            units[name] = unit
        singular, _, plural = words.split()[0].partition("|")
        english[canonical] = (singular, plural or singular)

    for base, rows in _MEASURES.items():
        for chinese, words, factor in rows:
            add(chinese, words, ((base, 1),), factor)
    for counter, words in _COUNTERS.items():
        aliases = _COUNTER_ALIASES.get(counter, "")
        add(f"{counter} {aliases}", words, ((counter, 1),), 1)
    add("名", "rank", RANK, 1)
    for chinese, words, factor in _FACTORS:
        add(chinese, words, NO_DIMS, factor)
    return units, english


_UNITS, _ENGLISH = _build()

COUNTERS: frozenset[str] = frozenset(_COUNTERS)
"""Base symbols that merely count things; 数(…) may be compared with any of them."""

LEAD_UNITS: tuple[str, ...] = tuple(_UNITS)
"""Every unit name that may stand directly behind a figure."""

TAIL_UNITS: tuple[str, ...] = (*(name for name in _UNITS if name not in "%％‰"), *_TAIL_ONLY)
"""Every unit name that may stand behind a slash."""


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit:
    """The unit written as 元, 万元, 元/平方米/天, 人·天, /人 (per person) or yuan/sqm/day.

    After the first slash everything divides: 元/平方米·天 = 元/平方米/天. A scale word may lead
    (万元). Raises UnknownUnitError with the part that is not known.
    """
    head, slash, tail = text.replace(" ", "").partition("/")
    numerator = [_simple(part) for part in head.split("·")] if head else []
    denominator = [_simple(part, tail=True) for part in _parts(tail)] if slash else []
    if not numerator and not denominator:
        return Unit("", NO_DIMS, 1)
    factor: Number = 1
    powers: dict[str, int] = {}
    for unit, sign in [*((u, 1) for u in numerator), *((u, -1) for u in denominator)]:
        factor = exact(Fraction(factor) * Fraction(unit.factor) ** sign)
        for base, power in unit.dims:
            powers[base] = powers.get(base, 0) + sign * power
    spelled = _spell([u.text for u in numerator], [u.text for u in denominator])
    return Unit(spelled, _sorted(powers), factor)


def _spell(numerator: list[str], denominator: list[str]) -> str:
    tails = ("月" if text == "个月" else text for text in denominator)
    return "·".join(numerator) + "".join(f"/{text}" for text in tails)


def _parts(tail: str) -> list[str]:
    return tail.replace("·", "/").split("/")


def _simple(name: str, tail: bool = False) -> Unit:
    if tail and name in _TAIL_ONLY:
        name = _TAIL_ONLY[name]
    unit = _UNITS.get(name)
    if unit is not None and not (tail and name in "%％‰"):
        return unit
    for length in (2, 1):
        scale, rest = name[:length], name[length:]
        if scale in SCALES and rest in _UNITS:
            scaled = _UNITS[rest]
            return Unit(scaled.text, scaled.dims, exact(SCALES[scale] * scaled.factor))
    raise UnknownUnitError(name)


def _sorted(powers: dict[str, int]) -> Dims:
    return tuple(sorted((base, power) for base, power in powers.items() if power))


@lru_cache(maxsize=4096)
def multiply(left: Dims, right: Dims) -> Dims:
    """Dimensions of a product."""
    powers = dict(left)
    for base, power in right:
        powers[base] = powers.get(base, 0) + power
    return _sorted(powers)


@lru_cache(maxsize=4096)
def divide(left: Dims, right: Dims) -> Dims:
    """Dimensions of a quotient."""
    return multiply(left, tuple((base, -power) for base, power in right))


@lru_cache(maxsize=4096)
def unit_text(dims: Dims, lang: str = "zh") -> str:
    """The base unit of these dimensions as a reader writes it: 元/平方米/天, yuan/sqm/day, /人.

    Money is named by its currency (元), though values are held in hundredths of it.
    """
    numerator = [base for base, power in dims for _ in range(power)]
    denominator = [base for base, power in dims for _ in range(-power)]
    # As people write: money first, time last (元/平方米/天).
    numerator.sort(key=lambda base: base not in _CURRENCIES)
    denominator.sort(key=lambda base: base in _TIMES)
    spelled = _spell(numerator, denominator)
    return spelled if lang == "zh" else english_unit(spelled)


_CURRENCIES = frozenset({"元", "美元", "欧元", "港元", "日元", "英镑"})
_TIMES = frozenset({"个月", "天", "工作日", "小时"})


@lru_cache(maxsize=4096)
def english_unit(spelled: str, plural: bool = False) -> str:
    """A canonical unit text (`Unit.text`) in English words, which parse_unit reads back."""
    head, slash, tail = spelled.partition("/")
    heads = [_ENGLISH[part] for part in head.split("·")] if head else []
    parts = (_TAIL_ONLY.get(part, part) for part in tail.split("/")) if slash else ()
    tails = [_ENGLISH[part][0] for part in parts]
    return "·".join(word[plural] for word in heads) + "".join(f"/{word}" for word in tails)


def is_currency(dims: Dims) -> bool:
    """Whether these dimensions are a plain amount of some currency (yuan or foreign)."""
    return len(dims) == 1 and dims[0][1] == 1 and dims[0][0] in _CURRENCIES
