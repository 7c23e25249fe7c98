"""The checking screen: one passage beside its claim, three answers, then the next."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from entities.records import StaleRecord
from sources import rights
from sources.desk import judging, statements
from sources.models import Evidence, Source

READS = permission_required(
    ["sources.view_sourcetext", "sources.change_evidence"], raise_exception=True
)


@require_http_methods(["GET", "HEAD", "POST"])
@READS
def check(request: HttpRequest) -> HttpResponse:
    """The next piece of evidence that waits for this editor's eyes."""
    if not rights.is_editor(request.user):
        raise PermissionDenied
    if request.method == "POST":
        return _judge(request)
    asked = request.GET.get("evidence", "")
    evidence = judging.asked_for(request.user, asked) or judging.next_for(request.user)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Check what others cited",
        "opts": Evidence._meta,
        "evidence": evidence,
    }
    if evidence is not None:
        text = Source.objects.copy_of(evidence.source_id).text
        context |= {
            "context": judging.context(evidence, text),
            "value": statements.value_in_words(evidence.claim),
            "left": judging.left_for(request.user),
            "notes": judging.notes_on(evidence),
        }
    return render(request, "desk/checking.html", context)


def _judge(request: HttpRequest) -> HttpResponse:
    """Record the answer; where somebody was quicker, say so and write nothing."""
    slug = request.POST.get("evidence", "")
    evidence = get_object_or_404(Evidence, slug=slug)
    note = request.POST.get("note", "").strip()
    seen = request.POST.get("version", "")
    try:
        if str(evidence.version) != seen:
            raise ValidationError("It was changed while you read it: read it again.")
        said = judging.judge(
            request.user, evidence, request.POST.get("answer", ""), note
        )
    except (ValidationError, StaleRecord) as error:
        words = " ".join(getattr(error, "messages", [str(error)]))
        kept = f" You wrote: “{note}”" if note else ""
        messages.error(request, words + kept)
        return redirect(f"{request.path}?evidence={evidence.slug}")
    messages.success(request, said)
    return redirect(request.path)
