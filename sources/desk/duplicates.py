"""Records that may be one: side by side, to be merged or told apart."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from entities.models import Distinction, Entity
from entities.records import Status
from sources.desk import records
from sources.models import Claim, Merge
from sources.reading import duplicates as reading

PAGE, MOST_APART = 25, 50
# All names are compared: the desk page says how many there were a while ago, and where
# there are more records than these it does not look by itself.
COUNT, COUNTED_FOR, QUICK = "duplicates-count", 600, 5_000
DEFAULT_REASON = "The desk looked at both: they are two."


class Pair(NamedTuple):
    """Two records beside each other, and why."""

    first: Entity
    second: Entity
    reasons: list[str]


def count() -> int | None:
    """How many pairs are proposed, as counted in the last minutes.

    None: not known, and too many records to count in passing.
    """
    found = cache.get(COUNT)
    if found is not None:
        return int(found)
    if Entity.objects.order_by("id")[QUICK:].exists():
        return None
    return _counted(reading.duplicates())


def _counted(pairs: list[Any]) -> int:
    cache.set(COUNT, len(pairs), COUNTED_FOR)
    return len(pairs)


def forget_count() -> None:
    cache.delete(COUNT)


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """The pairs that are proposed, the likeliest first; and those told apart."""
    records.require_editor(request.user, Merge)
    found = reading.duplicates()
    _counted(found)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    told = Distinction.objects.older_than(None).select_related("first", "second")
    context = {"page": page, "pairs": _pairs(page), "apart": told[:MOST_APART]}
    context = records.context(request, "Probable duplicates", **context)
    return render(request, "desk/duplicates.html", context)


def _pairs(found: Any) -> list[Pair]:
    keys = {key for one in found for key in (one.first, one.second)}
    entities = Entity.objects.keyed(keys).prefetch_related("aliases").in_bulk()
    counts = Claim.objects.counted_about(keys)
    for entity in entities.values():
        entity.claim_count = counts.get(entity.pk, 0)
        entity.page = records.page_of(_as_kind(entity))
    pairs = []
    for one in found:
        first, second = sorted((entities[one.first], entities[one.second]), key=_rank)
        pairs.append(Pair(first, second, one.reasons))
    return pairs


def _rank(entity: Any) -> tuple[bool, int, int]:
    """First the one that had better stay: readers see it, or more is said of it."""
    is_hidden = entity.status != Status.PUBLISHED
    return (is_hidden, -entity.claim_count, entity.pk)


def _as_kind(entity: Entity) -> Any:
    """The record as what it is: only that has a page of its own."""
    proxies = {proxy.FIXED_KIND: proxy for proxy in Entity.__subclasses__()}
    entity.__class__ = proxies[entity.kind]
    return entity


@require_POST
def keep_apart(request: HttpRequest) -> HttpResponse:
    """Remember that two records are not the same."""
    user: Any = request.user
    records.require_editor(user, Distinction)
    first, second = (
        get_object_or_404(Entity.objects.by_key(request.POST.get(name, "")))
        for name in ("first", "second")
    )
    reason = request.POST.get("reason", "").strip() or DEFAULT_REASON
    told = Distinction(first=first, second=second, reason=reason, created_by=user)
    try:
        if Distinction.objects.between(first, second).exists():
            raise ValidationError("They were told apart already.")
        told.full_clean()
        told.save()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        words = f"“{first}” and “{second}” are not proposed again."
        messages.success(request, words)
    forget_count()
    return redirect("admin:duplicates")


@require_POST
def undo_apart(request: HttpRequest, key: int) -> HttpResponse:
    """Take back that two records are not the same."""
    records.require_editor(request.user, Distinction)
    told = Distinction.objects.keyed([key]).first()
    if told is None:
        messages.warning(request, "That was taken back already.")
    else:
        words = f"“{told.first}” and “{told.second}” may be proposed again."
        told._change_reason = "Taken back"
        told.delete()
        messages.success(request, words)
    forget_count()
    return redirect("admin:duplicates")
