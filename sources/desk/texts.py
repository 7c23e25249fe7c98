"""Texts coming in: pasted, as a file, or as a page's source; and whom they resemble."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from entities.records import StaleRecord
from sources import rights
from sources.desk import resemblance
from sources.desk.incoming import SourceForm, TextForm, given
from sources.models import Source

ADDS = permission_required(
    ["sources.add_source", "sources.add_sourcetext"], raise_exception=True
)
READS = permission_required("sources.view_sourcetext", raise_exception=True)
METHODS = require_http_methods(["GET", "HEAD", "POST"])


@METHODS
@ADDS
def new(request: HttpRequest) -> HttpResponse:
    """Two steps: the text is read and shown; then a draft source is made of it."""
    is_read = "keep" in request.POST
    form: Any
    if is_read:
        form = SourceForm(request.user, request.POST)
    else:
        form = TextForm(*given(request))
    if request.method == "POST" and form.is_valid():
        if is_read:
            return _made(request, form)
        form = SourceForm(request.user, initial=form.proposed())
        is_read = True
    context = {
        **admin.site.each_context(request),
        "title": "Put a text in",
        "form": form,
        "is_read": is_read,
        "opts": Source._meta,
    }
    return render(request, "desk/texts.html", context)


def _made(request: HttpRequest, form: SourceForm) -> HttpResponse:
    source = form.save()
    messages.success(request, f"“{source}” is a draft, with its text.")
    if resemblance.found(source):
        return redirect("admin:text-likeness", slug=source.slug)
    return redirect("admin:read", slug=source.slug)


@METHODS
@READS
def likeness(request: HttpRequest, slug: str) -> HttpResponse:
    """Which other texts this one shares much with; one click says it derives."""
    source = get_object_or_404(Source, slug=slug)
    may_say = request.user.has_perm("sources.change_source") and (
        source.status in resemblance.UNPUBLISHED or rights.is_editor(request.user)
    )
    if request.method == "POST" and may_say:
        try:
            said = resemblance.derive(source, request.POST.get("derives", ""))
        except (ValidationError, StaleRecord) as error:
            said = " ".join(getattr(error, "messages", [str(error)]))
            messages.error(request, said)
        else:
            messages.success(request, said)
            return redirect("admin:read", slug=source.slug)
    context = {
        **admin.site.each_context(request),
        "title": f"What resembles “{source}”",
        "source": source,
        "found": resemblance.found(source),
        "may_say": may_say,
        "opts": Source._meta,
    }
    return render(request, "desk/likeness.html", context)
