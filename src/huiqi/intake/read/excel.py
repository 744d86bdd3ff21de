"""Excel workbooks (.xlsx, .xls): one sheet, its stored values; formulas are not computed."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from huiqi.intake.fault import TableError
from huiqi.intake.mapping import Layout
from huiqi.intake.read.excel_errors import failed_cells
from huiqi.intake.read.table import Cell, CellError, Table, header_of


def read_excel(path: Path, layout: Layout) -> Table:
    """The table on the named sheet, or on the first. Raises TableError."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        name = layout.sheet or book.sheet_names[0]
        sheet = book.get_sheet_by_name(name)
        cells = sheet.to_python(skip_empty_area=False)
    except WorksheetNotFound:
        known = "、".join(book.sheet_names)
        raise TableError("no-sheet", str(path), value=layout.sheet or "", known=known) from None
    except (CalamineError, OSError, IndexError) as error:
        raise TableError("unreadable", str(path), reason=str(error)) from None
    if len(cells) < layout.header_row:
        raise TableError("empty-table", str(path), row=str(layout.header_row))
    header = header_of(cells[layout.header_row - 1], layout.header_row, str(path))
    rows = _numbered(cells, layout.header_row, failed_cells(path, name))
    return Table(header, rows, str(path))


def _numbered(
    cells: Sequence[Sequence[Cell]], header_row: int, failed: Mapping[tuple[int, int], CellError]
) -> Iterator[tuple[int, list[Cell]]]:
    for number, row in enumerate(cells[header_row:], start=header_row + 1):
        yield number, [failed.get((number, at), cell) for at, cell in enumerate(row, start=1)]
