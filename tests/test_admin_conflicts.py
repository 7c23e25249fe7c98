"""Two people on one record: the second is told, and keeps what they typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sources.models import Claim, Evidence
from tests.typing_in import errors, fill, row


@pytest.fixture
def both(editor: Any, second_editor: Any) -> tuple[Client, Client]:
    first, second = Client(), Client()
    first.force_login(editor)
    second.force_login(second_editor)
    return first, second


def send(client: Client, address: str, form: dict[str, Any], **typed: Any) -> Any:
    return client.post(address, {**form, **typed, "_continue": "on"}, follow=True)


def test_the_second_save_is_refused(cast: Any, both: Any) -> None:
    address = f"/admin/entities/person/{cast.ada.pk}/change/"
    first, second = both
    forms = [fill(client, address) for client in both]
    assert errors(send(first, address, forms[0], summary="Theirs.")) == []
    page = send(second, address, forms[1], summary="Mine.")
    (message,) = errors(page)
    assert "edith changed this record" in message
    assert "Summary: now “Theirs.”" in message
    assert "Mine." in page.text
    cast.ada.refresh_from_db()
    assert cast.ada.summary == "Theirs."
    assert cast.ada.history.count() == 2


def test_whoever_read_it_and_saves_again_means_it(cast: Any, both: Any) -> None:
    address = f"/admin/entities/person/{cast.ada.pk}/change/"
    first, second = both
    forms = [fill(client, address) for client in both]
    send(first, address, forms[0], summary="Theirs.")
    page = send(second, address, forms[1], summary="Mine.")
    again = page.context["adminform"].form["seen_version"].value()
    page = send(second, address, forms[1], summary="Mine.", seen_version=again)
    assert errors(page) == []
    cast.ada.refresh_from_db()
    assert cast.ada.summary == "Mine."


def test_the_same_person_in_two_tabs_is_told_too(cast: Any, both: Any) -> None:
    address = f"/admin/entities/person/{cast.ada.pk}/change/"
    forms = [fill(both[0], address) for _ in range(2)]
    send(both[0], address, forms[0], summary="One.")
    page = send(both[0], address, forms[1], summary="Two.")
    assert "edith changed this record" in errors(page)[0]


def test_a_row_changed_by_itself_is_not_written_over(cast: Any, both: Any) -> None:
    claim = f"/admin/sources/claim/{cast.founded_2015.pk}/change/"
    evidence = Evidence.objects.get(slug="founded-2015-herald-report")
    alone = f"/admin/sources/evidence/{evidence.pk}/change/"
    form = fill(both[0], claim)
    send(both[1], alone, fill(both[1], alone), note="Theirs.")
    page = send(both[0], claim, form, **{"evidence-0-note": "Mine."})
    assert "edgar changed this record" in errors(page)[0]
    assert "Mine." in page.text
    evidence.refresh_from_db()
    assert evidence.note == "Theirs."


def test_a_write_by_the_program_counts_as_well(cast: Any, both: Any) -> None:
    address = f"/admin/entities/person/{cast.ada.pk}/change/"
    form = fill(both[0], address)
    cast.ada.summary = "Imported."
    cast.ada.save()
    page = send(both[0], address, form, summary="Mine.")
    assert "The program changed this record" in errors(page)[0]


@pytest.mark.parametrize("seen", ["", "abc", "-1", "1" + "0" * 23, "\x00", "²"])
def test_a_version_that_is_none_is_refused(cast: Any, both: Any, seen: str) -> None:
    address = f"/admin/entities/person/{cast.ada.pk}/change/"
    page = send(both[0], address, fill(both[0], address), seen_version=seen, name="X")
    assert page.status_code == 400
    assert errors(page)
    cast.ada.refresh_from_db()
    assert cast.ada.name == "Ada Vance"


def test_saving_a_claim_changes_its_evidence_in_the_same_save(
    cast: Any, both: Any
) -> None:
    """The program unconfirms a row that the editor has open: that is no conflict."""
    Claim.objects.by_key("founded-2015").update(status="draft")
    address = f"/admin/sources/claim/{cast.founded_2015.pk}/change/"
    form = fill(both[0], address)
    typed = {"date": "2014", "evidence-0-hedge": "she says"}
    assert errors(send(both[0], address, form, **typed)) == []
    evidence = Evidence.objects.get(slug="founded-2015-herald-report")
    assert (evidence.hedge, evidence.confirmed_by) == ("she says", "")


def test_what_hangs_on_a_refused_record_is_not_saved(cast: Any, both: Any) -> None:
    address = f"/admin/entities/person/{cast.ada.pk}/change/"
    form = fill(both[0], address, **row("aliases", 0, text="A. V."))
    cast.ada.summary = "Imported."
    cast.ada.save()
    page = send(both[0], address, form)
    assert "A. V." in page.text
    assert not cast.ada.aliases.exists()
