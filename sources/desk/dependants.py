"""What depends on a source, before it is marked corrected or retracted."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from entities.records import Status
from sources import dependants
from sources.admin import saving
from sources.admin.forms import LinesField, RecordForm
from sources.desk import records
from sources.models import Source

FIELDS = ["standing", "standing_date", "standing_notice", "change_reason"]


class StandingForm(RecordForm):
    """How far a source still holds, as its publisher says."""

    def clean(self) -> Any:
        cleaned: Any = super().clean()
        is_fallen = cleaned.get("standing") != Source.Standing.GOOD
        if is_fallen and not cleaned.get("standing_notice"):
            message = "Say what the publisher's notice says: readers see it."
            self.add_error("standing_notice", ValidationError(message))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("sources.view_source", raise_exception=True)
def depends(request: HttpRequest, slug: str) -> HttpResponse:
    """What rests on the source, what would be left without it, and the form for it."""
    source = get_object_or_404(Source.objects.by_key(slug))
    form = None
    if request.user.has_perm("sources.change_source"):  # type: ignore[union-attr]
        form = _form(request, source)
    if request.method == "POST" and form is not None and form.is_valid():
        outcome = saving.Outcome()
        if records.saved(form, partial(saving.store, outcome, form, form.reason)):
            messages.success(request, outcome.say() or f"Noted: “{source}”")
            return redirect("admin:depends", slug=source.slug)
    # What was typed is not what stands.
    source = get_object_or_404(Source.objects.by_key(slug))
    status = 409 if form is not None and form.conflict else 200
    context = {
        "source": source,
        "page": records.page_of(source),
        "rest": dependants.on(source),
        "outlooks": _outlooks(source),
        "form": form,
        "fields": [form[name] for name in FIELDS] if form else [],
    }
    context = records.context(request, f"What depends on “{source}”", **context)
    return render(request, "desk/depends.html", context, status=status)


def _form(request: HttpRequest, source: Source) -> Any:
    made: Any = modelform_factory(
        Source,
        form=StandingForm,
        fields=FIELDS[:3],
        field_classes={"standing_notice": LinesField},
        labels={
            "standing": "How far it holds",
            "standing_date": "Since when",
            "standing_notice": "What the notice says",
        },
        widgets={"standing_notice": forms.Textarea(attrs={"rows": 3})},
    )
    made.user = request.user
    return made(request.POST or None, instance=source)


def _outlooks(source: Source) -> list[tuple[str, dependants.Effect | None]]:
    """What would come of it, for each thing that can happen to the source."""
    found = []
    if source.standing == Source.Standing.GOOD:
        fallen = dependants.effect(source, standing=Source.Standing.RETRACTED)
        found.append(("If it is marked corrected or retracted", fallen))
    if source.status == Status.PUBLISHED:
        gone = dependants.effect(source, status=Status.WITHDRAWN)
        found.append(("If we take it down", gone))
    return found
