"""Facts of one enterprise that cannot all be true: which ones, and what to look at (SEMANTICS A8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from huiqi.vocabulary.calendar import DateRange
from huiqi.vocabulary.given import Bounds, Entries, Entry, FactProblem, Facts
from huiqi.vocabulary.units import Number

FOUNDED, DISSOLVED = "成立日", "注销日"
# (part, whole): the same people or the same money, so that the part can never be more.
PARTS = (
    ("科技人员数", "职工总数"),
    ("研发人员数", "职工总数"),
    ("主营业务收入", "营业收入"),
    ("国际主营业务收入", "主营业务收入"),
    ("高新技术产品收入", "总收入"),
    ("境内研发费用", "高企研发费用"),
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What is wrong, and the facts (name, period) that cannot be relied on while it stands."""

    problem: FactProblem
    doubtful: tuple[tuple[str, str], ...]


def contradictions(facts: Facts, as_of: date | None = None) -> Iterator[Contradiction]:
    """Every contradiction among the facts of an enterprise, as seen on a day."""
    founded, dissolved = _day(facts, FOUNDED), _day(facts, DISSOLVED)
    if founded and dissolved and founded.first > dissolved.last:
        yield _found(
            FOUNDED,
            f"成立日 {founded.first} 晚于注销日 {dissolved.last}",
            f"founded {founded.first}, after it was dissolved ({dissolved.last})",
            (FOUNDED, ""),
            (DISSOLVED, ""),
        )
        return
    if founded and as_of and founded.first > as_of:
        yield _found(
            FOUNDED,
            f"成立日 {founded.first} 在申报日 {as_of} 之后",
            f"founded {founded.first}, after the as-of day {as_of}",
            (FOUNDED, ""),
        )
        return
    if founded:
        yield from _before_founding(facts, founded)
    yield from _more_than_the_whole(facts)


def _found(name: str, zh: str, en: str, *doubtful: tuple[str, str]) -> Contradiction:
    several = len(doubtful) > 1
    problem = FactProblem(
        "F-contradiction",
        name,
        zh,
        en,
        "请核对；核对前这几项都当作未知" if several else "请核对；核对前这一项当作未知",
        "check them; until then they count as unknown"
        if several
        else "check it; until then it counts as unknown",
    )
    return Contradiction(problem, doubtful)


def _before_founding(facts: Facts, founded: DateRange) -> Iterator[Contradiction]:
    for (name, period), entry in facts.values.items():
        if period.isdecimal() and int(period) < founded.first.year and entry.candidates:
            yield _found(
                name,
                f"有 {period} 年度的数，但企业 {founded.first} 才成立",
                f"there is a figure for {period}, but the firm was founded {founded.first}",
                (name, period),
            )
        for candidate in entry.candidates:
            if not isinstance(candidate.value, Entries):
                continue
            early = [
                grant.granted
                for grant in candidate.value.items
                if grant.granted is not None and grant.granted.last < founded.first
            ]
            if early:
                yield _found(
                    name,
                    f"{early[0].first} 授予，早于成立日 {founded.first}",
                    f"granted {early[0].first}, before the firm was founded ({founded.first})",
                    (name, period),
                )
                break


def _more_than_the_whole(facts: Facts) -> Iterator[Contradiction]:
    for part, whole in PARTS:
        for year in facts.years(part):
            period = str(year)
            least = _end(facts.entry(part, period), highest=False)
            most = _end(facts.entry(whole, period), highest=True)
            if least is not None and most is not None and least > most:
                yield _found(
                    part,
                    f"{period}年度的{part}多于{whole}",
                    f"in {period} {part} is more than {whole}",
                    (part, period),
                    (whole, period),
                )


def _end(entry: Entry | None, highest: bool) -> Number | None:
    """The least or greatest value that a figure may have; None while it has no such end."""
    ends: list[Number] = []
    for candidate in entry.candidates if entry else ():
        value = candidate.value
        if isinstance(value, Bounds):
            end = value.high if highest else value.low
        elif isinstance(value, bool | str | tuple | DateRange | Entries):
            return None
        else:
            end = value
        if end is None:
            return None
        ends.append(end)
    if not ends:
        return None
    return max(ends) if highest else min(ends)


def _day(facts: Facts, name: str) -> DateRange | None:
    entry = facts.entry(name)
    for candidate in entry.candidates if entry else ():
        if isinstance(candidate.value, DateRange):
            return candidate.value
    return None
