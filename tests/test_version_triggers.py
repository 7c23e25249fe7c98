"""A write that goes round the forms raises the version: the database sees to it."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.test import Client

from entities.models import Alias, Entity, Person
from entities.records import StaleRecord
from sources import checks, triggers
from sources.models import Claim, Evidence, Question
from tests.typing_in import errors, fill

pytestmark = pytest.mark.django_db


def version(record: Any) -> int:
    return (
        type(record)._base_manager.values_list("version", flat=True).get(pk=record.pk)
    )


def lose(name: str) -> None:
    on = "" if connection.vendor == "sqlite" else ' ON "sources_claim"'
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"{on}')


def test_it_works(cast: Any) -> None:
    Person.objects.by_key("ada-vance").update(summary="Round the forms.")
    assert version(cast.ada) == 2


def test_raw_sql_raises_it_too(cast: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sources_claim SET statement = 'Other.' WHERE slug = %s",
            ["founded-2015"],
        )
    assert version(cast.founded_2015) == cast.founded_2015.version + 1


def test_a_save_raises_it_once(cast: Any) -> None:
    cast.ada.summary = "Saved."
    cast.ada.save()
    assert version(cast.ada) == cast.ada.version == 2
    cast.ada.save()
    assert version(cast.ada) == cast.ada.version == 3


def test_what_the_program_derives_is_no_version(cast: Any) -> None:
    before = version(cast.founded_2015)
    claims = Claim.objects.by_key("founded-2015")
    claims.update(is_public=False, support="mixed", article_count=9)
    Question.objects.update(answer_count=7)
    assert version(cast.founded_2015) == before


def test_a_write_that_changes_nothing_is_no_version(cast: Any) -> None:
    Person.objects.by_key("ada-vance").update(name="Ada Vance", summary="")
    assert version(cast.ada) == 1


def test_each_row_of_a_wide_write_is_raised(cast: Any) -> None:
    Entity.objects.update(wikidata_id="Q1")
    assert set(Entity.objects.values_list("version", flat=True)) == {2}


def test_bulk_update_is_seen(cast: Any) -> None:
    cast.ada.summary = "In bulk."
    Entity.objects.bulk_update([cast.ada], ["summary"])
    assert version(cast.ada) == 2
    cast.ada.summary = "Of a version that is no more."
    with pytest.raises(StaleRecord):
        cast.ada.save()


def test_case_11_a_write_round_an_open_form_is_a_conflict(
    cast: Any, editor: Any, client: Client
) -> None:
    client.force_login(editor)
    address = f"/admin/entities/person/{cast.ada.pk}/change/"
    form = fill(client, address, summary="Mine.")
    Person.objects.by_key("ada-vance").update(wikidata_id="Q42")
    page = client.post(address, form)
    assert page.status_code == 409
    assert "A program that writes round the desk changed" in errors(page)[0]
    cast.ada.refresh_from_db()
    assert (cast.ada.summary, cast.ada.wikidata_id) == ("", "Q42")


def test_case_11_without_the_trigger_it_would_be_written_over(
    cast: Any, editor: Any, client: Client
) -> None:
    """Negative control: the trigger is what makes the conflict above."""
    triggers.drop()
    client.force_login(editor)
    address = f"/admin/entities/person/{cast.ada.pk}/change/"
    form = fill(client, address, summary="Mine.")
    Person.objects.by_key("ada-vance").update(wikidata_id="Q42")
    assert client.post(address, form).status_code == 302
    cast.ada.refresh_from_db()
    assert (cast.ada.summary, cast.ada.wikidata_id) == ("Mine.", "")
    triggers.make()


def test_every_versioned_table_has_one() -> None:
    tables = {model._meta.db_table for model in triggers.versioned()}
    assert {"entities_entity", "sources_claim", "sources_evidence"} <= tables
    assert "entities_alias" in tables and len(tables) >= 18
    assert triggers.missing() == []
    assert "folded" not in triggers.written_columns(Alias)
    assert {"quote", "start"} <= set(triggers.written_columns(Evidence))


def test_case_09_a_table_without_its_trigger_fails_the_check() -> None:
    assert checks.every_version_is_guarded(None, databases=["default"]) == []
    lose("sources_claim_version")
    (problem,) = checks.every_version_is_guarded(None, databases=["default"])
    assert problem.id == "sources.E001"
    assert "sources_claim" in problem.msg
    with pytest.raises(SystemCheckError, match="lacks the trigger"):
        call_command("check", databases=["default"])
    triggers.make()


def test_case_30_migrate_makes_what_is_missing() -> None:
    """One that is killed after its last migration leaves no trigger behind it."""
    lose("sources_claim_version")
    call_command("migrate", verbosity=0, skip_checks=False)
    assert triggers.missing() == []


def test_a_table_that_is_rebuilt_gets_its_trigger_back(cast: Any) -> None:
    """What a migration does: away before it, back after it."""
    triggers.drop(plan=[object()])
    assert len(triggers.missing()) == len(triggers.versioned())
    triggers.make()
    Person.objects.by_key("ada-vance").update(summary="Guarded again.")
    assert version(cast.ada) == 2


def test_nothing_to_migrate_leaves_them_alone() -> None:
    triggers.drop(plan=[])
    assert triggers.missing() == []


def test_case_09_a_list_that_can_be_edited_fails_the_check(monkeypatch: Any) -> None:
    assert checks.lists_are_for_reading(None) == []
    table = admin.site._registry[Claim]
    monkeypatch.setattr(table, "list_editable", ["status"], raising=False)
    (problem,) = checks.lists_are_for_reading(None)
    assert problem.id == "sources.E002"
