"""Texts in: three doors, a draft source, copies told, and a text replaced."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entities.models import Organisation
from sources.models import Evidence, Omission, Source, SourceText
from tests.cast import HERALD_TEXT, Cast, cite, make_source
from tests.typing_in import fields

NEW = "/admin/texts/new/"
ARTICLE = "A title of its own\n\nEve Stone went to Bergen in 1999. She stayed there."
LONG = " ".join(f"word{number} of the story" for number in range(60))


@pytest.fixture
def desk(client: Any, editor: Any, cast: Cast) -> Any:
    client.force_login(editor)
    return client


def put_in(client: Any, **given: Any) -> Any:
    """Give a text, accept what is proposed; the page that follows."""
    page = client.post(NEW, given)
    return client.post(NEW, fields(page), follow=True)


def test_it_works(desk: Any) -> None:
    page = put_in(desk, pasted=ARTICLE.replace("\n", "\r\n"))
    source = Source.objects.latest("pk")
    assert page.redirect_chain[-1][0] == f"/admin/read/{source.slug}/"
    assert (source.title, source.status) == ("A title of its own", "draft")
    assert source.text.text == ARTICLE
    assert source.created_by.username == "edith"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", ARTICLE.encode()),
        ("a.html", b"<title>A title</title><article><p>Eve went.</p></article>"),
    ],
)
def test_it_reads_a_file(desk: Any, name: str, content: bytes) -> None:
    put_in(desk, file=SimpleUploadedFile(name, content))
    assert "Eve" in Source.objects.latest("pk").text.text


def test_it_reads_the_source_of_a_page(desk: Any) -> None:
    html = (
        '<html lang="en"><head><title>On Eve</title>'
        '<meta property="og:site_name" content="The Clarion"></head>'
        f"<body><article><p>{LONG}</p></article></body></html>"
    )
    put_in(desk, page=html, url="https://example.org/eve")
    source = Source.objects.latest("pk")
    assert source.url == "https://example.org/eve"
    assert source.publisher == Organisation.objects.get(name="The Clarion")
    assert source.publisher.status == "draft"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Use one of the three"),
        ({"pasted": "a", "page": "b"}, "Use one of the three"),
        ({"pasted": "a\0b"}, "Null characters"),
        ({"pasted": "…"}, "holds no words"),
        ({"url": "nowhere at all", "page": "<p>x</p>"}, "valid URL"),
    ],
)
def test_it_says_what_is_wrong(desk: Any, given: Any, words: str) -> None:
    page = desk.post(NEW, given)
    assert page.status_code == 200
    assert words in page.text
    refused = SimpleUploadedFile("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert "old or encrypted" in desk.post(NEW, {"file": refused}).text


def test_the_very_same_text_is_refused_with_a_link(desk: Any) -> None:
    before = Source.objects.count()
    page = put_in(desk, pasted=HERALD_TEXT)
    assert 'href="/admin/read/herald-report/"' in page.text
    assert Source.objects.count() == before


def test_a_page_that_is_here_already_is_told_first(desk: Any) -> None:
    put_in(desk, pasted=ARTICLE, url="https://www.example.org/eve/?utm_source=x")
    count = Source.objects.count()
    page = put_in(desk, pasted=LONG, url="http://example.org/eve#top")
    assert Source.objects.count() == count
    assert "We have a source with this address already" in page.text
    page = desk.post(NEW, {**fields(page), "is_another": "on"}, follow=True)
    assert Source.objects.count() == count + 1


def test_a_near_copy_is_told_and_noted_with_one_click(desk: Any) -> None:
    make_source("story", LONG, lineage="original")
    page = put_in(desk, pasted=f"{LONG} And one more word.")
    source = Source.objects.latest("pk")
    address = f"/admin/texts/{source.slug}/likeness/"
    assert page.redirect_chain[-1][0] == address
    assert "nearly the same text" in page.text
    desk.post(address, {"derives": "story:copy"})
    source.refresh_from_db()
    assert (source.lineage, source.derivation) == ("derived", "copy")
    assert source.derived_from.slug == "story"
    desk.post("/admin/texts/story/likeness/", {"derives": f"{source.slug}:copy"})
    assert Source.objects.get(slug="story").derived_from is None


OLD = "Ada went. “Ada came,” she said. Ada sat. She left it. Ada was here."
NEXT = 'Well, Ada went. "Ada came," she said. Ada sat. Later Ada sat. Ada was here.'


@pytest.fixture
def story(cast: Cast) -> Source:
    source = make_source("story", OLD)
    for number, quote in enumerate(["Ada went", "“Ada came,”", "Ada sat", "left it"]):
        slug = f"quote-{number}"
        cite(cast.ada_founded, source, quote, slug=slug, confirmed_by="edgar")
    start = OLD.index("Ada was here")
    Omission(source=source, start=start, end=start + 12, reason="None").save()
    return source


def chosen(page: Any, **choices: str) -> dict[str, str]:
    rows = {one.slug: one.pk for one in Evidence.objects.all()}
    sent = {f"quote-{rows[slug]}": word for slug, word in choices.items()}
    return {**fields(page), **sent}


def test_a_new_text_asks_about_each_quote(desk: Any, story: Source) -> None:
    address = "/admin/texts/story/replace/"
    page = desk.post(address, {"pasted": NEXT})
    assert "0 kept, 1 moved, 1 folded, 1 ambiguous, 1 missing" in page.text
    assert SourceText.objects.get(source=story).text == OLD
    page = desk.post(address, chosen(page, **{"quote-0": "accept"}))
    assert "say what becomes of 2 more quotes" in page.text
    at = NEXT.rindex("Ada sat")
    choices = {"quote-0": "accept", "quote-1": "accept", "quote-2": f"{at}-{at + 7}"}
    desk.post(address, chosen(page, **choices))
    rows = {one.slug: one for one in Evidence.objects.filter(source=story)}
    assert SourceText.objects.get(source=story).text == NEXT
    assert (rows["quote-0"].start, rows["quote-0"].anchor) == (6, "verified")
    assert (rows["quote-1"].quote, rows["quote-1"].anchor) == (
        '"Ada came,"',
        "verified",
    )
    assert (rows["quote-2"].start, rows["quote-2"].anchor) == (at, "verified")
    assert (rows["quote-3"].anchor, rows["quote-3"].quote) == ("missing", "left it")
    assert rows["quote-0"].confirmed_by == "edith"
    omission = Omission.objects.get()
    assert NEXT[omission.start : omission.end] == "Ada was here"


def test_case_35_what_is_left_stays_on_the_desk(desk: Any, story: Source) -> None:
    address = "/admin/texts/story/replace/"
    page = desk.post(address, {"pasted": NEXT})
    desk.post(
        address,
        chosen(page, **dict.fromkeys(("quote-0", "quote-1", "quote-2"), "leave")),
    )
    rows = {one.slug: one for one in Evidence.objects.filter(source=story)}
    states = [rows[f"quote-{number}"].anchor for number in range(4)]
    assert states == ["verified", "folded", "ambiguous", "missing"]
    assert {one.confirmed_by for slug, one in rows.items() if slug != "quote-3"} == {""}


def test_case_35_a_claim_whose_quote_is_gone_stops_counting(
    cast: Any, client: Any
) -> None:
    """Though a sentence much like it has taken its place; the old text is kept."""
    claim, text = cast.founded_2016, cast.post.text
    before = client.get(claim.get_absolute_url()).text
    text.text = text.text.replace("In 2016", "In late 2016")
    text.save()
    (evidence,) = claim.evidence.all()
    claim.refresh_from_db()
    assert (evidence.anchor, claim.support) == ("missing", "unsupported")
    assert "1 article;" in before
    assert "1 article;" not in client.get(claim.get_absolute_url()).text
    assert "In 2016" in text.history.earliest().text


def test_a_text_replaced_meanwhile_is_not_overwritten(desk: Any, story: Source) -> None:
    address = "/admin/texts/story/replace/"
    page = desk.post(address, {"pasted": "Ada went. Ada sat."})
    text = SourceText.objects.get(source=story)
    text.text = "Something else."
    text.save()
    page = desk.post(address, {**fields(page)})
    assert "Nothing was saved" in page.text
    assert SourceText.objects.get(source=story).text == "Something else."


def test_contributors_put_in_but_do_not_replace_what_is_published(
    client: Any, contributor: Any, story: Source
) -> None:
    client.force_login(contributor)
    put_in(client, pasted=ARTICLE)
    assert Source.objects.latest("pk").status == "draft"
    assert client.get("/admin/texts/story/replace/").status_code == 403
    sent = {"text": "New", "seen": story.text_sha256}
    assert client.post("/admin/texts/story/replace/", sent).status_code == 403
