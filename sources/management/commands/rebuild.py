"""Work out again all that is derived."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from sources import settling
from sources.progress import Progress, stoppable


class Command(BaseCommand):
    help = (
        "Work out again everything derived: origins, what is public, the state of "
        "questions, dates of events, the search index."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = stoppable(self.stderr, "all is as it was.")
        with stopped, Progress(self.stderr, "rows") as progress:
            count = settling.rebuild(progress.reach)
        self.stdout.write(f"{count} claims settled.")
