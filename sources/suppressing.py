"""Suppressing a past version: what it said is kept no longer, nor shown anywhere.

The version goes from the history, and what else keeps its words: proposals that led to
it or away from it, and the admin's log. In its place stands that there was one, when,
why and by whom it was suppressed. It cannot come back.
"""

from __future__ import annotations

import json
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Q

from entities.locking import alone
from sources import forgetting, pasts, publication
from sources.models import Proposal, Suppression

ORDER = ("-history_date", "-history_id")


def current(model: Any, key: int) -> int | None:
    """The last version of a row, by its number in the history."""
    versions = model.history.model.objects.filter(id=key).order_by(*ORDER)
    number: int | None = versions.values_list("history_id", flat=True).first()
    return number


def suppressed(model: Any, key: int) -> Any:
    """What was suppressed of a row, the latest version first."""
    return Suppression.objects.of_table(model).on([key]).newest_first()


def refuse_current(kind: pasts.Kind, version: Any) -> None:
    """Raise ValidationError if that is how the record stands."""
    if current(kind.model, version.id) == version.history_id:
        message = "This is how the record stands now: withdraw or erase the record."
        raise ValidationError(message)


def suppress(user: Any, kind: pasts.Kind, version: Any, reason: str) -> Suppression:
    """Take one past version out of all that is kept; raises ValidationError."""
    refuse_current(kind, version)
    model = kind.model
    with alone():
        forgetting.overwrite_what_goes()
        made = Suppression(
            table=model._meta.db_table,
            record_id=version.id,
            history_id=version.history_id,
            at=version.history_date,
            reason=reason,
            suppressed_by=publication.name_of(user),
        )
        made.save()
        _forget_in_log(model, version)
        _forget_proposals(kind.name, version)
        _forget_version(version)
    return made


def _forget_version(version: Any) -> None:
    table = type(version)
    for relation in getattr(table, "_history_m2m_fields", ()):
        links = getattr(table, relation.name).model._base_manager
        links.filter(history=version.history_id).delete()
    table.objects.filter(history_id=version.history_id).delete()


def _forget_proposals(kind: str, version: Any) -> None:
    """A proposal keeps what was, and what it became."""
    about = Proposal.objects.to(kind, version.id)
    for proposal in about.filter(
        base_version__in=[version.version - 1, version.version]
    ):
        number = proposal.pk
        proposal.delete()
        forgetting.forget(Proposal, number)


def _forget_in_log(model: Any, version: Any) -> None:
    """The log names a record as it was called then, and what hung on it."""
    name = pasts.name_of(version)
    record = model._base_manager.filter(pk=version.id).first()
    now = str(record) if record is not None else str(model._meta.verbose_name)
    tables = ContentType.objects.get_for_models(
        *forgetting.proxies(model), for_concrete_models=False
    )
    about = Q(content_type__in=tables.values(), object_id=str(version.id))
    LogEntry.objects.filter(about).update(object_repr=now[:200])
    if name and name != now:
        written = Q(change_message__contains=name)
        written |= Q(change_message__contains=json.dumps(name)[1:-1])
        LogEntry.objects.filter(written).update(change_message="")
