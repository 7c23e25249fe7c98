"""A table as a workbook (XLSX), for looking at: what comes back in is CSV."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from sources.exchange.cells import NUMBERS
from sources.exchange.kinds import Kind
from sources.exchange.tables import cells_of, header

# A workbook's own limits: the program that opens it would drop the rest unsaid.
MOST_CHARACTERS, MOST_ROWS = 32_767, 1_048_576
CUT = "… (cut: the whole text is in the CSV)"


def write(kind: Kind, records: Iterable[dict[str, Any]]) -> IO[bytes]:
    """The workbook, in a file that goes when it is closed."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(kind.name)
    sheet.freeze_panes = "A2"
    names = header(kind)
    sheet.append([_cell(sheet, name) for name in names])
    rows = (cells_of(kind, record) for record in records)
    for row in islice(rows, MOST_ROWS - 1):
        named = zip(names, row, strict=True)
        sheet.append(
            [_cell(sheet, words, kind.columns.get(name)) for name, words in named]
        )
    if next(rows, None) is not None:
        book.create_sheet("incomplete").append(["A sheet holds no more: take the CSV."])
    return _saved(book)


def _cell(sheet: Any, words: str, column: Any = None) -> Any:
    """A number, or words that stay words whatever they begin with."""
    if not words or isinstance(column, NUMBERS):
        return Decimal(words) if words else None
    words = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", words)
    if len(words) > MOST_CHARACTERS:
        words = words[: MOST_CHARACTERS - len(CUT)] + CUT
    cell = WriteOnlyCell(sheet, words)
    cell.data_type = "s"
    return cell


def _saved(book: Workbook) -> IO[bytes]:
    # Whoever sends it closes it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    book.save(file)
    file.seek(0)
    return file
