"""Who may do what: one plain predicate for each rule of the desk."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import (
    AbstractBaseUser,
    AnonymousUser,
    Group,
    Permission,
)
from django.db.models import Q, QuerySet

from entities.records import PublishableRecord, Record, Status
from sources.models import Claim, Evidence, Proposal

User = AbstractBaseUser | AnonymousUser
CONTRIBUTORS, EDITORS, ADMINISTRATORS = "Contributors", "Editors", "Administrators"
ROOMS = ["entities", "sources"]
# What a contributor adds and changes: it has a draft, or goes with something that has.
DRAFTED = [
    *("person", "organisation", "event", "entity", "alias", "aliasuse"),
    *("source", "sourcetext", "omission", "claim", "evidence", "note", "approach"),
]


def make_groups(**kwargs: Any) -> None:
    """Make the three groups with their permissions; told after each `migrate`."""
    # Django makes permissions app by app, and may not have come to ours yet.
    for room in (*ROOMS, "auth"):
        create_permissions(apps.get_app_config(room), verbosity=0)
    ours = Permission.objects.filter(content_type__app_label__in=ROOMS).exclude(
        content_type__model__startswith="historical"
    )
    vocabulary = Q(content_type__model="property")
    drafted = Q(content_type__model__in=DRAFTED)
    reads = Q(codename__startswith="view_")
    writes = Q(codename__startswith="add_") | Q(codename__startswith="change_")
    users = Permission.objects.filter(content_type__app_label="auth")
    _grant(CONTRIBUTORS, ours.filter(reads | (writes & drafted)))
    _grant(EDITORS, ours.filter(reads | ~vocabulary))
    _grant(ADMINISTRATORS, ours | users)


def _grant(name: str, permissions: Any) -> None:
    group, _ = Group.objects.get_or_create(name=name)
    group.permissions.add(*permissions)


def _is_in(user: Any, *groups: str) -> bool:
    if not user.is_active:
        return False
    if not hasattr(user, "_desk_groups"):
        # As with Django's permissions, asked once for the user of a request.
        user._desk_groups = set(user.groups.values_list("name", flat=True))
    return user.is_superuser or not user._desk_groups.isdisjoint(groups)


def is_editor(user: Any) -> bool:
    """Whether they may publish, take down, merge, decide and confirm at all."""
    return _is_in(user, EDITORS, ADMINISTRATORS)


def is_administrator(user: Any) -> bool:
    return _is_in(user, ADMINISTRATORS)


# What a second person agrees to when they confirm or publish. For each group of columns
# the one who set it to what it is now counts as having written it.
WRITTEN: dict[type[Record], list[tuple[str, ...]]] = {
    Evidence: [("claim_id", "source_id", "stance", "quote")],
    Claim: [
        (
            *("subject_id", "property_id", "qualifier", "during", "no_value"),
            *("object_id", "date", "text"),
            *("amount", "amount_high", "unit", "bound"),
        ),
        ("statement",),
    ],
}


def wrote_alone(user: Any, record: Record) -> bool:
    """Whether they, and nobody else, set what the claim or evidence says now.

    What an import wrote has no such author: anyone on the desk may agree to it.
    """
    groups = WRITTEN[type(record)]
    return all(_author(user, record, columns) == user.pk for columns in groups)


def _author(user: Any, record: Record, columns: tuple[str, ...]) -> int | None:
    """Who set these columns to what they are; the user, where that is not saved yet."""
    author: int | None = user.pk
    if record.pk is None:
        return author
    # By number, not by time: a clock that was set back does not change who came last.
    rows = record.history.order_by("-history_id")
    now = tuple(getattr(record, name) for name in columns)
    for hand, *then in rows.values_list("history_user_id", *columns):
        if tuple(then) != now:
            break
        author = hand
    return author


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


def may_decide(user: Any, proposal: Proposal) -> bool:
    """Nobody accepts the change that they proposed, but on a one-person desk."""
    if not is_editor(user):
        return False
    return settings.ONE_PERSON_DESK or proposal.created_by_id != user.pk


def token_holders(user: Any) -> QuerySet[Any]:
    """For whom they make and revoke tokens: of the desk themselves, for themselves."""
    everyone = get_user_model().objects.all()
    return everyone if is_administrator(user) else everyone.filter(pk=user.pk)


def must_wait(user: Any, record: PublishableRecord, confirms: bool = False) -> bool:
    """Whether an unsaved change needs a second person before readers see it.

    `confirms`: the same save confirms, by right, that a passage says so.
    """
    if record.stored("status") != Status.PUBLISHED:
        return False
    if not is_editor(user):
        return True
    if record.status != Status.PUBLISHED:
        return False
    if isinstance(record, Claim):
        return record.has_new_value and not confirms
    return isinstance(record, Evidence) and record.has_new_passage and not confirms
