"""Where records stand, and what stands there when there is no public record."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.urls import reverse
from django.utils import timezone

from briefing import errors
from entities.models import Entity, Redirect
from entities.records import Status
from entities.rows import Rows
from sources.models import Claim, Question, Source

TARGET = Rows(
    lambda kind, slug: Redirect.objects.by_key(kind, slug).values_list("slug")
)
ENTITY = Rows(
    lambda kind, slug: Entity.objects.of_kind(kind).by_key(slug).values_list("status")
)
FREE = ("status", "hold", "not_before")
# Whether something other than “not found” stands at a record's own address.
STATUS = {
    **dict.fromkeys(Entity.Kind.values, ENTITY),
    "claim": Rows(lambda kind, slug: Claim.objects.by_key(slug).values_list("status")),
    "source": Rows(lambda kind, slug: Source.objects.by_key(slug).values_list(*FREE)),
    "question": Rows(
        lambda kind, slug: Question.objects.by_key(slug).values_list("state")
    ),
}
HIDDEN = {Status.DRAFT, Status.IN_REVIEW, Question.State.NO_ANSWER}


@lru_cache
def _before_slug(kind: str) -> str:
    return reverse(f"{kind}-detail", args=["-"]).removesuffix("-/")


def address(kind: str, slug: str) -> str:
    """Where readers find a record; resolving every link anew would cost more."""
    return f"{_before_slug(kind)}{slug}/"


def is_free(row: Any) -> bool:
    """Neither on hold nor under an embargo; entities are never either."""
    not_before = getattr(row, "not_before", None)
    is_embargoed = not_before is not None and not_before > timezone.now()
    return not getattr(row, "hold", "") and not is_embargoed


def is_shown(row: Any) -> bool:
    """Whether readers see the record as it is."""
    return row.status == Status.PUBLISHED and is_free(row)


def is_retracted(row: Any) -> bool:
    """Whether readers see a notice in the record's place."""
    return row.status == Status.RETRACTED and is_free(row)


def absent(request: HttpRequest, kind: str, slug: str, row: Any = None) -> HttpResponse:
    """Withdrawn, merged or renamed: say so or lead on; else raise Http404."""
    if row is None:
        return _renamed(kind, slug)
    if row.status == Status.WITHDRAWN:
        return errors.gone(request, row.status_at)
    merged_into = getattr(row, "merged_into_slug", None)
    if merged_into and row.status not in HIDDEN:
        return _lead_to(row.merged_into_kind, merged_into)
    return _renamed(kind, slug)


def _renamed(kind: str, slug: str) -> HttpResponse:
    for row in TARGET(kind=kind, slug=slug):
        return _lead_to(kind, row.slug)
    raise Http404


def _lead_to(kind: str, slug: str) -> HttpResponse:
    """To the record's address, but never to one that readers may not learn of."""
    for row in STATUS[kind](kind=kind, slug=slug):
        # A question has a state in a status's place.
        if row[0] not in HIDDEN and is_free(row):
            return HttpResponsePermanentRedirect(address(kind, slug))
    raise Http404
