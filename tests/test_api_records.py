"""The API's lists and records: the same as the pages show, as plain data."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from briefing.api.resources import RESOURCES
from entities.models import Alias
from sources import settling
from sources.models import Correction, Finding
from tests.cast import (
    Cast,
    cite,
    make_claim,
    make_organisation,
    make_person,
    make_source,
)

API = "/api/v1"
PLURALS = [resource.plural for resource in RESOURCES]


def got(client: Client, address: str, status: int = 200) -> Any:
    answer: Any = client.get(f"{API}{address}")
    assert answer.status_code == status, f"{address}: {answer.content.decode()}"
    return answer.json()


def test_it_works(client: Client, cast: Cast) -> None:
    record = got(client, "/people/ada-vance/")
    assert record["type"] == "person"
    assert record["name"] == "Ada Vance"
    assert record["page"] == "http://testserver/people/ada-vance/"


def test_it_says_where_everything_is(client: Client, cast: Cast) -> None:
    places = client.get(f"{API}/").json()
    exports = places.pop("export")
    assert {"jsonld", "bibtex", "atom"} < exports.keys()
    for address in [*places.values(), *exports.values()]:
        assert client.get(address, follow=True).status_code == 200, address


@pytest.mark.parametrize("plural", PLURALS)
def test_each_list_has_what_each_record_has(
    client: Client, cast: Cast, plural: str
) -> None:
    Correction.objects.create(
        slug="year", claim=cast.founded_2015, said="2014.", says="2015.", reason="Typo."
    )
    cast.herald.publisher = make_organisation("The Herald")
    cast.herald.save()
    if plural == "events":
        assert got(client, "/events/")["results"] == []
        return
    listed = got(client, f"/{plural}/")["results"]
    assert listed
    for record in listed:
        key = record.get("slug") or record["key"]
        assert got(client, f"/{plural}/{key}/") == record


@pytest.mark.parametrize("resource", RESOURCES, ids=PLURALS)
def test_a_record_has_the_fields_that_the_schema_tells(
    client: Client, cast: Cast, resource: Any
) -> None:
    for record in got(client, f"/{resource.plural}/")["results"]:
        assert set(record) == set(resource.shape.names())


def test_an_answer_has_its_evidence_and_origins(client: Client, cast: Cast) -> None:
    record = got(client, "/questions/northwind-labs-founded-on/")
    first, second = record["answers"]
    assert record["state"] == "differ"
    assert record["asks"] == "When was Northwind Labs founded?"
    assert (first["claim"], first["date"]) == ("founded-2015", "2015")
    assert first["evidence_count"]["supports"] == 2
    assert first["origins"] == ["herald-report"]
    assert second["not_established_count"] == 1


def test_a_question_has_its_decision(client: Client, cast: Cast) -> None:
    with settling.together():
        question = cast.founded_2015.question
        finding = Finding(question=question, outcome="preferred", reason="A register.")
        finding.save()
        settling.relate(finding, "preferred", [cast.founded_2015])
    record = got(client, f"/questions/{question.slug}/")
    assert record["decision"] == "decided"
    assert record["finding"]["preferred"] == ["founded-2015"]
    assert [one["is_preferred"] for one in record["answers"]] == [True, False]


def test_a_record_has_its_other_names(client: Client, cast: Cast) -> None:
    Alias(entity=cast.ada, text="A. Vance", status="published").save()
    Alias(entity=cast.ada, text="Hidden Name").save()
    names = got(client, "/people/ada-vance/")["aliases"]
    assert [name["text"] for name in names] == ["A. Vance"]


def test_amounts_are_exact(client: Client, cast: Cast) -> None:
    assert got(client, "/claims/cost-about/")["amount"] == "6000000"


def test_claims_that_contradict_are_named(client: Client, cast: Cast) -> None:
    settling.relate(cast.cost_about, "contradicts", [cast.ada_founded])
    assert got(client, "/claims/cost-about/")["contradicts"] == ["ada-founded"]


def test_filters_are_those_of_the_pages(client: Client, cast: Cast) -> None:
    listed = got(client, "/claims/?about=northwind-labs&support=supported")["results"]
    slugs = {record["slug"] for record in listed}
    assert slugs == {"founded-2015", "founded-2016", "cost-less"}
    heard = got(client, "/evidence/?speaker=ada-vance&stance=supports")["results"]
    assert {record["claim"] for record in heard} == {"founded-2015", "ada-founded"}
    led = got(client, "/evidence/?origin=herald-report&source=courier-copy")["results"]
    assert [record["claim"] for record in led] == ["cost-about", "founded-2015"]


def test_fields_narrow(client: Client, cast: Cast) -> None:
    listed = got(client, "/claims/?fields=slug,page")["results"]
    assert all(set(record) == {"slug", "page"} for record in listed)
    assert got(client, "/people/ada-vance/?fields=name") == {"name": "Ada Vance"}


def test_include_puts_records_in_the_place_of_names(client: Client, cast: Cast) -> None:
    asked = "include=evidence.source,evidence.speaker,subject,question.property"
    record = got(client, f"/claims/founded-2015/?{asked}")
    first = record["evidence"][0]
    assert first["source"]["title"] == "Herald report"
    assert first["source"]["page"].startswith("http://testserver/sources/")
    assert first["speaker"]["name"] == "Ada Vance"
    assert record["subject"]["type"] == "organisation"
    assert record["question"]["property"]["key"] == "founded_on"


def test_what_is_included_stays_beside_the_fields(client: Client, cast: Cast) -> None:
    record = got(client, "/claims/founded-2015/?fields=slug&include=evidence.source")
    assert set(record) == {"slug", "evidence"}


def test_a_page_ends_early_rather_than_hold_too_many_passages(
    client: Client, cast: Cast, monkeypatch: Any
) -> None:
    monkeypatch.setattr("briefing.api.embedding.MOST_PASSAGES", 3)
    seen, address = [], "/claims/?include=evidence&page_size=4"
    while address:
        page = got(client, address)
        seen += [record["slug"] for record in page["results"]]
        address = (page["next"] or "").removeprefix(f"http://testserver{API}")
    assert len(seen) == len(set(seen)) == 5


def test_pages_hold_while_records_come(client: Client, cast: Cast) -> None:
    for number in range(5):
        make_person(f"Ann Other {number}")
    page = got(client, "/people/?page_size=3&sort=newest&count=true")
    assert (page["count"], page["count_is_capped"]) == (6, False)
    make_person("Late Comer")
    rest = client.get(page["next"]).json()
    seen = [record["slug"] for record in page["results"] + rest["results"]]
    assert len(seen) == len(set(seen)) == 6
    assert rest["next"] is None


def test_search_finds_what_the_page_finds(client: Client, cast: Cast) -> None:
    found = got(client, "/search/?q=northwind&page_size=2")
    assert found["results"][0]["slug"] == "northwind-labs"
    following = client.get(found["next"]).json()
    assert following["results"]
    only = got(client, "/search/?q=northwind&kind=claim")["results"]
    assert {result["type"] for result in only} <= {"claim"}


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/people/?nonsense=1", "nonsense"),
        ("/people/?sort=upwards", "sort"),
        ("/people/?sort=name&sort=name", "sort"),
        ("/people/?cursor=WyJhIl0", "cursor"),
        ("/events/?cursor=WyJhIiwxXQ", "cursor"),
        ("/people/?page_size=101", "page_size"),
        ("/people/?count=maybe", "count"),
        ("/people/?fields=name,secret", "fields"),
        ("/people/ada-vance/?include=claims", "include"),
        ("/claims/?include=evidence.claim", "include"),
        ("/claims/?about=quiet-draft", "about"),
        ("/claims/?support=strong", "support"),
        ("/evidence/?claim=quiet-claim", "claim"),
        ("/search/?kind=planet", "kind"),
        ("/search/?cursor=x", "cursor"),
        ("/changes/?cursor=WyJhIl0", "cursor"),
    ],
)
def test_a_parameter_that_does_not_fit_is_named(
    client: Client, cast: Cast, address: str, field: str
) -> None:
    problem = got(client, address, 400)
    assert [fault["field"] for fault in problem["errors"]] == [field]
    assert problem["errors"][0]["message"]


@pytest.mark.parametrize("path", [*(f"{plural}/" for plural in PLURALS), "search/"])
def test_a_page_asks_the_same_number_of_questions_however_long(
    client: Client, cast: Cast, path: str
) -> None:
    address = f"{API}/{path}?" + ("q=claim" if path == "search/" else "")
    counts = []
    for size in (3, 12):
        for number in range(size):
            claim = make_claim(
                make_organisation(f"Firm {size} {number}"),
                cast.founded_on,
                f"firm-{size}-{number}",
                date="2020",
            )
            cite(claim, cast.herald, "in 2015")
        client.get(address)
        with CaptureQueriesContext(connection) as ran:
            client.get(address)
        counts.append(len(ran))
    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize(
    "address",
    [
        "/claims/?include=question,subject,property,evidence.source,evidence.speaker",
        "/evidence/?include=claim,source,speaker,origin",
        "/questions/?include=subject,property",
        "/questions/northwind-labs-founded-on/?include=subject",
        "/claims/founded-2015/?include=question,evidence.source",
        "/organisations/northwind-labs/",
    ],
)
def test_no_number_of_records_asks_more_of_the_database(
    client: Client, cast: Cast, address: str
) -> None:
    counts = []
    for size in (2, 9):
        for number in range(size):
            source = make_source(f"paper-{size}-{number}", lineage="original")
            slug = f"founded-{size}-{number}"
            year = {"date": f"19{size}{number}"}
            claim = make_claim(cast.northwind, cast.founded_on, slug, **year)
            cite(claim, source, "in 2015", speaker=cast.ada, voice="named")
            cite(cast.founded_2015, source, "in 2015")
        got(client, address)
        with CaptureQueriesContext(connection) as ran:
            got(client, address)
        counts.append(len(ran))
    assert counts[0] == counts[1] <= 18
