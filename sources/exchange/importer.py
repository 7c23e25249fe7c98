"""The one importer behind every door: resolve, compare, validate, save with history.

All or nothing: records are saved in one transaction, kind by kind, so that later ones
find the earlier; if anything is wrong everything is named and nothing stays. Memory
holds one chunk of them, however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.utils import Error as DatabaseError

from entities.locking import alone
from entities.records import Record, Status
from sources import proposals, settling
from sources.differences import Difference
from sources.due import Tell, nobody
from sources.exchange import adding
from sources.exchange.filling import fill, keys, many, members
from sources.exchange.hands import Operator
from sources.exchange.kinds import Kind, loading_order
from sources.exchange.known import Known, edited_by_a_person, own_references
from sources.exchange.ledger import Ledger, differences
from sources.exchange.plans import Plan
from sources.exchange.records import (
    MOST_PROBLEMS,
    ImportRefused,
    Key,
    Problem,
    Report,
    Row,
)
from sources.exchange.spool import Spool
from sources.hurrying import frugally, in_bulk
from sources.models import Claim, Evidence, Question

# What a database says of a row that it cannot hold.
REFUSALS = (DatabaseError, OverflowError, UnicodeError)


@dataclass
class Importer:
    """One run over some records.

    `update`: also write over records that a person has edited since.
    `reason`: what the history says of each change.
    `hand`: by whose hand, and so by which rules.
    `ledger`: where it is noted what becomes of each record, if anyone asks.
    `tell`: told what became of each record, as it does.
    `settled`: told how much of what follows from them has been worked out.
    `most_problems`: after so many it stops.
    """

    update: bool = False
    reason: str = "import"
    hand: Operator = field(default_factory=Operator)
    ledger: Ledger | None = None
    tell: Callable[[Row, str], None] = lambda row, outcome: None
    settled: Tell = nobody
    most_problems: int = MOST_PROBLEMS
    report: Report = field(default_factory=Report)
    problems: list[Problem] = field(default_factory=list)
    _spool: Spool = field(default_factory=Spool)
    _known: Known = field(default_factory=Known)
    _new: list[tuple[Row, Record]] = field(default_factory=list)
    _waiting: dict[tuple[str, Key], tuple[Row, Record]] = field(default_factory=dict)

    def run(self, rows: Iterable[Row | Problem], dry_run: bool = False) -> Report:
        """Load the records; raises ImportRefused, and then nothing was written."""
        # A database without tables says so once, and not of each record.
        Claim.objects.exists()
        with closing(self._spool), in_bulk(), frugally():
            self._lay_out(rows)
            with alone():
                with settling.together() as due:
                    due.tell = self.settled
                    for kind in loading_order(self._spool.kinds()):
                        self._load(kind)
                    self._propose()
                    self._finish()
                if self.problems:
                    raise ImportRefused(self.problems)
                if dry_run:
                    transaction.set_rollback(True)
        return self.report

    @property
    def total(self) -> int:
        """How many records were laid out."""
        return self._spool.count()

    @property
    def is_full(self) -> bool:
        """Whether enough is wrong to say no more."""
        return len(self.problems) >= self.most_problems

    def _lay_out(self, rows: Iterable[Row | Problem]) -> None:
        """Sort the rows; one that comes twice is a repetition or a contradiction."""
        for row in rows:
            if self.is_full:
                return
            if isinstance(row, Problem):
                self.problems.append(row)
            elif (first := self._spool.add(row)) is None:
                continue
            elif first.values == row.values:
                self.report.repeat(f"{row.place}: {row.name}")
            else:
                message = f"This record stands also at {first.place}."
                self.problems.append(row.problem("", message))

    def _load(self, kind: Kind) -> None:
        for rows in self._spool.chunks(kind):
            self._known.turn_to(rows)
            for row in rows:
                if self.is_full:
                    return
                self._load_row(row)
            self._add()
        for row in self._spool.circle(kind):
            message = "This leads round in a circle."
            self.problems.append(row.problem(own_references(kind)[0], message))
        for rows in self._spool.related(kind):
            self._known.turn_to(rows)
            for row in rows:
                self._relate(row)

    def _load_row(self, row: Row) -> None:
        found = self._known.find(row.kind.model, row.key)
        record = found or Plan.of(row.kind).new_record()
        filling = fill(row, record, self._known)
        changed = filling.changed
        if filling.problems:
            self._known.spoil(row)
            self.problems += [row.problem(*told) for told in filling.problems]
            self._look_further(row, record, {name for name, _ in filling.problems})
        elif found is not None and not changed:
            self._tell(row, "unchanged", found.version, [])
        elif found is not None and not self.update and edited_by_a_person(found):
            fields = ", ".join(sorted(changed))
            message = f"A person has edited this record since; differs: {fields}."
            told = f"{message} Use --update to write over it."
            self.problems.append(row.problem("", told))
        else:
            self._save(row, record, changed)

    def _look_further(self, row: Row, record: Record, named: set[str]) -> None:
        """Note what is wrong with other fields too, so that one run tells all."""
        try:
            found = Plan.of(row.kind).found(record)
            record.clean_fields({*named, *found, *record.derived_fields})
        except ValidationError as error:
            self.problems += row.problems("", error)

    def _save(self, row: Row, record: Record, changed: set[str]) -> None:
        is_new, version = record.pk is None, record.version
        outcome = "added" if is_new else "changed"
        try:
            self._validate(row, record, changed)
            self.hand.prepare(record, changed)
            told = differences(row, record, changed) if self.ledger else []
            if self.hand.must_wait(record):
                outcome = "proposed"
                self._put_by(row, record)
            elif is_new:
                self._note_published(row, record)
                self._new.append((row, record))
            else:
                self._note_published(row, record)
                self._write(row, record)
        except (ValidationError, *REFUSALS) as error:
            self._refuse(row, error)
        else:
            self._tell(row, outcome, version, told)

    def _validate(self, row: Row, record: Record, changed: set[str]) -> None:
        """Raise ValidationError unless it may be saved; what it points at was found.

        Of a new record the database itself is asked whether it breaks a constraint.
        """
        is_new = record.pk is None
        if isinstance(record, Evidence) and record.source_id is not None:
            record.copy_at_hand = self._known.copy_of(record.source)
        plan = Plan.of(row.kind)
        found = plan.found(record)
        if is_new and plan.passes(record, changed, found):
            return
        record.full_clean(found, not is_new, validate_constraints=False)
        if not is_new:
            record.validate_constraints(exclude=record.derived_fields)

    def _add(self) -> None:
        """Write the chunk's new records together; where that fails, each by itself."""
        new, self._new = self._new, []
        if not new:
            return
        self._ask([record for _, record in new if isinstance(record, Claim)])
        try:
            adding.add([record for _, record in new], self.reason)
        except (ValidationError, *REFUSALS):
            for row, record in new:
                self._add_alone(row, record)
        else:
            for row, record in new:
                self._known.add(row, record)

    def _add_alone(self, row: Row, record: Record) -> None:
        try:
            record.validate_unique(exclude=record.derived_fields)
            record.validate_constraints(exclude=record.derived_fields)
            self._write(row, record)
        except (ValidationError, *REFUSALS) as error:
            self._refuse(row, error)

    def _ask(self, claims: list[Claim]) -> None:
        """Give claims the questions that they answer; those that are new are made."""
        asked = Question.objects.answered_by(claims)
        new = {claim.asks: claim for claim in claims if claim.asks not in asked}
        made = Question.objects.unsaved_for(new.values())
        if made:
            adding.add(made, self.reason)
        asked |= {question.asks: question for question in made}
        for claim in claims:
            # Two that are new can have one slug: the second finds another.
            claim.question = asked.get(claim.asks) or Question.objects.made_for(claim)

    def _write(self, row: Row, record: Record) -> None:
        with transaction.atomic():
            record._change_reason = self.reason
            record.save()
        self._known.add(row, record)

    def _note_published(self, row: Row, record: Record) -> None:
        if isinstance(record, Claim) and record.status == Status.PUBLISHED:
            becomes = record.stored("status") != record.status
            self._spool.note_published(row, becomes)

    def _put_by(self, row: Row, record: Record) -> None:
        """Keep a change for a proposal; who points at the record means it as it is."""
        self._waiting[row.kind.name, row.key] = row, record
        self._known.add(row, type(record)._base_manager.get(pk=record.pk))

    def _propose(self) -> None:
        """Make the proposals, now that all they may name is there."""
        for row, record in self._waiting.values():
            self._known.turn_to([row])
            related = {name: self._related(row, name, record) for name in many(row)}
            proposals.make(self.hand.user, record, self.reason, related)

    def _tell(
        self, row: Row, outcome: str, version: int, told: list[Difference]
    ) -> None:
        self.report.count(outcome, row.kind)
        self.tell(row, outcome)
        if self.ledger is not None:
            self.ledger.note(row, outcome, version, told)

    def _relate(self, row: Row) -> None:
        record = self._known.loaded(row)
        if record is None or (row.kind.name, row.key) in self._waiting:
            return
        for name in many(row):
            related = self._related(row, name, record)
            record._change_reason = self.reason
            settling.relate(record, name, related)

    def _related(self, row: Row, name: str, record: Record) -> list[Record]:
        """The members that a relation is to have; any that is not there is noted."""
        related, model = [], row.kind.references[name]
        for key in members(row, name, keys(record, name)):
            try:
                related.append(self._known.resolve(model, key))
            except ValidationError as error:
                self.problems += row.problems(name, error)
        return related

    def _finish(self) -> None:
        """What must hold of claims that are published, now that all is there."""
        for rows in self._spool.published():
            found = Claim.objects.slugged(row.key[0] for row, _ in rows)
            in_doubt = {claim.slug: claim for claim in self.hand.in_doubt(list(found))}
            for row, becomes in rows:
                if (claim := in_doubt.get(row.key[0])) is None:
                    continue
                try:
                    self.hand.finish(claim, becomes)
                except ValidationError as error:
                    self.problems += row.problems("status", error)

    def _refuse(self, row: Row, error: Exception) -> None:
        self._known.spoil(row)
        if isinstance(error, ValidationError):
            self.problems += row.problems("", error)
        else:
            self.problems.append(row.problem("", f"The database refuses it: {error}."))
