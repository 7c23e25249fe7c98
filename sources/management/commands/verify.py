"""Check the database and every quote in it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from entities.storage import is_held
from sources import soundness, verification
from sources.verification import Failure


class Command(BaseCommand):
    help = (
        "Check that the database is sound (its file, references, triggers, histories, "
        "all that is derived) and look for every quote in the text of its source. "
        "Prints a tab-separated line for each failure (kind, slug, what is wrong) and "
        "exits 1 if there is one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--quotes",
            action="store_true",
            help="only the texts and quotes: nobody who writes need wait",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tally, failures = verification.Tally(), 0
        checks = [verification.texts, lambda: verification.quotes(tally)]
        if not options["quotes"]:
            checks = [*soundness.checks(), *checks]
        for check in checks:
            for failure in _found(check):
                failures += 1
                self.stdout.write(str(failure))
        self.stderr.write(str(tally))
        if failures:
            self.stderr.write(f"{failures} failures.")
            sys.exit(1)


def _found(check: Callable[[], Iterator[Failure]]) -> Iterator[Failure]:
    """What the check finds; a database that cannot be read is a find too."""
    try:
        yield from check()
    except DatabaseError as error:
        yield Failure("database", "", _cause(error))


def _cause(error: DatabaseError) -> str:
    if is_held(error):
        return (
            "Someone else's long save holds it, so not all could be checked: run this "
            "again, or with --quotes."
        )
    return f"It cannot be read: {error}"
