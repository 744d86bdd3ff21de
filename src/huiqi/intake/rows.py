"""Rows → subjects. A row is taken whole or rejected whole, and every rejection is reported."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from huiqi.intake.cell import BadCellError, exact_text, period_text, shown, value_text
from huiqi.intake.fault import Fault, TableError
from huiqi.intake.mapping import Column, TableMapping
from huiqi.intake.read import Table, read_table
from huiqi.intake.read.table import Cell
from huiqi.intake.subject import Given, Subject, entries_of

Check = Callable[[str, str, str | None], str | None]
"""(fact, value as written, period) → what is wrong with it, in the user's words, or None.

A part of an entry and a field of a record are named `知识产权.类别`.
"""


@dataclass
class ImportResult:
    """What came of a table. `subjects` are fact files as plain dicts, in the table's order."""

    subjects: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rows_read: int = 0
    rows_taken: int = 0

    @property
    def rejected_rows(self) -> list[int]:
        return sorted({fault.row for fault in self.faults if fault.is_rejection})


def import_table(
    mapping: TableMapping,
    path: Path,
    check: Check | None = None,
    progress: Callable[[int], None] | None = None,
) -> ImportResult:
    """The subjects in a file. Raises TableError where the table as a whole cannot be read.

    `progress` is told the row's number now and then.
    """
    return import_rows(mapping, read_table(path, mapping.layout), check, progress)


def import_rows(
    mapping: TableMapping,
    table: Table,
    check: Check | None = None,
    progress: Callable[[int], None] | None = None,
) -> ImportResult:
    """The subjects in a table that was read already."""
    places = _places(mapping, table)
    result = ImportResult(faults=list(_unmapped(mapping, table.header)))
    subjects: dict[str, Subject] = {}
    blank = 0
    for number, cells in table.rows:
        if progress and number % 1000 == 0:
            progress(number)
        if all(shown(cell) == "" for cell in cells):
            blank += 1
            continue
        result.rows_read += 1
        row = _Row(mapping, places, number, cells, len(table.header), check)
        result.rows_taken += row.join(subjects)
        result.faults += row.faults
    if blank:
        result.faults.append(Fault("blank-rows", 0, "", "", {"count": str(blank)}, False))
    result.subjects = [subject.as_fact_file(mapping) for subject in subjects.values()]
    return result


class _Row:
    """One row on its way: its faults, and the subject it belongs to."""

    def __init__(
        self,
        mapping: TableMapping,
        places: dict[str, int],
        number: int,
        cells: Sequence[Cell],
        width: int,
        check: Check | None,
    ) -> None:
        self._mapping, self._places, self._check = mapping, places, check
        self._number, self._cells = number, cells
        self.faults: list[Fault] = []
        extra = [cell for cell in cells[width:] if shown(cell)]
        if extra:
            self._reject("extra-cells", "", shown(extra[0]), count=str(len(extra)))

    def join(self, subjects: dict[str, Subject]) -> bool:
        """Adds the row to its subject; False if it was rejected or added nothing."""
        name = self._head(self._mapping.name_column, "no-name")
        id_column = self._mapping.id_column
        key = self._head(id_column, "no-id") if id_column else name
        period = self._period()
        values = [g for column in self._mapping.columns for g in self._given(column, period)]
        given = entries_of(values)
        if self.faults:
            return False
        subject = subjects.get(key)
        if subject is None:
            subject = subjects[key] = Subject(name, key, self._number)
        elif not self._adds_to(subject, given, name):
            return False
        subject.add(given, name, self._mapping)
        return True

    def _adds_to(self, subject: Subject, given: list[Given], name: str) -> bool:
        """Whether the row agrees with what earlier rows said of its subject and adds to it."""
        clash = subject.clash(given, self._mapping)
        if clash:
            self._reject("conflict", clash.header, clash.value, **clash.details)
            return False
        repeated = subject.repeated(given, self._mapping)
        if repeated:
            self._note("duplicate", self._mapping.name_column, name, first=str(repeated))
            return False
        if subject.name != name:
            details = {"first": str(subject.row), "known": subject.name}
            self._note("renamed", self._mapping.name_column, name, **details)
        return True

    def _cell(self, header: str) -> Cell:
        at = self._places[header]
        return self._cells[at] if at < len(self._cells) else None

    def _head(self, header: str, missing: str) -> str:
        try:
            text = exact_text(self._cell(header))
        except BadCellError as bad:
            self._reject(bad.code, header, bad.value, **bad.details)
            return ""
        if text in self._mapping.nulls or not text:
            self._reject(missing, header, text)
        return text

    def _period(self) -> str | None:
        header = self._mapping.period_column
        if not header:
            return None
        try:
            return period_text(self._cell(header))
        except BadCellError as bad:
            self._reject(bad.code, header, bad.value, **bad.details)
            return None

    def _given(self, column: Column, row_period: str | None) -> Iterable[Given]:
        period = row_period if column.is_row_period else column.period
        try:
            value = value_text(self._cell(column.header), column)
        except BadCellError as bad:
            self._reject(bad.code, column.header, bad.value, **bad.details)
            return
        if value is None or value == []:
            return
        if self._suits(column, value, period):
            yield Given(column, period, value, self._number)

    def _suits(self, column: Column, value: str | list[str], period: str | None) -> bool:
        if self._check is None:
            return True
        name = f"{column.fact}.{column.part}" if column.part else column.fact
        if self._mapping.records:
            name = f"{self._mapping.records}.{name}"
        suits = True
        for single in [value] if isinstance(value, str) else value:
            reason = self._check(name, single, period)
            if reason:
                self._reject("refused", column.header, single, reason=reason)
                suits = False
        return suits

    def _reject(self, code: str, header: str, value: str, **details: str) -> None:
        self.faults.append(Fault(code, self._number, header, value, details))

    def _note(self, code: str, header: str, value: str, **details: str) -> None:
        self.faults.append(Fault(code, self._number, header, value, details, False))


def _places(mapping: TableMapping, table: Table) -> dict[str, int]:
    """Header → column index. Raises TableError for a header that the table lacks."""
    places = {name: at for at, name in enumerate(table.header) if name}
    for header in mapping.headers():
        if header not in places:
            near = "".join(get_close_matches(header, places, n=1))
            advice = "nearest" if near else ""
            raise TableError("no-column", table.file, advice, value=header, nearest=near)
    return places


def _unmapped(mapping: TableMapping, header: tuple[str, ...]) -> Iterable[Fault]:
    known = {*mapping.headers(), *mapping.ignored}
    return (
        Fault("unmapped", 0, name, "", {}, False) for name in header if name and name not in known
    )
