"""Corrections: what we had wrong, what we say now, and why."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from briefing import filters
from briefing.pages import lists
from briefing.pages.addresses import address
from briefing.pages.passages import Name
from briefing.rendering import render
from sources.models import Correction

COLUMNS = (
    *("slug", "said", "says", "reason", "made_on", "claim__slug", "claim__statement"),
    *("claim__status", "entity__name", "entity__kind", "entity__slug"),
    *("source__title", "source__slug"),
)


def correction_list(request: HttpRequest) -> HttpResponse:
    rows = Correction.objects.public()
    listing = lists.listing(request, filters.CorrectionList, rows, COLUMNS)
    return render(
        request,
        "corrections.html",
        {
            "listing": listing,
            "corrections": [(about(row), row) for row in listing.rows],
        },
    )


def about(row: Any) -> Name:
    """The record that was put right."""
    if row.claim_slug is not None:
        return Name(row.claim_statement, address("claim", row.claim_slug))
    if row.entity_slug is not None:
        return Name(row.entity_name, address(row.entity_kind, row.entity_slug))
    title = row.source_title or "A source"
    return Name(title, address("source", row.source_slug))
