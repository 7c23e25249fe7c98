"""The field's formats, each read by the field's own tool."""

from __future__ import annotations

import json
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import bibtexparser
import feedparser
import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
from citeproc import CitationStylesStyle as Style
from citeproc.source.json import CiteProcJSON
from django.core.management import call_command
from django.test import Client
from iiif_prezi3 import Annotation, AnnotationPage
from pyld import jsonld

from briefing.formats.catalogue import FORMATS
from briefing.formats.offers import OF
from entities.models import Alias
from sources.models import Claim, Evidence, Finding, Property
from tests import cast as casting
from tests.cast import Cast
from tests.pages import links

API = "/api/v1/export"
SITE = "http://testserver"
MOTIVATIONS = {"assessing", "questioning", "commenting"}


def fetched(client: Any, path: str) -> str:
    answer = client.get(f"{API}/{path}")
    assert answer.status_code == 200, answer.content
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert not answer.cookies
    return str(answer.content.decode())


def written(name: str) -> str:
    out = StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", out)
        call_command("exportformat", name, "-", base_url=SITE, stderr=StringIO())
    return out.getvalue()


def flattened(text: str) -> list[dict[str, Any]]:
    """The nodes as another program finds them, each under its full names."""

    def no_network(url: str, options: Any) -> Any:
        assert url == "https://schema.org"
        context = {"@context": {"@vocab": "schema:", "url": {"@type": "@id"}}}
        return {"documentUrl": url, "contextUrl": None, "document": context}

    return list(jsonld.flatten(json.loads(text), None, {"documentLoader": no_network}))


def test_it_works(client: Client, cast: Cast) -> None:
    for form in FORMATS:
        answer = client.get(f"{API}/{form.name}/")
        assert answer.headers["Content-Type"] == form.media_type
        name = f'filename="briefing-{form.name}.{form.ending}"'
        assert name in answer.headers["Content-Disposition"]
        assert answer.content.decode() == written(form.name)
        tag = {"HTTP_IF_NONE_MATCH": answer.headers["ETag"]}
        assert client.get(f"{API}/{form.name}/", **tag).status_code == 304


def test_pages_offer_what_there_is(client: Client, cast: Cast) -> None:
    assert {kind for form in FORMATS for kind in form.of} == {*OF}
    for page in (
        *("/people/ada-vance/", "/organisations/northwind-labs/"),
        *("/sources/herald-report/", "/claims/founded-2015/"),
        cast.founded_2015.question.get_absolute_url(),
    ):
        found = [href for href in links(client, page) if href.startswith(API)]
        assert found
        assert {href.split("/")[4] for href in found} <= {one.name for one in FORMATS}
        for href in found:
            assert client.get(href).status_code == 200, href


