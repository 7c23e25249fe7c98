"""Write the JSON Schemas of all types of record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sources.exchange import schemas


class Command(BaseCommand):
    help = (
        "Write a JSON Schema for each type of record into a folder (docs/formats.md)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where; docs/schemas is ours")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, content in schemas.files():
                (folder / name).write_text(content, encoding="utf-8")
        except OSError as error:
            message = f"“{folder}” cannot be written to: {error.strerror}."
            raise CommandError(message) from error
