"""One record on its way in, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from sources.exchange.kinds import Kind

Key = tuple[Any, ...]
# So many problems are told in one run; a file with more has one problem throughout.
MOST_PROBLEMS = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: file and line, from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}"


@dataclass(slots=True)
class Row:
    """A record as a file gives it: field names and plain values.

    `is_partial`: what it leaves out stays as it is, and is not blank.
    """

    kind: Kind
    values: dict[str, Any]
    place: Place
    is_partial: bool = False

    @property
    def key(self) -> Key:
        """Its natural key; parts that are references are keys themselves."""
        return tuple(as_key(self.values.get(name)) for name in self.kind.key_fields)

    @property
    def name(self) -> str:
        """What it is, for messages."""
        key = self.key if len(self.key) > 1 else self.key[0]
        return printable(f"{self.kind} “{say_key(key)}”")

    def problem(self, field: str, message: str) -> Problem:
        """That something is wrong with a field, or with the whole."""
        told = self.kind.advice(field, message)
        return Problem(self.place, self.name, field, self.values.get(field), told)

    def problems(self, field: str, error: ValidationError) -> list[Problem]:
        """Every message of a validation error, at its field."""
        if not hasattr(error, "error_dict"):
            return [self.problem(field, message) for message in error.messages]
        return [
            self.problem("" if name == NON_FIELD_ERRORS else name, message)
            for name, messages in error.message_dict.items()
            for message in messages
        ]


def as_key(value: Any) -> Any:
    """A reference in its one form: plain if it has one part, else a tuple."""
    if value.__class__ is str:
        return value
    if not isinstance(value, list | tuple):
        return value if isinstance(value, Hashable) else str(value)
    parts = tuple(as_key(part) for part in value)
    return parts[0] if len(parts) == 1 else parts


def say_key(key: Any) -> str:
    """A key for messages."""
    if isinstance(key, tuple):
        return " / ".join(say_key(part) for part in key)
    return "" if key is None else str(key)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one value of one record, and where it stands."""

    place: Place
    record: str
    field: str
    value: Any
    message: str

    @property
    def shown_value(self) -> str:
        """The value, or its beginning, as a page can show it."""
        return "" if self.value is None else _short(printable(str(self.value)))

    @property
    def shown_message(self) -> str:
        return printable(self.message)

    def __str__(self) -> str:
        where = f"{self.place}: {self.record}"
        if self.field:
            where = f"{where}, {self.field} = {_short(repr(self.value))}"
        return printable(f"{where}: {self.message}")


def printable(text: str) -> str:
    """The text on one line, as any screen or file can show it."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"


class ImportRefused(Exception):
    """Nothing was written; every problem is named."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


@dataclass(slots=True)
class Report:
    """How many records of each kind were added, changed or left as they were.

    `proposed`: whose change waits until a second person accepts it.
    """

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    proposed: dict[str, int] = field(default_factory=dict)
    unchanged: dict[str, int] = field(default_factory=dict)
    repeated: list[str] = field(default_factory=list)

    def repeat(self, record: str) -> None:
        """Note a record that came again; of very many, as many as anyone reads."""
        if len(self.repeated) < MOST_PROBLEMS:
            self.repeated.append(record)

    def count(self, outcome: str, kind: Kind) -> None:
        counts = getattr(self, outcome)
        counts[kind.name] = counts.get(kind.name, 0) + 1

    def __str__(self) -> str:
        words = []
        for outcome in ("added", "changed", "proposed", "unchanged"):
            count = sum(getattr(self, outcome).values())
            # Only what someone signed in brings can have to wait.
            if count or outcome != "proposed":
                words.append(f"{count} {outcome}")
        return ", ".join(words)
