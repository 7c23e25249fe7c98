"""Merging two records: choosing the other, what would move, the log, and undoing it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from entities.models import Entity
from sources.desk import names, records
from sources.desk.duplicates import forget_count
from sources.merging import doing, plan, undoing
from sources.models import Merge

PAGE = 50
# So many rows of each kind are listed by name.
MOST_LISTED = 50


class DeedForm(forms.Form):
    """Something that the rules may refuse."""

    conflict = None

    def refuse(self, error: ValidationError) -> None:
        self.add_error(None, error)


class MergeForm(DeedForm):
    """Why two records are one; what was seen when that was decided."""

    reason = forms.CharField(
        label="Why they are one",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept in the log and in the history of all that moves. Staff only.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


def _entity(kind: str, slug: str) -> Entity:
    found: Entity = get_object_or_404(Entity.objects.of_kind(kind).by_key(slug))
    return found


@require_safe
def merge_into(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Choose by name or address the record that another goes into."""
    records.require_editor(request.user, Merge)
    entity = _entity(kind, slug)
    query = request.GET.get("q", "").strip()[:200]
    # A pasted address does as well as its last part.
    words = query.rstrip("/").rpartition("/")[2]
    found = names.matching(words) if words else []
    context = {
        "entity": entity,
        "query": query,
        "found": [one for one in found if one.kind == kind and one.pk != entity.pk],
    }
    context = records.context(request, f"Merge “{entity}” into…", **context)
    return render(request, "desk/merge_into.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, kind: str, slug: str, into: str) -> HttpResponse:
    """What a merge would move, and the form for it."""
    records.require_editor(request.user, Merge)
    merged, kept = _entity(kind, slug), get_object_or_404(Entity.objects.by_key(into))
    form = MergeForm(request.POST or None)
    done: list[Merge] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        act = (merged, kept, request.user, given["reason"], given["seen"])
        if records.saved(form, lambda: done.append(doing.merge(*act))):
            forget_count()
            messages.success(request, f"“{merged}” is now part of “{kept}”.")
            return redirect("admin:merge-undo", key=done[0].pk)
    merged, kept = _entity(kind, slug), get_object_or_404(Entity.objects.by_key(into))
    planned = plan.of(merged, kept)
    context = {"plan": planned, "form": form, "most": MOST_LISTED}
    title = f"Merge “{merged}” into “{kept}”"
    context = records.context(request, title, **context)
    status = 409 if form.is_bound and form.has_error(NON_FIELD_ERRORS) else 200
    return render(request, "desk/merge.html", context, status=status)


@require_safe
def merges(request: HttpRequest) -> HttpResponse:
    """All merges, the last first: by whom, when, why, and whether undone."""
    records.require_editor(request.user, Merge)
    given = request.GET.get("before", "")
    is_key = given.isascii() and given.isdigit() and len(given) < 19
    rows = Merge.objects.older_than(int(given) if is_key else None)
    found = list(rows.select_related("created_by")[: PAGE + 1])
    context = {
        "merges": found[:PAGE],
        "following": found[PAGE - 1].pk if len(found) > PAGE else None,
        "error": "" if is_key or not given else "There is no such place in the list.",
    }
    context = records.context(request, "Merges", **context)
    return render(request, "desk/merges.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, key: int) -> HttpResponse:
    """One merge: what it moved, and undoing it whole."""
    records.require_editor(request.user, Merge)
    done = get_object_or_404(Merge.objects.select_related("created_by"), pk=key)
    form = DeedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if records.saved(form, lambda: undoing.undo(done)):
            forget_count()
            messages.success(request, f"Undone: {done}. All is as it was.")
            return redirect("admin:merge-undo", key=key)
        done.refresh_from_db()
    context = {
        "merge": done,
        "form": form,
        "merged": undoing.record_of(done, "merged"),
        "kept": undoing.record_of(done, "kept"),
        "problems": undoing.problems(done) if done.undone_at is None else [],
        "counts": _counts(done.moved),
    }
    context = records.context(request, f"Merge of {done}", **context)
    status = 409 if form.is_bound and form.errors else 200
    return render(request, "desk/merge_undo.html", context, status=status)


def _counts(moved: dict[str, Any]) -> list[tuple[str, int]]:
    """How many rows of each table a merge changed, made or dropped."""
    tables: Counter[str] = Counter()
    for part in ("changed", "related", "made", "dropped"):
        tables.update(entry[0] for entry in moved.get(part, ()))
    return sorted(
        (str(apps.get_model(table)._meta.verbose_name_plural).capitalize(), count)
        for table, count in tables.items()
    )
