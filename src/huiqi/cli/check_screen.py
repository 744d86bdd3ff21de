"""The result of a check for people: a table of documents, the sums, what survived, what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huiqi.anchors import Coverage
from huiqi.cli.check_report import CheckReport, DocumentReport
from huiqi.library.catalogue import HOW_CHECKED
from huiqi.reasoning.wording import words

if TYPE_CHECKING:
    from rich.console import Console

_HEADS = {
    "zh": ("文件", "核对", "事项", "例子", "覆盖", "出处", "未核", "变异", "问题"),
    "en": ("document", "checked", "measures", "examples", "coverage", "anchored", "unverified",
           "mutants", "problems"),
}  # fmt: skip


def print_report(report: CheckReport, lang: str) -> None:
    from huiqi.cli.screen import console

    out = console()
    _table(report, lang, out)
    for line in sums(report, lang):
        out.print(line, soft_wrap=True)
    for one in report.survivors:
        why = one.why or ("没有写明原因" if lang == "zh" else "no reason given")
        out.print(f"  {one.file}:{one.line}: {one.rule} · {one.what} · {why}", soft_wrap=True)
    warnings = [one for one in report.problems if one.severity != "error"]
    zh = lang == "zh"
    for title, found in (
        ("问题" if zh else "Problems", report.errors),
        ("提醒" if zh else "Warnings", warnings),
    ):
        if found:
            out.print(title, style="bold")
        for problem in found:
            out.print(f"  {problem.text(lang)}", soft_wrap=True)
    if not report.errors:
        out.print("没有问题" if zh else "No problems", style="bold green")
    else:
        count = len(report.errors)
        out.print(f"{count} 处问题" if zh else f"{count} problems", style="bold red")


def _table(report: CheckReport, lang: str, out: Console) -> None:
    from rich.table import Table

    heads = list(_HEADS[lang])
    if report.mutants is None:
        heads.remove(_HEADS[lang][7])
    table = Table(box=None, pad_edge=False)
    for head in heads:
        table.add_column(head, justify="left" if head in _HEADS[lang][:2] else "right")
    for document in report.documents.values():
        table.add_row(*_row(document, lang, report.mutants is not None))
    if report.documents:
        out.print(table)


def _row(one: DocumentReport, lang: str, mutants: bool) -> list[str]:
    checked = one.document.checked or "未核"
    row = [
        one.document.id,
        words(HOW_CHECKED[checked], lang),
        str(one.measures),
        str(one.examples),
        _covered(one.coverage) + ("*" if one.as_of_lock else ""),
        f"{one.atoms.anchored}/{one.atoms.atoms}",
        str(one.atoms.unverified or "·"),
    ]
    if mutants:
        made = one.mutants
        row.append(f"{made.killed}/{made.made}" if made else "·")
    return [*row, str(one.errors + one.warnings or "·")]


def _covered(coverage: Coverage) -> str:
    """Giving sentences that are dealt with, of all of them; · where there is no text."""
    if not coverage.giving:
        return "·"
    return f"{coverage.giving - coverage.untouched}/{coverage.giving}"


def sums(report: CheckReport, lang: str) -> list[str]:
    """The sums below the table."""
    c, a, n = report.coverage, report.atoms, report.names
    zh = lang == "zh"
    lines = [
        f"{len(report.documents)} 份文件，{report.measures} 个事项，{report.examples} 个例子"
        + (f"（{report.outside} 个的数取自规则以外的解读、问答、指南）" if report.outside else "")
        if zh
        else f"{len(report.documents)} documents, {report.measures} measures, {report.examples} examples"
        + (
            f" ({report.outside} with figures from interpretations and guides)"
            * bool(report.outside)
        )
    ]
    if c.giving:
        lines.append(
            f"覆盖：{c.giving} 句给了东西，编码 {c.encoded}，有人评定 {c.judgement}，未定 {c.open}，"
            f"略过 {c.skipped}，未碰 {c.untouched}"
            if zh
            else f"coverage: {c.giving} sentences give something: {c.encoded} encoded, "
            f"{c.judgement} with judgement, {c.open} open, {c.skipped} skipped, {c.untouched} untouched"
        )
    lines.append(
        f"出处：{a.atoms} 行条件和金额，{a.anchored} 行落在原文，{a.unverified} 行未核"
        if zh
        else f"anchors: {a.atoms} lines, {a.anchored} rest on the text, {a.unverified} unverified"
    )
    lines.append(
        f"词汇：全库规则用到 {n.total} 个名称，每事项 {n.per_measure:.2f} 个，只用一次的 {len(n.used_once)} 个"
        if zh
        else f"names: {n.total} used in the library, {n.per_measure:.2f} a measure, {len(n.used_once)} used once"
    )
    if report.as_of_lock:
        count = len(report.as_of_lock)
        lines.append(
            f"* {count} 份文件的原文不在这里，覆盖和出处据锁文件"
            if zh
            else f"* the texts of {count} documents are not here: as of the lock"
        )
    if report.mutants is not None:
        m = report.mutants
        left = m.made - m.killed
        lines.append(
            f"变异：{m.made} 处改动，例子发现 {m.killed} 处（{m.share:.1%}），漏过 {left} 处"
            if zh
            else f"mutants: {m.made} made, {m.killed} killed ({m.share:.1%}), {left} survive"
        )
    return lines
