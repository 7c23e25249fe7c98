"""What stands where there is no public record: the same as at the pages' addresses."""

from __future__ import annotations

from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.urls import resolve, reverse
from rest_framework import serializers

from briefing.api.problems import problem
from briefing.api.resources import Resource
from briefing.api.shapes import Guard, Record
from briefing.pages.addresses import STATUS, absent, address, is_retracted, is_shown
from entities.models import Entity
from entities.records import Status
from entities.rows import Rows
from sources.models import Claim, Evidence, Source

STATE = ("slug", "status", "status_at", "status_reason")
FREE = ("hold", "not_before")
ENTITY = Rows(
    lambda kind, slug: (
        Entity.objects.of_kind(kind)
        .by_key(slug)
        .values_list(*STATE, "merged_into__kind", "merged_into__slug")
    )
)
STATES = {
    **dict.fromkeys(Entity.Kind.values, ENTITY),
    "source": Rows(
        lambda kind, slug: Source.objects.by_key(slug).values_list(*STATE, *FREE)
    ),
    "claim": Rows(
        lambda kind, slug: Claim.objects.by_key(slug).values_list(
            *STATE, *FREE, "subject__status", "object__status"
        )
    ),
    "evidence": Rows(
        lambda kind, slug: Evidence.objects.by_key(slug).values_list(
            *STATE,
            *("claim__slug", "claim__is_public", "source__status"),
            *("source__hold", "source__not_before"),
        )
    ),
}


class Notice(serializers.Serializer):
    """A record that we published and no longer stand by: when and why."""

    type = serializers.CharField()
    slug = serializers.SlugField()
    status = serializers.ChoiceField([Status.RETRACTED.value])
    status_reason = serializers.CharField()
    retracted_on = serializers.DateField()
    page = serializers.URLField()


def notice(resource: Resource, key: str) -> Record | None:
    """What is said in the place of a record that we took back, if readers may know."""
    row = _state(resource, key)
    if row is None or not is_retracted(row) or not _may_know(resource.kind, row):
        return None
    kind, slug = resource.kind, row.slug
    if kind == "evidence":
        kind, slug = "claim", row.claim_slug
    return {
        "type": resource.kind,
        "slug": row.slug,
        "status": row.status,
        "status_reason": row.status_reason,
        "retracted_on": row.status_at.date().isoformat() if row.status_at else None,
        "page": address(kind, slug),
    }


def instead(request: HttpRequest, resource: Resource, key: str) -> HttpResponse:
    """Withdrawn, merged or renamed: say so or lead on; else raise Http404."""
    row = _state(resource, key)
    if row is not None and row.status == Status.WITHDRAWN:
        day = row.status_at.date().isoformat() if row.status_at else None
        words = f"Withdrawn on {day}." if day else "Withdrawn."
        return problem(410, words, withdrawn_on=day)
    if resource.kind not in STATUS:
        raise Http404
    answer: Any = absent(request, resource.kind, key, row)
    return HttpResponsePermanentRedirect(_moved(request, answer.url))


def _state(resource: Resource, key: str) -> Any:
    rows = STATES.get(resource.kind)
    return next(iter(rows(kind=resource.kind, slug=key)), None) if rows else None


def _may_know(kind: str, row: Any) -> bool:
    """Whether readers see all that the record spoke of."""
    if kind == "claim":
        names = {row.subject_status, row.object_status} - {None}
        return names == {Status.PUBLISHED}
    if kind == "evidence":
        return bool(row.claim_is_public) and is_shown(
            Guard(row.source_status, row.source_hold, row.source_not_before)
        )
    return True


def _moved(request: HttpRequest, page: str) -> str:
    """The API's address of the record whose page that is."""
    found = resolve(page)
    kind = found.kwargs.get("kind") or str(found.url_name).removesuffix("-detail")
    path = reverse(f"api-{kind}", args=[found.kwargs["slug"]])
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path
