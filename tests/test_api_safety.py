"""What readers do not see is in no answer of the API; nothing it is asked breaks it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.api.embedding import paths
from briefing.api.resources import RESOURCES
from entities.models import Alias
from sources.models import Note
from tests.cast import (
    Cast,
    cite,
    make_claim,
    make_organisation,
    make_person,
    make_source,
)
from tests.tables import contents

API = "/api/v1"
CANARY = "Zebulon"
HIDDEN = ("draft", "in_review", "retracted", "withdrawn")


def everything(client: Client) -> str:
    """All that every list, record and way of including gives, as one text."""
    told = []
    for resource in RESOURCES:
        included = ",".join(paths(resource))
        for query in ("", f"&include={included}" if included else ""):
            page = client.get(f"{API}/{resource.plural}/?page_size=100{query}")
            assert page.status_code == 200
            told.append(page.content.decode())
            for record in page.json()["results"]:
                key = record.get("slug") or record["key"]
                one = client.get(f"{API}/{resource.plural}/{key}/")
                told.append(one.content.decode())
    for address in (f"/search/?q={CANARY}", "/search/?q=canary", "/changes/"):
        told.append(client.get(f"{API}{address}").content.decode())
    return "".join(told)


def make_canaries(cast: Cast, status: str) -> None:
    """Records that readers do not see, each told by the others in every way."""
    hidden = {"status": status, "status_reason": f"{CANARY} reason"}
    person = make_person(f"{CANARY} Person", slug="canary-person", **hidden)
    house = make_organisation(f"{CANARY} House", slug="canary-house", **hidden)
    source = make_source("canary-source", title=f"{CANARY} Gazette", **hidden)
    claim = make_claim(
        cast.northwind, cast.founded_on, "canary-claim", date="2018", **hidden
    )
    cite(claim, source, f"{CANARY} passage", slug="canary-one", **hidden)
    cite(cast.founded_2016, source, "words", slug="canary-two")
    told = {"speaker": person, "via": source, "slug": "of-canary", "voice": "named"}
    cite(cast.founded_2016, cast.herald, "in 2015", **told)
    Alias(entity=cast.ada, text=f"{CANARY} Alias", status=status).save()
    cast.post.publisher = house
    cast.post.save()
    cast.ada.summary = f"Ada is {CANARY}. She is not.[[canary-claim]] {CANARY}."
    cast.ada.save()
    Note(claim=cast.founded_2015, text=f"{CANARY} note").save()


@pytest.mark.parametrize("status", HIDDEN)
def test_case_45_nothing_hidden_is_told(
    client: Client, cast: Cast, status: str
) -> None:
    make_canaries(cast, status)
    told = everything(client)
    assert CANARY not in told
    assert "canary-" not in told
    evidence = client.get(f"{API}/evidence/of-canary/").json()
    assert evidence["speaker"] is evidence["speaker_type"] is None
    assert evidence["not_published"] == ["speaker", "via"]


@pytest.mark.parametrize("by", ["hold", "not_before"])
def test_what_waits_is_not_told(client: Client, cast: Cast, by: str) -> None:
    value = "legal" if by == "hold" else "2999-01-01T00:00:00Z"
    held = make_source("canary-source", title=f"{CANARY} Gazette", **{by: value})
    cite(cast.founded_2016, cast.herald, "in 2015", via=held, slug="of-held")
    cast.courier.derived_from = held
    cast.courier.save()
    told = everything(client)
    assert CANARY not in told
    assert "canary-" not in told
    assert "legal" not in told


def test_private_columns_are_in_no_shape() -> None:
    private = {"hold", "sensitivity", "not_before", "created_by", "assignee", "due_on"}
    private |= {"prefix", "suffix", "version", "considered", "id"}
    for resource in RESOURCES:
        assert not private & set(resource.shape.names())


def test_a_long_quote_is_cut(client: Client, cast: Cast, settings: Any) -> None:
    settings.PUBLIC_QUOTE_LENGTH = 8
    assert "founded Northwind Labs" not in everything(client)
    quoted = client.get(f"{API}/evidence/ada-founded-herald-report/").json()["quote"]
    assert quoted == "founded…"


def test_case_46_a_draft_is_not_found(client: Client, cast: Cast) -> None:
    for path in ("people/quiet-draft", "claims/quiet-claim", "people/nobody-at-all"):
        answer = client.get(f"{API}/{path}/")
        assert answer.status_code == 404
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_case_47_what_was_withdrawn_says_only_when(client: Client, cast: Cast) -> None:
    for record, plural in ((cast.founded_2016, "claims"), (cast.post, "sources")):
        record.status = "withdrawn"
        record.status_reason = f"{CANARY} reason"
        record.save()
        answer = client.get(f"{API}/{plural}/{record.slug}/")
        assert answer.status_code == 410
        assert answer.json()["withdrawn_on"] == record.status_at.date().isoformat()
        assert CANARY not in answer.content.decode()


def test_what_was_taken_back_says_why(client: Client, cast: Cast) -> None:
    evidence = cast.founded_2015.evidence.get(slug="founded-2015-courier-copy")
    for record, path in ((cast.post, "sources"), (evidence, "evidence")):
        record.status, record.status_reason = "retracted", "It was a hoax."
        record.save()
        answer = client.get(f"{API}/{path}/{record.slug}/").json()
        assert (answer["status"], answer["status_reason"]) == (
            "retracted",
            "It was a hoax.",
        )
        assert "quote" not in answer


def test_a_renamed_record_leads_on(client: Client, cast: Cast) -> None:
    cast.ada.slug = "ada-quill"
    cast.ada.save()
    answer = client.get(f"{API}/people/ada-vance/?fields=name")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"{API}/people/ada-quill/?fields=name"


def test_a_merged_record_leads_on(client: Client, cast: Cast) -> None:
    other = make_person("Ada V.", slug="ada-v")
    other.merged_into = cast.ada
    other.save()
    answer = client.get(f"{API}/people/ada-v/")
    assert answer.headers["Location"] == f"{API}/people/ada-vance/"


def test_case_51_reading_writes_nothing(
    client: Client, cast: Cast, settings: Any
) -> None:
    settings.API_RATE = "1000/min"
    before = contents()
    everything(client)
    assert contents() == before


def test_machines_get_no_cookie(client: Client, cast: Cast) -> None:
    for path in ("/", "/people/", "/people/ada-vance/", "/docs/", "/schema/"):
        answer = client.get(f"{API}{path}")
        assert not answer.cookies
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_too_many_requests_are_told_to_wait(
    client: Client, cast: Cast, settings: Any
) -> None:
    settings.API_RATE = "2/min"
    caches["rates"].clear()
    answers = [client.get(f"{API}/people/") for _ in range(3)]
    caches["rates"].clear()
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2].headers["Retry-After"]) > 0
    assert answers[2].headers["Content-Type"] == "application/problem+json"


def test_a_full_disk_keeps_nobody_from_reading(
    client: Client, cast: Cast, settings: Any, monkeypatch: Any
) -> None:
    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError("No space left on device")

    settings.API_RATE = "2/min"
    monkeypatch.setattr(caches["rates"], "set", full)
    assert client.get(f"{API}/people/").status_code == 200


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    path=st.sampled_from([*(one.plural for one in RESOURCES), "search", "changes"]),
    query=st.dictionaries(
        st.sampled_from(
            [*("q", "sort", "cursor", "page_size", "fields", "include", "count")]
            + [*("about", "support", "category", "claim", "kind", "state")]
        ),
        st.text(max_size=40),
        max_size=4,
    ),
)
def test_case_51_no_query_breaks_it(
    client: Client, cast: Cast, path: str, query: dict[str, str]
) -> None:
    words = "&".join(
        f"{name}={quote(value, errors='replace')}" for name, value in query.items()
    )
    answer = client.get(f"{API}/{path}/?{words}")
    assert answer.status_code in (200, 400)
