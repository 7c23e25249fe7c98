"""Write what is public in one of the field's formats."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.http import HttpRequest
from django.urls import reverse

from briefing.edition.asking import Asking
from briefing.formats.catalogue import BY_NAME, Format
from briefing.formats.public import PUBLIC
from sources.exchange.snapshot import one_moment
from sources.exchange.writing import written
from sources.progress import Progress, stoppable

CHUNK = 500


class Command(BaseCommand):
    help = (
        "Write what readers see, all of it, in a format of the field, as it stands at "
        "one moment: see docs/formats.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("format", choices=[*BY_NAME, "atom"])
        parser.add_argument("file", help="where to write it; - for standard output")
        parser.add_argument(
            "--base-url",
            default=settings.EDITION_URL,
            help="where the site stands, for its own addresses; default: EDITION_URL",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asking, name = Asking(options["base_url"]), options["file"]
        if options["format"] == "atom":
            self._write_feed(asking, name)
            return
        form, request = BY_NAME[options["format"]], asking.request("/")
        progress = Progress(self.stderr, "records")
        with (
            stoppable(self.stderr, f"{_as_it_was(name)}."),
            progress,
            _opened(name) as file,
            one_moment(),
        ):
            written, missing = _write(file, form, request, progress)
        self.stderr.write(f"{written:,} records written.")
        if missing:
            self.stderr.write(
                f"{missing:,} things that the format cannot express are listed in the "
                "file, under “not_expressed” of the record concerned."
            )

    def _write_feed(self, asking: Asking, name: str) -> None:
        """The latest changes, as feed readers have them."""
        page = asking.page(reverse("change-feed"))
        with _opened(name) as file:
            file.write(page.content.decode() if page else "")


def _write(
    file: TextIO, form: Format, request: HttpRequest, progress: Progress
) -> tuple[int, int]:
    """How many records it came to, and how much of them could not be expressed."""
    url = request.build_absolute_uri(reverse(f"api-export-{form.name}"))
    total = sum(PUBLIC[kind]().count() for kind in form.kinds)
    progress.total, written, missing = total, 0, 0

    def everything() -> Iterator[Any]:
        nonlocal written, missing
        for things in form.everything(request, CHUNK):
            for thing in things:
                written += 1
                missing += "not_expressed" in thing and len(thing["not_expressed"])
                yield thing
            progress.step(min(CHUNK, total - progress.done))

    for piece in form.written(everything(), url):
        file.write(piece)
    return written, missing


def _as_it_was(name: str) -> str:
    return "what was written is not whole" if name == "-" else f"{name} is as it was"


def _opened(name: str) -> AbstractContextManager[TextIO]:
    return nullcontext(sys.stdout) if name == "-" else written(name)
