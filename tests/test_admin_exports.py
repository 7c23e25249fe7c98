"""What is selected in a list, as a file."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone
from openpyxl import load_workbook

from sources.exchange.kinds import ORDER
from sources.models import SourceText
from tests.hostile import plant
from tests.test_admin_pages import one_of_each  # noqa: F401

CLAIMS = "/admin/sources/claim/"


def export(client: Any, address: str, ending: str, *records: Any, **sent: str) -> Any:
    keys = [record.pk for record in records]
    sent = {"action": f"export_{ending}", "_selected_action": keys} | sent
    return client.post(address, sent)


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_it_works(cast: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    chosen = [cast.cost_less, cast.founded_2015]
    response = export(client, CLAIMS, "jsonl", *chosen)
    lines = [json.loads(line) for line in content(response).splitlines()]
    assert [line["slug"] for line in lines] == ["cost-less", "founded-2015"]
    assert response["Content-Disposition"] == (
        f'attachment; filename="claims-{timezone.localdate()}.jsonl"'
    )
    # It holds drafts: no cache on the way keeps it.
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_it_takes_all_that_a_search_finds(cast: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    address = f"{CLAIMS}?status__exact=published&q=founded"
    response = export(client, address, "csv", cast.cost_less, select_across="1")
    rows = content(response).decode("utf-8-sig").splitlines()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert rows[0].startswith("type,slug,status,")
    assert {row.split(",")[1] for row in rows[1:]} >= {"founded-2015", "founded-2016"}
    assert "cost-less" not in "".join(rows)


def test_a_workbook_opens(cast: Any, editor: Any, client: Any, tmp_path: Any) -> None:
    client.force_login(editor)
    response = export(client, "/admin/entities/person/", "xlsx", cast.ada)
    (tmp_path / "people.xlsx").write_bytes(content(response))
    sheet = load_workbook(tmp_path / "people.xlsx").active
    _, ada = sheet.iter_rows(values_only=True)
    assert ada[:5] == ("person", "ada-vance", "published", None, "Ada Vance")


@pytest.mark.parametrize("kind", ORDER, ids=str)
def test_every_kind_of_record_is_exported(
    kind: Any,
    one_of_each: None,  # noqa: F811
    editor: Any,
    client: Any,
) -> None:
    client.force_login(editor)
    meta = kind.model._meta
    address = f"/admin/{meta.app_label}/{meta.model_name}/"
    for ending in ("csv", "jsonl", "xlsx"):
        assert f'value="export_{ending}"' in client.get(address).text
        first = kind.model.objects.first()
        assert content(export(client, address, ending, first))


@pytest.mark.parametrize("kind", ORDER, ids=str)
def test_case_50_hostile_words_are_no_formula_in_a_file(
    kind: Any,
    one_of_each: None,  # noqa: F811
    editor: Any,
    client: Any,
) -> None:
    plant()
    client.force_login(editor)
    address = f"/admin/{kind.model._meta.app_label}/{kind.model._meta.model_name}/"
    chosen = kind.model.objects.all()[:20]
    table = content(export(client, address, "csv", *chosen)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert len(rows) == len(chosen) + 1
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "\t", "\r"))]
    book = io.BytesIO(content(export(client, address, "xlsx", *chosen)))
    cells = [cell for row in load_workbook(book).active.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]


def test_texts_and_accounts_are_not(cast: Any, administrator: Any, client: Any) -> None:
    client.force_login(administrator)
    for address in ("/admin/sources/sourcetext/", "/admin/auth/user/"):
        assert "export_csv" not in client.get(address).text
        text = SourceText.objects.first()
        assert not getattr(export(client, address, "csv", text), "streaming", False)
    response = export(client, "/admin/sources/source/", "jsonl", cast.herald)
    assert "kitchen" not in content(response).decode()


def test_case_56_who_may_not_see_a_list_exports_nothing_of_it(
    cast: Any, client: Any
) -> None:
    reader = User.objects.create_user("rhea", password="x", is_staff=True)
    client.force_login(reader)
    assert export(client, CLAIMS, "csv", cast.cost_less).status_code == 403
    reader.user_permissions.add(Permission.objects.get(codename="view_claim"))
    assert content(export(client, CLAIMS, "csv", cast.cost_less))
    people = "/admin/entities/person/"
    assert export(client, people, "csv", cast.ada).status_code == 403


def test_a_contributor_exports_what_they_see(
    cast: Any, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    assert b"quiet-claim" in content(export(client, CLAIMS, "csv", cast.quiet_claim))


def test_a_choice_in_a_pop_up_offers_none(cast: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    assert "export_csv" not in client.get(f"{CLAIMS}?_popup=1").text
