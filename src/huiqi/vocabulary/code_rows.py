"""Code tables from rows already read: the national standards, and the small tables of the YAML.

Rows are mappings of column name to text, as csv.DictReader gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from huiqi.vocabulary.calendar import parse_partial_date
from huiqi.vocabulary.codes import CodeTable, Entry
from huiqi.vocabulary.mistakes import CodeError

Row: TypeAlias = Mapping[str, str]
Declaration: TypeAlias = Mapping[str, object]

_SECTION_LEVELS = ("section", "division", "group", "class")
_SHORT = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|省|市|区|县)$")


def industry_table(rows: Iterable[Row], declaration: Declaration) -> CodeTable:
    """GB/T 4754-2017 with the section letter in every code: C, C34, C344, C3441.

    Rows: code, name. The bare number (3441) and the name without 、 are read too.
    """
    english = _texts(declaration.get("english", {}), "行业")
    entries = []
    for row in rows:
        code, name = row["code"], row["name"]
        aliases = [code[1:]] if len(code) > 1 else []
        if "、" in name:
            aliases.append(name.replace("、", ""))
        parent = None if len(code) == 1 else code[0] if len(code) == 3 else code[:-1]
        level = _SECTION_LEVELS[max(0, len(code) - 2)]
        entries.append(Entry(code, name, parent, level, english.get(code, ""), tuple(aliases)))
    return _table("行业", declaration, entries)


def division_table(
    counties: Iterable[Row],
    towns: Iterable[Row],
    changes: Iterable[Declaration],
    declaration: Declaration,
) -> CodeTable:
    """Administrative divisions down to the county, towns where rows are given, dated changes.

    Counties: code (6 digits), name, level (province, city, county). Towns: code (9 digits), name.
    A change has a date, `created` (code: name) and `abolished` (code: {name, now: [codes]}). A
    county without a city of its own lies directly under its province.
    """
    english = _texts(declaration.get("english", {}), "行政区划")
    rows = {row["code"]: row for row in counties}
    entries: dict[str, Entry] = {}
    for code, row in rows.items():
        parent: str | None = f"{code[:4]}00"
        if parent == code or parent not in rows:
            parent = f"{code[:2]}0000" if code[2:] != "0000" else None
        short = _SHORT.sub("", row["name"])
        entries[code] = Entry(
            code,
            row["name"],
            parent,
            row["level"],
            english.get(code, ""),
            short=short if len(short) > 1 else "",
        )
    for row in towns:
        code = row["code"]
        entries[code] = Entry(code, row["name"], code[:6], "town", aliases=(f"{code}000",))
    for change in changes:
        entries.update(_changed(change, entries))
    return _table("行政区划", declaration, entries.values())


def _changed(change: Declaration, entries: Mapping[str, Entry]) -> Iterator[tuple[str, Entry]]:
    """The entries that one change of the divisions creates or abolishes."""
    day = parse_partial_date(str(change["date"]))
    for code, name in _texts(change.get("created", {}), "行政区划").items():
        short = _SHORT.sub("", name)
        yield (
            code,
            Entry(
                code,
                name,
                f"{code[:4]}00",
                "county",
                short=short if len(short) > 1 else "",
            ),
        )
    abolished = change.get("abolished", {})
    assert isinstance(abolished, Mapping)
    for code, what in abolished.items():
        successors = tuple(str(one) for one in what["now"])
        old = entries.get(code) or Entry(code, what["name"], f"{code[:4]}00", "county")
        yield code, old._replace(abolished=day, successors=successors, short="")


def registration_table(rows: Iterable[Row], declaration: Declaration) -> CodeTable:
    """Registration types: code, name, en, parent, aliases (separated by |).

    A row without code is outside the statistical scheme and goes by its name.
    """
    entries = [
        Entry(
            row["code"] or row["name"],
            row["name"],
            row["parent"] or None,
            en=row["en"],
            aliases=tuple(row["aliases"].split("|")) if row["aliases"] else (),
        )
        for row in rows
    ]
    return _table("登记类型", declaration, entries)


def small_table(name: str, declaration: Declaration) -> CodeTable:
    """A table written in YAML: `values` (name: English), or `tree`, with `groups` and `ordered`.

    The name is the code. Raises CodeError C-table with what is wrong.
    """
    entries = list(_leaves(declaration.get("values", {}), None, name))
    entries += _leaves(declaration.get("tree", {}), None, name)
    if not entries:
        raise _wrong(name, "没有取值", "it has no values")
    seen: set[str] = set()
    for entry in entries:
        if entry.code in seen:
            raise _wrong(name, f"“{entry.code}”写了两次", f"“{entry.code}” stands twice")
        seen.add(entry.code)
    return _table(name, declaration, entries)


def _leaves(values: object, parent: str | None, table: str) -> Iterator[Entry]:
    if not isinstance(values, Mapping):
        raise _wrong(
            table, "取值应写作“名称: 英文名”", "values are written as “name: English name”"
        )
    for key, value in values.items():
        name = str(key)
        if not isinstance(value, Mapping):
            yield Entry(name, name, parent, en=str(value or ""))
            continue
        aliases = value.get("aliases", ())
        if isinstance(aliases, str) or not isinstance(aliases, Sequence):
            raise _wrong(table, f"“{name}”的 aliases 应是列表", f"aliases of “{name}” are a list")
        yield Entry(
            name,
            name,
            parent,
            en=str(value.get("en", "")),
            aliases=tuple(str(alias) for alias in aliases),
        )
        yield from _leaves(value.get("children", {}), name, table)


def _table(name: str, declaration: Declaration, entries: Iterable[Entry]) -> CodeTable:
    table = CodeTable(
        name,
        str(declaration.get("en", name)),
        entries,
        _groups(declaration.get("groups", {}), name),
        _groups(declaration.get("possible", {}), name),
        ordered=declaration.get("ordered") is True,
    )
    for group in table.groups():
        for member in (*table.group_codes(group), *table.possible_codes(group)):
            if member not in table:
                raise _wrong(
                    name,
                    f"组“{group}”里的“{member}”不在表中",
                    f"“{member}” in the group “{group}” is not in the table",
                )
    return table


def _groups(groups: object, table: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(groups, Mapping):
        raise _wrong(table, "groups 应写作“组名: [取值]”", "groups are written as “name: [values]”")
    result = {}
    for name, members in groups.items():
        if not isinstance(members, list) or not members:
            raise _wrong(table, f"组“{name}”应是列表", f"the group “{name}” should be a list")
        result[str(name)] = tuple(str(member) for member in members)
    return result


def _texts(values: object, table: str) -> dict[str, str]:
    if not isinstance(values, Mapping):
        raise _wrong(table, "应写作“代码: 名称”", "this is written as “code: name”")
    return {str(key): str(value) for key, value in values.items()}


def _wrong(table: str, why: str, why_en: str) -> CodeError:
    return CodeError("C-table", table=table, why=why, why_en=why_en)
