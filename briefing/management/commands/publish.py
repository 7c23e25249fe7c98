"""Write what is public as files: the reader's site, or one SQLite database."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from briefing.edition.current import Edition
from briefing.edition.manifest import Foreign, Manifest
from briefing.edition.publishing import Outcome, Publishing
from sources.exchange.snapshot import one_moment
from sources.flat import edition as database
from sources.progress import INTERRUPTED, Progress, stoppable


class Command(BaseCommand):
    help = (
        "Write the static edition: the reader's site as files that any host can serve. "
        "Renders what has changed since the last run, checks every link, and exits 1, "
        "with the edition as it was, if one is dead. See docs/publishing.md. With "
        "--sqlite, write the public records into one SQLite file: see docs/sql.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, help="empty, or an edition written before"
        )
        parser.add_argument(
            "--sqlite", metavar="FILE", help="one SQLite file with the public records"
        )
        parser.add_argument(
            "--all", action="store_true", help="render every page, changed or not"
        )
        parser.add_argument(
            "--base-url",
            default=settings.EDITION_URL,
            help="where the files will stand; default: EDITION_URL",
        )
        parser.add_argument(
            "--live-url",
            default="",
            help="a live site for what files cannot do; without one it is left out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["folder"] is None and options["sqlite"] is None:
            raise CommandError("Name a folder to write the edition to, or --sqlite.")
        # Both say the same, whoever writes meanwhile.
        with one_moment():
            if options["folder"] is not None:
                self._write_site(options)
            if options["sqlite"] is not None:
                self._write_database(options)

    def _write_database(self, options: dict[str, Any]) -> None:
        progress = Progress(self.stderr, "rows", database.size())
        with stoppable(self.stderr, f"{options['sqlite']} is as it was."), progress:
            count = database.write(options["sqlite"], progress.step)
        if options["verbosity"]:
            self.stdout.write(f"{options['sqlite']}: {count:,} rows.")

    def _write_site(self, options: dict[str, Any]) -> None:
        edition = Edition(
            _origin("--base-url", options["base_url"]),
            _origin("--live-url", options["live_url"]) if options["live_url"] else "",
        )
        if edition.base_url == edition.live_url:
            raise CommandError("The edition and the live site need addresses apart.")
        self.progress = Progress(self.stderr, "records")
        manifest = _opened(options["folder"].absolute())
        try:
            outcome = self._run(manifest, edition, options["all"])
        except KeyboardInterrupt:
            stays = manifest.give_up()
            self.progress.end()
            how = "the edition is as it was" if stays else "the next run ends the move"
            self.stderr.write(f"Stopped: {how}.")
            sys.exit(INTERRUPTED)
        except Foreign as foreign:
            manifest.give_up()
            message = f"{foreign} in {options['folder']} is not the edition's own file."
            raise CommandError(f"{message} Move it away.") from foreign
        except BaseException:
            manifest.give_up()
            raise
        self._tell(outcome, options["verbosity"])

    def _run(self, manifest: Manifest, edition: Edition, is_whole: bool) -> Outcome:
        publishing = Publishing(manifest, edition, self._telling)
        publishing.prepare(is_whole)
        outcome = publishing.run()
        self.progress.end()
        if outcome.dead:
            for dead in outcome.dead:
                self.stderr.write(f"{dead.path}: dead link to {dead.target}")
            raise CommandError("Nothing was published: mend these links first.")
        manifest.accept()
        manifest.finish(self._telling("files moved", outcome.written + outcome.gone))
        self.progress.end()
        return outcome

    def _telling(self, noun: str, total: int | None) -> Callable[[], None]:
        """Tell of what is done now in the place of what was done before."""
        self.progress.end()
        self.progress = Progress(self.stderr, noun, total)
        return self.progress.step

    def _tell(self, outcome: Outcome, verbosity: int) -> None:
        if verbosity:
            how = "everything rendered" if outcome.is_whole else "only what changed"
            self.stdout.write(
                f"{outcome.files:,} files, {how}: "
                f"{outcome.written:,} written, {outcome.gone:,} deleted."
            )


def _origin(name: str, url: str) -> str:
    """The address without a slash at its end; raises CommandError if it has a path."""
    parts = urlsplit(url.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
        example = "https://briefing.example"
        raise CommandError(f"{name} is a scheme and a host, such as {example}.")
    return f"{parts.scheme}://{parts.netloc}"


def _opened(folder: Path) -> Manifest:
    """What is known of the folder; raises CommandError if it is not ours to fill."""
    known = folder.with_name(f"{folder.name}.edition.sqlite3")
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"“{folder}” is a file: name a folder.")
    if folder.is_dir() and any(folder.iterdir()) and not known.exists():
        raise CommandError(
            f"“{folder}” is not empty, and no edition: there is no {known.name} beside "
            "it. Name another folder."
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    return Manifest(folder)
