"""Citing a passage, taking it back, leaving one out: saved without leaving the page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from entities.records import StaleRecord, Status
from sources import publication, settling, slugs
from sources.desk import reading, takeback
from sources.desk.citation import CitationForm
from sources.models import Claim, Omission, Source

CITES = permission_required(
    ["sources.view_sourcetext", "sources.add_evidence"], raise_exception=True
)
OMITS = permission_required("sources.add_omission", raise_exception=True)


@require_POST
@CITES
def cite(request: HttpRequest, slug: str) -> HttpResponse:
    source = get_object_or_404(Source, slug=slug)
    form = CitationForm(request.user, source, request.POST)
    if form.is_valid():
        try:
            said = save(request, form)
        except (ValidationError, IntegrityError, StaleRecord) as error:
            form.add_error(None, in_words(error))
        else:
            return answer(request, source, said)
    return refusal(request, source, form)


@require_POST
@CITES
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    source = get_object_or_404(Source, slug=slug)
    try:
        said = takeback.last(request, source)
    except (ValidationError, IntegrityError, StaleRecord) as error:
        return answer(request, source, in_words(error), is_error=True)
    return answer(request, source, said)


@require_POST
@OMITS
def leave_out(request: HttpRequest, slug: str) -> HttpResponse:
    source = get_object_or_404(Source, slug=slug)
    form = CitationForm(request.user, source, request.POST)
    place = form.passage()
    if place is None:
        return refusal(request, source, form)
    reason = request.POST.get("reason", "").strip() or "It carries no claim"
    passage = Omission(
        source=source,
        start=place.start,
        end=place.end,
        reason=reason,
    )
    passage.created_by_id = request.user.pk
    try:
        passage.full_clean()
        passage.save()
    except ValidationError as error:
        return answer(request, source, in_words(error), is_error=True)
    takeback.remember(request, source, passage)
    return answer(request, source, f"Left out: “{clipped(place.quote)}”.")


def save(request: HttpRequest, form: CitationForm) -> str:
    """Write the claim, its evidence and what confirming them entails, or nothing."""
    claim, evidence = form.answer, form.evidence
    if form.is_new and not request.user.has_perm("sources.add_claim"):
        raise ValidationError("You may not add claims.")
    before = claim.status
    with settling.together():
        if form.is_new:
            claim._change_reason = "Read in a source"
            claim.save()
        evidence.claim = claim
        evidence.slug = slugs.make_slug(evidence)
        evidence.full_clean()
        evidence._change_reason = "Read in a source"
        if form.cleaned_data.get("confirm"):
            publish(request.user, claim, evidence)
        else:
            evidence.save()
    claim.refresh_from_db()
    takeback.remember(request, form.source, evidence, form.is_new, before)
    return said(form, claim)


def publish(user: Any, claim: Claim, evidence: Any) -> None:
    """Confirm the passage, and let the claim be seen with it."""
    publication.refuse_confirmation(user, evidence)
    publication.confirm(user, evidence)
    if claim.status == Status.PUBLISHED:
        evidence.status = Status.PUBLISHED
        publication.refuse_status(user, evidence)
    evidence.save()
    if claim.status in publication.UNPUBLISHED:
        publication.change_status(user, claim, Status.PUBLISHED)


def said(form: CitationForm, claim: Claim) -> str:
    """What is announced: what was saved, and what still hides it."""
    what = "New claim" if form.is_new else "Cited for the claim"
    if form.is_known:
        what = "This claim exists already: cited for it"
    words = f"{what}: “{claim.statement}”"
    if form.cleaned_data.get("confirm") and not claim.is_public:
        hidden = "; ".join(publication.hidden_because(claim))
        return f"{words} Confirmed. Readers do not see it yet: {hidden}."
    return f"{words} {'Published.' if claim.is_public else 'Draft.'}"


def clipped(words: str, most: int = 60) -> str:
    return words if len(words) <= most else f"{words[:most].rstrip()}…"


def in_words(error: Exception) -> str:
    """Why nothing was saved."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, StaleRecord):
        return f"{error} Nothing was saved."
    return f"The database refuses this: {error}. Nothing was saved."


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def answer(
    request: HttpRequest, source: Source, said: str, is_error: bool = False
) -> HttpResponse:
    """The page as it stands now: in parts for the script, else by opening it anew."""
    if wants_json(request):
        parts = reading.parts(request, source)
        status = 409 if is_error else 200
        return JsonResponse({"said": said, **parts}, status=status)
    level = messages.ERROR if is_error else messages.SUCCESS
    messages.add_message(request, level, said)
    return redirect("admin:read", slug=source.slug)


def refusal(request: HttpRequest, source: Source, form: CitationForm) -> HttpResponse:
    """What is wrong, at its fields; everything typed is kept."""
    if wants_json(request):
        errors = {name: list(found) for name, found in form.errors.items()}
        return JsonResponse({"errors": errors}, status=422)
    return reading.page(request, source, form)
