"""Put a copy in the place of the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from briefing.keeping import restores


class Command(BaseCommand):
    help = (
        "Put a copy made by `backup` in the place of the database, which is kept "
        "beside it. Refused while a server runs. See docs/keeping.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="a copy made by `backup`")

    def handle(self, *args: Any, **options: Any) -> None:
        # Our own connection would be in the way.
        connections.close_all()
        kept = restores.restore(options["file"])
        if options["verbosity"]:
            self.stdout.write(f"{options['file']} is the database now.")
            if kept is not None:
                self.stdout.write(f"The one before is kept as {kept}.")
            self.stdout.write(
                "Run `manage.py migrate`, `manage.py verify`; erase again what was "
                "erased since."
            )
