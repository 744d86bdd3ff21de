"""What can go wrong with a table or its mapping, as data; the words come from one table."""

from dataclasses import dataclass, field
from typing import Literal

Language = Literal["zh", "en"]

# code → (Chinese, English); the fields in braces come from the fault's details.
MESSAGES: dict[str, tuple[str, str]] = {
    # rows of the table
    "not-a-number": ("“{value}”不是数", "“{value}” is not a number"),
    "other-unit": (
        "“{value}”自带的单位和映射里的“{unit}”不同",
        "“{value}” carries another unit than the mapping's “{unit}”",
    ),
    "not-in-map": (
        "“{value}”不在“对应”里（有：{known}）",
        "“{value}” is not in the column's map (known: {known})",
    ),
    "not-a-date": (
        "“{value}”不是“{format}”格式的日期",
        "“{value}” is not a date of the form “{format}”",
    ),
    "cell-error": ("Excel 公式出错：{value}", "Excel formula error: {value}"),
    "long-number": (
        "“{value}”被存成了数字，15 位以后已不准：请把该列设为文本",
        "“{value}” was stored as a number and is inexact after 15 digits: make the column text",
    ),
    "infinite": ("“{value}”不是有限的数", "“{value}” is not a finite number"),
    "nested": ("单元格里是嵌套结构，不能导入", "the cell holds a nested structure"),
    "no-name": ("没有名称", "the name is empty"),
    "no-id": ("没有标识", "the identifier is empty"),
    "no-period": ("没有期间", "the period is empty"),
    "bad-period": (
        "“{value}”不是期间（例：2021、2021年度、2021年3月）",
        "“{value}” is not a period (as 2021, 2021年度, 2021年3月)",
    ),
    "extra-cells": (
        "比表头多出 {count} 个单元格",
        "{count} more cells than the header has",
    ),
    "refused": ("{reason}", "{reason}"),
    "conflict": (
        "与第 {first} 行不一致：“{fact}”已是“{known}”",
        "disagrees with row {first}: “{fact}” is already “{known}”",
    ),
    "duplicate": ("与第 {first} 行重复", "repeats row {first}"),
    "renamed": (
        "名称与第 {first} 行的“{known}”不同，取本行的名称",
        "the name differs from “{known}” in row {first}; this row's name is kept",
    ),
    "unmapped": (
        "表里的这一列映射没有提到；不用的列请写进“忽略”",
        "the mapping does not mention this column; list it under 忽略 (ignore) if unused",
    ),
    "blank-rows": ("{count} 个空行", "{count} blank rows"),
    # the table as a whole
    "no-file": ("找不到文件", "no such file"),
    "encoding": (
        "不是 {tried} 编码，第 {position} 字节读不出",
        "not {tried}: byte {position} cannot be decoded",
    ),
    "unreadable": ("读不出：{reason}", "cannot be read: {reason}"),
    "no-sheet": ("没有工作表“{value}”（有：{known}）", "no sheet “{value}” (known: {known})"),
    "empty-table": ("第 {row} 行没有表头", "row {row} holds no header"),
    "twin-header": (
        "表头“{value}”出现了两次",
        "the header “{value}” stands there twice",
    ),
    "no-column": (
        "表里没有列“{value}”",
        "the table has no column “{value}”",
    ),
    # the mapping file
    "yaml": ("不是合法的 YAML：{reason}", "not valid YAML: {reason}"),
    "unknown-key": ("不认识“{value}”", "unknown key “{value}”"),
    "twin-key": ("“{value}”写了两次", "“{value}” is given twice"),
    "missing-key": ("缺少“{value}”", "“{value}” is missing"),
    "wrong-shape": ("“{value}”应为{expected}", "“{value}” must be {expected}"),
    "row-period": (
        "写了“期间: 本行”，但没有“期间列”",
        "“期间: 本行” (period: row) needs a 期间列 (period_column)",
    ),
    "part-clash": (
        "列“{value}”和另一列写的是同一个事实的同一部分",
        "column “{value}” fills the same part of the same fact as another column",
    ),
    "mixed-parts": (
        "事实“{value}”有的列写了“部分”，有的没有",
        "some columns of “{value}” name a part (部分) and some do not",
    ),
    "mixed-periods": (
        "事实“{value}”有的列写了“期间”，有的没有",
        "some columns of “{value}” name a period (期间) and some do not",
    ),
    "too-new": (
        "映射文件的版本 {value} 比程序认识的新",
        "the mapping file's version {value} is newer than this program",
    ),
}

SUGGESTIONS: dict[str, tuple[str, str]] = {
    "nearest": ("是不是“{nearest}”？", "did you mean “{nearest}”?"),
    "declare-encoding": (
        "看来是 {guess} 编码：在映射的“文件”里写“编码: {guess}”，或另存为 UTF-8",
        "it looks like {guess}: put “编码: {guess}” (encoding) under 文件 (file), or save as UTF-8",
    ),
    "update": ("请升级 huiqi", "update huiqi"),
}


def worded(code: str, details: dict[str, str], lang: Language) -> str:
    """The message of a code in one language, its fields filled in."""
    zh, en = MESSAGES[code]
    return (zh if lang == "zh" else en).format_map(details)


@dataclass(frozen=True)
class Fault:
    """One thing noticed in one row (or column) of a table.

    `row` counts as a spreadsheet does, the header included; 0 where a whole column or file is
    meant. `is_rejection` says whether the row was left out because of it.
    """

    code: str
    row: int
    column: str
    value: str
    details: dict[str, str] = field(default_factory=dict)
    is_rejection: bool = True

    def text(self, lang: Language = "zh") -> str:
        return worded(self.code, {"value": self.value, **self.details}, lang)


class TableError(Exception):
    """The table as a whole cannot be read: nothing was imported."""

    def __init__(self, code: str, file: str, suggestion: str = "", **details: str) -> None:
        self.code, self.file, self.details, self.suggestion = code, file, details, suggestion
        super().__init__(self.text())

    def text(self, lang: Language = "zh") -> str:
        return f"{self.file}: {worded(self.code, self.details, lang)}{self._advice(lang)}"

    def _advice(self, lang: Language) -> str:
        if not self.suggestion:
            return ""
        zh, en = SUGGESTIONS[self.suggestion]
        words = (zh if lang == "zh" else en).format_map(self.details)
        return f"。{words}" if lang == "zh" else f"; {words}"


class MappingError(TableError):
    """The mapping file is wrong at `line` and `column` (both from 1)."""

    def __init__(
        self, code: str, file: str, line: int, column: int, suggestion: str = "", **details: str
    ) -> None:
        self.line, self.column = line, column
        super().__init__(code, file, suggestion, **details)

    def text(self, lang: Language = "zh") -> str:
        words = worded(self.code, self.details, lang)
        return f"{self.file}:{self.line}:{self.column}: {words}{self._advice(lang)}"
