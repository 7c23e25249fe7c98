"""Django's SQLite, in which nobody who waits to write is passed over for long.

SQLite's own wait asks again at growing intervals, up to a tenth of a second: whoever
has waited longest asks most seldom, and those who have just come go first. Here all
ask equally often.
"""

from __future__ import annotations

import time
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

# Seconds between two attempts to begin.
EVERY = 0.002
SECONDS = 1000  # in milliseconds


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self) -> None:
        """Begin to write, or wait for it; raises OperationalError after `timeout`."""
        patience: Any = self.settings_dict["OPTIONS"].get("timeout", 5)
        end = time.monotonic() + patience
        self._wait_by_itself(0)
        try:
            while not self._has_begun(time.monotonic() > end):
                time.sleep(EVERY)
        finally:
            self._wait_by_itself(patience)

    def _has_begun(self, is_last: bool) -> bool:
        """Whether it was our turn; the last time, nobody is told to wait."""
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except OperationalError as error:
            if is_last or "locked" not in str(error):
                raise
            return False
        return True

    def _wait_by_itself(self, seconds: float) -> None:
        self.cursor().execute(f"PRAGMA busy_timeout = {int(seconds * SECONDS)}")
