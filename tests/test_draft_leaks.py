"""Drafts beside what is public: they change nothing that any reader can see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from entities.models import Alias
from tests.cast import Cast, cite, make_claim
from tests.test_api_changes import end, happened

WORD = "zanzibar"
PAGES = (
    "/organisations/northwind-labs/",
    "/questions/northwind-labs-founded-on/",
    "/claims/founded-2015/",
    "/people/ada-vance/",
    "/sources/post-story/",
    "/",
    "/claims/",
    "/questions/",
    f"/search/?q={WORD}",
    "/api/v1/questions/northwind-labs-founded-on/",
    "/api/v1/claims/?include=evidence",
    f"/api/v1/search/?q={WORD}",
    "/feeds/differing.atom",
)


def _alias(cast: Cast) -> None:
    Alias(entity=cast.ada, text="Ada Zanzibar", status="draft").save()


def _evidence(cast: Cast) -> None:
    row = {"status": "draft", "confirmed_by": "", "note": f"Of {WORD}."}
    cite(cast.founded_2015, cast.post, "set up", slug=f"of-{WORD}", **row)


def _claim(cast: Cast) -> None:
    """Another answer, which differs from the public ones."""
    row = {"date": "1999", "status": "draft", "statement": f"{WORD} in 1999."}
    claim = make_claim(cast.northwind, cast.founded_on, f"in-{WORD}", **row)
    draft = {"status": "draft", "confirmed_by": ""}
    cite(claim, cast.post, "In 2016", slug=f"for-{WORD}", **draft)


def _contradiction(cast: Cast) -> None:
    """A draft that is declared to contradict a public claim."""
    row = {"no_value": True, "status": "draft", "statement": f"Never, {WORD}."}
    claim = make_claim(cast.ada, cast.founded_on, f"not-{WORD}", **row)
    claim.contradicts.add(cast.founded_2015)


@pytest.mark.parametrize("draft", [_alias, _evidence, _claim, _contradiction])
def test_case_45_a_draft_beside_it_changes_nothing(
    client: Client, cast: Cast, draft: Callable[[Cast], Any]
) -> None:
    since = end(client)
    before = {path: client.get(path).content for path in PAGES}
    draft(cast)
    after = {path: client.get(path).content for path in PAGES}
    assert [path for path in PAGES if before[path] != after[path]] == []
    assert happened(client, since) == set()


def test_case_45_what_is_published_beside_it_is_seen(
    client: Client, cast: Cast
) -> None:
    """The control."""
    before = client.get(PAGES[0]).content
    row = {"date": "1999", "statement": "Begun in 1999."}
    claim = make_claim(cast.northwind, cast.founded_on, "in-1999", **row)
    cite(claim, cast.post, "In 2016", slug="for-1999")
    assert client.get(PAGES[0]).content != before
