"""No form of a briefing tells what is not public, and no words in it do anything."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from django.utils import timezone

from entities.models import Alias
from sources.models import Note
from tests import cast as casting
from tests.cast import Cast
from tests.pages import visible
from tests.test_briefing_documents import (
    ADA,
    FIRM,
    content,
    from_markdown,
    from_word,
    notes,
    question,
)

CANARY = "Zanzibar"
HOSTILE = (
    "<script>alert(1)</script> **b** _i_ `c` [x](javascript:alert(1)) ![p](q) | a | "
    "]]> &amp; <!-- $x$ {% y %} http://evil.example www.evil.example @me [^1] "
    "\\ ~~s~~ \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \U0001f600"
)
HIDDEN = "\x07\u202e\u2066"


def words(client: Any, record: str, form: str) -> str:
    """All that a form holds, in whatever part of its file."""
    raw = content(client, f"{record}{form}")
    if not form.endswith("docx"):
        return raw.decode()
    with ZipFile(io.BytesIO(raw)) as file:
        return "".join(file.read(name).decode("latin-1") for name in file.namelist())


def secrets(cast: Cast) -> None:
    """Everything that a reader may not see, with the canary in it."""
    soon = timezone.now() + datetime.timedelta(days=1)
    hidden = {"held": {"hold": CANARY}, "later": {"not_before": soon}}
    hidden["draft"] = {"status": "draft"}
    for year, (name, fields) in enumerate(hidden.items(), 1990):
        claim = casting.make_claim(
            *(cast.northwind, cast.founded_on, f"{name}-claim"),
            **{"date": str(year), "statement": f"{CANARY}."} | fields,
        )
        casting.cite(claim, cast.post, "In 2016")
        source = casting.make_source(f"{name}-source", CANARY, title=CANARY, **fields)
        casting.cite(cast.founded_2015, source, CANARY)
    casting.cite(
        *(cast.ada_founded, cast.courier, "according"),
        **{"note": CANARY, "status": "draft"},
    )
    cast.quiet.refresh_from_db()
    cast.quiet.name = CANARY
    cast.quiet.save()
    casting.cite(cast.founded_2016, cast.courier, "Analysts", speaker=cast.quiet)
    Alias(entity=cast.ada, text=CANARY).save()
    Note(claim=cast.founded_2015, text=CANARY).save()


@pytest.mark.parametrize("form", ["briefing/", "briefing.md", "briefing.docx"])
def test_case_45_it_never_tells_what_is_not_public(
    client: Any, cast: Cast, form: str
) -> None:
    secrets(cast)
    for record in (ADA, FIRM, question(cast)):
        told = words(client, record, form)
        assert CANARY not in told
        assert not re.search(r"\b199\d\b", told)
        assert "kitchen" not in told
    assert "not published" in words(client, FIRM, form)


def test_it_cuts_a_quote_as_pages_do(client: Any, cast: Cast, settings: Any) -> None:
    settings.PUBLIC_QUOTE_LENGTH = 12
    for form in ("briefing/", "briefing.md"):
        told = words(client, ADA, form)
        assert "“…founded…" in told
        assert "founded Northwind Labs" not in told


def make_hostile(cast: Cast) -> None:
    odd = casting.make_source("odd", f"# {HOSTILE}{HIDDEN}.", title=f"1. {HOSTILE}")
    casting.cite(
        *(cast.founded_2016, odd, f"# {HOSTILE}{HIDDEN}"),
        **{"hedge": HOSTILE, "speaker_label": "- x\n| y", "voice": "named"},
    )
    cast.northwind.refresh_from_db()
    cast.northwind.name = f"+ {HOSTILE}"
    cast.northwind.save()


def test_case_48_hostile_words_stay_words(client: Any, cast: Cast) -> None:
    make_hostile(cast)
    printed = content(client, f"{FIRM}briefing/").decode()
    word, markdown = from_word(client, FIRM), from_markdown(client, FIRM)
    assert notes(word, "footnote-") == notes(printed, "n") == notes(markdown, "fn")
    for html in (printed, word, markdown):
        assert f"“…# {HOSTILE}…”" in visible(html).replace("“ ", "“")
        assert "<script>alert" not in html
        assert 'href="javascript' not in html
        assert not set(HIDDEN).intersection(html)
    assert "<h1>+ &lt;script&gt;" in markdown
    raw = words(client, FIRM, "briefing.md")
    assert "http://evil" not in raw
    assert "www.evil" not in raw


def test_the_same_data_gives_the_same_bytes(client: Any, cast: Cast) -> None:
    for form in ("briefing.md", "briefing.docx"):
        for record in (ADA, FIRM, question(cast)):
            first = content(client, f"{record}{form}")
            assert content(client, f"{record}{form}") == first


def test_its_version_changes_with_what_it_says(client: Any, cast: Cast) -> None:
    def properties() -> Any:
        file = io.BytesIO(content(client, f"{FIRM}briefing.docx"))
        return docx.Document(file).core_properties

    before = properties()
    assert (before.author, before.title) == ("Briefing", "Northwind Labs")
    fresh = casting.make_source("fresh", "It began in 2016.")
    casting.cite(cast.founded_2016, fresh, "in 2016")
    after = properties()
    assert after.version != before.version
    assert after.modified >= before.modified
    told = content(client, f"{FIRM}briefing/").decode()
    assert f"version {after.version}" in told


def test_it_says_what_stands_at_the_record_itself(client: Any, cast: Cast) -> None:
    assert client.get("/people/quiet-draft/briefing.docx").status_code == 404
    assert client.get("/questions/never-asked/briefing/").status_code == 404
    cast.ada.refresh_from_db()
    cast.ada.slug = "ada-v"
    cast.ada.save()
    answer = client.get("/people/ada-vance/briefing.docx")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/people/ada-v/briefing.docx"
    cast.ada.status = "withdrawn"
    cast.ada.save()
    assert client.get("/people/ada-v/briefing.md").status_code == 410
    assert b"Ada Vance" not in client.get("/people/ada-v/briefing.md").content


@pytest.mark.parametrize("form", ["briefing/", "briefing.md", "briefing.docx"])
def test_it_asks_few_queries(
    client: Any, cast: Cast, django_assert_max_num_queries: Any, form: str
) -> None:
    for record in (ADA, FIRM, question(cast)):
        content(client, f"{record}{form}")
        with django_assert_max_num_queries(12):
            content(client, f"{record}{form}")
