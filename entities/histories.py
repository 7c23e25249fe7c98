"""The history that each table keeps, in which what was deleted is found at once."""

from __future__ import annotations

from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords


class History(HistoricalRecords):
    """Every version of each record, with an index of those that tell of a deletion.

    They are few among very many, and looked for on their own.
    """

    def get_meta_options(self, model: Any) -> dict[str, Any]:
        options: dict[str, Any] = super().get_meta_options(model)
        deleted = models.Index(
            fields=["history_date", "history_id"],
            name=f"{model._meta.model_name}_deleted",
            condition=models.Q(history_type="-"),
        )
        return options | {"indexes": (*options.get("indexes", ()), deleted)}
