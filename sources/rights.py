"""Who may do what: one plain predicate for each rule of the desk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import (
    AbstractBaseUser,
    AnonymousUser,
    Group,
    Permission,
)
from django.db.models import Q

from entities.records import PublishableRecord, Record
from sources.models import Claim, Evidence

User = AbstractBaseUser | AnonymousUser
CONTRIBUTORS, EDITORS, ADMINISTRATORS = "Contributors", "Editors", "Administrators"
ROOMS = ["entities", "sources"]


def make_groups(**kwargs: Any) -> None:
    """Make the three groups with their permissions; told after each `migrate`."""
    ours = Permission.objects.filter(content_type__app_label__in=ROOMS).exclude(
        content_type__model__startswith="historical"
    )
    vocabulary = Q(content_type__model="property")
    reads = Q(codename__startswith="view_")
    writes = Q(codename__startswith="add_") | Q(codename__startswith="change_")
    users = Permission.objects.filter(content_type__app_label="auth")
    _grant(CONTRIBUTORS, ours.filter(reads | (writes & ~vocabulary)))
    _grant(EDITORS, ours.filter(reads | ~vocabulary))
    _grant(ADMINISTRATORS, ours | users)


def _grant(name: str, permissions: Any) -> None:
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.add(*permissions)


def _is_in(user: Any, *groups: str) -> bool:
    if not user.is_active:
        return False
    return user.is_superuser or user.groups.filter(name__in=groups).exists()


def is_editor(user: Any) -> bool:
    """Whether they may publish, take down, merge, decide and confirm at all."""
    return _is_in(user, EDITORS, ADMINISTRATORS)


def is_administrator(user: Any) -> bool:
    return _is_in(user, ADMINISTRATORS)


def wrote_alone(user: Any, record: Record) -> bool:
    """Whether nobody else has had a hand in the record."""
    hands = set(
        record.history.exclude(history_user=None).values_list("history_user", flat=True)
    )
    return hands <= {user.pk}


def may_confirm(user: Any, evidence: Evidence) -> bool:
    """Nobody confirms the evidence that they alone wrote, but on a one-person desk."""
    if not is_editor(user):
        return False
    return settings.ONE_PERSON_DESK or not wrote_alone(user, evidence)


def may_publish(user: Any, record: PublishableRecord) -> bool:
    """Nobody publishes the claim that they alone wrote, but on a one-person desk."""
    if not is_editor(user):
        return False
    if settings.ONE_PERSON_DESK or not isinstance(record, Claim):
        return True
    return not wrote_alone(user, record)


def may_take_down(user: Any, record: PublishableRecord) -> bool:
    """Taking down never waits for a second person."""
    return is_editor(user)