def test_a_large_collection_comes_in_parts(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.api.taking.MOST", 1)
    seen, url = [], f"{API}/jsonld/"
    while url:
        answer: Any = client.get(url)
        seen += json.loads(answer.content)["@graph"]
        url = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
    monkeypatch.undo()
    assert seen == json.loads(fetched(client, "jsonld/"))["@graph"]


@pytest.mark.parametrize("cursor", ["x", "WzEsMl0x", "WzksMTAwXQ", "WzAsLTFd"])
def test_a_cursor_that_is_none_of_ours(client: Client, cast: Cast, cursor: str) -> None:
    assert client.get(f"{API}/csl/?cursor={cursor}").status_code in (200, 400)


def test_json_ld_tells_each_claim_with_its_sources(client: Any, cast: Cast) -> None:
    Finding(
        question=cast.founded_2015.question,
        outcome="unresolved",
        reason="Nothing settles it.",
        decided_by="Desk",
    ).save()
    nodes = flattened(fetched(client, "jsonld/"))
    claims = [one for one in nodes if "schema:Claim" in one.get("@type", [])]
    assert len(claims) == Claim.objects.public().count()
    reviews = [one for one in nodes if "schema:ClaimReview" in one.get("@type", [])]
    assert len(reviews) == 2
    assert any(one["@id"] == f"{SITE}/people/ada-vance/" for one in nodes)


def test_each_piece_of_evidence_is_an_annotation(client: Any, cast: Cast) -> None:
    page = json.loads(fetched(client, "annotations/"))
    assert page["id"] == f"{SITE}{API}/annotations/"
    read = AnnotationPage(**page).items
    assert len(read) == Evidence.objects.public().count()
    assert {one.motivation for one in read} <= MOTIVATIONS
    (own,) = json.loads(fetched(client, "annotations/claims/founded-2016/"))["items"]
    quote, place = own["target"]["selector"]
    assert casting.POST_TEXT[place["start"] : place["end"]] == quote["exact"]
    assert place["start"] < place["end"]


def test_nothing_of_an_annotation_is_lost_on_its_reader(
    client: Any, cast: Cast
) -> None:
    items = json.loads(fetched(client, "annotations/"))["items"]
    kinds = [{s["type"] for s in one["target"]["selector"]} for one in items]
    assert {"TextQuoteSelector", "TextPositionSelector"} in kinds
    for one in items:
        again = json.loads(Annotation(**one).json())
        assert again["modified"].replace("Z", "+00:00") == one["modified"]
        one["target"]["type"] = "SpecificResource"
        assert {**again, "modified": one["modified"]} == one


def test_its_reader_refuses_what_is_no_annotation(client: Any, cast: Cast) -> None:
    one = json.loads(fetched(client, "annotations/claims/founded-2016/"))["items"][0]
    one["target"]["selector"][0]["type"] = "Likeness"
    with pytest.raises(ValueError, match="selector"):
        Annotation(**one)


def test_a_quote_is_no_longer_than_readers_see_it(
    client: Any, cast: Cast, settings: Any
) -> None:
    settings.PUBLIC_QUOTE_LENGTH = 12
    one = json.loads(fetched(client, "annotations/claims/ada-founded/"))["items"][0]
    quote, place = one["target"]["selector"]
    assert quote["exact"] == "founded"
    assert place["end"] - place["start"] == len("founded")


def test_citeproc_renders_the_sources(client: Any, cast: Cast) -> None:
    casting.make_source("old", title="Old", published="1815~", genre="paper")
    casting.make_source("odd", title="Odd", published="199X", author="A. Bell")
    rows = json.loads(fetched(client, "csl/"))
    read = CiteProcJSON(rows)
    assert len(read) == 5
    by_key = {row["id"]: row for row in rows}
    assert by_key["old"]["issued"] == {"date-parts": [[1815]], "circa": True}
    assert by_key["odd"]["issued"] == {"literal": "the 1990s"}
    assert by_key["post-story"]["issued"] == {"date-parts": [[2025, 1, 28]]}
    style = Style("harvard-cite-them-right", validate=False)
    listed = CitationStylesBibliography(style, read, formatter.plain)
    listed.register(Citation([CitationItem("old")]))
    assert "Old" in str(listed.bibliography()[0])


def test_a_library_reads_the_bibtex(client: Any, cast: Cast) -> None:
    library = bibtexparser.parse_string(fetched(client, "bibtex/"))
    assert not library.failed_blocks
    assert {entry.key for entry in library.entries} == {
        *("herald-report", "courier-copy", "post-story")
    }


def proxies(text: str) -> list[tuple[dict[str, Any], Any]]:
    """Each entity beside what the library makes of it."""
    model = import_module("followthemoney").model
    found = []
    for line in text.splitlines():
        given = json.loads(line)
        schema = model.get(given["schema"])
        assert schema is not None
        schema.validate(given)
        proxy = model.make_entity(given["schema"])
        proxy.id = given["id"]
        for name, values in given["properties"].items():
            for value in values:
                proxy.add(name, value)
        found.append((given, proxy.to_dict()))
    return found


@pytest.fixture
def rich(cast: Cast) -> Cast:
    """What the model has a place for, and what it has none for."""
    Property.objects.filter(key="founded_on").update(ftm="incorporationDate")
    born = casting.make_property("born", "date", ftm="birthDate")
    rough = casting.make_claim(cast.ada, born, "ada-born", date="1815~")
    owner = casting.make_property("owner_of", "entity", ftm="Ownership")
    owns = casting.make_claim(cast.ada, owner, "ada-owns", object=cast.northwind)
    for claim in (rough, owns):
        casting.cite(claim, cast.herald, "Ada Vance")
    Alias(entity=cast.ada, text="A. V.", kind="abbreviation", status="published").save()
    return cast


def listed(entities: list[Any]) -> dict[str, str]:
    return {one["claim"]: one["why"] for e in entities for one in e["not_expressed"]}


def test_what_ftm_cannot_express_is_listed(client: Any, rich: Cast) -> None:
    found = [json.loads(line) for line in fetched(client, "ftm/").splitlines()]
    by_id = {one["id"]: one for one in found}
    whys = listed(found)
    assert whys["ada-born"] == "the model has no date such as “about 1815”"
    assert "birthDate" not in by_id["person-ada-vance"]["properties"]
    assert "no property for “Cost”" in whys["cost-less"]
    owns = by_id["claim-ada-owns"]
    assert owns["schema"] == "Ownership"
    assert owns["properties"]["asset"] == ["organisation-northwind-labs"]
    told = {one["id"] for e in found for one in e["statements"]}
    public = {*Claim.objects.public().values_list("slug", flat=True)}
    assert told | {*whys} == public


@pytest.mark.ftm
def test_the_library_takes_every_value(client: Any, rich: Cast) -> None:
    for given, made in proxies(fetched(client, "ftm/")):
        assert {
            name: sorted(values) for name, values in made["properties"].items()
        } == {name: sorted(values) for name, values in given["properties"].items()}


@pytest.mark.ftm
def test_the_library_alone_would_lose_values() -> None:
    model = import_module("followthemoney").model
    ada = model.make_entity("Person")
    ada.add("birthDate", "circa 1815")
    assert not ada.get("birthDate")


def test_atom_goes_the_same_ways(client: Any, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "changes.atom"
    call_command("exportformat", "atom", str(file), base_url="https://briefing.example")
    feed = feedparser.parse(file.read_bytes())
    assert feed.version == "atom10" and not feed.bozo
    assert feed.feed.title and feed.feed.updated_parsed
    assert all(one.id and one.title and one.updated_parsed for one in feed.entries)
    addresses = [one.link for one in feed.entries]
    assert "https://briefing.example/claims/founded-2015/" in addresses
    answer = client.get("/api/v1/export/atom/", follow=True)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    assert len(feedparser.parse(answer.content).entries) == len(addresses)


def test_a_feed_reader_tells_of_a_broken_feed(client: Any, cast: Cast) -> None:
    whole = client.get("/api/v1/export/atom/", follow=True).content
    assert feedparser.parse(whole[: len(whole) // 2]).bozo
