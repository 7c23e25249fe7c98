"""Articles in the source of web pages."""

import json
import socket

import pytest

from sources.reading import webpages
from sources.reading.intake import IntakeError, from_file, from_page

WORDS = [
    "The bridge over the harbour was opened on Tuesday by the mayor of the town.",
    "She cut a ribbon of blue silk, and said that it had cost 12 million crowns.",
    "Nobody had asked the swans – “which is a pity”, as one of them remarked.",
]
ARTICLE = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Gull Online"},
        {
            "@type": ["NewsArticle"],
            "headline": "Bridge opens at last",
            "author": [{"name": "Ida Moll"}, {"@type": "Person", "name": "Ben Roe"}],
            "publisher": {"@type": "Organization", "name": "The Daily Gull"},
            "datePublished": "2024-03-05T23:10:00+01:00",
            "inLanguage": "en-GB",
            "mainEntityOfPage": {"@id": "https://gull.example/bridge"},
        },
    ],
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("the page was fetched from")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def page(head="", words=WORDS, root='<html lang="en">'):
    body = "".join(f"<p>{one}</p>\n" for one in words)
    return (
        f"<!doctype html>{root}<head><title>Bridge | Gull</title>{head}"
        '<script src="https://evil.example/x.js"></script></head><body>'
        '<nav><a href="/">Home</a> <a href="/news">News</a></nav>'
        f"<article><h1>Bridge opens</h1>{body}"
        '<img src="https://evil.example/pixel.png"></article>'
        "<footer>All rights reserved.</footer></body></html>"
    )


def linked(data):
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_it_works():
    found = from_page(page(linked(ARTICLE)))
    assert found.title == "Bridge opens at last"
    assert found.author == "Ida Moll, Ben Roe"
    assert found.publisher == "The Daily Gull"
    assert (found.published, found.language) == ("2024-03-05", "en-GB")
    assert found.url == "https://gull.example/bridge"
    assert found.extractor.startswith("trafilatura 2.")
    assert found.warnings == ()


def test_it_has_the_article_and_nothing_around_it():
    text = from_page(page()).text
    assert all(words in text for words in WORDS)
    assert "Home" not in text and "rights" not in text and "<" not in text


def test_it_reads_open_graph_and_meta_elements():
    head = (
        '<meta property="og:title" content="Bridge &amp; swans">'
        '<meta name="author" content="Ida Moll">'
        '<meta property="og:site_name" content="The Daily Gull">'
        '<meta property="article:published_time" content="2024-03-05T08:00:00Z">'
        '<link rel="canonical" href="https://gull.example/b">'
    )
    found = from_page(page(head))
    assert (found.title, found.author) == ("Bridge & swans", "Ida Moll")
    assert (found.publisher, found.published) == ("The Daily Gull", "2024-03-05")
    assert (found.url, found.language) == ("https://gull.example/b", "en")


def test_it_takes_no_address_for_an_author():
    head = '<meta property="article:author" content="https://social.example/ida">'
    assert "://" not in from_page(page(head)).author


@pytest.mark.parametrize("charset", ["no-such-code", "ascii"])
def test_it_reads_a_page_that_declares_a_wrong_encoding(charset):
    html = page(f'<meta charset="{charset}">').encode()
    assert WORDS[2] in from_file("page.html", html).text


def test_it_prefers_the_address_it_is_given():
    found = from_page(page(linked(ARTICLE)), "https://gull.example/given")
    assert found.url == "https://gull.example/given"


@pytest.mark.parametrize(
    "data",
    [
        "{broken",
        "[" * 50_000,
        json.dumps({"@type": "NewsArticle", "author": 7, "headline": None}),
        json.dumps({"@type": {"a": 1}, "publisher": [[[]]]}),
        json.dumps({"@type": "Article", "url": "javascript:alert(1)"}),
    ],
)
def test_it_takes_no_harm_from_broken_data(data):
    head = f'<script type="application/ld+json">{data}</script>'
    found = from_page(page(head))
    assert WORDS[0] in found.text
    assert (found.published, found.url) == ("", "")


def test_it_reads_the_same_page_always_alike():
    assert from_page(page(linked(ARTICLE))) == from_page(page(linked(ARTICLE)))


def test_it_reads_a_part_of_a_page():
    found = from_page("".join(f"<p>{one}</p>" for one in WORDS))
    assert WORDS[2] in found.text


def test_it_gives_all_words_where_no_article_is_made_out():
    found = from_page("<html><body><ul><li>Bread</li><li>Milk</li></ul></body></html>")
    assert "Milk" in found.text


def test_it_says_when_a_repetition_is_left_out():
    found = from_page(page(words=[*WORDS, WORDS[2]]))
    assert found.text.count(WORDS[2]) == 1
    assert "twice" in found.warnings[0]


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "gb18030"])
def test_it_reads_a_file_in_the_encoding_it_declares(encoding):
    words = [*WORDS[:2], "Café – “x” for the swan, who was there too and saw it all."]
    if encoding == "iso-8859-1":
        words[2] = "The café of the swan, who was there too and saw it all."
    html = page(f'<meta charset="{encoding}">', words)
    if encoding == "iso-8859-1":
        html = html.replace("–", "-")
    found = from_file("page.html", html.encode(encoding))
    assert words[2] in found.text


def test_it_reads_a_page_that_was_saved_as_text():
    assert WORDS[0] in from_file("page.txt", page().encode()).text


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("", "no mark-up"),
        ("only words", "no mark-up"),
        ("<html><body></body></html>", "no article"),
        ("<div>" * 100_000, "no article|cannot be read"),
        ("<p>" + "word " * 1_000_001, "at most 5 MB"),
    ],
)
def test_it_refuses_what_holds_no_article(html, named):
    with pytest.raises(IntakeError, match=named):
        from_page(html)


def test_a_parser_that_fails_is_the_page_s_fault(monkeypatch):
    def fail(*args, **kwargs):
        raise RecursionError

    monkeypatch.setattr(webpages.trafilatura, "extract", fail)
    with pytest.raises(IntakeError, match="cannot be read as a web page"):
        from_page(page())
