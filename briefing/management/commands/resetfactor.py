"""Turn an account's second factor off, for who has lost the app and the codes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from briefing.entrance import factors


class Command(BaseCommand):
    help = (
        "Turn an account's second factor off and end its sessions. Ask first whether "
        "it is really they who ask: whoever has the password can then sign in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["username"]
        user = get_user_model()._default_manager.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account “{name}”.")
        factors.turn_off(user)
        ended = factors.end_other_sessions(user, kept=None)
        self.stdout.write(f"{name}: no second factor; sessions ended: {ended}.")
