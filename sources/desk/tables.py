"""Bringing a table in: what would become of each record, then all of it or nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sources.desk import records, uploads
from sources.desk.incoming import given
from sources.desk.uploads import Trial, UploadForm
from sources.exchange.kinds import ORDER

# So many records of each sort are shown, and so many that moved are named.
MOST_SHOWN, MOST_NAMED = 100, 20
SORTS = [
    ("changed", "To be changed"),
    ("proposed", "To wait as proposals, until another person has accepted them"),
    ("added", "To be added"),
]


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Upload, preview, import; a page of its own for each."""
    if not may_bring(request.user):
        raise PermissionDenied
    form = UploadForm(request.user, *given(request))
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        trial = uploads.try_out(form.upload, request.user, "apply" in request.POST)
        if trial.is_done:
            return _done(request, trial)
        if trial.fitting:
            names = ", ".join(str(kind) for kind in trial.fitting)
            form.add_error("kind", f"Its columns fit several. Choose one of: {names}.")
        context |= _shown(form, trial)
    page = records.context(request, "Bring a table in", **context)
    return render(request, "desk/tables.html", page)


def may_bring(user: Any) -> bool:
    """Whether there is any kind of record that they add or change."""
    return any(
        user.has_perm(
            f"{kind.model._meta.app_label}.{act}_{kind.model._meta.model_name}"
        )
        for kind in ORDER
        for act in ("add", "change")
    )


def _shown(form: UploadForm, trial: Trial) -> dict[str, Any]:
    """The preview, or what is amiss; the page carries the file on in either case."""
    is_ready = not trial.problems and not trial.fitting
    sorts = [(outcome, title, trial.ledger.of(outcome)) for outcome, title in SORTS]
    return {
        "upload": form.upload,
        "held": form.upload.packed(form.user),
        "trial": trial,
        "is_ready": is_ready,
        "sorts": [
            (outcome, title, len(found), found[:MOST_SHOWN])
            for outcome, title, found in sorts
            if found and is_ready
        ],
        "most_shown": MOST_SHOWN,
        "moved": trial.moved[:MOST_NAMED],
    }


def _done(request: HttpRequest, trial: Trial) -> HttpResponse:
    messages.success(request, f"Imported: {trial.report}.")
    if trial.ledger.of("proposed"):
        message = "What is proposed waits until another person has accepted it."
        messages.warning(request, message)
    kinds = {entry.row.kind for entry in trial.ledger.entries}
    if len(kinds) > 1:
        return redirect("admin:tables")
    meta = kinds.pop().model._meta
    return redirect(reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist"))
