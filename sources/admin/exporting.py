"""What is selected in a list, as a file: what its reader may see, and no more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from entities.later import Later
from sources.exchange import jsonlines, outgoing, tables
from sources.exchange.kinds import BY_LABEL, Kind
from sources.models import Claim

workbook = Later("sources.exchange.workbook")
# By ending: what the action is called, and what the file is.
FORMS = {
    "csv": ("Export as CSV", "text/csv; charset=utf-8"),
    "evidence.csv": ("Export as CSV, with the evidence", "text/csv; charset=utf-8"),
    "jsonl": ("Export as JSON Lines", "application/jsonl; charset=utf-8"),
    "xlsx": (
        "Export as a workbook (XLSX)",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def actions_of(model: Any) -> dict[str, tuple[Callable[..., Any], str, str]]:
    """The actions that export rows of this table, as Django's admin lists actions."""
    kind = BY_LABEL.get(model._meta.label_lower)
    if kind is None:
        return {}
    found: dict[str, Any] = {}
    for ending, (label, _) in FORMS.items():
        if ending != "evidence.csv" or model is Claim:
            name = f"export_{ending.replace('.', '_')}"
            found[name] = (partial(_export, kind, ending), name, label)
    return found


def _export(
    kind: Kind, ending: str, modeladmin: Any, request: Any, queryset: Any
) -> HttpResponseBase:
    records = outgoing.records(kind, queryset)
    response: StreamingHttpResponse
    if ending == "evidence.csv":
        response = StreamingHttpResponse(tables.write_evidenced(queryset))
    elif ending == "xlsx":
        response = FileResponse(workbook.write(kind, records))
    else:
        write = {"csv": tables.write, "jsonl": jsonlines.write}[ending]
        response = StreamingHttpResponse(write(kind, records))
    name = str(kind.model._meta.verbose_name_plural).replace(" ", "-")
    file = f"{name}-{timezone.localdate():%Y-%m-%d}.{ending}"
    response["Content-Type"] = FORMS[ending][1]
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response
