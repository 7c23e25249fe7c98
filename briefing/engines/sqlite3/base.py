"""Django's SQLite, in which those who wait to write go in the order in which they came.

SQLite's own wait asks again at growing intervals, up to a tenth of a second: whoever
has waited longest asks most seldom, and those who have just come go first. Here all
queue at a file beside the database; only the first asks, and often.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base, features
from django.utils.functional import cached_property

try:
    import fcntl
except ImportError:  # Windows: there all ask, equally often.
    fcntl = None  # type: ignore[assignment]

# Seconds between two attempts to begin.
EVERY = 0.002
SECONDS = 1000  # in milliseconds
QUEUE = "-queue"


class DatabaseFeatures(features.DatabaseFeatures):
    @cached_property
    def supports_json_field(self) -> bool:  # type: ignore[override]
        """Asked outside a transaction: Django's would wait for whoever writes.

        And what came of waiting in vain it took for an answer.
        """
        with self.connection.cursor() as cursor:
            try:
                cursor.execute("SELECT json('{}')")
            except OperationalError:
                return False
        return True


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures

    def _start_transaction_under_autocommit(self) -> None:
        """Begin to write, or wait for it; raises OperationalError after `timeout`."""
        patience: Any = self.settings_dict["OPTIONS"].get("timeout", 5)
        end = time.monotonic() + patience
        self._wait_by_itself(0)
        try:
            # Also who finds nobody there: else the next save of one who has just
            # saved would go before all that wait.
            with self._first_in_the_queue():
                while not self._has_begun(time.monotonic() > end):
                    time.sleep(EVERY)
        finally:
            self._wait_by_itself(patience)

    @contextmanager
    def _first_in_the_queue(self) -> Iterator[None]:
        """Wait until it is our turn to ask; the place goes with the process."""
        name = str(self.settings_dict["NAME"])
        if fcntl is None or self.is_in_memory_db() or name.startswith("file:"):
            yield
            return
        file = os.open(name + QUEUE, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        finally:
            os.close(file)

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
