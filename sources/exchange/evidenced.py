"""Claims with their evidence in one flat table, as docs/formats.md describes it.

A row is one piece of evidence, beside the claim that it bears on and the source in
which it stands; a claim without evidence has a row to itself. Claims and sources are
repeated row by row, and are read as one record each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sources.exchange import cells, outgoing
from sources.exchange.kinds import BY_NAME, Kind
from sources.exchange.records import Place, Problem, Row
from sources.models import Claim, Evidence, Source

Record = dict[str, Any]
CLAIM, SOURCE, EVIDENCE = (BY_NAME[name] for name in ("claim", "source", "evidence"))
KEY = "slug"
# Which evidence it is stands in its row, not in a cell.
BESIDE = {"claim", "source"}
FIELDS = {
    CLAIM: CLAIM.names,
    SOURCE: SOURCE.names,
    EVIDENCE: [name for name in EVIDENCE.names if name not in BESIDE],
}
HEADER = [f"{kind}_{name}" for kind, names in FIELDS.items() for name in names]


def fits(names: Iterable[str]) -> bool:
    """Whether these are the names of such a table."""
    return f"{CLAIM}_{KEY}" in names


def cells_of(
    claim: Record, source: Record | None, evidence: Record | None
) -> list[str]:
    """One row."""
    given = {CLAIM: claim, SOURCE: source or {}, EVIDENCE: evidence or {}}
    return [
        cells.written(kind, name, given[kind].get(name))
        for kind, names in FIELDS.items()
        for name in names
    ]


def rows(claims: Any) -> Iterator[list[str]]:
    """The rows of these claims, by the key of the claim and of the evidence.

    Memory holds one chunk of claims with all that is said of them.
    """
    found = outgoing.records(CLAIM, claims)
    while chunk := list(islice(found, outgoing.CHUNK)):
        chosen = Claim.objects.slugged([claim[KEY] for claim in chunk])
        evidence = Evidence.objects.on(chosen)
        cited = Source.objects.keyed(evidence.values("source"))
        by_key = {one[KEY]: one for one in outgoing.records(SOURCE, cited)}
        of_claim: dict[str, list[Record]] = {}
        for piece in outgoing.records(EVIDENCE, evidence):
            of_claim.setdefault(piece["claim"], []).append(piece)
        for claim in chunk:
            for piece in of_claim.get(claim[KEY], [{}]):
                yield cells_of(claim, by_key[piece["source"]] if piece else {}, piece)


@dataclass
class Reader:
    """Takes in rows, each with its line; gives records, each claim and source once."""

    file: str
    problems: list[Problem]
    # The cells of each claim and source that was met, and the line where it was.
    met: dict[tuple[Kind, str], tuple[int, Record]] = field(default_factory=dict)

    def check_names(self, names: list[str], line: int) -> None:
        """Note each column that there is not, and one that must be there."""
        for name in names:
            if name not in HEADER:
                message = "There is no such column in a table of claims with evidence."
                self._note(line, "first line", message, name)
        for kind in (SOURCE, EVIDENCE):
            has_any = any(name.startswith(f"{kind}_") for name in names)
            if has_any and f"{kind}_{KEY}" not in names:
                message = f"This column is missing: each {kind} is known by it."
                self._note(line, "first line", message, f"{kind}_{KEY}")
        if f"{EVIDENCE}_{KEY}" in names and f"{SOURCE}_{KEY}" not in names:
            message = "This column is missing: it says where the evidence stands."
            self._note(line, "first line", message, f"{SOURCE}_{KEY}")

    def read(self, line: int, row: dict[str, str]) -> Iterator[Row]:
        """The records of one row, but for those that came before."""
        parts = {kind: _part(kind, row) for kind in FIELDS}
        for kind, given in parts.items():
            if any(given.values()) and not given.get(KEY):
                message = f"Give the {kind} of this row its slug."
                self._note(line, str(kind), message, f"{kind}_{KEY}")
                return
        if not parts[CLAIM].get(KEY):
            return self._note(line, "row", "Say which claim it is.", f"{CLAIM}_{KEY}")
        for kind in (CLAIM, SOURCE):
            if self._is_new(line, kind, parts[kind]):
                yield self._row(line, kind, parts[kind])
        evidence = parts[EVIDENCE]
        if evidence.get(KEY) and not parts[SOURCE].get(KEY):
            message = "Say in which source this evidence stands."
            self._note(line, "row", message, f"{SOURCE}_{KEY}")
        elif evidence.get(KEY):
            found = self._row(line, EVIDENCE, evidence)
            found.values |= {str(kind): [parts[kind][KEY]] for kind in (CLAIM, SOURCE)}
            yield found

    def _is_new(self, line: int, kind: Kind, given: dict[str, str]) -> bool:
        """Whether it is more than a name, and was not met; notes other values."""
        if not any(cell for name, cell in given.items() if name != KEY):
            return False
        first, before = self.met.setdefault((kind, given[KEY]), (line, given))
        other = [name for name in given if given[name] != before[name]]
        for name in other:
            message = (
                f"On line {first} this {kind} has another value: {before[name]!r}."
            )
            record = f"{kind} “{given[KEY]}”"
            problem = Problem(
                Place(self.file, line), record, f"{kind}_{name}", given[name], message
            )
            self.problems.append(problem)
        return first == line

    def _row(self, line: int, kind: Kind, given: dict[str, str]) -> Row:
        place = Place(self.file, line)
        return Row(kind, cells.read(kind, given), place, is_partial=True)

    def _note(self, line: int, record: str, message: str, name: str) -> None:
        place = Place(self.file, line)
        self.problems.append(Problem(place, record, name, None, message))


def _part(kind: Kind, row: dict[str, str]) -> dict[str, str]:
    """The cells of one kind of record, by the names of its fields."""
    found = {name: row.get(f"{kind}_{name}") for name in FIELDS[kind]}
    return {name: cell for name, cell in found.items() if cell is not None}
