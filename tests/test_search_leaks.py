"""What readers do not see is in no result, count, suggestion or near name."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from entities.models import Alias
from tests.cast import Cast, cite, make_claim, make_person, make_source

NAMES = ("Zebulon", "Zebulom Quagmire", "Wombatius", "Wombattius Rex")
WORDS = ("Xylophone", "Marmalade", "canary")


def found(client: Client, typed: str) -> str:
    addresses = ("/search/", "/search/suggestions/")
    pages = [client.get(address, {"q": typed}) for address in addresses]
    return "".join(page.content.decode() for page in pages)


@pytest.fixture
def canaries(cast: Cast) -> tuple[Any, Any]:
    """A person with an alias, and a source that alone carries a claim."""
    person = make_person("Zebulon Quagmire", slug="canary-person")
    Alias(entity=person, text="Wombatius Rex", status="published").save()
    source = make_source("canary-source", title="Marmalade Gazette")
    claim = make_claim(cast.northwind, cast.founded_on, "canary-claim", date="2018")
    cite(claim, source, "Xylophone passage")
    return person, source


def test_they_are_found_while_readers_see_them(client: Client, canaries: Any) -> None:
    for typed in NAMES:
        assert "canary-person" in found(client, typed), typed
    assert "canary-claim" in found(client, "Xylophone")
    assert "canary-source" in found(client, "Marmalade")


@pytest.mark.parametrize("status", ["draft", "in_review", "retracted", "withdrawn"])
def test_case_45_no_status_but_published_leaks(
    client: Client, canaries: Any, status: str
) -> None:
    for record in canaries:
        record.status = status
        record.save()
    for typed in (*NAMES, *WORDS):
        page = found(client, typed)
        assert "canary-" not in page, typed
        assert "Marmalade Gazette" not in page
        assert "0 results" in page, typed


def test_case_46_what_is_held_does_not_leak(client: Client, canaries: Any) -> None:
    canaries[1].hold = "legal"
    canaries[1].save()
    for typed in ("Xylophone", "Marmalade"):
        assert "0 results" in found(client, typed)
