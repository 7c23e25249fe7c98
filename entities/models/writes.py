"""That something was written: what a cache asks before it shows a page again."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class LastWrite(models.Model):
    """The one row that every transaction changes in which records are written."""

    # Drawn by lot: a number would come again after a backup is put back.
    mark = models.CharField(max_length=16)
    at = models.DateTimeField()

    objects: ClassVar[Any] = models.Manager()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"
