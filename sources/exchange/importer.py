"""The one importer behind every door: resolve, compare, validate, save with history.

All or nothing: records are saved in one transaction, kind by kind, so that later ones
find the earlier; if anything is wrong everything is named and nothing stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.utils import Error as DatabaseError

from entities.records import Record, Status
from sources import publication, settling
from sources.exchange.kinds import FILLED_BY_MACHINE, Kind, loading_order
from sources.exchange.records import (
    MOST_PROBLEMS,
    ImportRefused,
    Key,
    Problem,
    Report,
    Row,
    as_key,
    say_key,
)
from sources.models import Claim


@dataclass
class Importer:
    """One run over some records.

    `update`: also write over records that a person has edited since.
    `reason`: what the history says of each change.
    """

    update: bool = False
    reason: str = "import"
    report: Report = field(default_factory=Report)
    problems: list[Problem] = field(default_factory=list)
    _known: dict[tuple[type[Record], Any], Record] = field(default_factory=dict)
    _bad: set[tuple[type[Record], Any]] = field(default_factory=set)
    _published: list[tuple[Row, Claim]] = field(default_factory=list)

    def run(self, rows: Iterable[Row], dry_run: bool = False) -> Report:
        """Load the records; raises ImportRefused, and then nothing was written."""
        by_kind = self._sorted(rows)
        with transaction.atomic():
            with settling.together():
                for kind in loading_order(set(by_kind)):
                    self._load(kind, by_kind[kind.name])
                self._refuse_unconfirmed()
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
        for row in self._parents_first(kind, rows):
            if len(self.problems) >= MOST_PROBLEMS:
                return
            self._load_row(row)
        for row in rows:
            if kind.many:
                self._relate(row)

    def _parents_first(self, kind: Kind, rows: list[Row]) -> list[Row]:
        """The rows in an order in which each follows what it points at."""
        own = [name for name, model in kind.references.items() if model is kind.model]
        own = [name for name in own if name not in kind.many]
        waiting, ordered, placed = {row.key: row for row in rows}, [], set()
        while waiting:
            ready = [
                key
                for key, row in waiting.items()
                if not any((as_key(row.values.get(name)),) in waiting for name in own)
            ]
            if not ready:
                for row in waiting.values():
                    self._note(row, own[0], "This leads round in a circle.")
                break
            for key in ready:
                placed.add(key)
                ordered.append(waiting.pop(key))
        return ordered

    def _load_row(self, row: Row) -> None:
        problems = len(self.problems)
        self._refuse_unknown_fields(row)
        found = self._find(row.kind.model, row.key)
        record = found or row.kind.model()
        changed = self._fill(row, record)
        if len(self.problems) > problems:
            self._bad.add((row.kind.model, as_key(row.key)))
        elif found is not None and not changed:
            self.report.count("unchanged", row.kind)
        elif found is not None and not self.update and _edited_by_a_person(found):
            fields = ", ".join(sorted(changed))
            message = f"A person has edited this record since; differs: {fields}."
            self._note(row, "", f"{message} Use --update to write over it.")
        else:
            self._save(row, record, is_new=found is None)

    def _refuse_unknown_fields(self, row: Row) -> None:
        known = row.kind.columns.keys() | row.kind.many.keys()
        for name in row.values.keys() - known:
            message = f"There is no such field. A {row.kind} has: {', '.join(known)}."
            self._note(row, name, message)

    def _fill(self, row: Row, record: Record) -> set[str]:
        """Give the record the row's values; the names of those that changed it."""
        changed = set()
        for name, column in row.kind.columns.items():
            if name not in row.values and name in FILLED_BY_MACHINE:
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
            return None if given is None else self._resolve(row, name, given)
        if given is None:
            return column.get_default() if not column.null else None
        if isinstance(given, dict):
            given.pop("__line__", None)
        return column.to_python(given)

    def _resolve(self, row: Row, name: str, given: Any) -> Record:
        """The record that a reference names; raises ValidationError without one."""
        model, key = row.kind.references[name], as_key(given)
        found = self._find(model, key if isinstance(key, tuple) else (key,))
        if found is not None:
            return found
        word = model._meta.verbose_name
        if (model, key) in self._bad:
            raise ValidationError(f"That {word} is in the file, but not in order.")
        raise ValidationError(f"There is no {word} “{say_key(key)}”.")

    def _find(self, model: type[Record], key: Key) -> Record | None:
        """The record with that natural key, from this run or the database."""
        handle = (model, as_key(key))
        if handle not in self._known:
            found = self._query(model, key)
            if found is None:
                return None
            self._known[handle] = found
        return self._known[handle]

    def _query(self, model: type[Record], key: Key) -> Record | None:
        if len(key) != len(model.key_fields):
            return None
        lookup = {}
        for name, part in zip(model.key_fields, key, strict=True):
            field = model._meta.get_field(name)
            if field.is_relation:
                related: Any = field.related_model
                nested = part if isinstance(part, tuple) else (part,)
                part = self._find(related, nested)
                if part is None:
                    return None
            lookup[name] = part
        try:
            return model.objects.filter(**lookup).first()
        except (ValueError, TypeError, ValidationError, OverflowError):
            return None

    def _changed_relations(self, row: Row, record: Record) -> set[str]:
        """The relations to many whose members are not those of the row."""
        changed = set()
        for name in row.kind.many:
            if record.pk is None or name not in row.values:
                continue
            old = {as_key(r.natural_key()) for r in getattr(record, name).all()}
            new = {as_key(key) for key in row.values[name] or []}
            # A relation kept both ways is written on one side only.
            if not new <= old:
                changed.add(name)
        return changed

    def _save(self, row: Row, record: Record, is_new: bool) -> None:
        handle = (row.kind.model, as_key(row.key))
        try:
            record.full_clean(exclude=set(row.kind.references))
            with transaction.atomic():
                record._change_reason = self.reason
                record.save()
        except ValidationError as error:
            self._bad.add(handle)
            self._note_all(row, "", error)
            return
        except (DatabaseError, OverflowError, UnicodeError) as error:
            self._bad.add(handle)
            self._note(row, "", f"The database refuses it: {error}.")
            return
        self._known[handle] = record
        if isinstance(record, Claim) and record.status == Status.PUBLISHED:
            self._published.append((row, record))
        self.report.count("added" if is_new else "changed", row.kind)

    def _relate(self, row: Row) -> None:
        record = self._known.get((row.kind.model, as_key(row.key)))
        if record is None:
            return
        for name in row.kind.many:
            given = row.values.get(name) or []
            try:
                related = [self._resolve(row, name, key) for key in given]
            except ValidationError as error:
                self._note_all(row, name, error)
                continue
            missing = set(related) - set(getattr(record, name).all())
            if missing:
                record._change_reason = self.reason
                getattr(record, name).add(*missing)
                record.settle()

    def _refuse_unconfirmed(self) -> None:
        """A claim is published with evidence that a named person has confirmed."""
        for row, claim in self._published:
            try:
                publication.refuse_unfit_claim(claim)
            except ValidationError as error:
                self._note_all(row, "status", error)

    def _note(self, row: Row, name: str, message: str) -> None:
        value = row.values.get(name)
        record = f"{row.kind} {_name(row)}"
        self.problems.append(Problem(row.place, record, name, value, message))

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
    return f"“{say_key(row.key if len(row.key) > 1 else row.key[0])}”"


def _edited_by_a_person(record: Record) -> bool:
    """Whether the last change was made by someone signed in."""
    latest = record.history.order_by("-history_id").first()
    return latest is not None and latest.history_user_id is not None
