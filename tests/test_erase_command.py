"""Erasing: a record, its history, what goes with it; and one line that it was."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.db import connection

from entities.models import Alias, Entity
from sources import proposals
from sources.models import (
    AliasUse,
    Claim,
    Correction,
    Evidence,
    Finding,
    Note,
    Question,
    Source,
)
from tests.cast import cite, make_claim, make_person
from tests.typing_in import errors, fields, messages, save

SECRET = "zanzibar"
ERASE_HERALD = "/admin/erase/source/herald-report/"


def erase(kind: str, slug: str, *options: str, reason: str = "A court.") -> None:
    call_command("erase", kind, slug, "--reason", reason, *options)


def tables_that_say(word: str) -> list[str]:
    """Every table of the database, histories and logs too, that holds the word."""
    found = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(word in str(row).lower() for row in cursor.fetchall()):
                found.append(table)
    return found


@pytest.fixture
def anna(administrator: Any) -> Any:
    return administrator


@pytest.fixture
def secret(cast: Any, administrator: Any) -> Any:
    """A person of whom nothing else speaks, with all that can go with one."""
    person = make_person("Zanzibar Jones", summary="Zanzibar.")
    alias = Alias(entity=person, text="Zanzibar", status="published")
    alias.save()
    AliasUse(alias=alias, source=cast.herald).save()
    words = {"said": "Zanzibar.", "says": "Zanzibar!", "reason": "Zanzibar?"}
    Correction(slug="zanzibar", entity=person, **words).save()
    person.name = "Zanzibar B. Jones"
    proposals.make(administrator, person)
    person.slug = "zanzibar-b-jones"
    person.save()
    return person


def test_it_works(secret: Any, capsys: Any) -> None:
    assert len(tables_that_say(SECRET)) > 6
    erase("person", "zanzibar-b-jones")
    assert re.match(r"\d+ records erased", capsys.readouterr().out)
    assert tables_that_say(SECRET) == []
    line = LogEntry.objects.get()
    assert (line.object_repr, line.change_message) == ("person erased", "A court.")
    assert (line.user.username, line.object_id) == ("anna", None)


def test_what_cites_it_stands_in_the_way(secret: Any, cast: Any) -> None:
    claim = make_claim(secret, cast.founder_of, "jones-founded", object=cast.northwind)
    cite(claim, cast.herald, "founded Northwind Labs", speaker=secret)
    before = Entity.history.count()
    with pytest.raises(CommandError) as refusal:
        erase("person", "zanzibar-b-jones")
    assert "It is cited still" in str(refusal.value)
    assert "claim “Claim jones-founded.”: goes too" in str(refusal.value)
    assert Entity.history.count() == before and not LogEntry.objects.exists()


def test_it_goes_with_what_cites_it(secret: Any, cast: Any) -> None:
    claim = make_claim(secret, cast.founder_of, "jones-founded", object=cast.northwind)
    cite(claim, cast.herald, "founded Northwind Labs", slug="zanzibar-1")
    spoken = cite(cast.ada_founded, cast.courier, "Labs", speaker=secret, slug="said")
    Note(claim=claim, text="Zanzibar again.").save()
    finding = Finding(question=claim.question, outcome="preferred", reason="Zanzibar.")
    finding.decided_by = "Edith"
    finding.save()
    finding.preferred.add(claim)
    erase("person", "zanzibar-b-jones", "--with-dependants")
    assert tables_that_say(SECRET) == []
    spoken.refresh_from_db()
    assert spoken.speaker is None
    assert not Claim.objects.filter(slug="jones-founded").exists()
    assert Claim.objects.get(slug="ada-founded").is_public


def test_a_claim_goes_with_its_evidence_and_its_question(cast: Any, anna: Any) -> None:
    claim = cast.ada_founded
    cast.founded_2015.contradicts.add(claim)
    cast.ada.summary = "She founds firms. [[ada-founded]]"
    cast.ada.save()
    with pytest.raises(CommandError, match="lets go of it"):
        erase("claim", "ada-founded")
    erase("claim", "ada-founded", "--with-dependants")
    assert not Evidence.history.filter(slug__startswith="ada-founded").exists()
    assert not Claim.history.filter(slug="ada-founded").exists()
    assert not Question.history.filter(slug__startswith="ada-vance").exists()
    cast.ada.refresh_from_db()
    assert cast.ada.summary.strip() == "She founds firms."


def test_a_source_goes_with_its_text(cast: Any, anna: Any) -> None:
    finding = Finding(question=cast.founded_2015.question, outcome="unresolved")
    finding.reason, finding.decided_by = "Neither.", "Edith"
    finding.save()
    erase("source", "herald-report", "--with-dependants")
    assert not Source.objects.filter(slug="herald-report").exists()
    assert tables_that_say("in a kitchen") == []
    assert tables_that_say("herald-report") == []
    courier = Source.objects.get(slug="courier-copy")
    assert courier.derived_from is None
    assert Claim.objects.get(slug="founded-2015").origin_count == 0


def test_the_rest_is_as_if_it_had_never_been(cast: Any, anna: Any) -> None:
    others = Claim.objects.exclude(slug="cost-less")
    before = list(others.order_by("pk").values("slug", "statement", "is_public"))
    erase("claim", "cost-less")
    assert before == list(
        others.order_by("pk").values("slug", "statement", "is_public")
    )
    assert Evidence.objects.filter(slug="cost-about-herald-report").exists()


def test_only_an_administrator_answers_for_it(cast: Any, editor: Any) -> None:
    with pytest.raises(CommandError, match="No such administrator"):
        erase("claim", "cost-less")
    with pytest.raises(CommandError, match="No such administrator"):
        erase("claim", "cost-less", "--user", "edith")
    assert Claim.objects.filter(slug="cost-less").exists()


def test_it_needs_a_record_and_a_reason(cast: Any, anna: Any) -> None:
    with pytest.raises(CommandError, match="There is no claim “none”"):
        erase("claim", "none")
    with pytest.raises(CommandError, match="Give a reason"):
        erase("claim", "cost-less", reason=" ")
    with pytest.raises(CommandError, match="invalid choice"):
        erase("alias", "x")


def test_an_administrator_erases_in_the_admin(
    secret: Any, administrator: Any, client: Any
) -> None:
    client.force_login(administrator)
    address = "/admin/erase/person/zanzibar-b-jones/"
    page = save(client, address, reason="A court.", confirmation="jones")
    assert errors(page) == ["Its address ends in “zanzibar-b-jones”."]
    assert fields(page)["reason"] == "A court."
    page = save(client, address, reason="A court.", confirmation="zanzibar-b-jones")
    assert messages(page) == ["A record was erased (person)."]
    assert not Entity.objects.filter(pk=secret.pk).exists()


def test_the_page_says_what_cites_it(
    cast: Any, administrator: Any, client: Any
) -> None:
    client.force_login(administrator)
    assert "What cites it still" in client.get(ERASE_HERALD).text
    page = save(client, ERASE_HERALD, reason="A court.", confirmation="herald-report")
    assert errors(page) == ["It is cited still. Erase that first, or with it."]
    assert Source.objects.filter(slug="herald-report").exists()


def test_more_than_can_go_at_once_is_said_to_be(
    cast: Any, administrator: Any, client: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("sources.erasing.MOST_AT_ONCE", 0)
    client.force_login(administrator)
    assert "erase some of them first" in client.get(ERASE_HERALD).text
    page = save(client, ERASE_HERALD, reason="A court.", confirmation="herald-report")
    assert fields(page)["reason"] == "A court."
    with pytest.raises(CommandError, match="no more than 0 can at once"):
        erase("source", "herald-report", "--with-dependants")
    assert Source.objects.filter(slug="herald-report").exists()


def test_nobody_else_opens_it(cast: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    assert client.get(ERASE_HERALD).status_code == 403
    assert client.post(ERASE_HERALD).status_code == 403
