"""A page as it stood on a day, marked as such, less what readers may not see today."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import docx
import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from entities.models import Alias
from sources.dated import surroundings
from sources.models import Claim, Correction, Finding, Question
from tests.cast import Cast, cite, make_claim, make_person
from tests.past import change, day, days_ago, make_old

NORTHWIND = "/organisations/northwind-labs/"


@pytest.fixture
def old(cast: Cast) -> Cast:
    make_old()
    return cast


def plain(text: str) -> str:
    """What a page says, without what tells the dated one from today's."""
    text = text.partition("<main")[2].partition("</main>")[0]
    text = re.sub(r'<div class="notice as-of".*?</div>', "", text, flags=re.S)
    text = re.sub(r'<details class="history">.*?</details>', "", text, flags=re.S)
    # Files to take along tell of today only.
    text = re.sub(r'<p class="about takeaway">Take this.*?</p>', "", text, flags=re.S)
    text = re.sub(r"\?as_of=[-\d]+", "", text)
    return re.sub(r"\s+", " ", text)


PAGES = [
    *("/people/ada-vance/", NORTHWIND, f"{NORTHWIND}briefing/"),
    *("/claims/founded-2015/", "/sources/herald-report/", "/sources/courier-copy/"),
    *("/questions/northwind-labs-founded-on/", "/questions/northwind-labs-cost/"),
    "/questions/northwind-labs-founded-on/briefing/",
]


@pytest.mark.parametrize("path", PAGES)
def test_it_works(old: Cast, client: Client, path: str) -> None:
    """What has not changed since stands there as it does today, word by word."""
    page = client.get(f"{path}?as_of={day()}")
    assert page.status_code == 200
    assert "As it stood on" in page.text
    assert plain(page.text) == plain(client.get(path).text)


def test_it_says_so_to_machines(old: Cast, client: Client) -> None:
    page = client.get(f"{NORTHWIND}?as_of={day()}")
    assert '<meta name="robots" content="noindex">' in page.text
    assert f'<link rel="canonical" href="http://testserver{NORTHWIND}">' in page.text
    assert "ld+json" not in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"
    for asked in ("application/json", "application/ld+json"):
        page = client.get(f"{NORTHWIND}?as_of={day()}", headers={"accept": asked})
        assert "As it stood on" in page.text
    assert f'href="http://testserver{NORTHWIND}">Today’s page' in page.text


def test_its_links_keep_to_the_day(old: Cast, client: Client) -> None:
    page = client.get(f"{NORTHWIND}?as_of={day()}").text
    records = re.findall(r'href="(/(?:people|claims|questions|sources)/\w[^"]*)"', page)
    assert records and all(f"?as_of={day()}" in href for href in records)
    assert f'href="{NORTHWIND}briefing.md?as_of={day()}"' in page


def test_it_shows_what_was_said_then(old: Cast, client: Client) -> None:
    change(old.ada, name="Ada Vance-Lindt")
    change(old.founded_2015, statement="Another sentence.")
    cite(make_claim(old.ada, old.founder_of, "later", no_value=True), old.post, "2016")
    then = client.get(f"/people/ada-vance/?as_of={day()}").text
    assert "Ada Vance" in then and "Lindt" not in then
    assert "later" not in then and "later" in client.get("/people/ada-vance/").text
    question = "/questions/northwind-labs-founded-on/"
    assert "Claim founded-2015." in client.get(f"{question}?as_of={day()}").text


def test_it_works_out_how_questions_stood(old: Cast, client: Client) -> None:
    """A rival that came later did not differ then."""
    change(old.founded_2016, status="draft")
    make_old()
    change(old.founded_2016, days=5, status="published")
    path = "/questions/northwind-labs-founded-on/"
    assert "mark-differ" in client.get(f"{path}?as_of={day(4)}").text
    assert "mark-differ" not in client.get(f"{path}?as_of={day(6)}").text


def test_it_counts_original_sources_as_then(old: Cast, client: Client) -> None:
    change(old.herald, days=5, lineage="unknown")
    path = "/claims/founded-2015/"
    then, since = (client.get(f"{path}?as_of={day(back)}").text for back in (6, 4))
    assert "mark-one-origin" in then
    assert "mark-one-origin" not in since


def test_it_shows_a_decision_while_it_stood(old: Cast, client: Client) -> None:
    finding = Finding(question=old.founded_2015.question, outcome="unresolved")
    finding.reason, finding.decided_by = "Neither can be.", "Edith"
    finding.decided_at = finding._history_date = days_ago(5)
    finding.save()
    path = "/questions/northwind-labs-founded-on/"
    assert "Neither can be." in client.get(f"{path}?as_of={day(4)}").text
    assert "Neither can be." not in client.get(f"{path}?as_of={day(6)}").text


def test_what_we_withdrew_since_is_marked(old: Cast, client: Client) -> None:
    change(old.founded_2016, status="retracted", status_reason="A slip.")
    today = timezone.localdate().strftime("%-d %B %Y")
    path = "/questions/northwind-labs-founded-on/"
    page = client.get(f"{path}?as_of={day()}").text
    assert "2016" in page and f"withdrawn by us since, on {today}" in page
    page = client.get(f"/claims/founded-2016/?as_of={day()}").text
    assert f"Withdrawn by us since, on {today}." in page
    change(old.post, status="retracted", status_reason="Made up.")
    page = client.get(f"/claims/founded-2016/?as_of={day()}").text
    assert f"<strong>withdrawn by us since, on {today}</strong>" in page


