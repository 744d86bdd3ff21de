"""Whatever a table holds, every row is accounted for and nothing raises but a TableError."""

import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from huiqi.intake import Fault, TableError, import_rows, import_table, parse_mapping
from huiqi.intake.read import Table

MAPPING = parse_mapping(
    """\
名称: 名
标识: 号
期间列: 年
列:
  收入: {事实: 营业收入, 单位: 万元, 期间: 本行}
  高企: {事实: 高新技术企业, 部分: 授予日}
  类型: {事实: 登记类型, 分隔: 、}
"""
)
HEADER = ("名", "号", "年", "收入", "高企", "类型")
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(),
    st.decimals(min_value=-(10**20), max_value=10**20) | st.just(Decimal("NaN")),
    st.dates(),
    st.datetimes(),
    st.text(max_size=6),
    st.sampled_from(["甲", "乙", "A1", "2021", "1,000", "3万元"]),
)
ROWS = st.lists(st.lists(CELLS, max_size=7), max_size=12)


def is_worded(found: Fault | TableError) -> bool:
    return bool(found.text("zh")) and bool(found.text("en"))


@given(ROWS)
def test_every_row_is_taken_rejected_repeated_or_blank(rows: list[list[object]]) -> None:
    numbered = list(enumerate(rows, start=2))
    result = import_rows(MAPPING, Table(HEADER, numbered))  # type: ignore[arg-type]
    repeated = {fault.row for fault in result.faults if fault.code == "duplicate"}
    blank = sum(int(f.details["count"]) for f in result.faults if f.code == "blank-rows")
    rejected = result.rejected_rows
    assert result.rows_read + blank == len(rows)
    assert result.rows_taken + len(rejected) + len(repeated) == result.rows_read
    assert not repeated & set(rejected)
    assert all(is_worded(fault) for fault in result.faults)


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0"]))
def test_any_bytes_are_read_or_refused(data: bytes, magic: bytes) -> None:
    error = None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "table"
        file.write_bytes(magic + data)
        try:
            import_table(MAPPING, file)
        except TableError as refused:
            error = refused
    assert error is None or is_worded(error)


@given(st.text(max_size=200))
def test_any_text_is_a_mapping_or_refused_with_a_place(text: str) -> None:
    error = None
    try:
        parse_mapping(text)
    except TableError as refused:
        error = refused
    assert error is None or is_worded(error)
