"""Tables from files, one module a format; the format is told by the content, not by the name."""

from pathlib import Path

from huiqi.intake.fault import TableError
from huiqi.intake.mapping import Layout
from huiqi.intake.read.delimited import read_delimited
from huiqi.intake.read.excel import read_excel
from huiqi.intake.read.parquet import read_parquet
from huiqi.intake.read.table import CellError, Table

__all__ = ["CellError", "Table", "read_table"]

_PARQUET = b"PAR1"
_EXCEL = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_table(path: Path, layout: Layout) -> Table:
    """The header and rows of a CSV, Excel (.xlsx, .xls) or Parquet file. Raises TableError."""
    try:
        with path.open("rb") as file:
            head = file.read(4)
    except FileNotFoundError:
        raise TableError("no-file", str(path)) from None
    except OSError as error:
        raise TableError("unreadable", str(path), reason=error.strerror or str(error)) from None
    if head == _PARQUET:
        return read_parquet(path)
    if head in _EXCEL:
        return read_excel(path, layout)
    return read_delimited(path, layout)
