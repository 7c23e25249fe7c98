"""Briefing JSON Lines: one record a line, as docs/formats.md describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import IO, Any

from sources.exchange.kinds import BY_NAME, Field, Kind
from sources.exchange.records import Place, Problem, Row

# No number of ours has as many digits; such a one would only take time and memory.
MOST_DIGITS = 40
# The longest line that is read, in bytes: a long text, and what escaping adds to it.
LONGEST = 64_000_000


def write(kind: Kind, records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A line for each record; what is blank, and blank by default, is left out."""
    blank = {
        name for name, column in kind.columns.items() if _is_blank(_default(column))
    }
    for record in records:
        kept = {
            name: value
            for name, value in record.items()
            if not (name in blank and _is_blank(value))
        }
        yield json.dumps({"type": kind.name, **kept}, ensure_ascii=False) + "\n"


def _default(column: Field) -> Any:
    return None if column.null else column.get_default()


def _is_blank(value: Any) -> bool:
    return value is None or value is False or value == "" or value == []


def read(lines: Iterable[str | bytes], file: str) -> Iterator[Row | Problem]:
    """The record of each line, or what keeps it from being one."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = Place(file, number)
        try:
            yield _row(_parsed(_decoded(line)), place)
        except _NoRecord as error:
            yield Problem(place, "record", "", None, str(error))


class _NoRecord(ValueError):
    """A line is not read: the message says why."""


def cut(file: IO[bytes]) -> Iterator[bytes]:
    """The lines of a file; of one that is too long to be a record, its beginning."""
    while line := file.readline(LONGEST + 1):
        yield line
        if len(line) > LONGEST:
            return


def value(text: bytes) -> Any:
    """What a text in JSON says, numbers exactly; raises ValueError, in words."""
    return _parsed(_decoded(text))


def _decoded(line: str | bytes) -> str:
    if len(line) > LONGEST:
        raise _NoRecord("This line is too long to be a record: nothing after is read.")
    if isinstance(line, str):
        return line
    try:
        # The mark by which some programs know UTF-8 can stand before the first.
        return line.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        told = f"This is not UTF-8, from byte {error.start + 1} of the line on"
        raise _NoRecord(f"{told}: save it as UTF-8.") from error


def _parsed(line: str) -> Any:
    try:
        return _DECODER.decode(line)
    except _NoRecord:
        raise
    except RecursionError as error:
        raise _NoRecord("This is nested too deeply to be a record.") from error
    except ValueError as error:
        raise _NoRecord(f"This is not JSON on one line: {error}.") from error


def _number(digits: str) -> Decimal:
    try:
        number = Decimal(digits)
    except InvalidOperation:
        number = Decimal("Infinity")
    is_used = number.is_finite() and abs(number.adjusted()) <= MOST_DIGITS
    if not is_used or len(digits) > 2 * MOST_DIGITS:
        raise _NoRecord(f"{digits[:MOST_DIGITS]}… is too big a number to be any use.")
    return number


def _refuse_constant(word: str) -> None:
    raise _NoRecord(f"{word} is no number.")


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _NoRecord(f"“{twice}” stands twice.")
    return mapping


_DECODER = json.JSONDecoder(
    parse_int=lambda digits: int(_number(digits)),
    parse_float=_number,
    parse_constant=_refuse_constant,
    object_pairs_hook=_mapping,
)


def _row(record: Any, place: Place) -> Row:
    if not isinstance(record, dict):
        raise _NoRecord("This is not a record: give each as {…} with its `type`.")
    name = record.pop("type", None)
    kind = BY_NAME.get(name) if isinstance(name, str) else None
    if kind is None:
        told = (
            "This record has no `type`"
            if name is None
            else f"There is no type {name!r}"
        )
        raise _NoRecord(f"{told}. Choose one of: {', '.join(BY_NAME)}.")
    return Row(kind, record, place)
