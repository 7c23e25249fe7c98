"""A new claim that begins as a copy of another; nothing is saved until it is."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from sources.models import Claim, Evidence

# What is the new claim's own: its address, its life, and what an editor said of the
# old one's answer beside others.
OWN = {"slug", "status", "status_reason", "contradicts"}


def copied(request: Any) -> Claim | None:
    """The claim of which the address asks for a copy."""
    asked = request.GET.get("copy", "")
    claim: Claim | None = Claim.objects.by_key(asked).first() if asked else None
    return claim


def fields(record: Model) -> dict[str, Any]:
    """Its fields as a form begins with them."""
    return {
        field.name: field.value_from_object(record)
        for field in record._meta.concrete_fields
        if field.editable and field.name not in OWN
    }


def passages(claim: Claim, most: int) -> list[dict[str, Any]]:
    """Its evidence, to be confirmed anew: nobody has read it for the new claim."""
    rows = Evidence.objects.on([claim]).order_by("pk")[:most]
    return [
        {
            name: value
            for name, value in fields(evidence).items()
            if name not in ("claim", "confirmed_by")
        }
        for evidence in rows
    ]
