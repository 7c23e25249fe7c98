"""Load files of records through the one importer."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.exchange import files
from sources.exchange.importer import Importer
from sources.exchange.records import ImportRefused, Report
from sources.progress import Progress, stoppable

FOLDER = settings.BASE_DIR / "fixtures"


class Command(BaseCommand):
    """Fixtures, JSON Lines or tables: validated, with history, all or nothing."""

    help = (
        "Load records: fixtures (YAML, natural keys), Briefing JSON Lines or CSV, as "
        "docs/formats.md describes. Nothing skips validation or history; "
        "loading the same files again writes nothing; if a record is bad it is named "
        "and nothing is loaded."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", help="paths, or names in fixtures/")
        parser.add_argument(
            "--update",
            action="store_true",
            help="also write over records that a person has edited since",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would happen, write nothing",
        )
        parser.add_argument("--database", default="default", help="only the default")

    def handle(self, *args: Any, **options: Any) -> None:
        report = load(
            [find(name) for name in options["files"]],
            self.stderr,
            update=options["update"],
            dry_run=options["dry_run"],
        )
        for repetition in report.repeated:
            self.stderr.write(f"Repeated, and read once: {repetition}")
        if options["verbosity"]:
            self.stdout.write(f"{report}.")


def find(name: str) -> Path:
    """The file of that path, or of that name in the fixtures' folder."""
    candidates = [Path(name), FOLDER / name, FOLDER / f"{name}.yaml"]
    for path in candidates:
        if path.is_file():
            return path
    raise CommandError(f"There is no fixture “{name}”, here or in {FOLDER.name}/.")


def load(
    paths: list[Path], out: Any, update: bool = False, dry_run: bool = False
) -> Report:
    """Load these files together, telling on `out` how far it has come.

    Raises CommandError that names every problem.
    """
    rows = chain.from_iterable(map(files.rows, paths))
    importer = Importer(update=update, reason="loaded from a file")
    try:
        with (
            stoppable(out, "nothing was loaded."),
            Progress(out, "records") as progress,
            Progress(out, "rows that follow") as following,
        ):
            importer.tell = lambda row, outcome: progress.step()
            importer.settled = following.reach
            return importer.run(rows, dry_run)
    except ImportRefused as refusal:
        count = len(refusal.problems)
        told = "1 problem" if count == 1 else f"{count} problems"
        raise CommandError(f"Nothing was loaded. {told}:\n{refusal}") from refusal
