"""Make draft sources of what a reference manager or a saved web page holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.exchange.importer import Importer
from sources.exchange.records import ImportRefused, Problem
from sources.references import drafts, known, reading
from sources.references.reading import MOST_BYTES, Found


class Command(BaseCommand):
    help = (
        "Make draft sources of CSL-JSON, BibTeX, RIS or a saved web page (.html). What "
        "is here already is skipped; what has no place here is named. All of the file "
        "is taken, or nothing: see docs/formats.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument(
            "--duplicates", action="store_true", help="make what is here already, too"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = _read(options["file"])
        if found.problems:
            raise CommandError(_refused(found.problems))
        chosen = []
        for one, match in zip(
            found.references, known.matches(found.references), strict=True
        ):
            if match is not None:
                self.stdout.write(f"{one.place}: “{one.key}” is already here: {match}.")
            if match is None or options["duplicates"]:
                chosen.append(one)
        drafts.publishers(chosen)
        for one in chosen:
            for words in one.left:
                self.stdout.write(f"{one.place}: “{one.key}”: no place for {words}")
        importer = Importer(reason="imported from a file of references")
        try:
            report = importer.run(drafts.rows(chosen), options["dry_run"])
        except ImportRefused as refusal:
            raise CommandError(_refused(refusal.problems)) from refusal
        would = "Nothing was written; it would be: " if options["dry_run"] else ""
        self.stdout.write(f"{would}{report}.")


def _read(path: Path) -> Found:
    try:
        if path.stat().st_size > MOST_BYTES:
            message = f"“{path}” has more than {MOST_BYTES // 1_000_000} MB: divide it."
            raise CommandError(message)
        return reading.from_bytes(path.name, path.read_bytes())
    except OSError as error:
        raise CommandError(f"“{path}” cannot be read: {error.strerror}.") from error
    except ImportRefused as refusal:
        raise CommandError(_refused(refusal.problems)) from refusal


def _refused(problems: list[Problem]) -> str:
    told = "\n".join(map(str, problems))
    return f"Nothing was imported:\n{told}"
