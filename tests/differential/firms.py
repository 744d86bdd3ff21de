"""Enterprises of which everything is known, as plain Python values, and the same as facts for the interpreter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from huiqi.vocabulary.calendar import DateRange
from huiqi.vocabulary.codes import CodeTable
from huiqi.vocabulary.given import Candidate, Entries, Entry, Facts, Grant, Records, Said, Value
from tests.properties.meaning_rules import vocabulary

WAN = 1_000_000  # fen in 1万元
LEVELS = ("国家级", "省级", "市级", "县级")  # highest first
TRADES = ("C3961", "C13", "I6513", "A01")
FIRST_YEAR, LAST_YEAR = 2018, 2024


@dataclass(frozen=True)
class Title:
    granted: date
    expires: date | None
    level: str


@dataclass(frozen=True)
class Work:
    """One of the enterprise's works."""

    cost: int
    finished: date
    sound: bool
    level: str


@dataclass(frozen=True)
class Firm:
    """Money in fen, shares as fractions; yearly figures for every year from founding on."""

    sums: Mapping[str, int]
    heads: int
    share: Fraction
    takings: Mapping[int, int]
    profit: Mapping[int, int]
    founded: date
    begun: date
    orderly: bool
    faithful: bool
    level: str
    trade: str
    titles: tuple[Title, ...]
    faults: tuple[date, ...]
    listed: bool
    works: tuple[Work, ...]
    granted: int

    def facts(self) -> Facts:
        tables = vocabulary().tables
        values: dict[tuple[str, str], Value] = {
            **{(name, ""): fen for name, fen in self.sums.items()},
            ("在册", ""): self.heads,
            ("占比", ""): self.share,
            **{("年收", str(year)): fen for year, fen in self.takings.items()},
            **{("年利", str(year)): fen for year, fen in self.profit.items()},
            ("成立日", ""): _day(self.founded),
            ("开工日", ""): _day(self.begun),
            ("合规", ""): self.orderly,
            ("守信", ""): self.faithful,
            ("等级", ""): tables["级别"].resolve(self.level),
            ("行当", ""): tables["行业"].resolve(self.trade),
            ("名号", ""): Entries(tuple(_grant(one, tables["级别"]) for one in self.titles)),
            ("过失", ""): Entries(tuple(Grant(_day(one)) for one in self.faults)),
            ("失信册", ""): Entries((Grant(),) if self.listed else ()),
            ("此前已获", "例"): self.granted,
        }
        works = tuple(
            _work(work, index, tables["级别"]) for index, work in enumerate(self.works, 1)
        )
        entries = {key: Entry(Said.GIVEN, (Candidate(value),)) for key, value in values.items()}
        return Facts("企业", "", entries, {"工程": Records(works)})


def _day(day: date) -> DateRange:
    return DateRange(day, day)


def _grant(title: Title, levels: CodeTable) -> Grant:
    level = Entry(Said.GIVEN, (Candidate(levels.resolve(title.level)),))
    return Grant(_day(title.granted), title.expires, Facts("名号", "名号", {("级别", ""): level}))


def _work(work: Work, index: int, levels: CodeTable) -> Facts:
    values: dict[str, Value] = {
        "投资": work.cost,
        "完工": _day(work.finished),
        "合格": work.sound,
        "级别": levels.resolve(work.level),
    }
    entries = {(name, ""): Entry(Said.GIVEN, (Candidate(value),)) for name, value in values.items()}
    return Facts("工程", f"工程{index}", entries)


# ---------------------------------------------------------------- drawing them
_EDGES = [
    date(2020, 2, 29), date(2021, 2, 28), date(2021, 3, 1), date(2021, 6, 30), date(2021, 7, 1),
    date(2022, 1, 1), date(2022, 8, 31), date(2022, 12, 31), date(2023, 2, 28), date(2023, 8, 31),
    date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 28), date(2024, 2, 29), date(2024, 6, 30),
]  # fmt: skip


@st.composite
def days(draw: st.DrawFn) -> date:
    """Mostly ends of months and years, 29 February, and the days beside them."""
    edge = draw(st.sampled_from(_EDGES))
    return edge + timedelta(days=draw(st.sampled_from([0, 0, 0, -1, 1])))


sums = st.one_of(
    st.sampled_from([0, WAN, 2 * WAN, 3 * WAN, 5 * WAN, 10 * WAN]),
    st.sampled_from([WAN - 1, WAN + 1, 2 * WAN - 1, 3 * WAN + 1, 5 * WAN - 1]),
    st.integers(0, 12 * WAN),
)
signed = st.one_of(sums, st.integers(-3 * WAN, 0))


@st.composite
def titles(draw: st.DrawFn) -> Title:
    granted = draw(days())
    expires = draw(st.one_of(st.none(), days().filter(lambda day: day >= granted)))
    return Title(granted, expires, draw(st.sampled_from(LEVELS)))


works = st.builds(Work, sums, days(), st.booleans(), st.sampled_from(LEVELS))


@st.composite
def firms(draw: st.DrawFn) -> Firm:
    founded = draw(days())
    years = range(founded.year, LAST_YEAR + 1)
    return Firm(
        sums={"甲额": draw(sums), "乙额": draw(sums), "丙额": draw(signed)},
        heads=draw(st.integers(0, 40)),
        share=draw(st.fractions(0, 1, max_denominator=1000)),
        takings={year: draw(sums) for year in years},
        profit={year: draw(signed) for year in years},
        founded=founded,
        begun=draw(days()),
        orderly=draw(st.booleans()),
        faithful=draw(st.booleans()),
        level=draw(st.sampled_from(LEVELS)),
        trade=draw(st.sampled_from(TRADES)),
        titles=tuple(draw(st.lists(titles(), max_size=3))),
        faults=tuple(draw(st.lists(days(), max_size=2))),
        listed=draw(st.booleans()),
        works=tuple(draw(st.lists(works, max_size=4))),
        granted=draw(st.sampled_from([0, 0, WAN // 2, WAN, 3 * WAN])),
    )
