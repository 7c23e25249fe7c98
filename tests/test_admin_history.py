"""History: who, when, why, what differs; an earlier version restored by the rules."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sources.models import Claim, Proposal
from tests.typing_in import errors, fields, messages, save


@pytest.fixture
def changed(cast: Any, editor: Any, client: Any) -> Any:
    """Edith has changed Ada's summary twice."""
    client.force_login(editor)
    address = f"/admin/entities/person/{cast.ada.pk}/change/"
    save(client, address, summary="One of two founders.", change_reason="Too short.")
    save(client, address, summary="One of three founders.", family_name="")
    return cast.ada


def words(page: Any) -> str:
    """The page's text as it is read."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def version_page(client: Any, record: Any, back: int) -> str:
    """The address of the version that so many others have followed."""
    version = record.history.order_by("-history_id")[back]
    meta = record._meta
    return (
        f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/history/{version.pk}/"
    )


def restore(client: Any, record: Any, back: int, **typed: Any) -> Any:
    page = client.get(version_page(client, record, back))
    target = page.context["form_url"]
    sent = {**fields(page), **typed}
    return client.post(target, {**sent, "_continue": "on"}, follow=True)


def test_it_works(changed: Any, client: Any) -> None:
    page = client.get(f"/admin/entities/person/{changed.pk}/history/")
    assert "edith" in words(page)
    assert "Too short." in words(page)
    assert "Family name: Vance" in words(page)
    assert "<del>two</del>" in page.text
    assert "<ins>three</ins>" in page.text


def test_values_are_shown_in_words(cast: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    address = f"/admin/sources/claim/{cast.cost_about.pk}/change/"
    save(client, address, status="withdrawn", during="2024", contradicts=[])
    save(client, address, contradicts=[cast.founded_2015.pk])
    page = client.get(f"/admin/sources/claim/{cast.cost_about.pk}/history/")
    assert "Status: Published Withdrawn" in words(page)
    assert "Contradicts: Claim founded-2015." in words(page)


def test_a_version_is_restored(changed: Any, client: Any) -> None:
    page = restore(client, changed, back=1)
    assert errors(page) == []
    changed.refresh_from_db()
    assert changed.summary == "One of two founders."
    assert changed.family_name == "Vance"
    latest = changed.history.latest()
    assert latest.history_change_reason == "Restored an earlier version"
    assert changed.history.count() == 4


def test_restoring_is_refused_where_a_change_would_be(
    changed: Any, cast: Any, client: Any
) -> None:
    claim = cast.founded_2015
    claim.evidence.all().delete()
    claim.status = "draft"
    claim.save()
    page = restore(client, claim, back=1)
    assert any("alone" in one or "confirmed" in one for one in errors(page))
    claim.refresh_from_db()
    assert claim.status == "draft"


def test_a_contributors_restoring_waits(
    changed: Any, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    page = restore(client, changed, back=2)
    assert "waits as a proposal" in messages(page)[0]
    assert Proposal.objects.get().changes["summary"] == ["One of three founders.", ""]


def test_what_hangs_on_a_record_stays(cast: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    claim = cast.founded_2015
    address = f"/admin/sources/claim/{claim.pk}/change/"
    save(client, address, statement="Better said.", contradicts=[cast.cost_about.pk])
    assert errors(restore(client, claim, back=2)) == []
    claim = Claim.objects.get(pk=claim.pk)
    assert claim.statement == "Claim founded-2015."
    assert list(claim.contradicts.all()) == []
    assert claim.evidence.count() == 2


def test_a_restored_version_may_be_stale(changed: Any, client: Any) -> None:
    page = restore(client, changed, back=1, seen_version="1")
    assert "changed this record" in errors(page)[0]
    changed.refresh_from_db()
    assert changed.summary == "One of three founders."


def test_a_version_takes_no_post(changed: Any, client: Any) -> None:
    assert client.post(version_page(client, changed, 1)).status_code == 405


def test_a_deleted_record_keeps_its_history(
    cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    claim = cast.cost_less
    key = claim.pk
    claim.evidence.get().delete()
    claim.delete()
    page = client.get(f"/admin/sources/claim/{key}/history/")
    assert "Deleted" in words(page)
    version = Claim.history.filter(id=key).latest()
    page = client.get(f"/admin/sources/claim/{key}/history/{version.pk}/")
    assert page.status_code == 200
    assert "Restore this version" not in page.text
