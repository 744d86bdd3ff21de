"""A fact file as one Excel sheet: a row a value, with the columns 名称, 期间, 值, 来源 (name, period, value, source).

Further columns 单位 (put behind the figure) and 日期. Rows named 企业名称, 申报日, 示例 or 标识 are about the file.
Parts and records: 高新技术企业.授予日, 经营异常名录.查询日, 知识产权1.类别.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from huiqi.library.written import UnreadableError, Written, plain_text

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("名称", "事实", "name", "fact"),
    "period": ("期间", "年度", "period", "year"),
    "value": ("值", "value"),
    "source": ("来源", "source"),
    "date": ("日期", "date"),
    "unit": ("单位", "unit"),
}
HEAD = {
    "企业名称": "名称", "名称": "名称", "firm": "名称",
    "申报日": "申报日", "as_of": "申报日",
    "示例": "示例", "example": "示例",
    "标识": "标识", "id": "标识",
}  # fmt: skip
_RECORD = re.compile(r"(.+?)(\d+)\.(.+)")


def read_sheet(path: Path) -> Written:
    """The sheet 事实, or the first one, in the form of a written fact file. Raises UnreadableError."""
    rows = _rows(path)
    if not rows:
        raise UnreadableError("F-empty", "工作表是空的", "the sheet is empty")
    columns = _columns(rows[0])
    head: list[tuple[str, Written]] = []
    sheet = _Sheet()
    for number, row in enumerate(rows[1:], start=2):
        cells = {key: _cell(row, at) for key, at in columns.items()}
        name = cells["name"]
        if not any(cells.values()):
            continue
        if name in HEAD:
            head.append((HEAD[name], Written(cells["value"], line=number)))
        else:
            sheet.add(cells, number)
    return Written(pairs=(*head, ("事实", sheet.written())), line=1)


def _rows(path: Path) -> Sequence[Sequence[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        name = next((one for one in book.sheet_names if one in ("事实", "facts")), None)
        sheet = book.get_sheet_by_name(name or book.sheet_names[0])
        rows: Sequence[Sequence[Any]] = sheet.to_python(skip_empty_area=False)
        return rows
    except (CalamineError, IndexError) as error:
        raise UnreadableError("F-sheet", f"读不了：{error}", f"cannot be read: {error}") from None


def _columns(header: Sequence[Any]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(header):
        for key, names in COLUMNS.items():
            if plain_text(cell).lower() in names:
                found.setdefault(key, at)
    for key, word in (("name", "名称"), ("value", "值")):
        if key not in found:
            raise UnreadableError(
                "F-columns",
                f"第一行没有“{word}”这一列；列名应是 名称、期间、值、来源",
                f"the first row has no column {word}: name, period, value, source are expected",
                1,
            )
    return found


def _cell(row: Sequence[Any], at: int) -> str:
    return plain_text(row[at]) if at < len(row) else ""


class _Sheet:
    """Rows put together: periods under their fact, parts under their title, fields under their record."""

    def __init__(self) -> None:
        self._facts: dict[str, dict[str, list[Written]]] = {}
        self._parts: dict[str, dict[str, Written]] = {}
        self._records: dict[str, dict[int, list[tuple[str, Written]]]] = {}
        self._lines: dict[str, int] = {}

    def add(self, cells: Mapping[str, str], row: int) -> None:
        name = cells["name"]
        value = Written(cells["value"] + cells.get("unit", ""), line=row)
        told = [("值", value)]
        for key, word in (("source", "来源"), ("date", "日期")):
            if cells.get(key):
                told.append((word, Written(cells[key], line=row)))
        if len(told) > 1:
            value = Written(pairs=tuple(told), line=row)
        period = cells.get("period", "")
        record = _RECORD.fullmatch(name)
        base, dot, part = name.partition(".")
        self._lines.setdefault(record[1] if record else base, row)
        if record:
            field = f"{period} {record[3]}" if period else record[3]
            self._records.setdefault(record[1], {}).setdefault(int(record[2]), []).append(
                (field, value)
            )
        elif dot:
            self._parts.setdefault(base, {})[part] = Written(cells["value"], line=row)
        else:
            self._facts.setdefault(name, {}).setdefault(period, []).append(value)

    def written(self) -> Written:
        pairs: list[tuple[str, Written]] = []
        for name, periods in self._facts.items():
            for period, values in periods.items():
                one = values[0] if len(values) == 1 else Written(items=tuple(values))
                spelled = f"{period} {name}" if period else name
                pairs.append((spelled, one if one.line else _at(one, self._lines[name])))
        for name, parts in self._parts.items():
            pairs.append((name, Written(pairs=tuple(parts.items()), line=self._lines[name])))
        for name, records in self._records.items():
            items = tuple(Written(pairs=tuple(found)) for _, found in sorted(records.items()))
            pairs.append((name, Written(items=items, line=self._lines[name])))
        return Written(pairs=tuple(pairs), line=1)


def _at(written: Written, line: int) -> Written:
    return Written(written.text, written.items, written.pairs, line)
