"""Taking out of all that is kept what was said: versions, logs, addresses, words."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models

from entities.models import Redirect
from sources import announcing
from sources.models import Finding, Merge, Proposal, Suppression


def overwrite_what_goes() -> None:
    """Else the words would stay in SQLite's file until something is put there."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def forget(model: Any, key: int) -> None:
    """Every version of a row, and what the log says of it."""
    table = model.history.model
    versions = table.objects.filter(id=key)
    for relation in getattr(table, "_history_m2m_fields", ()):
        links = getattr(table, relation.name).model._base_manager
        links.filter(history__in=versions.values("pk")).delete()
    versions.delete()
    tables = ContentType.objects.get_for_models(
        *proxies(model._meta.concrete_model), for_concrete_models=False
    )
    LogEntry.objects.filter(
        content_type__in=tables.values(), object_id=str(key)
    ).delete()
    Suppression.objects.of_table(model).on([key]).delete()


def proxies(model: type[models.Model]) -> list[type[models.Model]]:
    return [model, *(sub for sub in model.__subclasses__() if sub._meta.proxy)]


def forget_mentions(kind: str, key: int, slug: str) -> None:
    """Where other tables keep the record's words or address without pointing at it."""
    rows: list[Any] = [*Proposal.objects.to(kind, key)]
    if slug:
        announcing.forget(kind, slug)
        addresses = models.Q(slug=slug) | models.Q(old_slug=slug)
        rows += Redirect.objects.filter(addresses, kind=kind)
        merged = models.Q(kept_slug=slug) | models.Q(merged_slug=slug)
        rows += Merge.objects.filter(merged, kind=kind)
    for row in rows:
        number = row.pk
        row.delete()
        forget(type(row), number)
    if kind in ("evidence", "source"):
        _forget_considered(kind, slug)


def _forget_considered(kind: str, slug: str) -> None:
    """Decisions name by its key what they rested on, in every version."""
    starts = {"evidence": ("evidence:",), "source": ("origin:", "standing:")}[kind]
    named = {f"{start}{slug}" for start in starts}
    tables: list[Any] = [Finding, Finding.history.model]
    for table in tables:
        for row in table.objects.filter(considered__isnull=False):
            left = [one for one in row.considered if not _names(one, named)]
            if left != row.considered:
                table.objects.filter(pk=row.pk).update(considered=left)


def _names(key: str, named: set[str]) -> bool:
    return key in named or key.rpartition(":")[0] in named


def forget_words() -> None:
    """The full-text index keeps the words of what has gone until it is merged."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO sources_searchentry_fts (sources_searchentry_fts) "
                "VALUES ('optimize')"
            )
