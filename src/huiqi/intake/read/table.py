"""A table as every reader gives it: the header, then the rows with the number people see."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from huiqi.intake.fault import TableError


@dataclass(frozen=True)
class CellError:
    """A cell whose content is no value: a failed formula, or a structure that is no single cell.

    `code` is that of the fault; `text` is what the cell shows.
    """

    code: str
    text: str


Date = datetime.date | datetime.datetime | datetime.time | datetime.timedelta
Cell = str | int | float | bool | Decimal | Date | CellError | None


@dataclass(frozen=True)
class Table:
    """`rows` pairs each row with its number; the header's number is `header_row` (from 1)."""

    header: tuple[str, ...]
    rows: Iterable[tuple[int, Sequence[Cell]]]
    file: str = ""


def header_of(cells: Sequence[Cell], row: int, file: str) -> tuple[str, ...]:
    """The header texts, trimmed; empty headers stay empty. Raises TableError."""
    header = tuple("" if cell is None else str(cell).strip() for cell in cells)
    if not any(header):
        raise TableError("empty-table", file, row=str(row))
    for at, name in enumerate(header):
        if name and name in header[:at]:
            raise TableError("twin-header", file, value=name)
    return header