@pytest.mark.parametrize("asked", ["tomorrow", "2026-13-01", "2999-01-01", "20261101"])
def test_a_bad_day_gets_todays_page(old: Cast, client: Client, asked: str) -> None:
    page = client.get(f"{NORTHWIND}?as_of={asked}")
    assert page.status_code == 200
    assert f"“{asked}”" in page.text and 'role="alert"' in page.text
    assert "noindex" not in page.text
    assert f"“{asked}”" in client.get(f"{NORTHWIND}briefing.md?as_of={asked}").text


def test_a_day_before_all_records_gets_todays_page(old: Cast, client: Client) -> None:
    page = client.get(f"{NORTHWIND}?as_of=1999-01-01")
    assert "is before our first record" in page.text
    assert client.get(f"{NORTHWIND}?as_of=").status_code == 200


def test_what_was_not_public_then_is_not_there(old: Cast, client: Client) -> None:
    make_person("Late Comer")
    page = client.get(f"/people/late-comer/?as_of={day()}")
    assert page.status_code == 404
    assert "Not public on" in page.text
    assert 'href="/people/late-comer/">today’s page' in page.text
    assert client.get(f"/people/nobody/?as_of={day()}").status_code == 404
    assert client.get(f"/people/quiet-draft/?as_of={day()}").status_code == 404


def test_it_finds_renamed_records(old: Cast, client: Client) -> None:
    change(old.ada, slug="ada-lindt")
    there = f"/people/ada-vance/?as_of={day()}"
    assert client.get(there).status_code == 200
    assert client.get(f"/people/ada-lindt/?as_of={day()}").url == there
    briefing = client.get(f"/people/ada-lindt/briefing.md?as_of={day()}")
    assert briefing.url == f"/people/ada-vance/briefing.md?as_of={day()}"
    today = day(0)
    answer = client.get(f"/people/ada-vance/?as_of={today}")
    assert answer.url == f"/people/ada-lindt/?as_of={today}"


def test_documents_say_the_day(old: Cast, client: Client) -> None:
    """And have the version that the document of that day had."""
    path = f"{NORTHWIND}briefing"
    version = re.search(r"version (\w+)", client.get(f"{path}.md").text)
    change(old.founded_2015, statement="Another sentence.")
    text = client.get(f"{path}.md?as_of={day()}").text
    assert "**As it stood on" in text and f"as_of={day()})" in text
    assert version and version[0] in text
    file = client.get(f"{path}.docx?as_of={day()}").content
    words = [one.text for one in docx.Document(BytesIO(file)).paragraphs]
    assert any("As it stood on" in one for one in words)


def test_the_cited_address_is_true(old: Cast, client: Client) -> None:
    Claim.objects.update(modified_at=days_ago(20))
    page = client.get("/claims/founded-2015/").text
    (cited,) = re.findall(r'href="http://testserver([^"]+as_of=[-\d]+)"', page)
    change(old.founded_2015, statement="Another sentence.")
    assert client.get(cited).status_code == 200
    then = client.get(f"/claims/founded-2015/cite.bib?as_of={day()}").text
    assert "Claim founded-2015." in then


def test_it_writes_nothing_and_gives_the_database_back(
    old: Cast, client: Client
) -> None:
    real = connections["default"]
    with connection.execute_wrapper(_refuse_writing):
        for path in PAGES:
            client.get(f"{path}?as_of={day()}")
    assert connections["default"] is real
    assert Question.objects.count() == 4


def _refuse_writing(execute: Any, sql: str, *rest: Any) -> Any:
    assert sql.split()[0] == "SELECT", sql
    return execute(sql, *rest)


def test_an_error_gives_the_database_back(
    old: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = connections["default"]

    def fail(*_: Any) -> None:
        raise RuntimeError("on the way")

    monkeypatch.setattr("briefing.pages.claims.read", fail)
    with pytest.raises(RuntimeError):
        client.get(f"/claims/founded-2015/?as_of={day()}")
    assert connections["default"] is real


def test_whoever_is_signed_in_reads_it_too(
    old: Cast, client: Client, editor: Any
) -> None:
    client.force_login(editor)
    assert client.get(f"{NORTHWIND}?as_of={day()}").status_code == 200


@pytest.mark.parametrize(
    ("path", "part"),
    [
        (NORTHWIND, "/questions/northwind-labs-founded-on/"),
        ("/questions/northwind-labs-founded-on/", "/claims/founded-2015/"),
        ("/sources/herald-report/", "/claims/founded-2015/"),
    ],
)
def test_what_is_too_large_says_so(
    old: Cast, client: Client, path: str, part: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(surroundings, "MOST", 0)
    page = client.get(f"{path}?as_of={day()}")
    assert "Too large to show as it stood" in page.text
    assert f'href="{part}?as_of={day()}"' in page.text


def test_names_and_corrections_stand_as_then(old: Cast, client: Client) -> None:
    alias = Alias(entity=old.ada, text="A. Vance", status="published")
    alias.save()
    correction = Correction(claim=old.ada_founded, said="No.", says="Yes.", reason="Ow")
    correction.save()
    make_old(20)
    Alias.objects.get().delete()
    page = client.get(f"/people/ada-vance/?as_of={day()}").text
    assert "A. Vance" not in page
    assert "We said: No." in page
    assert "We said" not in client.get(f"/people/ada-vance/?as_of={day(25)}").text


def test_a_merged_record_stands_as_it_did(old: Cast, client: Client) -> None:
    twin = make_person("Ada Twin")
    make_old(20)
    change(twin, merged_into=old.ada)
    assert client.get("/people/ada-twin/").status_code == 301
    assert client.get(f"/people/ada-twin/?as_of={day()}").status_code == 200
