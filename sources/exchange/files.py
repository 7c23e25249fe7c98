"""A file of records, whatever its form: decoded, told apart, read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from sources.exchange import fixtures, jsonlines, tables
from sources.exchange.kinds import TEXT, Kind
from sources.exchange.records import ImportRefused, Place, Problem, Row
from sources.reading import plaintext
from sources.reading.received import IntakeError

# What is read whole takes eight times its size in memory. In bytes.
LARGEST = 64_000_000
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass
class File:
    """JSON Lines or a table that was read.

    `form`: how it was read, in words. `kinds`: what it can be, where it must be chosen.
    """

    rows: list[Row]
    form: str
    kinds: list[Kind] = field(default_factory=list)


def decode(name: str, content: bytes) -> tuple[str, str]:
    """The characters of a file and their encoding; raises ImportRefused."""
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise _refused(name, "It is empty: choose another file.")
    if content.startswith(_WORKBOOK):
        raise _refused(name, "It is a workbook: save it as CSV, in UTF-8.")
    try:
        text, encoding = plaintext.decode(content, "It")
    except IntakeError as error:
        raise _refused(name, str(error)) from error
    return text.removeprefix("\ufeff"), encoding


def read(name: str, text: str, kind: Kind | None = None) -> File:
    """The records of a text; raises ImportRefused that names all that is amiss.

    `kind`: what the rows of a table are, where it does not say so itself.
    """
    match text.lstrip()[:1]:
        case "{":
            lines = StringIO(text, newline="\n")
            return File(_refusing(jsonlines.read(lines, name)), "JSON Lines")
        case "[":
            message = "It is a list: give each record on a line of its own, without it."
            raise _refused(name, message)
    table = tables.Table(name)
    table.read(text, kind)
    separator = tables.DELIMITERS[table.delimiter]
    unsaid = table.kinds if len(table.kinds) > 1 else []
    sort = "a table of claims with evidence" if table.is_evidenced else "a table"
    return File(table.rows, f"{sort}, {separator} between cells", unsaid)


def _refusing(found: Iterable[Row | Problem]) -> list[Row]:
    """The rows; raises ImportRefused if anything among them is a problem."""
    both = list(found)
    if problems := [one for one in both if isinstance(one, Problem)]:
        raise ImportRefused(problems)
    return [one for one in both if isinstance(one, Row)]


def rows(
    path: Path, told: Callable[[str], object] = lambda found: None
) -> Iterable[Row | Problem]:
    """The records of a file on disk: fixtures, JSON Lines or a table.

    JSON Lines are read as they are asked for: the file may be larger than memory.
    `told`: told the encoding and the form that were found in any other.
    """
    if path.suffix in (".jsonl", ".ndjson"):
        return streamed(path)
    _refuse_large(path)
    if path.suffix in (".yaml", ".yml"):
        return fixtures.read(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _refused(path.name, f"It cannot be read: {error.strerror}.") from error
    text, encoding = decode(path.name, content)
    file = read(path.name, text)
    told(f"{path.name}: {encoding.upper()}, {file.form}.")
    if file.kinds:
        fitting = " and ".join(map(str, file.kinds))
        message = f"Its columns fit {fitting}: add a column “type” that says which."
        raise _refused(path.name, message)
    return file.rows


def _refuse_large(path: Path) -> None:
    size = path.stat().st_size if path.is_file() else 0
    if size > LARGEST:
        raise _refused(
            path.name,
            f"It has {size / 1e6:.0f} MB, and at most {LARGEST / 1e6:.0f} MB are read: "
            "split it, or give JSON Lines, which are read line by line.",
        )


def streamed(path: Path) -> Iterator[Row | Problem]:
    """The records of a file of JSON Lines, in UTF-8."""
    try:
        with path.open("rb") as file:
            yield from jsonlines.read(jsonlines.cut(file), path.name)
    except OSError as error:
        raise _refused(path.name, f"It cannot be read: {error.strerror}.") from error


def texts(folder: Path) -> Iterator[Row | Problem]:
    """The texts in a folder, each for the source after which its file is named."""
    for path in sorted(folder.glob("*.txt")):
        try:
            values = {"source": path.stem, "text": path.read_text(encoding="utf-8")}
            yield Row(TEXT, values, Place(path.name, 1))
        except (OSError, UnicodeError) as error:
            message = f"It cannot be read as UTF-8: {error}."
            yield Problem(Place(path.name, 1), "file", "", None, message)


def _refused(name: str, message: str) -> ImportRefused:
    return ImportRefused([Problem(Place(name, 1), "file", "", None, message)])
