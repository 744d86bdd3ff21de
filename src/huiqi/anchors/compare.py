"""Holds one line of a rule against the words it rests on: its figures, dates and borders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from huiqi.anchors.borders import Sign, contradicts, signs_at
from huiqi.anchors.clauses import Span
from huiqi.anchors.dates import TextDates, dates_in
from huiqi.anchors.figures import Figure, figures_in
from huiqi.anchors.findings import problem
from huiqi.anchors.lines import Resting
from huiqi.anchors.resolve import Place, Scope, Source, Status
from huiqi.anchors.text import Sentence
from huiqi.anchors.written import Border, Claims
from huiqi.language.problems import Problem


@dataclass(frozen=True, slots=True)
class Context:
    """The official words of a line: the sentences of its locators, then their clauses."""

    source: Source
    places: tuple[Span, ...]
    clauses: tuple[Span, ...]

    def sentences(self) -> tuple[Sentence, ...]:
        found = {s.start: s for place in self.places for s in self.source.sentences(place)}
        return tuple(found[start] for start in sorted(found))

    def near(self) -> list[str]:
        return [self.source.text.words(sentence) for sentence in self.sentences()]

    def wide(self) -> list[str]:
        return [self.source.words(clause) for clause in self.clauses]


def context_of(scope: Scope, places: Iterable[Place]) -> Context:
    """A line's locators with the clauses it names, else with those around the locators."""
    spans = tuple(place.span for place in places if place.status is not Status.ORPHANED)
    clauses = scope.clauses or tuple(dict.fromkeys(scope.source.around(span) for span in spans))
    if not clauses:
        clauses = ((0, len(scope.source.text.text)),)
    return Context(scope.source, spans, clauses)


def compare(
    line: Resting, context: Context, own_dates: frozenset[date], conventions: Mapping[str, bool]
) -> Iterator[Problem]:
    """The disagreements between a line and its words."""
    claims = line.claims
    yield from _figures(line, claims, context)
    yield from _dates(line, claims, context, own_dates)
    if not line.borders_free:
        yield from _borders(line, claims, context, dict(conventions))


def _figures(line: Resting, claims: Claims, context: Context) -> Iterator[Problem]:
    words = context.near() + context.wide()
    seen: set[str] = set()
    for figure, shown in claims.figures:
        if shown in seen or any(_has(one, figure) or _implied(one, figure) for one in words):
            continue
        seen.add(shown)
        if any(_has(one, figure, doubtful=True) for one in words):
            yield problem(
                line,
                "E-figure",
                f"“{shown}”在原文里的写法像录入错误，不能据它编码",
                f"“{shown}” is written corruptly in the text",
                "找另一份文本核对，或写 待定「原文存疑」",
                "compare another copy, or leave it open",
            )
            continue
        yield problem(
            line,
            "E-figure",
            f"原文的这一条里没有“{shown}”{_instead(figure, context)}",
            f"the words and their clause hold no “{shown}”",
            "对照原文改数，或把 @词 指到写着这个数的地方",
            "correct the figure, or point the locator to where it stands",
        )


def _has(words: str, figure: Figure, doubtful: bool = False) -> bool:
    return any(f.same(figure) and (doubtful or not f.doubtful) for f in figures_in(words))


def _implied(words: str, figure: Figure) -> bool:
    """每人每年, 一次性 and 首次 say 一次 without a figure."""
    return figure.value == 1 and figure.family in _ONCE and ("每" in words or "次" in words)


_ONCE = frozenset({"次", "项", "个", "件", "笔"})


def _instead(figure: Figure, context: Context) -> str:
    """The figures of the same kind in the nearest words."""
    words = context.near() or context.wide()
    there = [
        one[f.start : f.end] for one in words for f in figures_in(one) if f.family == figure.family
    ]
    shown = list(dict.fromkeys(there))[:6]
    return f"；那里写的是 {'、'.join(shown)}" if shown else ""


def _dates(
    line: Resting, claims: Claims, context: Context, own_dates: frozenset[date]
) -> Iterator[Problem]:
    if not (claims.days or claims.years or claims.yearly):
        return
    said = [dates_in(words) for words in context.near() + context.wide()]
    wrong = [day.isoformat() for day in claims.days if not _day_said(day, said, own_dates)]
    wrong += [
        f"{year}年"
        for year in claims.years
        if not any(one.has_year(year) for one in said) and year not in {d.year for d in own_dates}
    ]
    wrong += [
        f"{month}月{day}日" if day else f"{month}月"
        for month, day in claims.yearly
        if not any(one.has_yearly(month, day) for one in said)
    ]
    for shown in dict.fromkeys(wrong):
        yield problem(
            line,
            "E-date-anchor",
            f"原文的这一条里没有日期“{shown}”",
            f"the words and their clause do not name the date {shown}",
            "日期也要有出处；原文没有写的不要补",
            "a date rests on words like any figure; do not fill in what the text leaves out",
        )


def _day_said(day: date, said: list[TextDates], own_dates: frozenset[date]) -> bool:
    return day in own_dates or any(one.has(day) for one in said)


def _borders(
    line: Resting, claims: Claims, context: Context, conventions: dict[str, bool]
) -> Iterator[Problem]:
    words = context.near() or context.wide()
    for border in (*claims.borders, *claims.caps):
        signs = {sign for one in words for sign in signs_at(one, border.figure, conventions)}
        if border in claims.caps:
            # An amount's limit: only the direction counts, its own figure is always reached.
            if not any(sign.points_up == (border.op in "≥>") for sign in signs) and signs:
                yield _border_problem(line, border, signs)
        elif contradicts(border.op, signs, border.is_key):
            yield _border_problem(line, border, signs)


def _border_problem(line: Resting, border: Border, signs: set[Sign]) -> Problem:
    official = "、".join(sorted({sign.op for sign in signs}))
    return problem(
        line,
        "E-border",
        f"“{border.op} {border.shown}”与原文的界线不合：按原文和约定是 {official} {border.shown}",
        f"“{border.op} {border.shown}” differs from the words, which say {official}",
        "改符号，或在 约定: 里写明本文件的界线",
        "change the sign, or state the document's borders in conventions:",
    )
