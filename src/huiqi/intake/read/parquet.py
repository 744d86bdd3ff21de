"""Parquet files, batch by batch."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from huiqi.intake.fault import TableError
from huiqi.intake.read.table import Cell, CellError, Table, header_of

_BATCH_ROWS = 10_000
_FLOAT32_DIGITS = ".7g"


def read_parquet(path: Path) -> Table:
    """The table; row numbers count as if a header stood in row 1. Raises TableError."""
    import pyarrow.parquet as pq  # here alone: it takes a tenth of a second
    from pyarrow import ArrowException

    try:
        file = pq.ParquetFile(path)
    except (ArrowException, OSError) as error:
        raise TableError("unreadable", str(path), reason=str(error).splitlines()[0]) from None
    header = header_of(file.schema_arrow.names, 1, str(path))
    return Table(header, _numbered(file, str(path)), str(path))


def _numbered(file: Any, name: str) -> Iterator[tuple[int, list[Cell]]]:
    from pyarrow import ArrowException

    kinds = [str(field.type) for field in file.schema_arrow]
    number = 1
    try:
        for batch in file.iter_batches(batch_size=_BATCH_ROWS):
            columns = [column.to_pylist() for column in batch.columns]
            for values in zip(*columns, strict=True):
                number += 1
                yield number, [_cell(v, kind) for v, kind in zip(values, kinds, strict=True)]
    except (ArrowException, OSError) as error:
        raise TableError("unreadable", name, reason=str(error).splitlines()[0]) from None


def _cell(value: Any, kind: str) -> Cell:
    if isinstance(value, (dict, list, tuple, set, bytes)):
        return CellError("nested", str(value)[:40])
    if kind == "float" and value is not None:  # a 4-byte float shows more digits than it has
        return float(format(value, _FLOAT32_DIGITS))
    cell: Cell = value
    return cell
