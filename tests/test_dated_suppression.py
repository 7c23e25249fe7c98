"""A past version that an administrator suppressed appears nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.test import Client

from entities.models import Person
from sources import erasing, pasts, suppressing
from sources.models import Claim, Proposal, Suppression
from tests.cast import Cast
from tests.past import change, day, make_old


@pytest.fixture
def named(cast: Cast) -> Any:
    """Ada was called Canary from the 20th to the 5th day back."""
    make_old()
    change(cast.ada, days=20, name="Ada Canary")
    return change(cast.ada, days=5, name="Ada Vance-Lindt")


def version_of(record: Any, back: int = 1) -> Any:
    return record.history.order_by("-history_date", "-history_id")[back]


def address(record: Any, back: int = 1) -> str:
    return f"/admin/suppress/person/{version_of(record, back).pk}/"


def test_it_works(named: Any, administrator: Any, client: Client) -> None:
    client.force_login(administrator)
    history = f"/admin/entities/person/{named.pk}/history/"
    assert address(named) in client.get(history).text
    page = client.get(address(named))
    assert "Suppress it for good" in page.text
    page = client.post(address(named), {"reason": "Court order 7."}, follow=True)
    assert "Canary" not in page.text
    assert "Court order 7." in page.text and "anna" in page.text
    assert "Suppressed versions" in page.text


def test_its_days_are_a_gap(named: Any, administrator: Any, client: Client) -> None:
    """The record is absent on them, and older versions do not take its place."""
    there = f"/people/ada-vance/?as_of={day()}"
    assert "Ada Canary" in client.get(there).text
    kind = pasts.kinds()["person"]
    suppressing.suppress(administrator, kind, version_of(named), "Court order 7.")
    assert client.get(there).status_code == 404
    claim = client.get(f"/organisations/northwind-labs/?as_of={day()}").text
    assert "Ada Vance" not in claim and "Canary" not in claim
    assert client.get(f"/people/ada-vance/?as_of={day(25)}").status_code == 200
    assert client.get(f"/people/ada-vance/?as_of={day(2)}").status_code == 200


def test_what_else_keeps_its_words_goes(
    named: Any, administrator: Any, editor: Any
) -> None:
    version = version_of(named)
    kept = {"kind": "person", "record_id": named.pk, "state": "accepted"}
    changes = {"name": ["Ada Vance", "Ada Canary"]}
    Proposal(base_version=version.version - 1, changes=changes, **kept).save()
    table = ContentType.objects.get_for_model(Person, for_concrete_model=False)
    entry = {"user": editor, "action_flag": CHANGE, "object_repr": "Ada Canary"}
    LogEntry.objects.create(content_type=table, object_id=named.pk, **entry)
    said = {"object_repr": "x", "change_message": "With “Ada Canary”."}
    LogEntry.objects.create(content_type=table, object_id=1, **entry | said)
    kind = pasts.kinds()["person"]
    suppressing.suppress(administrator, kind, version, "Court order 7.")
    assert not Proposal.history.exists()
    for entry in LogEntry.objects.all():
        assert "Canary" not in entry.object_repr + entry.change_message


def test_its_relations_go_with_it(cast: Cast, administrator: Any) -> None:
    cast.founded_2015.contradicts.add(cast.cost_about)
    cast.founded_2015.contradicts.clear()
    version = version_of(cast.founded_2015)
    table = Claim.history.model.contradicts.model._base_manager
    assert table.filter(history=version.pk).exists()
    kind = pasts.kinds()["claim"]
    suppressing.suppress(administrator, kind, version, "Court order 7.")
    assert not table.filter(history=version.pk).exists()


def test_the_current_version_is_refused(
    named: Any, administrator: Any, client: Client
) -> None:
    client.force_login(administrator)
    page = client.post(address(named, 0), {"reason": "It."}, follow=True)
    assert "withdraw or erase the record" in page.text
    with pytest.raises(ValidationError):
        kind = pasts.kinds()["person"]
        suppressing.suppress(administrator, kind, version_of(named, 0), "It.")
    assert not Suppression.objects.exists()


def test_a_reason_is_asked(named: Any, administrator: Any, client: Client) -> None:
    client.force_login(administrator)
    page = client.post(address(named), {"reason": " "})
    assert page.status_code == 200 and "This field is required." in page.text
    assert not Suppression.objects.exists()


def test_editors_may_not(named: Any, editor: Any, client: Client) -> None:
    client.force_login(editor)
    assert client.get(address(named)).status_code == 403
    assert client.post(address(named), {"reason": "Mine."}).status_code == 403
    history = f"/admin/entities/person/{named.pk}/history/"
    assert "/admin/suppress/" not in client.get(history).text


def test_there_is_no_such_version(administrator: Any, client: Client) -> None:
    client.force_login(administrator)
    assert client.get("/admin/suppress/person/1/").status_code == 404
    assert client.get("/admin/suppress/nonsense/1/").status_code == 404


def test_erasing_forgets_what_was_suppressed(named: Any, administrator: Any) -> None:
    kind = pasts.kinds()["person"]
    made = suppressing.suppress(administrator, kind, version_of(named), "Order 7.")
    assert "Order 7." in str(made)
    record = Person.objects.get(pk=named.pk)
    erasing.erase(record, administrator, "Order 8.", with_dependants=True)
    assert not Suppression.objects.exists()
