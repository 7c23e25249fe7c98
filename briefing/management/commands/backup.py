"""Copy the database while people work on it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from briefing.keeping import backups
from sources.progress import Progress, stoppable


class Command(BaseCommand):
    help = (
        "Write a checked copy of the database, as it stands at one moment, while "
        "people work on it. A copy that stands under that name already stays beside "
        "it, with the time it was made. See docs/keeping.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="such as backups/briefing.sqlite3")
        parser.add_argument(
            "--keep",
            type=int,
            default=7,
            metavar="N",
            help="how many copies there are in the end; the oldest go (default: 7)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] < 1:
            raise CommandError("--keep is 1 or more: the copy made now is one of them.")
        progress = Progress(self.stderr, "pages")
        words = "no copy was made; the ones before are there."
        with stoppable(self.stderr, words), progress:
            gone = backups.back_up(options["file"], options["keep"], progress.reach)
        if options["verbosity"]:
            self.stdout.write(f"{options['file']}: whole, {progress.total:,} pages.")
            for path in gone:
                self.stdout.write(f"{path}: deleted, {options['keep']} are kept.")
