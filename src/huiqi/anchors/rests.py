"""Every atom of a whole text rests on something; 未核 stays out of what was checked in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from huiqi.anchors.lines import Resting
from huiqi.language import tree as t
from huiqi.language.problems import Problem

FULL = "全文"


def missing_anchors(document: t.Document, lines: list[Resting]) -> Iterator[Problem]:
    """Atoms of a document checked in full that carry no locator, nor do what encloses them."""
    if document.checked != FULL:
        return
    for line in lines:
        if line.is_atom and not line.words() and not line.addresses() and not line.is_unverified:
            yield Problem(
                "E-no-anchor",
                f"{line.where}：“{line.text}”没有出处：这一行、它的字段和段落都没有 @词 或 @§",
                f"“{line.text}” rests on nothing: no locator on it, its field or its section",
                line.line,
                1,
                "在行末写 @原文的几个字，或在段落上写 @§第几条",
                "write @words of the text behind it, or @§address on the section",
                line.file,
            )


def unverified_in_full_texts(
    program: t.Program, lines: Mapping[str, list[Resting]]
) -> Iterator[Problem]:
    """Lines marked 未核 that a measure checked in full rests on."""
    full = [m for m in program.measures.values() if _checked(program, m) == FULL]
    users: dict[tuple[str, str], str] = {(m.document, f"事项 {m.name}"): m.name for m in full}
    for measure in full:
        for document, where in _used_sections(program, measure):
            users.setdefault((document, where), measure.name)
    for document, found in lines.items():
        for line in found:
            name = users.get((document, line.where))
            if name is not None and line.own.unverified:
                yield Problem(
                    "E-unverified",
                    f"{line.where}：“{line.text}”标着 @未核，而事项“{name}”写的是按全文核对",
                    f"“{line.text}” is marked unverified, but “{name}” claims the full text",
                    line.line,
                    1,
                    "给事项写 核对: 仅二手 出处 或 未核，或补上出处",
                    "give the measure checked: secondary or unchecked, or find the source",
                    line.file,
                )


def _checked(program: t.Program, measure: t.Measure) -> str:
    if measure.checked:
        return measure.checked
    document = program.documents.get(measure.document)
    return document.checked if document else ""


def _used_sections(program: t.Program, measure: t.Measure) -> set[tuple[str, str]]:
    """The definitions and parameters that a measure is computed from, as (document, section)."""
    found: set[tuple[str, str]] = set()
    todo: list[object] = [measure.condition, measure.amount]
    while todo:
        node = todo.pop()
        for used in _uses(node):
            made: t.Definition | t.Parameter | None
            if isinstance(used, t.UseParameter):
                made, kind = program.parameters.get(used.parameter), "参数"
            else:
                made, kind = program.definitions.get(used.definition), "定义"
            if made is None or (made.document, f"{kind} {made.name}") in found:
                continue
            found.add((made.document, f"{kind} {made.name}"))
            todo += [made.body] if isinstance(made, t.Definition) else [r[1] for r in made.rows]
    return found


def _uses(node: object) -> Iterator[t.UseCondition | t.UseValue | t.UseParameter]:
    if isinstance(node, t.UseCondition | t.UseValue | t.UseParameter):
        yield node
    if isinstance(node, tuple):
        for item in node:
            yield from _uses(item)
    elif is_dataclass(node) and not isinstance(node, type):
        for field in fields(node):
            yield from _uses(getattr(node, field.name))
