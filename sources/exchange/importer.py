"""The one importer behind every door: resolve, compare, validate, save with history.

All or nothing: records are saved in one transaction, kind by kind, so that later ones
find the earlier; if anything is wrong everything is named and nothing stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.db.utils import Error as DatabaseError

from entities.records import Record, Status
from sources import proposals, settling
from sources.differences import Difference
from sources.exchange.hands import Operator
from sources.exchange.kinds import FILLED_BY_MACHINE, Kind, loading_order
from sources.exchange.known import (
    Known,
    edited_by_a_person,
    own_references,
    parents_first,
)
from sources.exchange.ledger import Ledger, differences
from sources.exchange.records import (
    MOST_PROBLEMS,
    ImportRefused,
    Key,
    Problem,
    Report,
    Row,
    as_key,
    printable,
    say_key,
)
from sources.models import Claim


@dataclass
class Importer:
    """One run over some records.

    `update`: also write over records that a person has edited since.
    `reason`: what the history says of each change.
    `hand`: by whose hand, and so by which rules.
    `ledger`: where it is noted what becomes of each record, if anyone asks.
    """

    update: bool = False
    reason: str = "import"
    hand: Operator = field(default_factory=Operator)
    ledger: Ledger | None = None
    report: Report = field(default_factory=Report)
    problems: list[Problem] = field(default_factory=list)
    _known: Known = field(default_factory=Known)
    _published: list[tuple[Row, Claim, bool]] = field(default_factory=list)
    _waiting: dict[tuple[str, Key], tuple[Row, Record]] = field(default_factory=dict)

    def run(self, rows: Iterable[Row], dry_run: bool = False) -> Report:
        """Load the records; raises ImportRefused, and then nothing was written."""
        by_kind = self._sorted(rows)
        with transaction.atomic():
            with settling.together():
                for kind in loading_order(set(by_kind)):
                    self._load(kind, by_kind[kind.name])
                self._propose()
                self._finish()
            if self.problems:
                raise ImportRefused(self.problems)
            if dry_run:
                transaction.set_rollback(True)
        return self.report

    def _sorted(self, rows: Iterable[Row]) -> dict[str, list[Row]]:
        """Rows by kind; one that comes twice is a repetition or a contradiction."""
        by_kind: dict[str, list[Row]] = {}
        seen: dict[tuple[str, Key], Row] = {}
        for row in rows:
            first = seen.setdefault((row.kind.name, row.key), row)
            if first is row:
                by_kind.setdefault(row.kind.name, []).append(row)
            elif first.values == row.values:
                self.report.repeated.append(f"{row.place}: {row.kind} {_name(row)}")
            else:
                self._note(row, "", f"This record stands also at {first.place}.")
        return by_kind

    def _load(self, kind: Kind, rows: list[Row]) -> None:
        ordered, circle = parents_first(rows)
        for row in circle:
            message = "This leads round in a circle."
            self._note(row, own_references(kind)[0], message)
        for row in ordered:
            if len(self.problems) >= MOST_PROBLEMS:
                return
            self._load_row(row)
        for row in rows:
            if kind.many:
                self._relate(row)

    def _load_row(self, row: Row) -> None:
        problems = len(self.problems)
        self._refuse_unknown_fields(row)
        found = self._known.find(row.kind.model, row.key)
        record = found or row.kind.model()
        changed = self._fill(row, record)
        if len(self.problems) > problems:
            self._known.spoil(row)
        elif found is not None and not changed:
            self._tell(row, "unchanged", found.version, [])
        elif found is not None and not self.update and edited_by_a_person(found):
            fields = ", ".join(sorted(changed))
            message = f"A person has edited this record since; differs: {fields}."
            self._note(row, "", f"{message} Use --update to write over it.")
        else:
            self._save(row, record, changed)

    def _refuse_unknown_fields(self, row: Row) -> None:
        known = row.kind.columns.keys() | row.kind.many.keys()
        for name in row.values.keys() - known:
            message = f"There is no such field. A {row.kind} has: {', '.join(known)}."
            self._note(row, name, message)

    def _fill(self, row: Row, record: Record) -> set[str]:
        """Give the record the row's values; the names of those that changed it."""
        changed = set()
        for name, column in row.kind.columns.items():
            is_kept = row.is_partial or name in FILLED_BY_MACHINE
            if name not in row.values and is_kept:
                continue
            before = getattr(record, column.attname)
            try:
                setattr(record, name, self._value(row, name, column))
            except ValidationError as error:
                self._note_all(row, name, error)
            if getattr(record, column.attname) != before:
                changed.add(name)
        return changed | self._changed_relations(row, record)

    def _value(self, row: Row, name: str, column: Any) -> Any:
        """The value of a column: converted, resolved, or its default."""
        given = row.values.get(name)
        if name in row.kind.references:
            model = row.kind.references[name]
            return None if given is None else self._known.resolve(model, given)
        if given is None:
            return column.get_default() if not column.null else None
        _refuse_wrong_type(column, given)
        return column.to_python(given)

    def _changed_relations(self, row: Row, record: Record) -> set[str]:
        """The relations to many whose members are not those of the row."""
        changed = set()
        for name in _many(row):
            given = row.values[name] or []
            if not isinstance(given, list):
                self._note(row, name, "Give a list of keys.")
            elif record.pk is not None:
                old = set(_keys(record, name))
                if {as_key(key) for key in self._members(row, name, old)} != old:
                    changed.add(name)
        return changed

    def _members(self, row: Row, name: str, old: Iterable[Any]) -> list[Any]:
        """The row's members of a relation; those of both sides if it is kept so."""
        kept = old if row.kind.many[name].remote_field.symmetrical else []
        return [*(row.values[name] or []), *kept]

    def _save(self, row: Row, record: Record, changed: set[str]) -> None:
        outcome, version = "added" if record.pk is None else "changed", record.version
        try:
            self._validate(row, record)
            self.hand.prepare(record, changed)
            told = differences(row, record, changed) if self.ledger else []
            if self.hand.must_wait(record):
                outcome = "proposed"
                self._put_by(row, record)
            else:
                self._write(row, record)
        except ValidationError as error:
            self._known.spoil(row)
            self._note_all(row, "", error)
            return
        except (DatabaseError, OverflowError, UnicodeError) as error:
            self._known.spoil(row)
            self._note(row, "", f"The database refuses it: {error}.")
            return
        self._tell(row, outcome, version, told)

    def _write(self, row: Row, record: Record) -> None:
        before = record.stored("status")
        with transaction.atomic():
            record._change_reason = self.reason
            record.save()
        self._known.add(row, record)
        if isinstance(record, Claim) and record.status == Status.PUBLISHED:
            self._published.append((row, record, before != record.status))

    def _put_by(self, row: Row, record: Record) -> None:
        """Keep a change for a proposal; who points at the record means it as it is."""
        self._waiting[row.kind.name, row.key] = row, record
        self._known.add(row, type(record)._base_manager.get(pk=record.pk))

    def _propose(self) -> None:
        """Make the proposals, now that all they may name is there."""
        for row, record in self._waiting.values():
            related = {name: self._related(row, name, record) for name in _many(row)}
            proposals.make(self.hand.user, record, self.reason, related)

    def _tell(
        self, row: Row, outcome: str, version: int, told: list[Difference]
    ) -> None:
        self.report.count(outcome, row.kind)
        if self.ledger is not None:
            self.ledger.note(row, outcome, version, told)

    def _validate(self, row: Row, record: Record) -> None:
        """Raise ValidationError unless it may be saved; what it points at was found."""
        found = {
            name
            for name in row.kind.references.keys() & row.kind.columns.keys()
            if getattr(record, row.kind.columns[name].attname) is not None
        }
        record.full_clean(exclude=found, validate_constraints=False)
        record.validate_constraints(exclude=record.derived_fields)

    def _relate(self, row: Row) -> None:
        record = self._known.loaded(row)
        if record is None or (row.kind.name, row.key) in self._waiting:
            return
        for name in _many(row):
            related = self._related(row, name, record)
            record._change_reason = self.reason
            settling.relate(record, name, related)

    def _related(self, row: Row, name: str, record: Record) -> list[Record]:
        """The members that a relation is to have; any that is not there is noted."""
        related, model = [], row.kind.references[name]
        for key in self._members(row, name, _keys(record, name)):
            try:
                related.append(self._known.resolve(model, key))
            except ValidationError as error:
                self._note_all(row, name, error)
        return related

    def _finish(self) -> None:
        """What must hold of claims that are published, now that all is there."""
        for row, claim, becomes in self._published:
            try:
                self.hand.finish(claim, becomes)
            except ValidationError as error:
                self._note_all(row, "status", error)

    def _note(self, row: Row, name: str, message: str) -> None:
        value = row.values.get(name)
        record = f"{row.kind} {_name(row)}"
        told = row.kind.advice(name, message)
        self.problems.append(Problem(row.place, record, name, value, told))

    def _note_all(self, row: Row, name: str, error: ValidationError) -> None:
        """Note every message of a validation error at its field."""
        if not hasattr(error, "error_dict"):
            for message in error.messages:
                self._note(row, name, message)
            return
        for field_name, messages in error.message_dict.items():
            at = "" if field_name == NON_FIELD_ERRORS else field_name
            for message in messages:
                self._note(row, at, message)


def _name(row: Row) -> str:
    return printable(f"“{say_key(row.key if len(row.key) > 1 else row.key[0])}”")


def _many(row: Row) -> set[str]:
    """The relations to many records of which the row says something."""
    return row.kind.many.keys() & row.values.keys()


def _keys(record: Record, name: str) -> list[Any]:
    """The keys of the records that one is related to."""
    return [as_key(other.natural_key()) for other in getattr(record, name).all()]


def _refuse_wrong_type(column: Any, given: Any) -> None:
    """Raise ValidationError for what a column would silently turn into words."""
    if isinstance(column, models.JSONField):
        return
    if isinstance(given, bool):
        if not isinstance(column, models.BooleanField):
            raise ValidationError("This is true or false: put it in quotes.")
    elif not isinstance(given, str | int | float | Decimal):
        raise ValidationError("Give one value: words or a number.")
