"""Load any number of records from Briefing JSON Lines, or from a table."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.exchange import files, jsonlines
from sources.exchange.importer import Importer
from sources.exchange.records import (
    MOST_PROBLEMS,
    ImportRefused,
    Place,
    Problem,
    Row,
    say_key,
)
from sources.exchange.writing import written
from sources.progress import Progress, stoppable


class Command(BaseCommand):
    """All or nothing, with history, in the memory of a chunk of records."""

    help = (
        "Load records from Briefing JSON Lines or CSV (docs/formats.md): all of them, "
        "or nothing and every problem by file, line, field and value. Records that "
        "say nothing new are not written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", help="paths; - for standard input")
        parser.add_argument(
            "--texts",
            type=Path,
            metavar="DIR",
            help="a folder with the text of each source, SLUG.txt",
        )
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
        parser.add_argument(
            "--report",
            metavar="FILE",
            help="write what became of each record, or every problem, as JSON Lines",
        )
        parser.add_argument(
            "--most-problems",
            type=int,
            default=MOST_PROBLEMS,
            metavar="N",
            help="stop after so many (%(default)s)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["files"] and not options["texts"]:
            raise CommandError("Name a file, - for standard input, or --texts DIR.")
        importer = Importer(
            update=options["update"],
            reason="imported from a file",
            most_problems=options["most_problems"],
        )
        with stoppable(self.stderr, "nothing was imported."):
            problems = self._import(importer, options)
        for repetition in importer.report.repeated:
            self.stderr.write(f"Repeated, and read once: {repetition}")
        if problems:
            raise CommandError(_refused(problems, importer.is_full))
        would = "Nothing was written; it would be: " if options["dry_run"] else ""
        self.stdout.write(f"{would}{importer.report}.")

    def _import(self, importer: Importer, options: dict[str, Any]) -> list[Problem]:
        """What is wrong with the records; nothing, if they were loaded."""
        rows = _rows(options, self.stderr.write)
        with (
            report_to(options["report"]) as report,
            Progress(self.stderr, "records") as progress,
            Progress(self.stderr, "rows that follow") as following,
        ):
            importer.tell = partial(_tell, importer, progress, report)
            importer.settled = following.reach
            rows = Progress(self.stderr, "records read").over(rows)
            return _run(importer, rows, options["dry_run"], report)


def _rows(
    options: dict[str, Any], told: Callable[[str], object]
) -> Iterator[Row | Problem]:
    """The records of all that was named, in turn."""
    for name in options["files"]:
        if name == "-":
            lines = jsonlines.cut(sys.stdin.buffer)
            yield from jsonlines.read(lines, "standard input")
        else:
            yield from files.rows(Path(name), told)
    if folder := options["texts"]:
        if not folder.is_dir():
            raise CommandError(f"There is no folder “{folder}”.")
        yield from files.texts(folder)


@contextmanager
def report_to(name: str | None) -> Iterator[TextIO | None]:
    if name is None:
        yield None
    else:
        with written(name) as file:
            yield file


def _run(
    importer: Importer,
    rows: Iterator[Row | Problem],
    is_trial: bool,
    report: TextIO | None,
) -> list[Problem]:
    """What is wrong with the records; nothing, if they were loaded."""
    try:
        importer.run(rows, is_trial)
    except ImportRefused as refusal:
        if report is not None:
            # What would have become of each is no matter any more.
            report.seek(0)
            report.truncate()
            report.writelines(map(_line, refusal.problems))
        return refusal.problems
    return []


def _tell(
    importer: Importer,
    progress: Progress,
    report: TextIO | None,
    row: Row,
    outcome: str,
) -> None:
    # Nobody knows how many there are before all were read.
    progress.total = progress.total or importer.total
    progress.step()
    if report is not None:
        key = say_key(row.key if len(row.key) > 1 else row.key[0])
        report.write(_json(outcome, row.place, type=row.kind.name, key=key))


def _line(problem: Problem) -> str:
    return _json(
        "refused",
        problem.place,
        record=problem.record,
        field=problem.field,
        value=problem.shown_value,
        message=problem.shown_message,
    )


def _json(outcome: str, place: Place, **told: str) -> str:
    row = {"outcome": outcome, "file": place.file, "line": place.line, **told}
    return json.dumps(row, ensure_ascii=False) + "\n"


def _refused(problems: list[Problem], is_full: bool) -> str:
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    more = " (and perhaps more: --most-problems tells more)" if is_full else ""
    told = "\n".join(map(str, problems))
    return f"Nothing was imported. {count}{more}:\n{told}"
