"""What became of each record of a file: for showing it before it is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from entities.records import Record
from sources.differences import Difference, difference
from sources.exchange.records import Row, say_key


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: added, changed, proposed or unchanged; from which version."""

    row: Row
    outcome: str
    version: int
    differences: list[Difference]

    @property
    def name(self) -> str:
        """What tells it from all others."""
        return f"{self.row.kind} {say_key(self.row.key)}"


@dataclass
class Ledger:
    """Every record of one run, in the order in which they were loaded."""

    entries: list[Entry] = field(default_factory=list)

    def note(
        self, row: Row, outcome: str, version: int, told: list[Difference]
    ) -> None:
        self.entries.append(Entry(row, outcome, version, told))

    @property
    def seen(self) -> dict[str, list[Any]]:
        """What is to become of each record, and the version on which that rests."""
        return {one.name: [one.outcome, one.version] for one in self.entries}

    def of(self, outcome: str) -> list[Entry]:
        return [one for one in self.entries if one.outcome == outcome]


def differences(row: Row, record: Record, changed: Iterable[str]) -> list[Difference]:
    """What would change, field by field, in words; of a new record, what it says."""
    standing: Any = type(record)()
    if record.pk is not None:
        standing = type(record)._base_manager.get(pk=record.pk)
    found = []
    for name, column in row.kind.columns.items():
        if name in changed:
            old, new = getattr(standing, name, None), getattr(record, name)
            found.append(difference(column, old, new))
    for name, relation in row.kind.many.items():
        if name in changed:
            kept = getattr(standing, name).all() if standing.pk else []
            keys = [say_key(other.natural_key()) for other in kept]
            given = [say_key(key) for key in row.values[name] or []]
            found.append(difference(relation, keys, given))
    return found
