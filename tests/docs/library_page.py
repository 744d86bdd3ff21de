"""The pages of the library, made from the shipped rules: the list of documents, and the measures by level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

import huiqi
from huiqi.cli.check_report import CheckReport, check
from huiqi.language import tree as t
from huiqi.library.catalogue import LEVELS, STATES, Listed, catalogue
from huiqi.library.paths import policies_dir
from huiqi.library.statistics import reuse, settled
from huiqi.library.texts import load_lock
from huiqi.reasoning.wording import CHECKED

AS_OF = date(2026, 11, 24)  # the day the states on the page are of
LIST = "docs/reference/library.md"
FOLDER = "docs/reference/library"
MADE = """本页由规则生成，测试核对它没有过期；改了规则以后用 `make docs` 重写。
Made from the rules and held against them by a test; `make docs` rewrites it after a change.
"""
COVERAGE = """覆盖：文件里给人东西的句子里，有多少句编成了规则、由人评定、文件自己没定、有理由地略过；一句没碰的会报错。只见过二手资料又没有存下文字的，没有原文可数。
Coverage: of the sentences that give something, how many are encoded, left to a person, left open by the document, or skipped with a reason. No sentence may be untouched. Documents without a stored text have none to count.
"""


def library_pages() -> Mapping[str, str]:
    """Path → content of every page."""
    library = huiqi.load()
    lock = load_lock(policies_dir())
    report = check(library, lock=lock)
    rows = catalogue(library, lock, AS_OF)
    pages = {LIST: _page(_list(rows, library, report))}
    for level in LEVELS:
        own = [row for row in rows if row.level == level]
        if own:
            pages[f"{FOLDER}/{level}.md"] = _page(_measures(level, own, library))
    return pages


def _page(lines: Iterator[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


# ---------------------------------------------------------------- the list
def _list(rows: list[Listed], library: huiqi.Library, report: CheckReport) -> Iterator[str]:
    yield "# 随附的政策文件 · The shipped documents"
    yield MADE
    yield COVERAGE
    yield from _sums(rows, library, report)
    for level, (zh, en) in LEVELS.items():
        own = [row for row in rows if row.level == level]
        if not own:
            continue
        yield f"\n## [{zh} · {en}](library/{level}.md)"
        yield "| 文件 · document | 地区 · place | 有效 · in force | 状态 · state | 事项 · measures | 核对 · checked | 给东西的句子 · giving sentences |"
        yield "| --- | --- | --- | --- | --- | --- | --- |"
        for row in own:
            d = row.document
            yield (
                f"| {row.name} | {row.place} | {_in_force(d)} | {STATES[row.state][0]} | "
                f"{len(row.measures)} | {_checked(d.checked, d.checked_detail)} | {_covered(row)} |"
            )


def _sums(rows: list[Listed], library: huiqi.Library, report: CheckReport) -> Iterator[str]:
    measures = list(library.program.measures.values())
    drafts = sum(bool(library.program.documents[one.document].draft) for one in measures)
    how = [one.checked or library.program.documents[one.document].checked for one in measures]
    zh = "，".join(f"{words[1]} {how.count(key)}" for key, words in CHECKED.items() if key in how)
    en = ", ".join(f"{how.count(key)} {words[2]}" for key, words in CHECKED.items() if key in how)
    able = [row for row in rows if row.measures]
    ended = sum(row.state == "ended" for row in able)
    yield (
        f"{len(able)} 份文件，{len(measures)} 个事项（{drafts} 个在草案里，只试算）：{zh}。"
        f"{AS_OF} 已到期的 {ended} 份照样回答它们自己的时间。"
    )
    yield (
        f"{len(able)} documents, {len(measures)} measures ({drafts} in drafts, never answered): {en}. "
        f"{ended} documents had ended by {AS_OF}; they answer for their own time.\n"
    )
    s, names = settled(library.program), reuse(library)
    quarters = " → ".join(f"{one:.2f}" for one in names.new_per_measure)
    yield (
        f"全由事实决定的事项 {s.facts}（{s.facts / s.all:.0%}），有人评定的 {s.person}（{s.person / s.all:.0%}），"
        f"文件有没写明的 {s.open}（{s.open / s.all:.0%}）。"
        f"例子 {report.examples} 个，{report.outside} 个的数取自规则以外。"
    )
    yield (
        f"Decided by facts alone {s.facts}, with a person's judgement {s.person}, with something left "
        f"open {s.open}. {report.examples} examples, {report.outside} with figures from outside the rules.\n"
    )
    yield (
        f"规则用到 {names.names} 个名称，只用一次的 {len(names.once)} 个；库变大时每个事项新带来的名称"
        f"（四等分，文件随机排）：{quarters}。"
    )
    yield (
        f"{names.names} names in use, {len(names.once)} used once; new names a further measure brings, "
        f"by quarters of the library in random order: {quarters}."
    )
    used = [(key, count) for key, count in names.definitions if count > 1 and " @" not in key][:15]
    yield "\n用得最多的定义 · definitions most used: " + "、".join(
        f"{key.rpartition(' ')[2]}（{count}）" for key, count in used
    )


def _covered(row: Listed) -> str:
    c = row.coverage
    if c is None:
        return "—"
    return f"{c.giving} = {c.encoded} 编码 + {c.judgement} 评定 + {c.open} 未定 + {c.skipped} 略过"


# ---------------------------------------------------------------- the measures
def _measures(level: str, rows: list[Listed], library: huiqi.Library) -> Iterator[str]:
    zh, en = LEVELS[level]
    yield f"# {zh}的事项 · Measures: {en}"
    yield MADE
    yield "[全部文件 · all documents](../library.md)"
    place = ""
    for row in rows:
        if row.place != place:
            yield f"\n## {row.place}"
            place = row.place
        yield f"\n### {row.name}"
        for measure in row.measures:
            yield (
                f"- **{measure.name}**（{'、'.join(measure.address) or '未核'}）："
                f"{measure.summary}{_own(measure, row)}"
            )
        if not row.measures:
            own = [
                one.name
                for one in library.program.definitions.values()
                if one.document == row.id and " @" not in one.id
            ]
            yield (
                "没有事项，供别的文件引用的定义 · no measure; definitions that others use: "
                + "、".join(own)
            )


def _own(measure: t.Measure, row: Listed) -> str:
    """How the measure itself was checked, where it is weaker than its document."""
    if not measure.checked or measure.checked == row.document.checked:
        return ""
    return f"（{_checked(measure.checked, measure.checked_detail)}）"


def _checked(how: str, detail: str) -> str:
    return f"{CHECKED[how or '未核'][1]} {detail}".strip()


def _in_force(document: t.Document) -> str:
    start, end = document.in_force or document.issued, document.ends
    if start is None and end is None:
        return "起止未见"
    text = (policies_dir().parent / document.file).read_text(encoding="utf-8")
    year = re.search(
        r"^  发布: (\d{4})( |$)", text, re.MULTILINE
    )  # of some, only the year is known
    from_day = f"{year[1]} 年" if year and "\n  施行:" not in text else str(start or "?")
    return f"{from_day} ~ {end or '未写明止日'}"
