"""No page of an edition holds what is private, in whatever state its record is."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db.models import CharField, TextField
from django.utils import timezone

from entities.models import Alias, Distinction, Entity
from entities.records import Status
from sources.models import (
    Approach,
    Claim,
    Evidence,
    Note,
    Omission,
    Property,
    Proposal,
    Question,
    Source,
)
from tests.cast import Cast, cite, make_claim, make_event, make_person, make_source

pytestmark = pytest.mark.django_db
CANARY = "zanzibar"
# Of public rows, what readers see none of.
PRIVATE = {
    *("summary", "folded", "sort_name", "status_reason", "hold", "prefix", "suffix"),
    *("verified_sha256", "value_key", "considered"),
}
# Constraints hold these to one kind of row.
BOUND = {"family_name", "given_name", "place", "date", "unit", "text", "hold"}


def test_it_works(cast: Cast, tmp_path: Path) -> None:
    shown = _shown()
    _plant(cast)
    models = apps.get_models()
    planted = sum(_poison(model, shown.get(model, set())) for model in models)
    assert planted > 500
    call_command("publish", sqlite=str(tmp_path / "e.sqlite3"), verbosity=0)
    pages = (tmp_path / "e.sqlite3").read_bytes()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        assert CANARY.encode(encoding) not in pages.lower()
    # It is a file with the cast in it, after all.
    assert b"Ada Vance" in pages


def _plant(cast: Cast) -> None:
    """Records in every state that readers do not see, and all that hangs on them."""
    User.objects.create_user("staff")
    for status in set(Status.values) - {Status.PUBLISHED}:
        _plant_one(cast, status, status=status)
    later = timezone.now() + datetime.timedelta(days=9)
    _plant_one(cast, "held", hold="legal")
    _plant_one(cast, "embargoed", not_before=later)
    merged = make_person("Merged Person")
    type(merged).objects.by_key(merged.slug).update(merged_into=cast.ada)
    Note(claim=cast.cost_about, text="A note.").save()
    Proposal(
        kind="person", record_id=cast.ada.pk, base_version=1, changes={"name": CANARY}
    ).save()
    Omission(source=cast.herald, start=1, end=2, reason="None.").save()
    Distinction(first=cast.ada, second=cast.quiet, reason="Not the same.").save()
    asked = {"asked_label": "The firm", "asked_on": datetime.date(2026, 1, 2)}
    Approach(slug="asked", claim=cast.quiet_claim, what="So?", **asked).save()
    # A former version of what is public.
    cast.founded_2015.statement = "Another sentence."
    cast.founded_2015.save()


def _plant_one(cast: Cast, name: str, **state: Any) -> None:
    hidden = {"status": state.get("status", "draft")}
    source = make_source(f"{name}-source", "A text of it, in 2015.", **state)
    claim = make_claim(
        *(cast.ada, cast.founded_on, f"{name}-claim"),
        **{"date": "2011", "qualifier": name} | state,
    )
    cite(claim, source, "in 2015")
    cite(cast.founded_2015, cast.herald, "in 2015", slug=f"{name}-piece", **hidden)
    event = make_event(f"{name} event", slug=f"{name}-event", **hidden)
    Alias(entity=event, text=name, status="published").save()
    Alias(entity=cast.ada, text=name, **hidden).save()


def _shown() -> dict[Any, set[int]]:
    """The rows of the cast that readers see, by model."""
    kinds = (Entity, Source, Property, Question, Claim, Evidence)
    return {
        model: {row.pk for row in model.objects.all() if "quiet" not in str(vars(row))}
        for model in kinds
    }


def _poison(model: Any, shown: set[int]) -> int:
    """Put the canary into each text that readers do not see; how many there are."""
    if not model._meta.managed or model._meta.proxy:
        return 0
    count = 0
    for row in model._base_manager.all():
        texts = _private_texts(model, row.pk in shown)
        values = {name: f"{CANARY} {row.pk} {name}"[:most] for name, most in texts}
        model._base_manager.filter(pk=row.pk).update(**values)
        count += len(values)
    return count


def _private_texts(model: Any, is_public: bool) -> list[tuple[str, int]]:
    return [
        (field.name, field.max_length or 1000)
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField)
        and not field.choices
        and not field.primary_key
        and (field.max_length or 1000) > 19
        and (field.name in PRIVATE - {"hold"} if is_public else field.name not in BOUND)
    ]
