"""CSV and other delimited text. UTF-8 unless the mapping declares another encoding."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from huiqi.intake.fault import TableError
from huiqi.intake.mapping import Layout
from huiqi.intake.read.table import Cell, Table, header_of


def read_delimited(path: Path, layout: Layout) -> Table:
    """The table in a delimited text file. Raises TableError, with a suggestion for the encoding."""
    text = _decoded(path.read_bytes(), layout.encoding, str(path))
    rows = _numbered(text, layout.delimiter, str(path))
    for number, cells in rows:
        if number == layout.header_row:
            return Table(header_of(cells, number, str(path)), rows, str(path))
    raise TableError("empty-table", str(path), row=str(layout.header_row))


def _numbered(text: str, delimiter: str, file: str) -> Iterator[tuple[int, list[Cell]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, list(cells)
    except csv.Error as error:
        reason = f"{error} (line {reader.line_num})"
        raise TableError("unreadable", file, reason=reason) from None


def _decoded(data: bytes, encoding: str, file: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise TableError("unreadable", file, reason=f"编码/encoding “{encoding}”") from None
    try:
        return data.decode("utf-8-sig" if name == "utf-8" else name)
    except UnicodeDecodeError as error:
        guess = _guess(data, name)
        raise TableError(
            "encoding", file, "declare-encoding" if guess else "",
            tried=encoding.upper(), position=str(error.start + 1), guess=guess,
        ) from None  # fmt: skip


def _guess(data: bytes, tried: str) -> str:
    """The encoding that the bytes suit, of those that office programs write in China."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for name in ("utf-8", "gbk", "gb18030", "big5"):
        if name == tried:
            continue
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return ""
