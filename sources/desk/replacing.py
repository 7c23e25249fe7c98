"""A source's text replaced: what becomes of each quote is shown and asked first."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from entities.records import StaleRecord, Status
from sources import rights
from sources.desk.incoming import TextForm, given
from sources.desk.replacement import Replacement
from sources.models import Source

REPLACES = permission_required(
    ["sources.change_sourcetext", "sources.view_sourcetext"], raise_exception=True
)


@require_http_methods(["GET", "HEAD", "POST"])
@REPLACES
def replace(request: HttpRequest, slug: str) -> HttpResponse:
    """Three steps: the new text, what becomes of each quote, all of it at once."""
    source = get_object_or_404(Source.objects.with_text(), slug=slug)
    if source.status == Status.PUBLISHED and not rights.is_editor(request.user):
        # The text of a published source decides which quotes stand.
        raise PermissionDenied
    if "text" in request.POST:
        return _decide(request, source)
    form = TextForm(*given(request))
    replacement = None
    if request.method == "POST" and form.is_valid():
        replacement = Replacement(source, form.received.text)
    return _page(request, source, form, replacement)


def _decide(request: HttpRequest, source: Source) -> HttpResponse:
    """Do as the editor chose; where something is left open, ask again."""
    try:
        replacement = Replacement(source, request.POST["text"])
        replacement.choose(request.POST)
        said = replacement.write(request.user, request.POST.get("seen", ""))
    except (ValidationError, StaleRecord) as error:
        words = " ".join(getattr(error, "messages", [str(error)]))
        messages.error(request, words)
        form = TextForm({"pasted": request.POST["text"]})
        again = Replacement(source, request.POST["text"]) if form.is_valid() else None
        if again is not None:
            again.choose(request.POST, is_strict=False)
        return _page(request, source, form, again)
    messages.success(request, said)
    return redirect("admin:read", slug=source.slug)


def _page(
    request: HttpRequest, source: Source, form: TextForm, replacement: Any
) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": f"Replace the text of “{source}”",
        "source": source,
        "form": form,
        "replacement": replacement,
        "opts": Source._meta,
    }
    return render(request, "desk/replacing.html", context)
