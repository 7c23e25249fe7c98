"""Flat tables, one for each kind: as CSV out and in, as docs/formats.md describes."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any, TypeAlias

from sources.exchange import cells, evidenced
from sources.exchange.kinds import BY_NAME, ORDER, Kind
from sources.exchange.records import ImportRefused, Place, Problem, Row

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
# The column that says which kind of record a row is.
TYPE = "type"
# A line, and its cells by the names above them.
_Row: TypeAlias = tuple[int, dict[str, str]]
# A cell may be as long as the longest text that comes in by any door.
csv.field_size_limit(10_000_000)


def header(kind: Kind) -> list[str]:
    """The names above the columns: those of the fields."""
    return [TYPE, *kind.names]


def cells_of(kind: Kind, record: dict[str, Any]) -> list[str]:
    """A record's row."""
    row = [cells.written(kind, name, value) for name, value in record.items()]
    return [kind.name, *row]


def write(kind: Kind, records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The lines of the table."""
    return lines(header(kind), (cells_of(kind, record) for record in records))


def write_evidenced(claims: Any) -> Iterator[str]:
    """The lines of a table of these claims, with a row for each piece of evidence."""
    return lines(evidenced.HEADER, evidenced.rows(claims))


def lines(names: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    """Rows as CSV: commas, CRLF, and the mark by which Excel knows UTF-8."""
    line = StringIO(newline="")
    writer = csv.writer(line)
    line.write("\ufeff")
    writer.writerow(names)
    yield _taken(line)
    for row in rows:
        writer.writerow(row)
        yield _taken(line)


def _taken(line: StringIO) -> str:
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text


@dataclass
class Table:
    """A table that was read: what separates its cells, its kind, its rows.

    `kinds`: all that its columns fit; it has rows only if that is one.
    """

    file: str
    delimiter: str = ","
    names: list[str] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    is_evidenced: bool = False
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def read(self, text: str, kind: Kind | None = None) -> None:
        """Take in the table; raises ImportRefused that names every problem of form.

        `kind`: what its rows are, where the table does not say it.
        """
        self.delimiter = _delimiter(text)
        lines = (line for line in self._lines(text) if any(line[1]))
        line, first = next(lines, (1, []))
        self.names = _named(first)
        rows = [(at, self._fitted(at, row)) for at, row in lines]
        if evidenced.fits(self.names):
            return self._read_evidenced(line, rows)
        self.kinds = self._fitting(rows, kind)
        if not rows:
            # Whatever they would be, there are none.
            self.kinds = self.kinds[:1]
        self._check_names(line)
        self._check_types(rows)
        if self.problems:
            raise ImportRefused(self.problems)
        if len(self.kinds) == 1:
            self.rows = [self._row(at, row) for at, row in rows]

    def _read_evidenced(self, line: int, rows: list[_Row]) -> None:
        """Take in a table of claims with evidence."""
        self.is_evidenced = True
        reader = evidenced.Reader(self.file, self.problems)
        reader.check_names(self.names, line)
        self._refuse_twice(line)
        if not self.problems:
            self.rows = [one for at, row in rows for one in reader.read(at, row)]
        if self.problems:
            raise ImportRefused(self.problems)

    def _lines(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Each row with the line on which it begins; nothing after a broken one."""
        reader = csv.reader(
            StringIO(text, newline=""), delimiter=self.delimiter, strict=True
        )
        line = 1
        try:
            for row in reader:
                yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            told = f"From here on it cannot be read: {error}."
            mend = "Look for a quotation mark that is not closed, or not doubled."
            self._note(line, "row", f"{told} {mend}")

    def _fitted(self, line: int, row: list[str]) -> dict[str, str]:
        """The cells by name; one more or one less than names is noted."""
        width = len(self.names)
        if len(row) < width or any(row[width:]):
            message = f"This row has {len(row)} cells and the first line {width} names"
            mend = "put a cell with a separator or a line end in it in quotation marks."
            self._note(line, "row", f"{message}: {mend}")
            return {}
        return dict(zip(self.names, row, strict=False))

    def _fitting(self, rows: list[_Row], kind: Kind | None) -> list[Kind]:
        """The kinds that it can be: by what it says, or else by its columns."""
        words = (_type(row) for _, row in rows)
        said = next((BY_NAME[word] for word in words if word in BY_NAME), kind)
        if said is not None:
            return [said]
        given = {*self.names} - {TYPE}
        return [
            kind
            for kind in ORDER
            if given <= {*header(kind)} and given >= {*kind.key_fields}
        ]

    def _refuse_twice(self, line: int) -> None:
        for name, count in Counter(self.names).items():
            if count > 1:
                self._note(line, "first line", "This name stands twice.", name)

    def _check_names(self, line: int) -> None:
        self._refuse_twice(line)
        if self.kinds:
            return self._check_names_of(self.kinds[0], line)
        for name in self.names:
            if name not in _all_names():
                message = "There is no such field in any kind of record."
                self._note(line, "first line", message, name)
        if not self.problems:
            message = "These names together fit no kind of record: add a column “type”."
            self._note(line, "first line", message)

    def _check_names_of(self, kind: Kind, line: int) -> None:
        for name in self.names:
            if name not in header(kind):
                message = f"There is no such field. {str(kind).capitalize()} has: "
                self._note(line, "first line", message + ", ".join(header(kind)), name)
        for name in kind.key_fields:
            if name not in self.names:
                message = f"This column is missing: each {kind} is known by it."
                self._note(line, "first line", message, name)

    def _check_types(self, rows: list[_Row]) -> None:
        """Each row is of the table's kind, if it says of which it is."""
        for line, row in rows:
            said = _type(row)
            if said and said not in [kind.name for kind in self.kinds]:
                told = f"“{said}” is another type, or none."
                self._note(line, "row", f"{told} A table holds records of one type.")

    def _row(self, line: int, row: dict[str, str]) -> Row:
        (kind,) = self.kinds
        given = {name: cell for name, cell in row.items() if name != TYPE}
        place = Place(self.file, line)
        return Row(kind, cells.read(kind, given), place, is_partial=True)

    def _note(self, line: int, record: str, message: str, name: str = "") -> None:
        place = Place(self.file, line)
        self.problems.append(Problem(place, record, name, name or None, message))


def _type(row: dict[str, str]) -> str:
    return row.get(TYPE, "").strip()


def _named(first: list[str]) -> list[str]:
    """The names of the columns; blank ones at the end are a spreadsheet's."""
    names = [name.strip() for name in first]
    while names and not names[-1]:
        names.pop()
    return names


def _all_names() -> set[str]:
    return {name for kind in ORDER for name in header(kind)} | {*evidenced.HEADER}


def _delimiter(text: str) -> str:
    """What separates the most names that are known; a comma if nothing does."""
    first, known = text.lstrip("\n\r").split("\n", 1)[0], _all_names()

    def found(delimiter: str) -> int:
        names = (name.strip(' "\r') for name in first.split(delimiter))
        return sum(name in known for name in names)

    return max(DELIMITERS, key=found)
