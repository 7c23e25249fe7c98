"""Write what is public in one of the field's formats."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TextIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse

from briefing.edition.asking import Asking
from briefing.formats.catalogue import BY_NAME
from sources.exchange.snapshot import one_moment
from sources.exchange.writing import written
from sources.progress import Progress

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
        url = request.build_absolute_uri(reverse(f"api-export-{form.name}"))
        progress = Progress(self.stderr, "records")
        missing = 0

        def everything() -> Iterator[Any]:
            nonlocal missing
            for things in form.everything(request, CHUNK):
                for thing in things:
                    progress.step()
                    missing += "not_expressed" in thing and len(thing["not_expressed"])
                    yield thing

        with _opened(name) as file, one_moment():
            for piece in form.written(everything(), url):
                file.write(piece)
        progress.end()
        self.stderr.write(f"{progress.done:,} records written.")
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


def _opened(name: str) -> AbstractContextManager[TextIO]:
    return nullcontext(sys.stdout) if name == "-" else written(name)
