"""把一条规则读给人看：一句白话、条件的阶梯、金额的决策表；给文号则列出它的事项。

Show a rule: a plain sentence, its conditions as an indented ladder, the decision table of its amounts.
MEASURE is a measure's name or id, the name of a definition, or the number of a document (lists its
measures). --json also holds the rule's tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huiqi.cli.options import AsJson, Lang, Language, Policies

if TYPE_CHECKING:
    from rich.console import Console

    from huiqi.language import syntax as s
    from huiqi.language import tree as t
    from huiqi.library.library import Library
    from huiqi.reasoning.decision_table import DecisionTable
    from huiqi.reasoning.ladder import Step

_CHECKED = {
    "全文": ("核对过官方全文", "checked against the full text"),
    "仅二手": ("仅据二手资料", "from secondary sources only"),
    "未核": ("未核对", "not checked"),
}
_OTHERS = ("参数", "打开")
# What the sentence, the ladder and the table have said already.
_SAID = frozenset({"摘要", "对象", "条件", "事件", "奖励", "例", "例外", "核对"})


def command(
    measure: Annotated[
        str,
        typer.Argument(metavar="MEASURE", help="事项、定义或文号 · measure, definition, document"),
    ],
    policies: Policies = None,
    as_json: AsJson = False,
    lang: Language = Lang.zh,
) -> int:
    from huiqi.cli import inputs
    from huiqi.cli.codes import FINE
    from huiqi.cli.screen import console, print_json

    library = inputs.library_at(policies)
    document = library.program.documents.get(measure.strip())
    definition = _definition(measure.strip(), library)
    other = None if definition else _other(measure.strip(), library)
    if document is not None:
        if as_json:
            print_json(_document_json(document, library))
        else:
            _print_document(document, library, lang.value, console())
    elif definition is not None:
        if as_json:
            print_json(definition_json(definition, library, lang.value))
        else:
            _print_definition(definition, library, lang.value, console())
    elif other is not None:
        if as_json:
            print_json(
                {
                    "section": other.kind,
                    "title": other.name,
                    "text": _text(other, lang.value),
                    "rule": _tree(other),
                }
            )
        else:
            console().print(_text(other, lang.value).rstrip(), soft_wrap=True)
    else:
        _known(measure.strip(), library)
        found = inputs.measure_named(measure.strip(), library)
        if as_json:
            print_json(measure_json(found, library, lang.value))
        else:
            print_measure(found, library, lang.value, console())
    return FINE


def _definition(name: str, library: Library) -> t.Definition | None:
    """A definition by id, or by a name that no measure and no other definition has."""
    if any(name in (one.id, one.name) for one in library.program.measures.values()):
        return None
    found = [
        one
        for one in library.program.definitions.values()
        if name in (one.id, one.name) and " @" not in one.id
    ]
    return found[0] if len(found) == 1 else None


def _other(name: str, library: Library) -> s.Section | None:
    """A parameter or an opened term of this name, where no measure has it."""
    if any(name in (one.id, one.name) for one in library.program.measures.values()):
        return None
    program = library.program
    named = {one.name for group in (program.parameters, program.opened) for one in group.values()}
    if name not in named:
        return None
    sections = (one for file in library.files.values() for one in file.sections)
    return next((one for one in sections if one.name == name and one.kind in _OTHERS), None)


def _known(name: str, library: Library) -> None:
    """Raises CommandError with the nearest names where nothing is called so."""
    from difflib import get_close_matches

    from huiqi.cli.codes import CommandError

    program = library.program
    if any(name in (one.id, one.name) for one in program.measures.values()):
        return
    measures = (one.name for one in program.measures.values())
    definitions = (one.name for one in program.definitions.values())
    names = tuple(dict.fromkeys((*measures, *definitions, *program.documents)))
    near = [one for one in names if name in one][:5] or get_close_matches(name, names, 5, 0.4)
    listed = "".join(f"\n  {one}" for one in near)
    raise CommandError(
        f"没有叫“{name}”的事项、定义或文件" + (f"，是不是：{listed}" if near else ""),
        f"no measure, definition or document “{name}”"
        + (f"; did you mean:{listed}" if near else ""),
    )


# ---------------------------------------------------------------- as data
def measure_json(measure: t.Measure, library: Library, lang: str) -> dict[str, Any]:
    """Everything shown of a measure, and its tree (docs/reference: the JSON form of a rule)."""
    from huiqi.reasoning.sentence import describe

    section = library.sections[measure.id]
    said = describe(measure, section, lang, _definitions(measure, library), _label(library, lang))
    head = library.program.documents[measure.document]
    return {
        "measure": measure.id,
        "title": measure.name,
        "document": {"id": head.id, "title": head.title},
        "clauses": list(measure.address),
        "checked": measure.checked,
        "summary": measure.summary,
        "sentence": said.sentence,
        "conditions": _step_json(said.conditions),
        "amounts": _table_json(said.amounts),
        "text": _text(section, lang),
        "rule": _tree(section),
    }


def definition_json(definition: t.Definition, library: Library, lang: str) -> dict[str, Any]:
    from huiqi.reasoning.decision_table import decision_table

    section = library.sections[definition.id]
    users = used_by(definition, library)
    return {
        "definition": definition.id,
        "title": definition.name,
        "kind": definition.type.kind,
        "used_by": users,
        "amounts": _table_json(decision_table(section, lang)) if _is_value(definition) else None,
        "text": _text(section, lang),
        "rule": _tree(section),
    }


def _is_value(definition: t.Definition) -> bool:
    return definition.type.kind not in ("condition", "records")


def used_by(definition: t.Definition, library: Library) -> list[str]:
    """Ids of the measures that name a definition in their own lines."""
    from huiqi.language import tree as t

    def names(node: Any) -> bool:
        if isinstance(node, t.UseValue | t.UseCondition):
            return node.definition.split(" @")[0] == definition.id
        if isinstance(node, tuple):
            return any(names(item) for item in node)
        return is_dataclass(node) and any(names(getattr(node, one.name)) for one in fields(node))

    return [one.id for one in library.program.measures.values() if names(one)]


def _document_json(head: t.Document, library: Library) -> dict[str, Any]:
    days = {"issued": head.issued, "in_force": head.in_force, "ends": head.ends}
    return {
        "document": head.id,
        "title": head.title,
        "issuers": list(head.issuers),
        "region": list(head.region),
        **{key: day.isoformat() if day else None for key, day in days.items()},
        "checked": head.checked,
        "measures": [
            {"measure": one.id, "title": one.name, "clauses": list(one.address),
             "summary": one.summary}
            for one in _measures_of(head, library)
        ],
    }  # fmt: skip


def _step_json(step: Step) -> dict[str, Any]:
    made: dict[str, Any] = {"text": step.text}
    if step.join:
        made["join"] = step.join
        made["items"] = [_step_json(item) for item in step.items]
    if step.count:
        made["count"] = step.count
    return made


def _table_json(table: DecisionTable) -> dict[str, Any]:
    rows = [
        {"when": list(row.when), "amount": row.amount, **({"part": row.part} if row.part else {})}
        for row in table.rows
    ]
    return {"rows": rows, "notes": list(table.notes)}


def _tree(section: s.Section) -> Any:
    import json

    from huiqi.language import syntax as s
    from huiqi.language.json_form import to_json

    return json.loads(to_json(s.RuleFile((section,))))["sections"][0]


def _text(section: s.Section, lang: str) -> str:
    from huiqi.language import syntax as s
    from huiqi.language.format import format_rule_file

    return format_rule_file(s.RuleFile((section,)), lang)


# ---------------------------------------------------------------- for people
def print_measure(measure: t.Measure, library: Library, lang: str, out: Console) -> None:
    from huiqi.reasoning.ladder import drawn
    from huiqi.reasoning.sentence import describe

    section = library.sections[measure.id]
    said = describe(measure, section, lang, _definitions(measure, library), _label(library, lang))
    head = library.program.documents[measure.document]
    zh = lang == "zh"
    out.print(measure.name, style="bold")
    checked = _CHECKED.get(measure.checked or head.checked, _CHECKED["未核"])[0 if zh else 1]
    clauses = "、".join(measure.address)
    out.print(f"{head.id} {head.title}  {clauses}  {checked}", style="dim", soft_wrap=True)
    if measure.summary:
        out.print(measure.summary)
    out.print()
    out.print(said.sentence)
    out.print()
    out.print("条件" if zh else "Conditions", style="bold")
    for line in drawn(said.conditions):
        out.print(line, soft_wrap=True)
    _print_table(said.amounts, lang, out)
    _print_rest(section, lang, out)


def _print_definition(definition: t.Definition, library: Library, lang: str, out: Console) -> None:
    from huiqi.reasoning.decision_table import decision_table

    section = library.sections[definition.id]
    out.print(_text(_without(section, frozenset({"例"})), lang).rstrip(), soft_wrap=True)
    if _is_value(definition):
        _print_table(decision_table(section, lang), lang, out)
    users = used_by(definition, library)
    if users:
        out.print("用到它的事项" if lang == "zh" else "Used by", style="bold")
        for one in users:
            out.print(f"  {one}", soft_wrap=True)


def _print_document(head: t.Document, library: Library, lang: str, out: Console) -> None:
    out.print(f"{head.id} {head.title}", style="bold", soft_wrap=True)
    for one in _measures_of(head, library):
        clauses = "、".join(one.address)
        out.print(f"  {one.name}  {clauses}", soft_wrap=True)
        if one.summary and lang == "zh":
            out.print(f"    {one.summary}", style="dim", soft_wrap=True)


def _print_table(table: DecisionTable, lang: str, out: Console) -> None:
    if not table.rows:
        return
    from rich.table import Table

    zh = lang == "zh"
    out.print()
    shown = Table(box=None, pad_edge=False, title_justify="left", show_header=True)
    has_parts = any(row.part for row in table.rows)
    if has_parts:
        shown.add_column("部分" if zh else "part")
    shown.add_column("情形" if zh else "when")
    shown.add_column("金额" if zh else "amount")
    for row in table.rows:
        when = ("，且 " if zh else " and ").join(row.when)
        shown.add_row(*((row.part,) if has_parts else ()), when, row.amount)
    out.print(shown)
    for note in table.notes:
        out.print(f"  {note}", soft_wrap=True)


def _print_rest(section: s.Section, lang: str, out: Console) -> None:
    """Who, when, how often, together with what: the other fields as the rule writes them."""
    lines = _text(_without(section, _SAID), lang).splitlines()[1:]
    if lines:
        out.print()
    for line in lines:
        out.print(line.removeprefix("  "), soft_wrap=True)


def _without(section: s.Section, labels: frozenset[str]) -> s.Section:
    import msgspec

    kept = tuple(field for field in section.fields if field.label not in labels)
    return msgspec.structs.replace(section, fields=kept)


def _measures_of(head: t.Document, library: Library) -> list[t.Measure]:
    return [one for one in library.program.measures.values() if one.document == head.id]


def _definitions(measure: t.Measure, library: Library) -> Mapping[str, s.Section]:
    """The definitions that its lines may name: its own document's before those of others."""
    found: dict[str, s.Section] = {}
    definitions = library.program.definitions.values()
    for one in sorted(definitions, key=lambda one: one.document != measure.document):
        if one.id in library.sections:
            found.setdefault(one.name, library.sections[one.id])
    return found


def _label(library: Library, lang: str) -> Any:
    def label(name: str) -> str:
        fact = library.vocabulary.find(name)
        return fact.label(lang) if fact else name

    return label
