"""What readers do not see is in no format, whatever keeps it from them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from briefing.formats.catalogue import FORMATS
from briefing.formats.offers import OF
from entities.models import Alias
from sources import settling
from sources.models import Claim, Source
from tests import cast as casting
from tests.cast import Cast
from tests.test_formats import API, written

WORD = "zanzibarian"
PUBLIC = ("/organisations/northwind-labs", "/claims/founded-2015")


@pytest.fixture
def canaries(cast: Cast) -> dict[str, Any]:
    """A record of each kind that nothing but its status keeps from readers."""
    person = casting.make_person(f"{WORD} person", slug="canary-person")
    media = casting.make_organisation(f"{WORD} press", slug="canary-press")
    source = casting.make_source(
        "canary-source", title=f"{WORD} source", author=WORD, publisher=media
    )
    claim = casting.make_claim(
        person, cast.founder_of, "canary-claim", object=cast.northwind
    )
    claim.statement = f"A {WORD} claim."
    claim.save()
    evidence = casting.cite(claim, source, WORD, speaker=person)
    casting.cite(cast.founded_2015, source, f"{WORD} too", slug="canary-second")
    Alias(entity=person, text=f"{WORD} alias", status="published").save()
    return {
        "person": person,
        "media": media,
        "source": source,
        "claim": claim,
        "evidence": evidence,
    }


def everything(client: Client) -> str:
    """All that all formats tell, in files of everything and of single records."""
    found = [written(form.name) for form in FORMATS]
    for form in FORMATS:
        found.append(client.get(f"{API}/{form.name}/").content.decode())
        found += [
            client.get(f"{API}/{form.name}{path}/").content.decode() for path in PUBLIC
        ]
    return "".join(found)


def own(client: Client, kind: str, path: str) -> list[int]:
    return [
        client.get(f"{API}/{name}/{path}/").status_code for name in sorted(OF[kind])
    ]


def hide(records: list[Any], **fields: Any) -> None:
    with settling.together():
        for record in records:
            row = type(record).objects.get(pk=record.pk)
            for name, value in fields.items():
                setattr(row, name, value)
            row.save()


def test_they_are_told_while_readers_see_them(client: Client, canaries: Any) -> None:
    told = everything(client)
    for words in ("person", "press", "source", "claim", "alias"):
        assert f"{WORD} {words}" in told, words


@pytest.mark.parametrize("status", ["draft", "in_review", "retracted", "withdrawn"])
def test_case_45_no_status_but_published_is_told(
    client: Client, canaries: Any, status: str
) -> None:
    hide([*canaries.values()], status=status, status_reason="A slip.")
    told = everything(client)
    assert WORD not in told and "canary-" not in told
    gone = 410 if status == "withdrawn" else 404
    for kind, path in (
        ("person", "people/canary-person"),
        ("source", "sources/canary-source"),
        ("claim", "claims/canary-claim"),
    ):
        assert {*own(client, kind, path)} == {gone}, kind


@pytest.mark.parametrize("kind", ["source", "claim"])
@pytest.mark.parametrize("care", ["hold", "not_before"])
def test_case_45_what_is_held_or_embargoed_is_not_told(
    client: Client, canaries: Any, kind: str, care: str
) -> None:
    later = timezone.now() + timezone.timedelta(days=9)
    hide([canaries[kind]], **{care: "legal" if care == "hold" else later})
    told = everything(client)
    assert f"canary-{kind}" not in told
    assert f"{WORD} {kind}" not in told


def test_an_unpublished_publisher_is_not_named(client: Client, canaries: Any) -> None:
    hide([canaries["media"]], status="draft")
    told = everything(client)
    assert f"{WORD} source" in told
    assert f"{WORD} press" not in told and "canary-press" not in told


def test_no_word_of_a_text_or_a_note_is_told(client: Client, cast: Cast) -> None:
    told = everything(client)
    assert "We began in a kitchen" not in told and "Analysts" not in told
    for name in ("prefix", "suffix", "version", "hold", "sensitivity"):
        assert f'"{name}"' not in told


def test_a_renamed_record_is_led_to(client: Client, cast: Cast) -> None:
    hide([cast.ada], slug="ada-of-old")
    answer: Any = client.get(f"{API}/ftm/people/ada-vance/")
    assert (answer.status_code, answer.url) == (301, f"{API}/ftm/people/ada-of-old/")
    assert client.get(f"{API}/ftm/sources/herald-report/").status_code == 404
    assert client.get(f"{API}/ftm/people/nobody/").status_code == 404
    assert client.get(f"{API}/csl/sources/herald-report/?x=1").status_code == 400
    assert Claim.objects.public().exists() and Source.objects.public().exists()
