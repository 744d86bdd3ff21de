"""Whole worlds of facts for the rules of meaning_rules, and the same worlds known in part.

A world gives every fact one value. Knowing less of it leaves a fact out, gives it as a range, from two sources that
disagree, by its year alone, or leaves a list open: never a value that the world does not allow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from hypothesis import strategies as st

from huiqi.vocabulary.calendar import DateRange, year_range
from huiqi.vocabulary.declare import Declaration
from huiqi.vocabulary.given import (
    Candidate,
    Entries,
    Entry,
    Facts,
    Grant,
    Records,
    Said,
    read_entry,
)
from tests.properties.meaning_rules import vocabulary

Key = tuple[str, str]
SUMS = (
    "0元",
    "0.5万元",
    "1万元",
    "1.5万元",
    "2万元",
    "3万元",
    "4万元",
    "5万元",
    "10万元",
    "12万元",
)
SIGNED = (*SUMS, "-1万元", "-2万元")
CODES = ("C", "C39", "C3961", "I65", "A01")
LEVELS = ("国家级", "省级", "市级", "县级")
DAYS = (
    "2021-06-30",
    "2022-03-01",
    "2022-12-31",
    "2023-04-15",
    "2023-08-31",
    "2024-02-29",
    "2024-06-30",
)
FOUNDED = ("2018-05-01", "2021-12-31", "2022-03-01", "2023-06-30")
YEARS = (2019, 2020, 2021, 2022, 2023)
PLAIN = (
    "甲额",
    "乙额",
    "丙额",
    "在册",
    "占比",
    "开工日",
    "合规",
    "守信",
    "等级",
    "行当",
    "门类",
    "样式",
)
GRID: Mapping[str, tuple[str, ...]] = {
    "甲额": SUMS,
    "乙额": SUMS,
    "丙额": SIGNED,
    "年收": SUMS,
    "年利": SIGNED,
    "在册": ("0人", "9人", "10人", "20人", "30人"),
    "占比": ("0%", "10%", "30%", "50%", "100%"),
    "成立日": FOUNDED,
    "开工日": DAYS,
    "合规": ("是", "否"),
    "守信": ("是", "否"),
    "等级": LEVELS,
    "行当": CODES[1:],
    "门类": ("C39", "I65", "C39、I65", "A01"),
    "样式": ("新", "旧", "异"),
    "投资": SUMS,
    "完工": DAYS,
    "合格": ("是", "否"),
    "级别": LEVELS,
}
GRANTED = Declaration("此前已获", "granted before", "money", (("元", 1),), "元", minimum=0)


@dataclass(frozen=True)
class World:
    """What is written of an enterprise: plain facts, dated entries, works; see `facts`."""

    plain: Mapping[Key, str]
    entries: Mapping[str, Entries | None]
    works: tuple[Mapping[str, str], ...] | None = ()
    complete: bool = True
    granted: str = "0元"
    unfounded: frozenset[str] = field(default_factory=frozenset)

    def facts(self) -> Facts:
        words = vocabulary()
        values: dict[Key, Entry] = {}
        for (name, period), text in self.plain.items():
            found = words.find(name)
            assert found is not None
            values[name, period] = read_entry(text, found, words)
        for name, entries in self.entries.items():
            if entries is not None:
                values[name, ""] = Entry(Said.GIVEN, (Candidate(entries),))
        values["此前已获", "例"] = read_entry(self.granted, GRANTED, words)
        return Facts("企业", "", values, self._lists())

    def _lists(self) -> dict[str, Records]:
        if self.works is None:
            return {}
        kind = vocabulary().find("工程")
        assert kind is not None
        items = tuple(
            Facts(
                "工程",
                f"工程{index}",
                {
                    (name, ""): read_entry(text, kind.fields[name], vocabulary())
                    for name, text in work.items()
                },
            )
            for index, work in enumerate(self.works, start=1)
        )
        return {"工程": Records(items, self.complete)}

    def text(self) -> str:
        """For a failure's report."""
        lines = [
            f"{period}{'年度 ' if period else ''}{name}: {text}"
            for (name, period), text in self.plain.items()
        ]
        lines += [f"{name}: {entries}" for name, entries in self.entries.items()]
        lines += [f"工程: {self.works} 完整 {self.complete}", f"此前已获: {self.granted}"]
        return "\n".join(lines)


def grant(day: str, until: str | None, level: str | None) -> Grant:
    fields = Facts("名号", "名号", {} if level is None else {("级别", ""): _level(level)})
    granted = DateRange(date.fromisoformat(day), date.fromisoformat(day))
    return Grant(granted, date.fromisoformat(until) if until else None, fields)


def _level(level: str) -> Entry:
    title = vocabulary().find("名号")
    assert title is not None
    return read_entry(level, title.fields["级别"], vocabulary())


