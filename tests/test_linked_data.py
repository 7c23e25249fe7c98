"""What pages tell machines: JSON-LD, read by a library for it, and previews."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.utils import timezone
from pyld import jsonld

from entities.models import Alias
from sources.models import Finding, Property
from tests import cast as casting
from tests.cast import Cast

ADA, FIRM = "/people/ada-vance/", "/organisations/northwind-labs/"
CLAIM, SOURCE = "/claims/founded-2015/", "/sources/herald-report/"
SITE = "http://testserver"
HOSTILE = "</script><script>alert(1)</script> <!-- ]]> &amp; \u2028\u2029 \" ' {{ x }}"


def head(client: Any, address: str) -> str:
    page: str = client.get(address).content.decode()
    return page.partition("</head>")[0]


def linked(client: Any, address: str) -> Any:
    (found,) = re.findall(
        r'(?s)<script type="application/ld\+json">(.*?)</script>', head(client, address)
    )
    assert not set("<>&\u2028\u2029").intersection(found)
    return json.loads(found)


def expanded(client: Any, address: str) -> list[dict[str, Any]]:
    """The nodes as another program's reader finds them, each under its full names."""

    def no_network(url: str, options: Any) -> Any:
        assert url == "https://schema.org"
        context = {"@context": {"@vocab": "schema:", "url": {"@type": "@id"}}}
        return {"documentUrl": url, "contextUrl": None, "document": context}

    options = {"documentLoader": no_network, "base": SITE}
    document = jsonld.flatten(linked(client, address), None, options)
    return list(document)


