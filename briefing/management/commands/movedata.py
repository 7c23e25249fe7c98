"""Carry the whole database to another engine or place, and prove it the same."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS

from briefing.moving import carrying, numbers, proving, targets
from briefing.moving.carrying import SOURCE, Sum
from sources.checks import is_behind
from sources.exchange.snapshot import one_moment
from sources.progress import Progress, stoppable


class Command(BaseCommand):
    """All or nothing, as of one moment, in the memory of a chunk of rows."""

    help = (
        "Carry the whole database to an empty one: records with their history, "
        "accounts, tokens, proposals, private texts. Who is logged in logs in again. "
        "At the end every table and the export are held against each other."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to",
            required=True,
            metavar="URL",
            help="sqlite:////path/to/file or postgres://user:password@host:5432/name",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if is_behind(DEFAULT_DB_ALIAS):
            raise CommandError("The tables are of an earlier version: run migrate.")
        stopped = stoppable(self.stderr, "the target is as empty as it was.")
        with stopped, one_moment(), targets.opened(options["to"]):
            told = self._move()
        for line in told:
            self.stdout.write(line)

    def _move(self) -> list[str]:
        """Carry and compare; raises CommandError unless all is equal."""
        with targets.bare():
            sums = self._carry()
        self.stderr.write("Comparing ...")
        found = list(proving.differences(sums))
        before, after = proving.exported(SOURCE), proving.exported(DEFAULT_DB_ALIAS)
        if before != after:
            found.append(f"the export: {before[0]:,} bytes left, {after[0]:,} differ")
        if found:
            raise CommandError("Not equal, so nothing was moved: " + "; ".join(found))
        tables = [
            f"{one.rows:>12,}  {one.digest[:16]}  {name}" for name, one in sums.items()
        ]
        total = sum(one.rows for one in sums.values())
        return [
            *tables,
            f"Equal: {len(sums)} tables, {total:,} rows, each table's digest; the "
            f"export of {after[0]:,} bytes, {after[1][:16]}.",
        ]

    def _carry(self) -> dict[str, Sum]:
        models = carrying.carried()
        progress = Progress(self.stderr, "rows")
        progress.total = sum(
            model._base_manager.using(SOURCE).count() for model in models
        )
        sums = {
            model._meta.db_table: carrying.carry(model, progress.step)
            for model in models
        }
        progress.end()
        numbers.give(DEFAULT_DB_ALIAS, numbers.given(SOURCE))
        return sums
