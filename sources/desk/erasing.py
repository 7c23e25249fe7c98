"""Erasing a record, for administrators: what goes, what cites it, and a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sources import erasing, rights
from sources.desk import records

# So much of what goes is listed by name.
MOST_LISTED = 200


class ErasureForm(forms.Form):
    """Why it is erased, and that it is meant."""

    reason = forms.CharField(
        max_length=300,
        help_text="Kept for good, beside your name and the date: say nothing here of "
        "what the record said.",
    )
    with_dependants = forms.BooleanField(
        required=False, label="Also erase, or cut loose, what cites it (below)"
    )
    confirmation = forms.CharField(
        label="To make sure, type its address", help_text="Its last part is enough."
    )

    def __init__(self, *args: Any, slug: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slug = slug

    def clean_confirmation(self) -> str:
        typed = str(self.cleaned_data["confirmation"]).rstrip("/")
        if typed.rpartition("/")[2] != self.slug:
            raise ValidationError(f"Its address ends in “{self.slug}”.")
        return typed


@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Show what would go; on request let it go, with its whole history."""
    if not rights.is_administrator(request.user):
        raise PermissionDenied
    record = records.found(kind, slug)
    form = ErasureForm(request.POST or None, slug=slug)
    if request.method == "POST" and form.is_valid() and _erased(request, record, form):
        messages.success(request, f"A record was erased ({kind}).")
        return redirect("admin:index")
    plan, problem = _planned(record)
    context = {
        "record": record,
        "page": records.page_of(record),
        "form": form,
        "problem": problem,
        "count": len(plan.goes),
        "goes": [(one._meta.verbose_name, one) for one in plan.goes[:MOST_LISTED]],
        "tie_count": len(plan.ties),
        "ties": plan.ties[:MOST_LISTED],
    }
    title = f"Erase “{record}” for good"
    return render(
        request, "desk/erase.html", records.context(request, title, **context)
    )


def _planned(record: Any) -> tuple[erasing.Plan, str]:
    """What would go, or why not all of it can."""
    try:
        return erasing.plan(record), ""
    except ValidationError as error:
        return erasing.Plan(), str(error.messages[0])


def _erased(request: HttpRequest, record: Any, form: ErasureForm) -> bool:
    given = form.cleaned_data
    try:
        erasing.erase(record, request.user, given["reason"], given["with_dependants"])
    except ValidationError as error:
        form.add_error("with_dependants", error.messages[0])
        return False
    return True