def of_type(nodes: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [node for node in nodes if f"schema:{name}" in node.get("@type", [])]


def meta(client: Any, address: str) -> dict[str, str]:
    found = re.findall(
        r'<meta (?:name|property)="([^"]+)"\s+content="([^"]*)"', head(client, address)
    )
    return {name: html.unescape(content) for name, content in found}


def decide(cast: Cast, **fields: Any) -> None:
    row = {"outcome": "preferred", "reason": "Closer in time.", "decided_by": "E. Desk"}
    finding = Finding(question=cast.founded_2015.question, **row | fields)
    finding.save()
    if finding.outcome == "preferred":
        finding.preferred.add(cast.founded_2015)
        finding.save()


def test_it_works(client: Any, cast: Cast) -> None:
    nodes = expanded(client, ADA)
    (person,) = of_type(nodes, "Person")
    assert person["schema:name"] == [{"@value": "Ada Vance"}]
    assert person["schema:url"] == [{"@id": SITE + ADA}]
    (page,) = of_type(nodes, "ProfilePage")
    assert page["schema:mainEntity"] == [{"@id": person["@id"]}]
    cited = {row["@id"] for row in page["schema:citation"]}
    assert cited == {SITE + SOURCE, f"{SITE}/sources/post-story/"}


def test_it_gives_facts_on_which_no_source_differs(client: Any, cast: Cast) -> None:
    terms = {"founded_on": "foundingDate", "founder_of": "owns", "cost": "budget"}
    for key, term in terms.items():
        Property.objects.filter(key=key).update(schema_org=term)
    owned = linked(client, ADA)["mainEntity"]["owns"]
    assert owned["name"] == "Northwind Labs"
    assert owned["@type"] == "Organization"
    firm = linked(client, FIRM)["mainEntity"]
    assert set(firm) == {"@type", "name", "url"}
    motto = casting.make_property("motto", schema_org="slogan")
    claim = casting.make_claim(cast.northwind, motto, "motto", text="Onward")
    casting.cite(claim, cast.post, "Vance set up")
    assert linked(client, FIRM)["mainEntity"]["slogan"] == "Onward"


def test_it_tells_other_names_and_where_else_it_is(client: Any, cast: Cast) -> None:
    Alias(entity=cast.ada, text="A. Vance", status="published").save()
    Alias(entity=cast.ada, text="Unseen", status="draft").save()
    cast.ada.refresh_from_db()
    cast.ada.wikidata_id = "Q42"
    cast.ada.save()
    person = linked(client, ADA)["mainEntity"]
    assert person["alternateName"] == ["A. Vance"]
    assert person["sameAs"] == "https://www.wikidata.org/wiki/Q42"


def test_an_event_is_an_event(client: Any, cast: Cast) -> None:
    casting.make_event("Harbour Summit")
    page = linked(client, "/events/harbour-summit/")
    assert (page["@type"], page["mainEntity"]["@type"]) == ("WebPage", "Event")


def test_a_claim_tells_where_it_appears(client: Any, cast: Cast) -> None:
    nodes = expanded(client, "/claims/cost-about/")
    (claim,) = of_type(nodes, "Claim")
    assert claim["schema:text"] == [{"@value": "Claim cost-about."}]
    names = {node["@id"]: node for node in nodes}
    for term, slug in (("appearance", "herald-report"), ("citation", "courier-copy")):
        (row,) = claim[f"schema:{term}"]
        work = names[row["@id"]]
        assert work["schema:url"] == [{"@id": f"{SITE}/sources/{slug}/"}]
    assert not of_type(nodes, "ClaimReview")


@pytest.mark.parametrize("outcome", ["preferred", "unresolved"])
def test_a_decision_reviews_each_answer(client: Any, cast: Cast, outcome: str) -> None:
    decide(cast, outcome=outcome)
    question = cast.founded_2015.question.get_absolute_url()
    graph = linked(client, question)["@graph"]
    reviews = [row for row in graph if row["@type"] == "ClaimReview"]
    ratings = [row["reviewRating"]["alternateName"] for row in reviews]
    if outcome == "preferred":
        assert ratings == ["Preferred", "Another answer is preferred"]
    else:
        assert ratings == ["Not resolved"] * 2
    today = timezone.now().date().isoformat()
    assert reviews[0]["datePublished"] == today
    assert reviews[0]["itemReviewed"]["@id"] == SITE + CLAIM
    assert reviews[0]["url"] == f"{SITE}{question}#decision"
    (own,) = of_type(expanded(client, CLAIM), "ClaimReview")
    assert own["schema:reviewBody"] == [{"@value": "Closer in time."}]


def test_a_source_says_what_it_is(client: Any, cast: Cast) -> None:
    daily = casting.make_organisation("Daily")
    casting.make_source(
        *("told",),
        **{"published": "2025-02", "author": "Ann Other", "publisher": daily},
        **{"url": "https://paper.example/a?b=1&c=2", "genre": "report"},
    )
    work = linked(client, "/sources/told/")
    assert (work["@type"], work["datePublished"]) == ("NewsArticle", "2025-02")
    assert work["sameAs"] == "https://paper.example/a?b=1&c=2"
    assert work["publisher"]["name"] == "Daily"
    daily.status = "draft"
    daily.save()
    told = json.dumps(linked(client, "/sources/told/"))
    assert "Daily" not in told


def test_hostile_words_stay_words(client: Any, cast: Cast) -> None:
    for record in (cast.ada, cast.herald):
        record.refresh_from_db()
    cast.ada.name = cast.herald.title = HOSTILE
    for record in (cast.ada, cast.herald):
        record.save()
    assert linked(client, ADA)["mainEntity"]["name"] == HOSTILE
    assert linked(client, SOURCE)["name"] == HOSTILE
    for address in (ADA, SOURCE):
        assert meta(client, address)["og:title"] == HOSTILE
        assert "<script>alert" not in client.get(address).content.decode()


def test_it_never_tells_what_is_not_public(client: Any, cast: Cast) -> None:
    cast.post.refresh_from_db()
    cast.post.status = "withdrawn"
    cast.post.save()
    question = cast.founded_2015.question.get_absolute_url()
    for address in (ADA, FIRM, CLAIM, question, SOURCE):
        told = json.dumps([linked(client, address), meta(client, address)])
        assert not re.search("Quiet|quiet|post-story|Post story|2016|kitchen", told)


def test_a_page_has_one_absolute_address_and_a_preview(client: Any, cast: Cast) -> None:
    question = cast.founded_2015.question.get_absolute_url()
    titles = {ADA: "Ada Vance", CLAIM: "Claim founded-2015.", "/people/": "People"}
    titles |= {question: "When was Northwind Labs founded?", "/events/": "Events"}
    for address, title in titles.items():
        about = meta(client, f"{address}?cursor=x")
        assert f'rel="canonical" href="{SITE}{address}"' in head(client, address)
        assert (about["og:title"], about["og:url"]) == (title, SITE + address)
        assert about["og:description"] == about["description"] != ""
        kind = "website" if address in ("/people/", "/events/") else "article"
        assert meta(client, address)["og:type"] == kind


def test_what_is_no_page_has_no_address(client: Any, cast: Cast) -> None:
    told = head(client, "/people/quiet-draft/")
    assert 'content="noindex"' in told
    assert "canonical" not in told
    assert "og:" not in told
