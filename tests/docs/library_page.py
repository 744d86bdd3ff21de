"""docs/reference/library.md, made from the shipped rules: every document and measure, and how it was checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

import huiqi
from huiqi.cli.check_report import CheckReport, DocumentReport, check
from huiqi.language import tree as t
from huiqi.library.paths import policies_dir
from huiqi.library.texts import load_lock
from huiqi.reasoning.wording import CHECKED

LEVELS = {
    "national": "国家 · national",
    "provincial": "省级 · provincial",
    "municipal": "市级 · municipal",
    "county": "县级 · county",
}
HEAD = """# 随附的政策文件 · The shipped documents
本页由规则生成，测试核对它没有过期；改了规则以后用 `make docs` 重写。
Made from the rules and held against them by a test; `make docs` rewrites it after a change.

覆盖：文件里给人东西的句子里，有多少句编成了规则、由人评定、文件自己没定、有理由地略过；一句没碰的会报错。仅二手：只见过二手资料，没有原文可数。
Coverage: of the sentences that give something, how many are encoded, left to a person, left open by the document, or skipped with a reason. No sentence may be untouched. Documents known from secondary sources only have no text to count.
"""


def library_page() -> str:
    """The whole page."""
    library = huiqi.load()
    report = check(library, lock=load_lock(policies_dir()))
    return "\n".join([HEAD, *_summary(library, report), *_documents(library, report)]) + "\n"


def _summary(library: huiqi.Library, report: CheckReport) -> Iterator[str]:
    how = [_how(one, report.documents) for one in library.program.measures.values()]
    counts = "，".join(
        f"{zh} {how.count(key)}" for key, (_, zh, _) in CHECKED.items() if key in how
    )
    english = ", ".join(
        f"{how.count(key)} {en}" for key, (_, _, en) in CHECKED.items() if key in how
    )
    yield f"{len(report.documents)} 份文件，{report.measures} 个事项：{counts}。"
    yield f"{len(report.documents)} documents, {report.measures} measures: {english}.\n"
    yield "| 文件 · document | 地区 · place | 有效 · in force | 事项 · measures | 核对 · checked | 给东西的句子 · giving sentences |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for one in _ordered(report):
        d, c = one.document, one.coverage
        covered = (
            f"{c.giving} = {c.encoded} 编码 + {c.judgement} 评定 + {c.open} 未定 + {c.skipped} 略过"
            if c.giving
            else "—"
        )
        yield (
            f"| {d.id} {d.title} | {'、'.join(d.region)} | {_in_force(d)} | {one.measures} | "
            f"{_checked(d.checked, d.checked_detail)} | {covered} |"
        )


def _documents(library: huiqi.Library, report: CheckReport) -> Iterator[str]:
    level = ""
    for one in _ordered(report):
        here = _level(one)
        if here != level:
            yield f"\n## {LEVELS[here]}"
            level = here
        yield f"\n### {one.document.id}"
        yield f"{one.document.title}。"
        for measure in library.program.measures.values():
            if measure.document == one.document.id:
                yield f"- **{measure.name}**（{'、'.join(measure.address) or '未核'}）：{measure.summary}{_own(measure, one)}"
        if not one.measures:
            yield "- 没有事项，供别的文件引用的定义 · no measure: definitions that other documents use"


def _ordered(report: CheckReport) -> list[DocumentReport]:
    levels = list(LEVELS)
    return sorted(
        report.documents.values(),
        key=lambda one: (levels.index(_level(one)), one.document.file),
    )


def _level(document: DocumentReport) -> str:
    """The folder below policies/."""
    return next(part for part in PurePath(document.document.file).parts if part in LEVELS)


def _how(measure: t.Measure, documents: dict[str, DocumentReport]) -> str:
    return measure.checked or documents[measure.document].document.checked


def _own(measure: t.Measure, document: DocumentReport) -> str:
    """How the measure itself was checked, where it is weaker than its document."""
    if not measure.checked or measure.checked == document.document.checked:
        return ""
    return f"（{_checked(measure.checked, measure.checked_detail)}）"


def _checked(how: str, detail: str) -> str:
    return f"{CHECKED[how][1]} {detail}".strip()


def _in_force(document: t.Document) -> str:
    start, end = document.in_force or document.issued, document.ends
    if start is None and end is None:
        return "起止未见"
    text = _text(document)
    year = re.search(
        r"^  发布: (\d{4})( |$)", text, re.MULTILINE
    )  # of some, only the year is known
    from_day = f"{year[1]} 年" if year and "\n  施行:" not in text else str(start or "?")
    return f"{from_day} ~ {end or '未写明止日'}"


def _text(document: t.Document) -> str:
    return (policies_dir().parent / document.file).read_text(encoding="utf-8")
