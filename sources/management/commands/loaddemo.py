"""Load the data set about Liang Wenfeng and DeepSeek."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sources.copies import attach
from sources.exchange.kinds import ORDER
from sources.management.commands.loaddata import FOLDER, load
from sources.models import Claim


class Command(BaseCommand):
    help = (
        "Load the demonstration data set from fixtures/. Ends with one line of JSON: "
        "how many records of each type the database then holds."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--texts", type=Path, help="a folder with the articles, to attach them too"
        )
        parser.add_argument("--update", action="store_true", help="see loaddata")
        parser.add_argument(
            "--if-new",
            action="store_true",
            help="only into a database that holds no claim yet",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_new"] and Claim.objects.exists():
            self.stdout.write("The database has records already: nothing loaded.")
            return
        report = load(
            sorted(FOLDER.glob("*.yaml")), self.stderr, update=options["update"]
        )
        self.stdout.write(f"{report}.")
        if options["texts"]:
            for line in attach(options["texts"]):
                self.stdout.write(line)
        counts = {kind.name: kind.model.objects.count() for kind in ORDER}
        self.stdout.write(json.dumps(counts))
