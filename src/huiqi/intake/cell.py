"""One cell → the text of a value, as a fact file writes it, or what is wrong with it."""

import datetime
import math
import re
import unicodedata
from decimal import Decimal

from huiqi.intake.mapping import Column
from huiqi.intake.read.table import Cell, CellError

# Excel keeps numbers as binary floats and shows 15 digits: 0.1+0.2 is 0.3 to the person who
# typed it, so 15 digits are what the cell says.
EXACT_DIGITS = 15
_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
_BARE_PERIOD = re.compile(r"(\d{4})(年度|年)?")
_PERIOD = re.compile(r"\d{4}(年度|年\d{1,2}月(\d{1,2}日)?|年第?[一二三四1-4]季度|-\d{2}(-\d{2})?)")


class BadCellError(Exception):
    """A value that cannot be taken; `code` and `details` are those of the fault."""

    def __init__(self, code: str, value: str, **details: str) -> None:
        self.code, self.value, self.details = code, value, details
        super().__init__(code)


def shown(cell: Cell) -> str:
    """What the cell says, trimmed: numbers plainly, dates as 2024-06-30, yes/no as 是/否."""
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case CellError():
            return cell.text
        case datetime.datetime():
            is_whole_day = cell.time() == datetime.time()
            return cell.date().isoformat() if is_whole_day else cell.isoformat(sep=" ")
        case datetime.date() | datetime.time():
            return cell.isoformat()
        case float():
            return _plain(cell)
        case Decimal():
            return format(cell.normalize(), "f")
        case _:
            return str(cell).strip()


def exact_text(cell: Cell) -> str:
    """A name or identifier. Raises BadCellError where a number has lost its last digits."""
    text = shown(cell)
    if isinstance(cell, float) and len(text.lstrip("-").split(".")[0]) > EXACT_DIGITS:
        raise BadCellError("long-number", text)
    if isinstance(cell, CellError):
        raise BadCellError(cell.code, text)
    return text


def period_text(cell: Cell) -> str:
    """`2021` and `2021年` → `2021年度`; months, quarters and days stay as written."""
    text = exact_text(cell)
    if not text:
        raise BadCellError("no-period", text)
    bare = _BARE_PERIOD.fullmatch(text)
    if bare:
        return f"{bare[1]}年度"
    if not _PERIOD.fullmatch(text):
        raise BadCellError("bad-period", text)
    return text


def value_text(cell: Cell, column: Column) -> str | list[str] | None:
    """The value that a column's cell gives, with its unit; None where nothing is given.

    Several values if the column splits. Raises BadCellError.
    """
    if isinstance(cell, CellError):
        raise BadCellError(cell.code, cell.text)
    if isinstance(cell, float | Decimal) and not math.isfinite(cell):
        raise BadCellError("infinite", str(cell))
    text = shown(cell)
    if column.split and text not in column.nulls:
        pieces = (piece.strip() for piece in text.split(column.split))
        return [v for piece in pieces if piece and (v := _single(piece, piece, column)) is not None]
    return _single(text, cell, column)


def _single(text: str, cell: Cell, column: Column) -> str | None:
    if column.values is not None and text in column.values:
        return column.values[text]
    if text in column.nulls:
        return None
    if column.values is not None:
        raise BadCellError("not-in-map", text, known="、".join(column.values))
    if column.unit:
        return _with_unit(text, column.unit)
    if column.date_format and isinstance(cell, str):
        return _date(text, column.date_format)
    return exact_text(cell)


def _with_unit(text: str, unit: str) -> str:
    """`2,100` and `2100万元` in 万元 → `2100万元`; nothing is converted."""
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    bare = plain.removesuffix(unit).strip()
    if _NUMBER.fullmatch(bare):
        return f"{bare.replace(',', '').removeprefix('+')}{unit}"
    begins = re.match(r"[-+]?[\d,]*\.?\d+\s*(?=\D+$)", plain)
    if begins and _NUMBER.fullmatch(begins[0].strip()):
        raise BadCellError("other-unit", text, unit=unit)
    raise BadCellError("not-a-number", text)


def _date(text: str, form: str) -> str:
    try:
        return datetime.datetime.strptime(text, form).date().isoformat()
    except ValueError:
        raise BadCellError("not-a-date", text, format=form) from None


def _plain(number: float) -> str:
    if not math.isfinite(number):
        return str(number)
    return _trimmed(Decimal(format(number, f".{EXACT_DIGITS}g")))


def _trimmed(number: Decimal) -> str:
    text = format(number, "f") if number.is_finite() else str(number)
    return text.rstrip("0").rstrip(".") if "." in text else text
