"""Make the first administrator, where there is none."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Q

from entities.locking import alone
from sources.rights import ADMINISTRATORS


class Command(BaseCommand):
    help = (
        "Make an administrator with a random password, printed this once, unless an "
        "active one exists already."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", default="admin", help="default: admin")

    def handle(self, *args: Any, **options: Any) -> None:
        # Of two that start at once, the second finds what the first has made.
        with alone():
            self._ensure(options["username"])

    def _ensure(self, name: str) -> None:
        if has_administrator():
            return
        if User.objects.filter(username=name).exists():
            self.stderr.write(
                f"No administrator is active, and the name “{name}” is taken: make one "
                "with manage.py ensureadmin --username NAME."
            )
            return
        password = secrets.token_urlsafe(12)
        make_administrator(name, password)
        self.stdout.write("An administrator was made. The password is shown only now.")
        self.stdout.write(f"  user name  {name}\n  password   {password}")


def has_administrator() -> bool:
    """Whether somebody can sign in and do everything."""
    everything = Q(is_superuser=True) | Q(groups__name=ADMINISTRATORS)
    return User.objects.filter(everything, is_active=True, is_staff=True).exists()


def make_administrator(name: str, password: str) -> User:
    with alone():
        user = User.objects.create_superuser(name, password=password)
        user.groups.add(Group.objects.get(name=ADMINISTRATORS))
    return user
