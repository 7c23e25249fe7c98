"""What holds a record back holds it back in the admin too; the other side is heard."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sources.models import Approach, Note
from tests.typing_in import errors, save


@pytest.fixture
def address(cast: Any, editor: Any, client: Any) -> str:
    """The page of a claim that is ready to be published."""
    client.force_login(editor)
    claim = cast.founded_2015
    claim.status = "draft"
    claim.save()
    return f"/admin/sources/claim/{claim.pk}/change/"


def test_it_works(address: str, cast: Any, client: Any) -> None:
    assert errors(save(client, address, status="published")) == []
    cast.founded_2015.refresh_from_db()
    assert cast.founded_2015.is_public


def test_a_hold_keeps_it_back(address: str, cast: Any, client: Any) -> None:
    page = save(client, address, status="published", hold="The lawyer reads it.")
    assert errors(page) == ["It is on hold: The lawyer reads it."]
    save(client, address, status="published")
    page = save(client, address, hold="The lawyer reads it.")
    assert "it is on hold (The lawyer reads it.)" in page.text
    cast.founded_2015.refresh_from_db()
    assert not cast.founded_2015.is_public


def test_an_embargo_keeps_it_back(address: str, client: Any) -> None:
    day = timezone.localdate() + timedelta(days=2)
    typed = {"not_before_0": str(day), "not_before_1": "06:00:00"}
    page = save(client, address, status="published", **typed)
    assert errors(page) == ["It is under embargo until then."]
    typed["not_before_0"] = "2024-01-01"
    assert errors(save(client, address, status="published", **typed)) == []


def test_an_allegation_waits_for_the_other_side(
    address: str, cast: Any, client: Any
) -> None:
    page = save(client, address, status="published", sensitivity="allegation")
    assert "whom we asked to reply" in errors(page)[0]
    asked = {"claim": cast.founded_2015.pk, "outcome": "not_asked"}
    page = save(client, "/admin/sources/approach/add/", **asked)
    assert errors(page) == ["Say why nobody was asked."]
    page = save(client, "/admin/sources/approach/add/", **asked, reason="He is dead.")
    assert Approach.objects.get().slug == "reply-founded-2015"
    page = save(client, address, status="published", sensitivity="allegation")
    assert errors(page) == []


def test_a_contributor_adds_no_approach_that_readers_see(
    cast: Any, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    asked = {"claim": cast.founded_2015.pk, "asked_on": "2025-02-01"}
    page = save(client, "/admin/sources/approach/add/", **asked)
    assert "an editor has to add" in errors(page)[0]


def test_a_note_is_about_one_record(cast: Any, contributor: Any, client: Any) -> None:
    client.force_login(contributor)
    page = save(client, "/admin/sources/note/add/", text="Ring again.")
    assert errors(page)
    about = {"claim": cast.cost_less.pk}
    save(client, "/admin/sources/note/add/", text="Ring again.", **about)
    assert Note.objects.get().created_by == contributor


def test_work_is_given_to_staff(address: str, cast: Any, client: Any) -> None:
    page = client.get(address)
    assert ">edith</option>" in page.text
    assert errors(save(client, address, due_on="tomorrow")) == ["Enter a valid date."]
