"""What the desk's pages about one record share: finding it, saving it, its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from entities.records import PublishableRecord, Record, StaleRecord
from sources import proposals, rights, settling


def found(kind: str, slug: str) -> PublishableRecord:
    """The record at that address; raises Http404."""
    if kind not in proposals.ADDRESSED:
        raise Http404
    manager: Any = proposals.ADDRESSED[kind]._default_manager
    record: PublishableRecord = get_object_or_404(manager.by_key(slug))
    return record


def require_editor(user: Any, model: type[Record]) -> None:
    """Raise PermissionDenied unless they are an editor who may change such records."""
    meta = model._meta
    may_change = user.has_perm(f"{meta.app_label}.change_{meta.model_name}")
    if not may_change or not rights.is_editor(user):
        raise PermissionDenied


def page_of(record: Record) -> str:
    """Its page among the tables."""
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


def saved(form: Any, save: Callable[[], Any]) -> bool:
    """Save all or nothing; whether it was. A refusal then stands in the form."""
    try:
        with settling.together():
            save()
    except ValidationError as error:
        form.refuse(error)
    except StaleRecord as error:
        form.refuse(ValidationError(f"{error} Nothing was saved: save again."))
    except IntegrityError as error:
        message = f"The database refuses this: {error}. Nothing was saved."
        form.refuse(ValidationError(message))
    return not form.errors


def context(request: HttpRequest, title: str, **more: Any) -> dict[str, Any]:
    """What a page of the desk needs to look like one."""
    return {**admin.site.each_context(request), "title": title, **more}
