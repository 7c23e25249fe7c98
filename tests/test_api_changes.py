"""What the list of changes tells of corrections, embargoes, erasures, its beginning."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from sources import settling
from sources.models import Claim, Correction, PublicChange, SearchEntry, Source
from tests.cast import Cast, cite, make_claim, make_person, make_source

API = "/api/v1"


def end(client: Client) -> str:
    """The address that tells of all that happens from now on."""
    return str(client.get(f"{API}/changes/?page_size=100").json()["next"])


def happened(client: Client, since: str) -> set[tuple[str, str]]:
    page = client.get(since).json()
    return {(row["slug"], row["what"]) for row in page["results"]}


def test_it_works(client: Client, cast: Cast) -> None:
    since = end(client)
    make_person("Bob Quill")
    assert happened(client, since) == {("bob-quill", "published")}


@pytest.mark.parametrize("about", ["claim", "entity", "source"])
def test_a_correction_is_a_change_to_its_record(
    client: Client, cast: Cast, about: str
) -> None:
    record = {"claim": cast.founded_2015, "entity": cast.ada, "source": cast.post}
    since = end(client)
    words = {"said": "2014.", "says": "2015.", "reason": "A slip."}
    Correction(slug="slip", **words, **{about: record[about]}).save()
    assert (record[about].slug, "changed") in happened(client, since)


def test_a_rebuild_tells_nothing(client: Client, cast: Cast) -> None:
    since = end(client)
    call_command("rebuild")
    assert happened(client, since) == set()


def test_an_ended_embargo_is_told(client: Client, cast: Cast) -> None:
    later = timezone.now() + timedelta(days=1)
    letter = make_source("letter", not_before=later)
    claim = make_claim(cast.ada, cast.founded_on, "ada-letter", date="2001")
    cite(claim, letter, "words", slug="of-letter")
    since = end(client)
    past = timezone.now() - timedelta(minutes=1)
    Source.objects.filter(pk=letter.pk).update(not_before=past)
    assert happened(client, since) == set()
    settling.end_embargoes()
    told = happened(client, since)
    assert {("letter", "published"), ("ada-letter", "published")} <= told
    assert Claim.objects.get(slug="ada-letter").is_public


def test_what_is_erased_was_never_told(
    client: Client, db: None, administrator: Any
) -> None:
    person = make_person("Zanzibar Quill")
    person.slug = "zanzibar-vale"
    person.save()
    assert PublicChange.objects.naming("person", "zanzibar-vale").count() == 2
    call_command("erase", "person", "zanzibar-vale", "--reason", "A court.")
    assert "zanzibar" not in client.get(f"{API}/changes/?page_size=100").text
    assert not PublicChange.objects.exists()


def test_a_database_from_before_begins_with_what_is_public(
    client: Client, cast: Cast
) -> None:
    PublicChange.objects.all().delete()
    migration = import_module("sources.migrations.0003_tell_what_changed")
    with connection.cursor() as cursor:
        cursor.execute(migration.FILL)
    rows = client.get(f"{API}/changes/?page_size=100").json()["results"]
    assert {row["what"] for row in rows} == {"published"}
    assert len(rows) == SearchEntry.objects.count()
    assert all(client.get(row["record"]).status_code == 200 for row in rows)
