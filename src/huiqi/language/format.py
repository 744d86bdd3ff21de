"""The canonical form of a rule file: what `huiqi fmt` writes, in Chinese or in English keywords.

INVARIANT: reading the text again gives `canonical(tree)` up to positions, in either language.
"""

from __future__ import annotations

from collections.abc import Sequence

from huiqi.language import syntax as s
from huiqi.language.canonical import BELOW_BODY, canonical
from huiqi.language.format_expression import ExpressionPrinter
from huiqi.language.format_field import FieldPrinter
from huiqi.language.format_lines import LinePrinter
from huiqi.language.sheet import Sheet
from huiqi.language.words import SECTIONS

_UNNUMBERED = "无文号「"


def format_rule_file(tree: s.RuleFile, lang: str = "zh") -> str:
    """The canonical text of a rule file whose text had no problems; `lang` is "zh" or "en"."""
    tree = canonical(tree)
    parts: list[str] = []
    if tree.language:
        parts.append(f"{'语言' if lang == 'zh' else 'language'} {tree.language}")
    parts += ["\n".join(_section(section, lang)) for section in tree.sections]
    if tree.end_comments:
        parts.append("\n".join(f"# {comment}".rstrip() for comment in tree.end_comments))
    return "\n\n".join(parts) + "\n"


def _section(section: s.Section, lang: str) -> Sequence[str]:
    sheet = Sheet("未核" if lang == "zh" else "unverified")
    words = ExpressionPrinter(lang)
    lines = LinePrinter(sheet, words)
    fields = FieldPrinter(sheet, words, lines)
    kind = section.kind if lang == "zh" else SECTIONS[section.kind]
    document = section.document
    if lang == "en" and document.startswith(_UNNUMBERED):
        document = document.replace("无文号", "unnumbered", 1)
    table = section.table
    said = [kind, document, section.name, words.show(table) if table else ""]
    sheet.head(" ".join(part for part in said if part), section.marks)
    if table:
        lines.rows(2, table, 0)
    below = [field for field in section.fields if section.body and field.label in BELOW_BODY]
    for field in section.fields:
        if field not in below:
            fields.field(2, field)
    for line in section.body:
        lines.line(2, line)
    for field in below:
        fields.field(2, field)
    return sheet.text()
