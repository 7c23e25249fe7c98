"""What the panel offers while somebody types: claims, records, words of the desk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from sources import lookup
from sources.desk import article, names, offers, reading, statements
from sources.desk.citation import CitationForm
from sources.models import Property, Source

MOST = 12


def _choices(found: list[dict[str, Any]]) -> JsonResponse:
    return JsonResponse({"choices": found})


@require_safe
@reading.READS
def passage(request: HttpRequest, slug: str) -> HttpResponse:
    """The selected words as they stand, and all that is proposed for them."""
    source = get_object_or_404(Source, slug=slug)
    read = article.read(source)
    start, end = offers.place(request.GET, read.text if read else "")
    if read is None or start >= end:
        return JsonResponse({"error": "Select some words."}, status=422)
    offered = offers.Offers(read, start, end)
    return JsonResponse(
        {
            "quote": read.text[start:end],
            "start": start,
            "end": end,
            "paragraph": read.paragraph_of(start),
            "subjects": offered.subjects(),
            "asks": offered.asks(),
            "objects": offered.objects(),
            "claims": offered.claims(),
            **offered.values(),
        }
    )


@require_safe
@reading.READS
def claims(request: HttpRequest, slug: str) -> HttpResponse:
    """Claims and questions by words; those of the paragraph's names come first."""
    source = get_object_or_404(Source, slug=slug)
    read = article.read(source)
    if read is None:
        return _choices([])
    start, end = offers.place(request.GET, read.text)
    offered = offers.Offers(read, start, end)
    return _choices(offered.claims(request.GET.get("q", "")[:200], MOST))


@require_safe
@reading.READS
def entities(request: HttpRequest) -> HttpResponse:
    """People, organisations and events by any of their names."""
    query = request.GET.get("q", "")[:200]
    return _choices([offers.entity(one) for one in names.matching(query)])


@require_safe
@reading.READS
def sources(request: HttpRequest) -> HttpResponse:
    found = Source.objects.keyed(lookup.sources(request.GET.get("q", "")[:200]))
    return _choices(
        [
            {"key": one.slug, "label": str(one), "hint": one.published}
            for one in found.newest_first()[:MOST]
        ]
    )


@require_safe
@reading.READS
def properties(request: HttpRequest) -> HttpResponse:
    """Words of the vocabulary that fit the subject, by label, key or question."""
    query = request.GET.get("q", "")[:200]
    subject = request.GET.get("subject", "")[:200]
    return _choices(
        [_property(one) for one in offers.properties(query, subject)[:MOST]]
    )


def _property(one: Property) -> dict[str, Any]:
    return {
        "key": one.key,
        "label": one.label,
        "hint": one.question.replace("{subject}", "…"),
        "value_type": one.value_type,
        "kinds": one.subject_kinds,
    }


@require_safe
@reading.READS
def statement(request: HttpRequest, slug: str) -> HttpResponse:
    """The sentence that these words make, or nothing while some are missing."""
    source = get_object_or_404(Source, slug=slug)
    form = CitationForm(request.user, source, request.GET)
    try:
        claim = form.sketch()
    except ValidationError:
        claim = None
    return JsonResponse({"statement": statements.proposed(claim) if claim else ""})
