"""Code tables read from vocabulary/codes: the national standards (CSV) and the small ones (YAML).

A YAML file holds tables by name. One with `file:` takes its rows from a CSV beside it; the others
list their values themselves.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from huiqi.vocabulary.code_rows import (
    division_table,
    industry_table,
    registration_table,
    small_table,
)
from huiqi.vocabulary.codes import CodeTable
from huiqi.vocabulary.mistakes import CodeError

# The C loader reads a table in a tenth of the time; both accept the same documents.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CHANGES = "division_changes.yaml"


def load_code_tables(vocabulary_dir: Path) -> dict[str, CodeTable]:
    """Every code table under `vocabulary_dir`/codes by name; read once a process.

    Raises CodeError C-table, with file and reason, for a table that is written wrongly.
    """
    return dict(_load(vocabulary_dir.resolve()))


@lru_cache(maxsize=8)
def _load(vocabulary_dir: Path) -> Mapping[str, CodeTable]:
    folder = vocabulary_dir / "codes"
    tables: dict[str, CodeTable] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == _CHANGES:
            continue
        for name, declaration in _mapping(path).items():
            if name in tables:
                raise _wrong(path, f"表“{name}”在别的文件里已有", f"“{name}” is declared elsewhere")
            tables[str(name)] = _table(str(name), declaration, path)
    return tables


def _table(name: str, declaration: object, path: Path) -> CodeTable:
    if not isinstance(declaration, Mapping):
        raise _wrong(path, f"表“{name}”没有内容", f"the table “{name}” is empty")
    if "file" not in declaration:
        return small_table(name, declaration)
    rows = _rows(path.parent / str(declaration["file"]))
    build: Callable[..., CodeTable] | None = _BUILDERS.get(name)
    if name == "行政区划":
        towns = _rows(path.parent / str(declaration["towns"]))
        changes = _document(path.parent / str(declaration["changes"]))
        assert isinstance(changes, list), f"{declaration['changes']} is a list of changes"
        return division_table(rows, towns, changes, declaration)
    if build is None:
        raise _wrong(path, f"表“{name}”不能取自 CSV", f"“{name}” cannot be read from CSV")
    return build(rows, declaration)


_BUILDERS: dict[str, Callable[..., CodeTable]] = {
    "行业": industry_table,
    "登记类型": registration_table,
}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines)
        header = next(reader)
        return [dict(zip(header, row, strict=True)) for row in reader]


def _document(path: Path) -> object:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), _LOADER)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        first = str(error).splitlines()[0]
        raise _wrong(
            path, f"不是可读的 YAML（{first}）", f"it is no valid YAML ({first})"
        ) from None


def _mapping(path: Path) -> Mapping[object, object]:
    document = _document(path)
    if not isinstance(document, Mapping):
        raise _wrong(path, "应写作“表名: 内容”", "tables are written as “name: content”")
    return document


def _wrong(path: Path, why: str, why_en: str) -> CodeError:
    return CodeError("C-table", table=path.name, why=why, why_en=why_en)
