"""What crawlers are told: where to go, and where not."""

from __future__ import annotations

from typing import Any

from lxml import etree

from briefing.pages.sitemaps import SECTIONS
from sources.models import Claim
from tests.cast import Cast

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
SITE = "http://testserver"


def places(client: Any, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/xml"
    document = etree.fromstring(answer.content)
    return [str(row) for row in document.xpath("//s:loc/text()", namespaces=SPACE)]


def everywhere(client: Any) -> list[str]:
    """All addresses, from the index on."""
    sections = [found.removeprefix(SITE) for found in places(client, "/sitemap.xml")]
    return [place for section in sections for place in places(client, section)]


def test_it_works(client: Any, cast: Cast) -> None:
    found = everywhere(client)
    assert len(found) == len(set(found))
    assert f"{SITE}/people/ada-vance/" in found
    assert f"{SITE}/claims/founded-2015/" in found
    assert SITE + cast.cost_about.question.get_absolute_url() in found
    assert f"{SITE}/sources/herald-report/" in found


def test_every_address_in_it_is_a_page(client: Any, cast: Cast) -> None:
    for place in everywhere(client):
        assert client.get(place.removeprefix(SITE)).status_code == 200, place


def test_it_names_nothing_that_is_not_public(client: Any, cast: Cast) -> None:
    for record, status in ((cast.founded_2016, "withdrawn"), (cast.post, "draft")):
        record.refresh_from_db()
        record.status = status
        record.save()
    claim = Claim.objects.get(pk=cast.cost_about.pk)
    claim.hold = "A lawyer reads it."
    claim.save()
    told = " ".join(everywhere(client))
    for slug in ("quiet", "founded-2016", "post-story", "cost-about"):
        assert slug not in told


def test_a_long_list_is_split(client: Any, cast: Cast, monkeypatch: Any) -> None:
    whole = everywhere(client)
    monkeypatch.setattr(SECTIONS["claim"], "limit", 2)
    index = places(client, "/sitemap.xml")
    assert f"{SITE}/sitemap-claim.xml?p=2" in index
    assert sorted(everywhere(client)) == sorted(whole)


def test_there_is_no_other_section(client: Any, cast: Cast) -> None:
    for address in ("/sitemap-nothing.xml", "/sitemap-claim.xml?p=9"):
        assert client.get(address).status_code == 404


def test_robots_are_told_where_not_to_go(client: Any, db: Any) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /admin/" in lines
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
