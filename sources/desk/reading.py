"""The reading desk: one article, what is cited from it, and a panel to cite more."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from entities.records import PublishableRecord, Status
from sources import publication, rights
from sources.desk import article, last, names, takeback
from sources.desk.citation import CitationForm
from sources.models import Source

READS = permission_required("sources.view_sourcetext", raise_exception=True)


@require_safe
@READS
def read(request: HttpRequest, slug: str) -> HttpResponse:
    source = get_object_or_404(Source.objects.select_related("publisher"), slug=slug)
    begun = last.carried(request.user, source)
    return page(request, source, CitationForm(request.user, source, initial=begun))


def page(request: HttpRequest, source: Source, form: CitationForm) -> HttpResponse:
    """The desk with the panel as it was typed."""
    context = {
        **admin.site.each_context(request),
        # The article needs the room.
        "is_nav_sidebar_enabled": False,
        "title": f"Read and cite: {source}",
        "form": form,
        "opts": Source._meta,
        "last": json.dumps(last.citation(request.user, source)),
        "may_cite": request.user.has_perm("sources.add_evidence"),
        **stand(request, source),
    }
    return render(request, "desk/reading.html", context)


def stand(request: HttpRequest, source: Source) -> dict[str, Any]:
    """What the page shows of the article now."""
    return {
        "source": source,
        "article": article.read(source),
        "can_undo": takeback.can(request, source),
        "waiting": waiting(request.user, source),
    }


def parts(request: HttpRequest, source: Source) -> dict[str, Any]:
    """The same for the script: each part of the page that a save changes."""
    context = stand(request, source)

    def part(name: str) -> str:
        return render_to_string(f"desk/includes/_{name}.html", context, request)

    return {
        "article": part("article"),
        "margin": part("margin"),
        "can_undo": context["can_undo"],
        "last": last.citation(request.user, source),
    }


def waiting(user: Any, source: Source) -> list[PublishableRecord]:
    """What keeps the published claims of this article from its readers."""
    return last.unpublished(source) if rights.is_editor(user) else []


@require_POST
@READS
def publish_needed(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the source and the records that its published claims are about."""
    source = get_object_or_404(Source, slug=slug)
    done = 0
    for record in waiting(request.user, source):
        try:
            done += publication.change_status(request.user, record, Status.PUBLISHED)
        except ValidationError as error:
            message = f"“{record}”: {' '.join(error.messages)}"
            messages.warning(request, message)
    messages.success(request, f"Published: {done}.")
    return redirect("admin:read", slug=source.slug)


@require_POST
@READS
def add_name(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a name met in the article: as a record of its own, or of one we have."""
    source = get_object_or_404(Source, slug=slug)
    kind, _, of = request.POST.get("as", "").partition(":")
    needed = "entities.add_alias" if kind == "alias" else f"entities.add_{kind}"
    wants_json = request.headers.get("accept", "").startswith("application/json")
    said, status = "You may not add names.", 403
    if request.user.has_perm(needed):
        try:
            text = request.POST.get("text", "").strip()
            of = of or request.POST.get("of", "").strip()
            added = names.add(request.user, source, text, kind, of)
            said, status = f"Added “{added}” as a draft.", 200
        except ValidationError as error:
            said, status = " ".join(error.messages), 422
    if wants_json:
        found = parts(request, source) if status == 200 else {}
        return JsonResponse({"said": said, **found}, status=status)
    level = messages.SUCCESS if status == 200 else messages.ERROR
    messages.add_message(request, level, said)
    return redirect("admin:read", slug=source.slug)
