"""Cells of an .xlsx sheet whose formula failed or was never computed.

The value reader gives an empty cell for both; a table with `#N/A` in it must not read as a table
with a blank there. So the sheet's XML is asked which cells those are.
"""

import posixpath
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from huiqi.intake.read.table import CellError

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")
NOT_COMPUTED = "（公式未计算 · formula not computed）"


def failed_cells(path: Path, sheet: str) -> dict[tuple[int, int], CellError]:
    """(row, column), both from 1 → the error. Empty for .xls, which keeps no XML."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as book:
        part = _part_of(book, sheet)
        if part is None:
            return {}
        data = book.read(part)
    if b't="e"' not in data and b"<f" not in data:
        return {}
    found = {}
    for cell in ElementTree.fromstring(data).iter(f"{_MAIN}c"):
        text = _failure(cell)
        if text:
            found[_place(cell.get("r", "A1"))] = CellError("cell-error", text)
    return found


def _failure(cell: ElementTree.Element) -> str:
    value = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") == "e":
        return value
    is_uncomputed = cell.find(f"{_MAIN}f") is not None and not value and cell.get("t") is None
    return NOT_COMPUTED if is_uncomputed else ""


def _part_of(book: zipfile.ZipFile, sheet: str) -> str | None:
    """The name of the sheet's file in the archive."""
    try:
        workbook = ElementTree.fromstring(book.read("xl/workbook.xml"))
        links = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    except KeyError:
        return None
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for entry in workbook.iter(f"{_MAIN}sheet"):
        target = targets.get(entry.get(_RELATION))
        if entry.get("name") == sheet and target:
            part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            return part if part in book.namelist() else None
    return None


def _place(reference: str) -> tuple[int, int]:
    """`C7` → (7, 3)."""
    match = _REFERENCE.fullmatch(reference)
    assert match, "INVARIANT: cell references are letters and a number"
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column
