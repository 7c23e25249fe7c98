"""No page as it stood on a day shows what readers may not see today, or ever could."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from entities.models import Alias, Distinction
from sources import publication
from sources.dated import filling, surroundings, versions
from sources.models import Claim, Correction, Finding, Note, Source, SourceText
from tests.cast import Cast, cite, make_claim, make_person, make_source
from tests.past import change, day, days_ago, make_old

CANARY = "Canary"
PAGES = [
    *("/people/ada-vance/", "/people/ada-vance/briefing/", "/claims/founded-2015/"),
    *("/organisations/northwind-labs/", "/organisations/northwind-labs/briefing.md"),
    *("/questions/northwind-labs-founded-on/", "/sources/herald-report/"),
    *("/questions/northwind-labs-founded-on/briefing.md", "/sources/post-story/"),
    "/claims/ada-founded/",
]


def met(client: Client) -> list[str]:
    """The dated pages that show the canary."""
    days = [day(), day(2)]
    asked = [f"{path}?as_of={one}" for path in PAGES for one in days]
    return [path for path in asked if CANARY in client.get(path).text]


@pytest.fixture
def canaries(cast: Cast) -> dict[str, Any]:
    """Beside the cast, records that all its pages show, each with the canary in it."""
    claim = make_claim(
        cast.northwind, cast.founded_on, "canary", statement="Canary.", date="2020"
    )
    person = make_person("Canary Person")
    source = make_source("canary", title="Canary Times")
    quoted = cite(cast.founded_2015, cast.post, "Canary words", speaker=cast.ada)
    rows = {
        "claim": claim,
        "person": person,
        "source": source,
        "quoted": quoted,
        "named": make_claim(cast.ada, cast.founder_of, "knows", object=person),
        "alias": Alias(entity=cast.ada, text="Canary Vance", status="published"),
    }
    rows["alias"].save()
    cite(claim, cast.herald, "in 2015", speaker=person)
    cite(cast.founded_2015, source, "words", slug="from-canary")
    cite(rows["named"], cast.herald, "Ada Vance", slug="of-canary")
    correction = Correction(claim=claim, said="Canary said.", says="Not.", reason="Ow.")
    correction.save()
    finding = Finding(question=claim.question, outcome="preferred", decided_by="Edith")
    finding.reason = "Canary is right."
    finding.save()
    finding.preferred.set([claim])
    make_old()
    return rows


def test_it_works(canaries: Any, client: Client) -> None:
    """The canary is on the pages as long as readers may see it."""
    assert len(met(client)) > 10


def take_down(rows: dict[str, Any], **fields: Any) -> None:
    for row in rows.values():
        known = {name: value for name, value in fields.items() if hasattr(row, name)}
        change(row, **known)


@pytest.mark.parametrize("status", ["withdrawn", "draft", "in_review"])
def test_what_is_taken_down_today_was_never_there(
    canaries: Any, client: Client, status: str
) -> None:
    take_down(canaries, status=status)
    assert met(client) == []
    page = client.get(f"/claims/canary/?as_of={day()}")
    assert page.status_code == (410 if status == "withdrawn" else 404)


@pytest.mark.parametrize(
    "held",
    [{"hold": "A letter."}, {"not_before": timezone.now() + datetime.timedelta(9)}],
)
def test_what_is_held_back_today_was_never_there(
    canaries: Any, client: Client, held: dict[str, Any]
) -> None:
    for name in ("person", "quoted", "alias"):
        change(canaries.pop(name), status="withdrawn")
    take_down(canaries, **held)
    assert met(client) == []
    assert client.get(f"/claims/canary/?as_of={day()}").status_code == 404
    assert client.get(f"/sources/canary/?as_of={day()}").status_code == 404


def test_what_is_deleted_today_was_never_there(canaries: Any, client: Client) -> None:
    Finding.objects.all().delete()
    for name in ("quoted", "alias", "claim", "named", "source", "person"):
        row = canaries[name]
        if hasattr(row, "evidence"):
            row.evidence.all().delete()
        row.delete()
    assert met(client) == []
    assert client.get(f"/people/canary-person/?as_of={day()}").status_code == 404


def test_what_was_withdrawn_for_a_while_is_absent_then(
    cast: Cast, client: Client
) -> None:
    change(cast.founded_2016, days=20, status="withdrawn", statement="Canary.")
    Claim.history.filter(history_date__lt=days_ago(40)).delete()
    change(cast.founded_2016, status="published", statement="Clean.")
    assert met(client) == []


def test_drafts_notes_and_texts_stay_where_they_are(cast: Cast, client: Client) -> None:
    draft = make_claim(
        *(cast.ada, cast.founder_of, "draft"),
        **{"statement": "Canary.", "no_value": True, "status": "draft"},
    )
    cite(draft, cast.herald, "Ada Vance", status="draft")
    Note(claim=cast.founded_2015, text="Canary note.").save()
    SourceText.objects.filter(source=cast.post).update(text="Canary text.")
    SourceText.history.update(text="Canary text.")
    change(cast.quiet, name="Canary Draft")
    make_old()
    change(draft, status="published")
    publication.publish_evidence(draft)
    assert met(client) == []


def test_nothing_unseen_comes_into_the_memory(cast: Cast) -> None:
    """Who is not shown is there without a name, so that it reads “not published”."""
    change(cast.post, publisher=cast.northwind, note="")
    evidence = cast.founded_2015.evidence.get(source=cast.courier)
    evidence.speaker = cast.quiet
    evidence.save()
    make_old()
    change(cast.northwind, status="withdrawn")
    found = surroundings.around(
        Source, cast.courier.pk, versions.Versions(days_ago(10))
    )
    rows = filling.made(found, (Source, cast.courier.pk))
    words = [str(row.__dict__) for some in rows.values() for row in some]
    assert not [one for one in words if "Quiet" in one or "Northwind" in one]


def test_an_embargo_of_then_holds_for_then(cast: Cast, client: Client) -> None:
    """What was under embargo on that day was not public on it."""
    ended = days_ago(5)
    change(cast.founded_2016, statement="Canary.", not_before=ended)
    make_old()
    assert [path for path in met(client) if day() in path] == []
    assert met(client) != []


def test_what_tells_a_hidden_record_apart_is_hidden(cast: Cast, client: Client) -> None:
    other = make_person("Other Vance")
    Distinction(first=cast.ada, second=other, reason="Canary is older.").save()
    make_old()
    assert met(client) != []
    change(other, status="withdrawn")
    assert met(client) == []


def test_a_quote_that_is_not_found_was_not_then(cast: Cast, client: Client) -> None:
    cite(cast.founded_2016, cast.herald, "no such words", slug="lost")
    make_old()
    page = client.get(f"/claims/founded-2016/?as_of={day()}").text
    assert "not found in our copy" in page
