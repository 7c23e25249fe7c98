"""manage.py migrate: Django's own, which ends with making the triggers."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from sources import checks
from sources.migrating import Executor

# The command makes its executor by this name, and has no other seam for one.
migrate.MigrationExecutor = Executor  # type: ignore[attr-defined]


class Command(migrate.Command):
    """A `migrate` cut short before the triggers were made is mended by the next."""

    def check(self, *args: Any, **kwargs: Any) -> None:
        with checks.mending():
            super().check(*args, **kwargs)
