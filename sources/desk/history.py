"""What one editor did, what was deleted and comes back, what is kept no longer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from sources import differences, pasts, publication, rights, suppressing

ON_A_PAGE = 50


@require_GET
def editor_history(request: HttpRequest, username: str) -> HttpResponse:
    """Everything that one person did, newest first; editors see anyone's."""
    person = get_object_or_404(User, username=username)
    if person != request.user and not rights.is_editor(request.user):
        raise PermissionDenied
    kinds = {
        name: kind
        for name, kind in pasts.kinds().items()
        if _may(request, kind, "view")
    }
    chosen, after, problem = _asked(request, kinds)
    deeds = pasts.done_by(person, chosen, after, ON_A_PAGE + 1)
    context = {
        "title": f"What {publication.name_of(person)} did",
        "person": person,
        "deeds": [_told(deed) for deed in deeds[:ON_A_PAGE]],
    }
    return _listed(request, "desk/editor_history.html", kinds, deeds, problem, context)


@require_GET
def deleted_records(request: HttpRequest) -> HttpResponse:
    """What was deleted and has not come back, the last first."""
    kinds = _recoverable(request)
    chosen, after, problem = _asked(request, kinds)
    deeds = pasts.deleted(chosen, after, ON_A_PAGE + 1)
    context = {
        "title": "Deleted records",
        "deeds": [_told(deed) for deed in deeds[:ON_A_PAGE]],
    }
    return _listed(request, "desk/deleted.html", kinds, deeds, problem, context)


@require_POST
def recover_record(request: HttpRequest, kind: str, row: int) -> HttpResponse:
    """Bring one record back with what went with it, or say why it cannot be."""
    chosen = _recoverable(request).get(kind)
    if chosen is None:
        raise Http404
    found = pasts.deleted_row(chosen, row)
    if found is None:
        messages.warning(request, "It has come back already.")
        return redirect("admin:deleted")
    try:
        first, *others = pasts.recover(found)
    except ValidationError as error:
        name = pasts.name_of(found)
        words = f"“{name}” cannot come back as it was: {' '.join(error.messages)}"
        messages.error(request, words)
        return redirect("admin:deleted")
    messages.success(request, _recovered(first, others))
    return redirect(_address(chosen, first.pk) or "admin:deleted")


class SuppressionForm(forms.Form):
    """Why a past version is kept no longer."""

    reason = forms.CharField(
        max_length=300,
        help_text="Kept for good, beside your name and the date: say nothing here of "
        "what the version said.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def suppress_version(request: HttpRequest, kind: str, row: int) -> HttpResponse:
    """Ask why, then take one past version of a record out of all that is kept."""
    if not rights.is_administrator(request.user):
        raise PermissionDenied
    chosen = pasts.kinds().get(kind)
    if chosen is None:
        raise Http404
    version = chosen.rows().filter(history_id=row).first()
    if version is None:
        raise Http404
    form = SuppressionForm(request.POST or None)
    back = reverse(
        f"admin:{chosen.model._meta.app_label}_{kind}_history", args=[version.id]
    )
    try:
        suppressing.refuse_current(chosen, version)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            suppressing.suppress(request.user, chosen, version, reason)
            messages.success(request, "The version is suppressed.")
            return redirect(back)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect(back)
    context = {"version": version, "form": form, "back": back}
    title = "Suppress a past version for good"
    context |= {**admin.site.each_context(request), "title": title}
    return render(request, "desk/suppress.html", context)


def _recovered(first: Any, others: list[Any]) -> str:
    along = f", and with it: {', '.join(map(str, others))}" if others else ""
    is_draft = getattr(first, "status", "") == "draft"
    draft = " It is a draft: publish it when you have looked at it." if is_draft else ""
    return f"“{first}” is back{along}.{draft}"


def _recoverable(request: HttpRequest) -> dict[str, pasts.Kind]:
    """The kinds of record that they could also add by hand; for editors."""
    if not rights.is_editor(request.user):
        raise PermissionDenied
    kinds = pasts.kinds()
    return {name: kind for name, kind in kinds.items() if _may(request, kind, "add")}


def _may(request: HttpRequest, kind: pasts.Kind, act: str) -> bool:
    """Whether the table's own admin would let them."""
    tables: dict[Any, Any] = {
        str(model._meta.model_name): table
        for model, table in admin.site._registry.items()
    }
    table = tables.get(kind.name)
    if table is None:
        return False
    return bool(getattr(table, f"has_{act}_permission")(request))


def _asked(
    request: HttpRequest, kinds: dict[str, pasts.Kind]
) -> tuple[list[pasts.Kind], pasts.Place | None, str]:
    """The kinds and the place that the address asks for, and what is wrong with it."""
    name, cursor = request.GET.get("kind", ""), request.GET.get("cursor", "")
    if name and name not in kinds:
        return list(kinds.values()), None, "There is no such kind of record."
    chosen = [kinds[name]] if name else list(kinds.values())
    after = pasts.Place.read(cursor) if cursor else None
    problem = (
        "There is no such page: this is the first." if cursor and not after else ""
    )
    return chosen, after, problem


def _told(deed: pasts.Deed) -> dict[str, Any]:
    """One deed as its row shows it."""
    row, before = deed.row, None
    if row.history_type == "~":
        before = row.prev_record
    is_there = deed.kind.model._base_manager.filter(pk=row.id).exists()
    return {
        "row": row,
        "kind": deed.kind,
        "name": pasts.name_of(row),
        "address": _address(deed.kind, row.id) if is_there else "",
        "differences": differences.between(before, row) if before else [],
    }


def _address(kind: pasts.Kind, key: int) -> str:
    room = kind.model._meta.app_label
    try:
        return reverse(f"admin:{room}_{kind.name}_change", args=[key])
    except NoReverseMatch:
        return ""


def _listed(
    request: HttpRequest,
    template: str,
    kinds: dict[str, pasts.Kind],
    deeds: list[pasts.Deed],
    problem: str,
    context: dict[str, Any],
) -> HttpResponse:
    more = deeds[ON_A_PAGE - 1].place if len(deeds) > ON_A_PAGE else None
    query = request.GET.copy()
    query["cursor"] = str(more or "")
    context |= {
        **admin.site.each_context(request),
        "kinds": sorted(kinds.values(), key=lambda kind: kind.label),
        "chosen": request.GET.get("kind", ""),
        "problem": problem,
        "more": f"?{query.urlencode()}" if more else "",
    }
    return render(request, template, context)