_grants = st.builds(
    grant,
    st.sampled_from(DAYS[:-1]),
    st.sampled_from([None, "2024-06-29", "2024-06-30", "2026-01-01"]),
    st.sampled_from(LEVELS[:2]),
)
_faults = st.builds(
    lambda day: Grant(DateRange(date.fromisoformat(day), date.fromisoformat(day))),
    st.sampled_from(["2020-12-31", "2021-01-01", "2021-06-30", "2021-07-01", "2023-01-01"]),
)
_listings = st.builds(
    lambda day, until: Grant(
        day and DateRange(date.fromisoformat(day), date.fromisoformat(day)), until
    ),
    st.sampled_from([None, "2022-01-01"]),
    st.sampled_from([None, date(2023, 1, 1)]),
)
_works = st.fixed_dictionaries(
    {name: st.sampled_from(GRID[name]) for name in ("投资", "完工", "样式", "合格", "级别")}
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Everything is known."""
    plain = {(name, ""): draw(st.sampled_from(GRID[name])) for name in PLAIN}
    founded = draw(st.sampled_from(FOUNDED))
    plain["成立日", ""] = founded
    for year in YEARS:
        if year >= int(founded[:4]):
            for name in ("年收", "年利"):
                plain[name, str(year)] = draw(st.sampled_from(GRID[name]))
    return World(
        plain,
        {
            "名号": Entries(tuple(draw(st.lists(_grants, max_size=2)))),
            "失信册": Entries(tuple(draw(st.lists(_listings, max_size=1)))),
            "过失": Entries(tuple(draw(st.lists(_faults, max_size=2)))),
        },
        tuple(draw(st.lists(_works, max_size=3))),
        granted=draw(st.sampled_from(["0元", "0.5万元", "1万元", "3万元"])),
    )


# ---------------------------------------------------------------- knowing less
@st.composite
def less(draw: st.DrawFn, world: World, share: int = 3) -> World:
    """The same world with about one fact in `share` known in part or not at all.

    The founding date stays: while it is not known, the years asked about count as years of the enterprise (B14).
    """

    def hit() -> bool:
        return draw(st.integers(1, share)) == 1

    plain = {}
    for key, text in world.plain.items():
        loses = key[0] != "成立日" and hit()
        weaker = draw(weaker_text(key[0], text)) if loses else text
        if weaker is not None:
            plain[key] = weaker
    works, complete = world.works, world.complete
    if works is not None and hit():
        if draw(st.booleans()):
            works, complete = None, False
        else:
            complete = False
            works = works[: draw(st.integers(0, len(works)))]
    if works is not None:
        works = tuple(
            {
                name: weaker
                for name, text in work.items()
                if (weaker := draw(weaker_text(name, text)) if hit() else text) is not None
            }
            for work in works
        )
    entries = {
        name: draw(weaker_entries(found)) if found is not None and hit() else found
        for name, found in world.entries.items()
    }
    granted = world.granted
    if hit():
        granted = draw(st.sampled_from(["未知", _bounds(granted, draw(st.booleans()))]))
    return World(plain, entries, works, complete, granted)


def _bounds(text: str, below: bool) -> str:
    if "~" in text or text == "未知":
        return "未知"
    return f"0元~{text}" if below else f"{text}~4万元"


@st.composite
def weaker_text(draw: st.DrawFn, name: str, text: str) -> str | None:
    """Another way to write what the value allows; None = not given."""
    kind = draw(st.integers(0, 3))
    if kind <= 1 or any(mark in text for mark in "~据≥"):
        return None
    values = GRID[name]
    if name in ("成立日", "开工日", "完工"):
        return text[:4] if kind == 2 else f"{min(text, '2022-03-01')}~{max(text, '2022-03-01')}"
    if kind == 2 or name in ("合规", "守信", "合格", "等级", "样式", "级别"):
        if name == "门类":
            return None
        other = draw(st.sampled_from(values))
        return f"{text} 据 甲方 / {other} 据 乙方"
    if name == "行当":
        return "C" if text.startswith("C") else None
    if name == "门类":
        return None
    if text[:-2] and name in ("甲额", "乙额", "丙额", "年收", "年利", "投资"):
        low, high = sorted((text, draw(st.sampled_from(values))), key=_yuan)
        return f"{low}~{high}" if low != high else f"≥ {text}"
    return f"≥ {text}"


def _yuan(text: str) -> float:
    return float(text.removesuffix("万元").removesuffix("元")) * (10_000 if "万" in text else 1)


@st.composite
def weaker_entries(draw: st.DrawFn, found: Entries) -> Entries | None:
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return None
    if kind == 1:
        kept = found.items[: draw(st.integers(0, len(found.items)))]
        return Entries(kept, complete=False)
    items = tuple(
        _weaker_grant(item, draw(st.integers(0, 3))) if draw(st.booleans()) else item
        for item in found.items
    )
    if kind == 2 and found.complete:
        return Entries(items, queried=date(2024, 6, 29))
    return replace(found, items=items)


def _weaker_grant(item: Grant, kind: int) -> Grant:
    if kind == 0 and item.granted is not None and item.granted.is_exact:
        spread = year_range(item.granted.first.year)
        last = min(spread.last, item.expires) if item.expires else spread.last
        return replace(item, granted=DateRange(spread.first, last))
    if kind == 1 and item.fields is not None:
        return replace(item, fields=Facts("名号", "名号", {}))
    return item
