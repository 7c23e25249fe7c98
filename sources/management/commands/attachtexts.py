"""Attach our copies of articles to their sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.copies import attach


class Command(BaseCommand):
    help = (
        "Attach the texts in a folder to the sources whose fingerprint they have, "
        "and look for every quote in them. Texts are seen by staff only."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="a folder of .txt files, UTF-8")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["folder"].is_dir():
            raise CommandError(f"There is no folder “{options['folder']}”.")
        for line in attach(options["folder"]):
            self.stdout.write(line)
