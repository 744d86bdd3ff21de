"""Rules drawn as words with their naive meaning beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from tests.differential import naive as v
from tests.differential.firms import LEVELS, WAN, Work, days
from tests.differential.naive import Amount, Condition, Head, Money, Question, Step

limits = st.sampled_from([WAN, 2 * WAN, 3 * WAN, 5 * WAN])
any_sign = st.sampled_from(list(v.SIGNS))


@dataclass(frozen=True)
class Rule:
    """One measure of one document, and what a person would work out by hand."""

    head: Head
    conditions: tuple[Condition, ...]
    amount: Amount
    about_works: bool = False
    yearly: bool = True
    limit: int | None = None
    limit_by_year: bool = False
    most: int | None = None
    term: tuple[int, str] | None = None

    def words(self) -> str:
        lines = [self.head.words(), "事项 例"]
        if self.about_works:
            lines.append("  对象: 工程")
        elif self.yearly:
            lines.append("  年度: 上年度")
        lines.append("  条件:")
        lines += [f"    {line}" for one in self.conditions for line in one.words.split("\n")]
        if self.term:
            lines.append(f"  期限: 自 开工日 起 {self.term[1]}")
        lines += [f"  {line}" for line in f"奖励: {self.amount.words}".split("\n")]
        caps = [f"每户 {self.most}个"] if self.most else []
        if self.limit is not None:
            caps.append(f"每户 {'每年 ' if self.limit_by_year else ''}{v.show(self.limit)}")
        if caps:
            lines += ["  上限:", *(f"    {cap}" for cap in caps)]
        return "\n".join(lines) + "\n"

    @property
    def one_time(self) -> bool:
        return self.amount.is_event or any(one.is_event for one in self.conditions)


# ---------------------------------------------------------------- numbers of the enterprise
Value = tuple[str, Callable[[Question], Fraction | None]]


def _sum(name: str) -> Value:
    return name, lambda q: Fraction(q.firm.sums[name])


def _taking(back: int, word: str) -> Value:
    return f"{word} 年收", lambda q: v.figure(q.firm.takings, q.as_of.year - back)


def _mean(count: int, word: str) -> Value:
    def value(q: Question) -> Fraction | None:
        found = [v.figure(q.firm.takings, q.as_of.year - back) for back in range(1, count + 1)]
        known = [one for one in found if one is not None]
        return sum(known, Fraction(0)) / count if len(known) == count else None

    return f"均值({word} 年收)", value


def _folded(how: str) -> Value:
    def value(q: Question) -> Fraction | None:
        kept = [Fraction(work.cost) for work in q.firm.works if work.sound]
        if how == "合计":
            return sum(kept, Fraction(0))
        return max(kept, default=None)  # the greatest of none has no value

    return f"{how}(工程[合格], 投资)", value


VALUES: list[Value] = [
    _sum("甲额"),
    _sum("乙额"),
    _sum("丙额"),
    ("甲额 + 乙额", lambda q: Fraction(q.firm.sums["甲额"] + q.firm.sums["乙额"])),
    ("甲额 − 乙额", lambda q: Fraction(q.firm.sums["甲额"] - q.firm.sums["乙额"])),
    ("取小(甲额, 乙额)", lambda q: Fraction(min(q.firm.sums["甲额"], q.firm.sums["乙额"]))),
    ("取大(甲额, 丙额)", lambda q: Fraction(max(q.firm.sums["甲额"], q.firm.sums["丙额"]))),
    _taking(1, "上年度"),
    _taking(2, "前年度"),
    _mean(2, "近两年"),
    _mean(3, "近三年"),
    _folded("合计"),
    _folded("最大"),
]


@st.composite
def comparisons(draw: st.DrawFn) -> Condition:
    words, value = draw(st.sampled_from(VALUES))
    sign, limit = draw(any_sign), draw(limits)

    def holds(q: Question) -> str:
        found = value(q)
        return "J" if found is None else v.said(v.SIGNS[sign](found, Fraction(limit)))

    return Condition(f"{words} {sign} {v.show(limit)}", holds)


@st.composite
def growths(draw: st.DrawFn) -> Condition:
    name = draw(st.sampled_from(["年收", "年利"]))
    sign, percent = draw(any_sign), draw(st.sampled_from([5, 10, 50, 100]))

    def series(q: Question) -> object:
        return q.firm.takings if name == "年收" else q.firm.profit

    if draw(st.booleans()):

        def grown(q: Question) -> str:
            now, before = (v.figure(series(q), q.as_of.year - back) for back in (1, 2))
            return v.growth_reaches(before, now, sign, Fraction(percent, 100))

        return Condition(f"增速(上年度 {name}) {sign} {percent}%", grown)

    def compounded(q: Question) -> str:
        end, start = (v.figure(series(q), q.as_of.year - back) for back in (1, 3))
        return v.compound_reaches(start, end, 2, sign, percent)

    return Condition(f"复合增速(近三年 {name}) {sign} {percent}%", compounded)


@st.composite
def shares(draw: st.DrawFn) -> Condition:
    sign, percent = draw(any_sign), draw(st.sampled_from([3, 10, 50, 100]))
    rate = Fraction(percent, 100)
    if draw(st.booleans()):
        return Condition(
            f"占比 {sign} {percent}%", lambda q: v.said(v.SIGNS[sign](q.firm.share, rate))
        )

    def of_two(q: Question) -> str:
        base = q.firm.sums["乙额"]
        return (
            "J" if base == 0 else v.said(v.SIGNS[sign](Fraction(q.firm.sums["甲额"], base), rate))
        )

    return Condition(f"甲额 / 乙额 {sign} {percent}%", of_two)


@st.composite
def dated(draw: st.DrawFn) -> Condition:
    kind = draw(st.integers(0, 4))
    months, word = draw(st.sampled_from([(6, "6个月"), (12, "1年"), (24, "2年"), (18, "18个月")]))
    if kind == 0:
        return Condition(
            f"自 成立日 满 {word}", lambda q: v.said(v.has_passed(q.firm.founded, months, q.as_of))
        )
    if kind == 1:
        return Condition(
            f"开工日 属于 自 成立日 起 {word}",
            lambda q: v.said(
                q.firm.founded <= q.firm.begun <= v.months_later(q.firm.founded, months)
            ),
        )
    if kind == 2:
        low = draw(days())
        high = draw(days().filter(lambda day: day >= low))
        return Condition(f"开工日 属于 {low}~{high}", lambda q: v.said(low <= q.firm.begun <= high))
    if kind == 3:
        return Condition(
            "月份(开工日) 属于 3月~6月", lambda q: v.said(3 <= q.firm.begun.month <= 6)
        )
    day, sign = draw(days()), draw(st.sampled_from(["≥", "≤"]))
    return Condition(
        f"开工日 {sign} {day}",
        lambda q: v.said(q.firm.begun >= day if sign == "≥" else q.firm.begun <= day),
    )


@st.composite
def titled(draw: st.DrawFn) -> Condition:
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return Condition(
            "有 名号", lambda q: v.said(any(v.is_valid(one, q.as_of) for one in q.firm.titles))
        )
    if kind == 1:
        return Condition(
            "曾获 名号", lambda q: v.said(any(one.granted <= q.as_of for one in q.firm.titles))
        )
    if kind == 2:
        level = draw(st.sampled_from(LEVELS[:3]))
        return Condition(
            f"有 名号[级别 ≥ {level}]",
            lambda q: v.said(
                any(
                    v.is_valid(one, q.as_of) and v.at_least_as_high(one.level, level)
                    for one in q.firm.titles
                )
            ),
        )
    if kind == 3:
        return Condition("获 名号", lambda q: v.newly(q, False), is_event=True)
    if kind == 4:
        return Condition("首次(获 名号)", lambda q: v.newly(q, True), is_event=True)
    return Condition(
        "近三年 曾获 名号",
        lambda q: v.lately([one.granted for one in q.firm.titles], 3, q.as_of),
    )


@st.composite
def faults(draw: st.DrawFn) -> Condition:
    years, word = draw(st.sampled_from([(1, "一"), (2, "两"), (3, "三")]))
    kind = draw(st.integers(0, 2))
    if kind == 0:
        return Condition(f"近{word}年 发生 过失", lambda q: v.lately(q.firm.faults, years, q.as_of))
    if kind == 1:
        return Condition(
            f"非 滚动{word}年 发生 过失",
            lambda q: v.opposite(v.ever(q.firm.faults, lambda day: v.rolling(day, years, q.as_of))),
        )
    return Condition(
        f"非 近{word}年 发生 过失",
        lambda q: v.opposite(v.lately(q.firm.faults, years, q.as_of)),
    )


PLAIN = [
    Condition("合规", lambda q: v.said(q.firm.orderly)),
    Condition("非 守信", lambda q: v.said(not q.firm.faithful)),
    Condition("未列入 失信册", lambda q: v.said(not q.firm.listed)),
    Condition("在册 ≥ 20人", lambda q: v.said(q.firm.heads >= 20)),
    Condition("行当 属于 制造业", lambda q: v.said(q.firm.trade.startswith("C"))),
    Condition("行当 不属于 C39、I65", lambda q: v.said(q.firm.trade[:3] not in ("C39", "I65"))),
    Condition("等级 ≥ 省级", lambda q: v.said(v.at_least_as_high(q.firm.level, "省级"))),
    Condition("评审「行业领先」", lambda q: "J"),
    Condition("原则上 甲额 ≥ 2万元", lambda q: "T" if q.firm.sums["甲额"] >= 2 * WAN else "J"),
    Condition("数(工程[合格]) ≥ 2项", lambda q: v.said(sum(w.sound for w in q.firm.works) >= 2)),
    Condition(
        "每年(近两年 年收 ≥ 1万元)",
        lambda q: v.said(
            all(q.firm.takings.get(q.as_of.year - back, -1) >= WAN for back in (1, 2))
        ),
    ),
]

atoms: st.SearchStrategy[Condition] = st.one_of(
    comparisons(),
    comparisons(),
    growths(),
    shares(),
    dated(),
    titled(),
    faults(),
    st.sampled_from(PLAIN),
)


def _drawn(draw: st.DrawFn, of: st.SearchStrategy[Condition]) -> Condition:
    return draw(of)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    """An atom or a group of atoms."""
    if draw(st.integers(0, 2)):
        return _drawn(draw, atoms)
    members = tuple(draw(st.lists(atoms, min_size=2, max_size=3)))
    count = draw(st.integers(1, len(members)))
    word = draw(st.sampled_from(["任一", "全部", "都不", "至少"]))
    head = f"至少{count}项" if word == "至少" else word

    def holds(q: Question) -> str:
        states = [one.holds(q) for one in members]
        if word == "任一":
            return v.either(states)
        if word == "全部":
            return v.both(states)
        if word == "都不":
            return v.opposite(v.either(states))
        return v.at_least(count, states)

    words = "\n".join([f"{head}:", *(f"  - {one.words}" for one in members)])
    return Condition(words, holds, any(one.is_event for one in members))


# ---------------------------------------------------------------- amounts of the enterprise
def _exact(value: Fraction | None) -> tuple[Money, Money] | None:
    return None if value is None else (value, value)


@st.composite
def products(draw: st.DrawFn) -> Amount:
    """A rate of a figure, capped, at least, or up to."""
    name = draw(st.sampled_from(["甲额", "乙额"]))
    rate = draw(st.sampled_from(["10%", "12.5%", "0.33%", "7.77%"]))
    share = Fraction(rate[:-1]) / 100
    kind, bound = draw(st.integers(0, 3)), draw(st.sampled_from([WAN // 10, WAN // 2, 2 * WAN]))

    def plain(q: Question) -> Fraction:
        return q.firm.sums[name] * share

    if kind == 0:
        return Amount(f"{name} × {rate}", lambda q: _exact(plain(q)))
    if kind == 1:
        return Amount(
            f"{name} × {rate} 封顶 {v.show(bound)}",
            lambda q: _exact(min(plain(q), Fraction(bound))),
        )
    if kind == 2:
        return Amount(
            f"{name} × {rate} 保底 {v.show(bound)}",
            lambda q: _exact(max(plain(q), Fraction(bound))),
        )
    return Amount(f"{name} × 至多 {rate}", lambda q: (Fraction(0), plain(q)))


def _table(head: str, rows: list[str]) -> str:
    return "\n".join([f"按 {head}", *(f"  {row}" for row in rows)])


@st.composite
def tables(draw: st.DrawFn) -> Amount:
    name = draw(st.sampled_from(["甲额", "乙额"]))
    low, middle, high = sorted(draw(st.lists(limits, min_size=3, max_size=3, unique=True)))
    first, second, third = (draw(st.sampled_from([0, WAN, 2 * WAN, 4 * WAN])) for _ in range(3))
    kind = draw(st.sampled_from(["rows", "narrowest", "each", "slices", "dashes", "gap"]))

    def key(q: Question) -> Fraction:
        return Fraction(q.firm.sums[name])

    def due(value: int) -> tuple[Money, Money] | None:
        return _exact(Fraction(value)) if value else None

    if kind == "slices":
        rates = (Fraction(1, 2), Fraction(1, 5), Fraction(1, 20))
        words = _table(
            f"{name} 分段",
            [
                f"≤ {v.show(low)}: 50%",
                f"> {v.show(low)} 且 ≤ {v.show(high)}: 20%",
                f"> {v.show(high)}: 5%",
            ],
        )

        def sliced(q: Question) -> tuple[Money, Money] | None:
            return _exact(v.slices((low, high), rates, key(q)))  # a plain product: 0 is paid as 0

        return Amount(words, sliced)
    if kind == "dashes":
        words = _table(
            name,
            [
                f"{v.show(low)}~{v.show(middle)}: {v.show(first)}",
                f"{v.show(middle)}~{v.show(high)}: {v.show(second)}",
            ],
        )

        def dashed(q: Question) -> tuple[Money, Money] | None:
            if key(q) < low or key(q) > high:
                return None
            return due(first if key(q) < middle else second)

        def better(q: Question) -> tuple[Money, Money] | None:
            return due(max(first, second)) if key(q) == middle else dashed(q)

        return Amount(words, dashed, better)
    if kind == "gap":
        words = _table(
            name, [f"< {v.show(middle)}: {v.show(first)}", f"> {v.show(middle)}: {v.show(second)}"]
        )
        return Amount(
            words,
            lambda q: due(first if key(q) <= middle else second),
            lambda q: None if key(q) == middle else due(first if key(q) < middle else second),
        )
    above = draw(st.booleans())
    rows = [
        Step(f"{'>' if above else '≥'} {v.show(low)}", low, None, first, above),
        Step(f"≥ {v.show(middle)}", middle, None, second),
        Step(f"≥ {v.show(high)}", high, None, third),
    ]
    if kind == "rows":
        rows = [
            Step(f"≥ {v.show(low)} 且 < {v.show(middle)}", low, middle, first),
            Step(f"≥ {v.show(middle)} 且 ≤ {v.show(high)}", middle, high, second, False, True),
        ]
        lines = [f"{row.words}: {v.show(row.pays)}" for row in rows]

        def of_row(q: Question) -> tuple[Money, Money] | None:
            found = v.only_row(rows, key(q))
            return due(found.pays if found else third)

        return Amount(_table(name, [*lines, f"其他: {v.show(third)}"]), of_row)
    lines = [f"{row.words}: {v.show(row.pays)}" for row in rows]
    if kind == "narrowest":

        def narrowest(q: Question) -> tuple[Money, Money] | None:
            found = v.only_row(rows, key(q))
            return due(found.pays) if found else None

        return Amount(_table(f"{name} 取最高档", lines), narrowest)
    return Amount(
        _table(f"{name} 各档都给", lines),
        lambda q: due(sum(row.pays for row in rows if row.holds(key(q)))),
    )


@st.composite
def first_times(draw: st.DrawFn) -> Amount:
    """首次达到: the highest step newly reached pays alone (D4 甲), or each (乙, 各档都给)."""
    above = draw(st.booleans())
    low, middle, high = sorted(draw(st.lists(limits, min_size=3, max_size=3, unique=True)))
    rows = [
        Step(f"{'>' if above else '≥'} {v.show(low)}", low, None, WAN, above),
        Step(f"≥ {v.show(middle)}", middle, None, 2 * WAN),
        Step(f"≥ {v.show(high)}", high, None, 3 * WAN),
    ]
    every = draw(st.booleans())

    def reached(q: Question) -> list[Step]:
        return v.newly_reached(q, rows, q.as_of.year - 1) or []

    def highest(q: Question) -> tuple[Money, Money] | None:
        found = reached(q)
        return _exact(Fraction(found[-1].pays)) if found else None

    def all_of_them(q: Question) -> tuple[Money, Money] | None:
        found = reached(q)
        return _exact(Fraction(sum(row.pays for row in found))) if found else None

    lines = [f"{row.words}: {v.show(row.pays)}" for row in rows]
    if every:
        return Amount(_table("年收 首次达到 各档都给", lines), all_of_them, is_event=True)
    return Amount(_table("年收 首次达到 取最高档", lines), highest, all_of_them, is_event=True)


@st.composite
def others(draw: st.DrawFn) -> Amount:
    """Grades, cases, whole units, increments, rounding."""
    kind = draw(st.integers(0, 4))
    if kind == 0:
        pays = {"国家级": 4 * WAN, "省级": 2 * WAN}

        def by_level(q: Question) -> tuple[Money, Money] | None:
            found = pays.get(q.firm.level)
            return _exact(Fraction(found)) if found else None

        rows = ["国家级: 4万元", "省级: 2万元", "其他: 0元"]
        return Amount(_table("等级", rows), by_level)
    if kind == 1:

        def units(q: Question) -> tuple[Money, Money] | None:
            whole = q.firm.sums["甲额"] // (2 * WAN)
            return _exact(Fraction(whole * WAN)) if whole else None

        return Amount("满数(甲额, 2万元) × 1万元", units)
    if kind == 2:

        def increased(q: Question) -> tuple[Money, Money] | None:
            now, before = (q.firm.takings.get(q.as_of.year - back) for back in (1, 2))
            assert now is not None and before is not None
            return _exact(Fraction(now - before, 10)) if now > before else None

        return Amount("增量(上年度 年收) × 10%", increased)
    if kind == 3:
        return Amount(
            "取整(甲额 × 10%, 1000元)",
            lambda q: _exact(v.fen(Fraction(q.firm.sums["甲额"], 1_000_000)) * 100_000),
        )

    def best(q: Question) -> tuple[Money, Money] | None:
        options = [q.firm.sums["甲额"] / Fraction(10), Fraction(WAN if q.firm.orderly else 0)]
        return _exact(max(options))

    return Amount("\n  择优:\n    - 甲额 × 10%\n    - 1万元 若 合规", best)


amounts = st.one_of(products(), tables(), tables(), first_times(), others())

HEADS = [
    Head(date(2020, 1, 1)),
    Head(date(2021, 3, 1), date(2024, 2, 29)),
    Head(date(2022, 7, 1), date(2023, 12, 31), date(2022, 1, 1)),
    Head(date(2023, 8, 31), date(2026, 8, 30), date(2021, 6, 30)),
]


@st.composite
def firm_rules(draw: st.DrawFn) -> Rule:
    term = draw(st.sampled_from([None, None, None, (6, "6个月"), (24, "2年"), (0, "2年度")]))
    return Rule(
        head=draw(st.sampled_from(HEADS)),
        conditions=tuple(draw(st.lists(conditions(), min_size=1, max_size=2))),
        amount=draw(amounts),
        yearly=True,
        limit=draw(st.sampled_from([None, None, WAN, 3 * WAN])),
        limit_by_year=draw(st.booleans()),
        term=term,
    )


# ---------------------------------------------------------------- about each of the works
def _of_work(holds: Callable[[Work, Question], str]) -> Callable[[Question], str]:
    def about(q: Question) -> str:
        assert q.work is not None
        return holds(q.work, q)

    return about


WORK_CONDITIONS = [
    Condition("投资 ≥ 2万元", _of_work(lambda w, q: v.said(w.cost >= 2 * WAN))),
    Condition("合格", _of_work(lambda w, q: v.said(w.sound))),
    Condition("级别 ≥ 省级", _of_work(lambda w, q: v.said(v.at_least_as_high(w.level, "省级")))),
    Condition(
        "自 完工 满 1年", _of_work(lambda w, q: v.said(v.has_passed(w.finished, 12, q.as_of)))
    ),
    Condition("企业.合规", lambda q: v.said(q.firm.orderly)),
    Condition("完工 ≥ 2022-01-01", _of_work(lambda w, q: v.said(w.finished >= date(2022, 1, 1)))),
    Condition("评审「优」", lambda q: "J"),
]


def _cost(q: Question) -> Fraction:
    assert q.work is not None
    return Fraction(q.work.cost)


WORK_AMOUNTS = [
    Amount("投资 × 7.77%", lambda q: _exact(_cost(q) * Fraction(777, 10_000))),
    Amount("投资 × 50% 封顶 1万元", lambda q: _exact(min(_cost(q) / 2, Fraction(WAN)))),
    Amount("1万元", lambda q: _exact(Fraction(WAN))),
]


@st.composite
def work_rules(draw: st.DrawFn) -> Rule:
    return Rule(
        head=HEADS[0],
        conditions=tuple(draw(st.lists(st.sampled_from(WORK_CONDITIONS), min_size=1, max_size=2))),
        amount=draw(st.sampled_from(WORK_AMOUNTS)),
        about_works=True,
        limit=draw(st.sampled_from([None, WAN, 3 * WAN])),
        limit_by_year=True,
        most=draw(st.sampled_from([None, 1, 2])),
    )


rules = st.one_of(firm_rules(), firm_rules(), firm_rules(), work_rules())
