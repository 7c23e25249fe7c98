"""Check every quote against our copies."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from sources import verification


class Command(BaseCommand):
    help = (
        "Look for every quote in the text of its source. Prints a tab-separated line "
        "for each failure (kind, slug, what is wrong) and exits 1 if there is one."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        tally, failures = verification.Tally(), 0
        for check in (verification.texts(), verification.quotes(tally)):
            for failure in check:
                failures += 1
                self.stdout.write(str(failure))
        self.stderr.write(str(tally))
        if failures:
            self.stderr.write(f"{failures} failures.")
            sys.exit(1)
