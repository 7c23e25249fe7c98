"""Erase a record with its history, for good."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from sources import erasing, proposals, rights


class Command(BaseCommand):
    help = (
        "Erase a record, what goes with it and every version of both, for good. Only "
        "its kind, the date, the reason and who did it are kept. docs/erasing.md says "
        "what backups and copies still hold."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(proposals.ADDRESSED))
        parser.add_argument("slug", help="the last part of its address")
        parser.add_argument(
            "--reason", required=True, help="kept for good: nothing of what it said"
        )
        parser.add_argument(
            "--with-dependants",
            action="store_true",
            help="also erase, or cut loose, what cites it",
        )
        parser.add_argument(
            "--user", help="the administrator who answers for it; default: the first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = administrator(options["user"])
        manager: Any = proposals.ADDRESSED[options["kind"]]._default_manager
        record = manager.by_key(options["slug"]).first()
        if record is None:
            raise CommandError(f"There is no {options['kind']} “{options['slug']}”.")
        if not options["reason"].strip():
            raise CommandError("Give a reason.")
        try:
            done = erasing.erase(
                record, user, options["reason"], options["with_dependants"]
            )
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        _empty_log()
        self.stdout.write(f"{len(done.goes)} records erased, with their histories.")


def administrator(name: str | None) -> User:
    """Whoever answers for it; raises CommandError if they may not."""
    active = User.objects.filter(is_active=True).order_by("pk")
    users = active.filter(username=name) if name else active
    for user in users:
        if rights.is_administrator(user):
            return user
    raise CommandError("No such administrator: only one erases.")


def _empty_log() -> None:
    """Write SQLite's log back, so that no deleted words are left in it."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
