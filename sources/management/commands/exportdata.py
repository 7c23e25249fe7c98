"""Write all records as Briefing JSON Lines, or claims with evidence as a table."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.exchange import jsonlines, outgoing, tables
from sources.exchange.kinds import BY_NAME, ORDER, TEXT
from sources.exchange.snapshot import one_moment
from sources.exchange.writing import written
from sources.hurrying import frugally
from sources.models import Claim
from sources.progress import Progress, stoppable

TABLE = "evidence-csv"


class Command(BaseCommand):
    help = (
        "Write all records, drafts too, as Briefing JSON Lines (docs/formats.md), as "
        "they stand at one moment. Texts of sources are left out unless asked for."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="where to write it; - for standard output")
        parser.add_argument(
            "--type",
            action="append",
            choices=[*BY_NAME],
            help="only records of this type; can be given again",
        )
        parser.add_argument(
            "--format",
            choices=["jsonl", TABLE],
            default="jsonl",
            help="evidence-csv: one table of all claims with their evidence",
        )
        parser.add_argument(
            "--with-texts",
            action="store_true",
            help="the texts of sources too: they are private, keep the file so",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        is_narrowed = options["type"] or options["with_texts"]
        if options["format"] == TABLE and is_narrowed:
            raise CommandError("A table of claims with evidence holds just these.")
        with stoppable(self.stderr, "the file is as it was."), frugally():
            self._export(options)

    def _export(self, options: dict[str, Any]) -> None:
        if options["format"] == TABLE:
            return self._write_table(options["file"])
        progress = Progress(self.stderr, "records")
        kinds = [*ORDER, *([TEXT] if options["with_texts"] else [])]
        if options["type"]:
            kinds = [BY_NAME[name] for name in dict.fromkeys(options["type"])]
        with _opened(options["file"]) as file, one_moment():
            progress.total = sum(kind.model.objects.count() for kind in kinds)
            for kind in kinds:
                records = outgoing.records(kind, kind.model.objects.all())
                for line in jsonlines.write(kind, records):
                    file.write(line)
                    progress.step()
        progress.end()
        self.stderr.write(f"{progress.done:,} records written.")

    def _write_table(self, name: str) -> None:
        progress = Progress(self.stderr, "rows")
        with _opened(name) as file, one_moment():
            for line in tables.write_evidenced(Claim.objects.all()):
                file.write(line)
                progress.step()
        progress.end()
        self.stderr.write(f"{progress.done - 1:,} rows written.")


def _opened(name: str) -> AbstractContextManager[TextIO]:
    return nullcontext(sys.stdout) if name == "-" else written(name)
