"""People, organisations and events: lists and profiles."""

from __future__ import annotations

from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse

from briefing import filters
from briefing.filters import decoded, encoded
from briefing.pages import linked, lists, profiles
from briefing.pages.addresses import absent
from briefing.pages.citing import Citation, citation
from briefing.rendering import render
from entities.models import Entity
from entities.records import Status
from entities.rows import Rows
from sources.models import Claim

ENTITY = Rows(
    lambda kind, slug: (
        Entity.objects.of_kind(kind)
        .by_key(slug)
        .values_list(
            *(
                "id",
                "kind",
                "name",
                "slug",
                "summary",
                "wikidata_id",
                "category",
                "date",
            ),
            *("place", "status", "status_at", "status_reason", "merged_into_id"),
            *("merged_into__kind", "merged_into__slug", "modified_at"),
        )
    )
)
CLAIM_COUNT = Subquery(
    Claim.objects.public()
    .about(OuterRef("pk"))
    .values("subject")
    .annotate(rows=Count("pk"))
    .values("rows")
)
LISTS = {
    "person": filters.PersonList,
    "organisation": filters.OrganisationList,
    "event": filters.EventList,
}


def entity_list(request: HttpRequest, kind: str) -> HttpResponse:
    rows = Entity.objects.public().of_kind(kind).annotate(claim_count=CLAIM_COUNT)
    columns = ("kind", "name", "slug", "category", "date", "place", "claim_count")
    listing = lists.listing(request, LISTS[kind], rows, columns)
    return render(
        request,
        "entities/list.html",
        {"kind": kind, "listing": listing, "categories": Entity.CATEGORIES},
    )


def entity_detail(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    entity = next(iter(ENTITY(kind=kind, slug=slug)), None)
    if entity is None or entity.merged_into_id is not None:
        return absent(request, kind, slug, entity)
    if entity.status == Status.RETRACTED:
        return render(request, "entities/retracted.html", {"entity": entity})
    if entity.status != Status.PUBLISHED:
        return absent(request, kind, slug, entity)
    after, error = _place(request)
    profile = profiles.read(entity, after)
    return linked.rendered(
        request,
        "entities/detail.html",
        {
            "entity": entity,
            "profile": profile,
            "category": Entity.CATEGORIES.get(entity.category, ""),
            "error": error,
            "following": _following(profile),
            # A later page of a profile is no place of its own to cite.
            "cite": None if after else citation_of(request, profile),
            "linked": None if after else linked.of_profile(request, profile),
        },
    )


def citation_of(request: HttpRequest, profile: profiles.Profile) -> Citation:
    entity = profile.entity
    record = entity.kind, entity.slug
    return citation(request, record, entity.name, profile.changed_at)


def _place(request: HttpRequest) -> tuple[profiles.After | None, str]:
    """The question after which to begin, and what is wrong with the cursor."""
    text = request.GET.get("cursor", "")
    if not text:
        return None, ""
    try:
        order, property_id, qualifier = decoded(text, int, int, str)
    except ValueError:
        return None, "This place on the page is not known: here is its beginning."
    return (order, property_id, qualifier), ""


def _following(profile: profiles.Profile) -> str:
    if profile.last is None:
        return ""
    last = profile.last
    place = [last.property_order, last.property_id, last.qualifier]
    return f"?cursor={encoded(place)}"
