"""Let readers see what an embargo held back until now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from sources import settling


class Command(BaseCommand):
    help = (
        "Show readers the published claims and sources whose embargo has ended. Run "
        "it every few minutes, from cron or a timer."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = settling.end_embargoes()
        self.stdout.write(f"{count} records whose embargo has ended are public now.")
