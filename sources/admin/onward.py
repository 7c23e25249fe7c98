"""“Save and next”: the record that follows in the list from which one came."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import unquote
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

FILTERS = "_changelist_filters"


def is_asked(request: Any) -> bool:
    return "_next" in request.POST


def following(modeladmin: Any, request: Any, object_id: str) -> int | None:
    """The key of the record after this one, as the list stands before the save.

    Afterwards the list may hold the record no more: it showed drafts, say.
    """
    record = modeladmin.get_object(request, unquote(object_id))
    if record is None:
        return None
    rows = _listed(modeladmin, request)
    later = rows.complex_filter(_beyond(record, rows.query.order_by))
    found: int | None = later.values_list("pk", flat=True).first()
    return found


def _beyond(record: Any, order: Sequence[str]) -> Q:
    """What comes after the record in that order."""
    name, *rest = order
    column, sign = name.removeprefix("-"), "lt" if name.startswith("-") else "gt"
    value = getattr(record, column)
    beyond = Q((f"{column}__{sign}", value))
    if not rest:
        return beyond
    # The first condition, alone, lets an index lead to the place.
    return Q((f"{column}__{sign}e", value)) & (beyond | _beyond(record, rest))


def _listed(modeladmin: Any, request: Any) -> Any:
    """The rows of the list; of the whole table where its filters make no sense."""
    for query in (request.GET.get(FILTERS, ""), ""):
        asked = copy.copy(request)
        asked.GET = QueryDict(query)
        try:
            return modeladmin.get_changelist_instance(asked).queryset
        except IncorrectLookupParameters:
            continue
    return modeladmin.model._default_manager.none()


def lead(modeladmin: Any, request: Any, to_list: HttpResponse) -> HttpResponse:
    """To the next record, or back to the list, said to have ended."""
    if request.following is None:
        words = "That was the last of the list."
        modeladmin.message_user(request, words, messages.INFO)
        return to_list
    meta = modeladmin.opts
    name = f"admin:{meta.app_label}_{meta.model_name}_change"
    filters = {
        "opts": meta,
        "preserved_filters": modeladmin.get_preserved_filters(request),
    }
    address = reverse(name, args=[request.following])
    return HttpResponseRedirect(add_preserved_filters(filters, address))
