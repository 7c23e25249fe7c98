"""Atom feeds, read as a feed reader does."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

import pytest
from django.utils import timezone
from lxml import etree

from sources import settling
from sources.models import Claim, Correction, Finding
from tests import cast as casting
from tests.cast import Cast

ALL, DIFFERING = "/feeds/changes.atom", "/feeds/differing.atom"
ADA, FIRM = "/feeds/people/ada-vance.atom", "/feeds/organisations/northwind-labs.atom"
SITE = "http://testserver"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = "]]> </title><script>alert(1)</script> &amp; <!-- \u2028 \ufffe \" '"


class Entry(NamedTuple):
    id: str
    title: str
    link: str
    updated: datetime.datetime
    summary: str


def one(node: Any, path: str) -> str:
    (found,) = node.xpath(path, namespaces=ATOM)
    return str(found)


def entries(client: Any, address: str) -> list[Entry]:
    """The entries, after a look at what RFC 4287 demands of the feed and of each."""
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(answer.content)
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert one(feed, "a:link[@rel='self']/@href") == SITE + address
    assert one(feed, "a:id/text()") == SITE + address
    assert one(feed, "a:author/a:name/text()") == "Briefing"
    moment(one(feed, "a:updated/text()"))
    found = [entry(node) for node in feed.xpath("a:entry", namespaces=ATOM)]
    assert len({row.id for row in found}) == len(found)
    assert all(row.link.startswith(f"{SITE}/") for row in found)
    return found


def entry(node: Any) -> Entry:
    return Entry(
        one(node, "a:id/text()"),
        one(node, "a:title/text()"),
        one(node, "a:link[@rel='alternate']/@href"),
        moment(one(node, "a:updated/text()")),
        node.findtext("a:summary", "", ATOM),
    )


def moment(text: str) -> datetime.datetime:
    read = datetime.datetime.fromisoformat(text)
    assert read.tzinfo is not None
    return read


def decide(cast: Cast) -> None:
    Finding(
        question=cast.founded_2015.question,
        outcome="unresolved",
        reason="Neither says how it knows.",
        decided_by="Edith Desk",
    ).save()


def correct(claim: Claim) -> None:
    words = {"said": "2014.", "says": "2015.", "reason": "A slip."}
    Correction(slug="slip", claim=claim, **words).save()


def titles(client: Any, address: str) -> list[str]:
    return [row.title for row in entries(client, address)]


def test_it_works(client: Any, cast: Cast) -> None:
    found = {row.title: row for row in entries(client, ALL)}
    assert "Source published: Herald report" in found
    claim = found["Claim published: Claim founded-2015."]
    assert claim.link == f"{SITE}/claims/founded-2015/"
    assert claim.updated <= timezone.now()


def test_the_newest_comes_first(client: Any, cast: Cast) -> None:
    decide(cast)
    correct(cast.founded_2015)
    found = entries(client, ALL)
    assert found == sorted(found, key=lambda row: row.updated, reverse=True)
    assert found[0].title == "Correction: Claim founded-2015."
    assert found[0].summary == "We said: 2014. We say now: 2015. A slip."
    assert found[1].title == "Desk decision: When was Northwind Labs founded?"
    assert found[1].summary == "Neither says how it knows."


def test_an_entry_keeps_its_id_until_the_record_changes(
    client: Any, cast: Cast
) -> None:
    before = {row.id for row in entries(client, ALL)}
    assert {row.id for row in entries(client, ALL)} == before
    cast.ada.refresh_from_db()
    cast.ada.wikidata_id = "Q1"
    cast.ada.save()
    new = {row.id: row for row in entries(client, ALL) if row.id not in before}
    assert [row.link for row in new.values()] == [f"{SITE}/people/ada-vance/"]


def test_a_profile_has_its_own(client: Any, cast: Cast) -> None:
    casting.make_person("Someone Else")
    assert titles(client, ADA) == [
        "Claim published: Claim ada-founded.",
        "Person published: Ada Vance",
    ]
    decide(cast)
    correct(cast.founded_2015)
    found = titles(client, FIRM)
    assert found[:2] == [
        "Correction: Claim founded-2015.",
        "Desk decision: When was Northwind Labs founded?",
    ]
    assert "Claim published: Claim ada-founded." in found
    assert "Person published: Ada Vance" not in found
    assert titles(client, ADA)[0] == "Claim published: Claim ada-founded."


def test_it_tells_where_sources_differ(client: Any, cast: Cast) -> None:
    (found,) = entries(client, DIFFERING)
    assert found.title == "When was Northwind Labs founded?"
    assert found.link == SITE + cast.founded_2015.question.get_absolute_url()
    assert "Sources differ. 2015: two articles. 2016: one article." in found.summary
    casting.cite(cast.founded_2016, cast.courier, "Analysts doubt")
    (later,) = entries(client, DIFFERING)
    assert later.id == found.id
    assert later.updated > found.updated


def test_it_never_tells_what_is_not_public(client: Any, cast: Cast) -> None:
    claim = Claim.objects.get(pk=cast.founded_2016.pk)
    claim.status = "withdrawn"
    claim.save()
    for address in (ALL, DIFFERING, FIRM):
        content = client.get(address).content.decode()
        assert "2016" not in content.replace("2026", "")
        assert "Quiet" not in content
        assert "kitchen" not in content
    assert entries(client, DIFFERING) == []


def test_hostile_words_stay_words(client: Any, cast: Cast) -> None:
    with settling.together():
        cast.northwind.refresh_from_db()
        cast.northwind.name = HOSTILE
        cast.northwind.save()
        finding = {"outcome": "unresolved", "decided_by": "Edith Desk"}
        question = cast.founded_2015.question
        Finding(question=question, reason=HOSTILE, **finding).save()
    shown = "]]> </title><script>alert(1)</script> &amp; <!--  \" '"
    assert f"Desk decision: When was {shown} founded?" in titles(client, ALL)
    assert f"When was {shown} founded?" in titles(client, DIFFERING)
    for address in (ALL, FIRM):
        assert any("&lt;script&gt;" in row.summary for row in entries(client, address))


@pytest.mark.parametrize("tail", ["quiet-draft.atom", "nobody.atom"])
def test_there_is_none_of_what_is_not_public(
    client: Any, cast: Cast, tail: str
) -> None:
    assert client.get(f"/feeds/people/{tail}").status_code == 404


def test_it_moves_and_ends_with_its_record(client: Any, cast: Cast) -> None:
    cast.ada.refresh_from_db()
    cast.ada.slug = "ada-v"
    cast.ada.save()
    answer = client.get(ADA)
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/feeds/people/ada-v.atom"
    cast.ada.status = "withdrawn"
    cast.ada.save()
    assert client.get("/feeds/people/ada-v.atom").status_code == 410


def test_pages_lead_to_it(client: Any, cast: Cast) -> None:
    for page, feed in (("/", ALL), ("/people/ada-vance/", ADA), ("/changes/", ALL)):
        source = client.get(page).content.decode()
        kind, _, rest = source.partition('type="application/atom+xml"')
        assert f'href="{feed}"' in rest.partition(">")[0]
    assert f'href="{DIFFERING}"' in client.get("/changes/").content.decode()


def test_there_may_be_nothing(client: Any, db: Any) -> None:
    assert entries(client, ALL) == entries(client, DIFFERING) == []


def test_it_asks_few_queries(
    client: Any, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for address in (ALL, DIFFERING, FIRM):
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)
