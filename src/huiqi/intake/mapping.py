"""The mapping file: which column is which fact, in which unit, of which period, from where.

    文件: {工作表: 名单, 表头行: 1, 编码: utf-8}
    名称: 企业名称              # the column that names the subject
    标识: 统一社会信用代码       # rows with one identifier are one subject; default: the name
    期间列: 年份
    来源: 年报
    空值: ["", "-", 不详]
    列:
      营业总收入: {事实: 营业收入, 单位: 万元, 期间: 本行}
      高企: {事实: 高新技术企业, 部分: 授予日, 日期格式: "%Y/%m/%d"}
      类型: {事实: 登记类型, 对应: {私营: 民营企业}}
    忽略: [备注]

With `记录: 知识产权` each row is one record of its subject and the columns are its fields.
Every key has an English form; nothing is computed from a value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from huiqi.intake.fault import MappingError
from huiqi.intake.mapping_node import MapNode, root_node

VERSION = 1
DEFAULT_NULLS = ("",)

TOP_KEYS = {
    "版本": "version", "文件": "file", "名称": "name", "标识": "id", "示例": "example",
    "申报日": "as_of", "期间列": "period_column", "来源": "source", "日期": "date",
    "空值": "nulls", "列": "columns", "忽略": "ignore", "记录": "records", "完整": "complete",
}  # fmt: skip
FILE_KEYS = {
    "工作表": "sheet", "表头行": "header_row", "编码": "encoding", "分隔符": "delimiter",
}  # fmt: skip
COLUMN_KEYS = {
    "事实": "fact", "单位": "unit", "期间": "period", "部分": "part", "来源": "source",
    "日期": "date", "对应": "map", "空值": "nulls", "分隔": "split", "日期格式": "date_format",
}  # fmt: skip
PARTS = {
    "granted": "授予日", "expires": "有效至", "listed": "列入", "queried": "查询日",
    "statement": "承诺", "value": "值",
}  # fmt: skip
ROW_PERIOD = ("本行", "row")


@dataclass(frozen=True)
class Layout:
    """How the file is laid out; what a format does not have is left alone."""

    sheet: str | None = None
    header_row: int = 1
    encoding: str = "utf-8"
    delimiter: str = ","


@dataclass(frozen=True)
class Column:
    """One column: the fact it gives. `unit` is put behind bare numbers, nothing is converted.

    `period` is a written period; `is_row_period` takes that of the row's period column. `part`
    names one field of a title or register entry; columns of one fact make one entry together.
    """

    header: str
    fact: str
    unit: str = ""
    period: str | None = None
    is_row_period: bool = False
    part: str | None = None
    source: str | None = None
    date: str | None = None
    values: Mapping[str, str] | None = None
    nulls: tuple[str, ...] = DEFAULT_NULLS
    split: str | None = None
    date_format: str | None = None


@dataclass(frozen=True)
class TableMapping:
    """A read mapping file; `records` names the record kind if each row is one record."""

    name_column: str
    columns: tuple[Column, ...]
    id_column: str | None = None
    period_column: str | None = None
    is_example: bool = False
    as_of: str | None = None
    nulls: tuple[str, ...] = DEFAULT_NULLS
    ignored: tuple[str, ...] = ()
    records: str | None = None
    is_complete: bool = False
    layout: Layout = Layout()
    file: str = ""

    def headers(self) -> tuple[str, ...]:
        """Every header that the mapping reads, in its order."""
        own = (self.name_column, self.id_column, self.period_column)
        return tuple(dict.fromkeys([h for h in own if h] + [c.header for c in self.columns]))


def read_mapping(path: Path) -> TableMapping:
    """The mapping in a file. Raises MappingError with the position, TableError without a file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise MappingError("no-file", str(path), 1, 1) from None
    except UnicodeDecodeError as error:
        raise MappingError(
            "encoding", str(path), 1, 1, tried="UTF-8", position=str(error.start)
        ) from None
    return parse_mapping(text, str(path))


def parse_mapping(text: str, file: str = "<mapping>") -> TableMapping:
    """The mapping in a text; `file` only names it in messages."""
    top = root_node(text, file, TOP_KEYS)
    version = top.number("version", VERSION)
    if version > VERSION:
        raise top.error("too-new", "version", suggestion="update", value=str(version))
    nulls = top.texts("nulls", DEFAULT_NULLS)
    source, date = top.optional("source"), top.optional("date")
    has_row_period = top.has("period_column")
    nodes = top.children("columns", COLUMN_KEYS)
    columns = tuple(
        _column(header, node, source, date, nulls, has_row_period) for header, node in nodes
    )
    _refuse_clashes(columns, [node for _, node in nodes])
    return TableMapping(
        name_column=top.text("name"),
        columns=columns,
        id_column=top.optional("id"),
        period_column=top.optional("period_column"),
        is_example=top.flag("example"),
        as_of=top.optional("as_of"),
        nulls=nulls,
        ignored=top.texts("ignore", ()),
        records=top.optional("records"),
        is_complete=top.flag("complete"),
        layout=_layout(top),
        file=file,
    )


def _layout(top: MapNode) -> Layout:
    if not top.has("file"):
        return Layout()
    node = top.child("file", FILE_KEYS)
    return Layout(
        sheet=node.optional("sheet"),
        header_row=node.number("header_row", 1),
        encoding=node.optional("encoding") or "utf-8",
        delimiter=node.optional("delimiter") or ",",
    )


def _column(
    header: str,
    node: MapNode,
    source: str | None,
    date: str | None,
    nulls: tuple[str, ...],
    has_row_period: bool,
) -> Column:
    period = node.optional("period")
    is_row_period = period in ROW_PERIOD
    if is_row_period and not has_row_period:
        raise node.error("row-period", "period")
    part = node.optional("part")
    return Column(
        header=header,
        fact=node.text("fact"),
        unit=node.optional("unit") or "",
        period=None if is_row_period else period,
        is_row_period=is_row_period,
        part=PARTS.get(part, part) if part else None,
        source=node.optional("source") or source,
        date=node.optional("date") or date,
        values=node.pairs("map") if node.has("map") else None,
        nulls=node.texts("nulls", nulls),
        split=node.optional("split"),
        date_format=node.optional("date_format"),
    )


def _refuse_clashes(columns: tuple[Column, ...], nodes: list[MapNode]) -> None:
    """Two columns may share a fact and period only as different parts of one entry."""
    parts_seen: dict[tuple[str, str | None, bool], set[str | None]] = {}
    has_period: dict[str, bool] = {}
    for column, node in zip(columns, nodes, strict=True):
        parts = parts_seen.setdefault((column.fact, column.period, column.is_row_period), set())
        if column.part in parts:
            raise node.error("part-clash", "fact", value=column.header)
        if parts and (None in parts or column.part is None):
            raise node.error("mixed-parts", "fact", value=column.fact)
        parts.add(column.part)
        is_periodic = column.is_row_period or column.period is not None
        if has_period.setdefault(column.fact, is_periodic) != is_periodic:
            raise node.error("mixed-periods", "fact", value=column.fact)
