"""Reads plain fields of a section, and keeps a refusal with its file."""

from __future__ import annotations

from dataclasses import replace

from huiqi.checking.scope import Builder
from huiqi.language import syntax as s
from huiqi.language import tree as t
from huiqi.language.problems import RuleError


def words(section: s.Section, label: str) -> str:
    found = section.field(label)
    return found.content.items[0] if found and isinstance(found.content, s.Words) else ""


def items(section: s.Section, label: str) -> tuple[str, ...]:
    found = section.field(label)
    return found.content.items if found and isinstance(found.content, s.Words) else ()


def checked_as(section: s.Section) -> tuple[str, str]:
    found = section.field("核对")
    if found and isinstance(found.content, s.Checked):
        return found.content.how, found.content.detail
    return "", ""


def noted(section: s.Section, label: str) -> tuple[tuple[str, t.Source], ...]:
    return tuple(
        (
            field.content.items[0],
            t.Source("", field.line, field.marks.words, field.marks.addresses),
        )
        for field in section.all(label)
        if isinstance(field.content, s.Words)
    )


def report(builder: Builder, error: RuleError, line: int, document: str) -> None:
    """Keep a refusal with its file; the section that it stops is left out, the others go on."""
    found = error.problem
    builder.problems.append(
        replace(
            found, line=found.line or line, file=found.file or builder.files.get(document, document)
        )
    )
