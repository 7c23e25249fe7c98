"""Bringing a table in: preview, then all of it or nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from entities.models import Person
from entities.records import StaleRecord
from sources.desk import uploads
from tests.typing_in import messages

ADDRESS = "/admin/tables/"
PEOPLE = (
    "type,slug,name,summary,status\n"
    "person,ada-vance,Ada Stone,,published\n"
    "person,bob,Bob Marsh,=1+1,draft\n"
    "person,quiet-draft,Quiet Draft,,draft\n"
)


def bring(client: Any, text: str | bytes, name: str = "p.csv", **typed: str) -> Any:
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content), **typed})


def held(page: Any) -> str:
    found = re.search(r'name="_held"\s+value="([^"]+)"', page.text)
    assert found, "the page does not carry the file"
    return found[1]


def go_ahead(client: Any, page: Any) -> Any:
    sent = {"_held": held(page), "apply": "yes"}
    return client.post(ADDRESS, sent, follow=True)


def words(page: Any) -> str:
    """What the page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def problems(page: Any) -> list[tuple[str, ...]]:
    """Line, record, field, value, what is wrong."""
    cells = re.findall(r'data-label="[^"]+">(.*?)</td>', page.text, re.DOTALL)
    return list(zip(*[iter(cells)] * 5, strict=True))


def test_it_works(cast: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    page = bring(client, PEOPLE)
    assert "1 added, 1 changed, 1 unchanged" in words(page)
    assert "Name: Ada Vance Stone" in words(page)
    assert "person bob line 3" in words(page)
    assert not Person.objects.filter(slug="bob").exists()
    page = go_ahead(client, page)
    assert messages(page) == ["Imported: 1 added, 1 changed, 1 unchanged."]
    bob = Person.objects.get(slug="bob")
    assert (bob.summary, bob.created_by) == ("=1+1", editor)
    ada = Person.objects.get(slug="ada-vance").history.latest()
    assert (ada.name, ada.history_user) == ("Ada Stone", editor)
    assert ada.history_change_reason == "Imported from a file"


def test_what_stands_already_is_not_imported(
    cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    page = bring(client, "type,slug,name\nperson,ada-vance,Ada Vance\n")
    assert "there is nothing to import" in words(page)
    assert "Import all of it" not in page.text


def test_it_says_how_it_read_the_file(cast: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    text = "type;slug;name\nperson;zoe;Zoë Vance\nperson;zoe;Zoë Vance\n"
    page = bring(client, text.encode("cp1252"))
    assert "a table, semicolon between cells, in WINDOWS-1252" in words(page)
    assert "check quotation marks and accents" in words(page)
    assert "Rows that stand twice, and are read once: 1" in words(page)
    page = bring(client, '{"type": "person", "slug": "bob", "name": "Bob"}')
    assert "was read as JSON Lines, in UTF-8" in words(page)


def test_every_problem_is_named_and_nothing_is_kept(
    cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    text = PEOPLE + "person,cy long,Cy,,finished\nperson,dee,,,draft\n"
    page = bring(client, text)
    status, slug, name = problems(page)
    assert status[:4] == ("5", "person “cy long”", "status", "finished")
    assert status[4].endswith(
        "Choose one of: draft, in_review, published, retracted, withdrawn."
    )
    assert slug[2:4] == ("slug", "cy long")
    assert name == ("6", "person “dee”", "name", "", "This field cannot be blank.")
    assert "3 problems in “p.csv”: nothing was imported" in words(page)
    go_ahead(client, page)
    assert not Person.objects.filter(slug="bob").exists()


def test_it_asks_what_the_rows_are(cast: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    page = bring(client, "slug,name,category\nfair,The Fair,other\n")
    assert "Choose one of: organisation, event." in words(page)
    page = client.post(ADDRESS, {"_held": held(page), "kind": "event"})
    assert "event fair line 2" in words(page)
    assert "1 added" in messages(go_ahead(client, page))[0]


def test_a_record_changed_since_is_a_conflict(
    cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    page = bring(client, PEOPLE)
    cast.ada.summary = "Someone else was faster."
    cast.ada.save()
    page = go_ahead(client, page)
    assert "1 record has changed: nothing was imported" in words(page)
    assert "<li>person ada-vance</li>" in page.text
    assert "Someone else was faster." in words(page)
    assert not Person.objects.filter(slug="bob").exists()
    # They have now seen what would be written over.
    go_ahead(client, page)
    assert Person.objects.get(slug="ada-vance").summary == ""


def test_a_record_added_since_is_a_conflict(
    cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    page = bring(client, PEOPLE)
    Person(slug="bob", name="Another Bob").save()
    assert "nothing was imported" in words(go_ahead(client, page))
    assert Person.objects.get(slug="bob").name == "Another Bob"


def test_a_save_at_the_same_moment_is_told(
    cast: Any, editor: Any, client: Any, monkeypatch: Any
) -> None:
    def refuse(record: Any, *args: Any, **kwargs: Any) -> None:
        raise StaleRecord(record)

    client.force_login(editor)
    monkeypatch.setattr(Person, "save", refuse)
    assert "Nothing was imported: look again" in words(bring(client, PEOPLE))


def test_a_preview_is_for_who_made_it(
    cast: Any, editor: Any, second_editor: Any, client: Any
) -> None:
    client.force_login(editor)
    page = bring(client, PEOPLE)
    client.force_login(second_editor)
    assert "The preview is too old" in words(go_ahead(client, page))
    sent = {"_held": held(page)[:-1] + "x", "apply": "yes"}
    client.force_login(editor)
    assert "The preview is too old" in words(client.post(ADDRESS, sent))
    assert "Choose a file." in words(client.post(ADDRESS, {}))
    assert "not one of the available choices" in words(bring(client, "", kind="robot"))
    assert not Person.objects.filter(slug="bob").exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "It is empty: choose another file."),
        (b"PK\x03\x04", "It is a workbook: save it as CSV"),
        (b"\x89PNG\x00\x01", "It is not text"),
        ("type,slug\n", "There is no record in it."),
        ("nonsense", "There is no such field in any kind of record."),
        ('{"type": "claim", "amount": 1e999999}', "too big a number"),
        ('{"type": "person", "slug": "a", "name": "\\ud800"}', "a lone surrogate"),
        ('{"type": "person", "slug": "a", "name": "\\u0000"}', "a NUL character"),
        (
            PEOPLE + "person,bob,Rob,,draft\n",
            "This record stands also at p.csv, line 3",
        ),
    ],
)
def test_it_refuses_by_name(
    content: Any, message: str, cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    assert message in words(bring(client, content))
    assert not Person.objects.filter(slug="bob").exists()


def test_too_much_is_refused(
    cast: Any, editor: Any, client: Any, monkeypatch: Any
) -> None:
    client.force_login(editor)
    monkeypatch.setattr(uploads, "MOST_ROWS", 2)
    assert "It has 3 records, and at most 2" in words(bring(client, PEOPLE))
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)
    assert "It has 0.0 MB: divide it" in words(bring(client, PEOPLE))


def test_a_long_preview_is_shortened(
    cast: Any, editor: Any, client: Any, monkeypatch: Any
) -> None:
    client.force_login(editor)
    monkeypatch.setattr("sources.desk.tables.MOST_SHOWN", 1)
    page = bring(client, PEOPLE.replace("quiet-draft", "another"))
    assert "To be added: 2" in words(page)
    assert "These are the first 1." in words(page)


def test_several_kinds_come_in_one_file(cast: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    lines = '{"type": "event", "slug": "fair", "name": "Fair", "category": "other"}\n'
    lines += '{"type": "person", "slug": "bob", "name": "Bob"}\n'
    page = go_ahead(client, bring(client, lines, "records.jsonl"))
    assert page.redirect_chain == [(ADDRESS, 302)]
    assert "2 added" in messages(page)[0]


def test_it_is_for_who_writes(cast: Any, contributor: Any, client: Any) -> None:
    assert client.get(ADDRESS).url.startswith("/admin/login/")
    reader = User.objects.create_user("rhea", password="x", is_staff=True)
    client.force_login(reader)
    assert client.get(ADDRESS).status_code == 403
    assert bring(client, PEOPLE).status_code == 403
    client.force_login(contributor)
    assert client.get(ADDRESS).status_code == 200
    assert f'href="{ADDRESS}"' in client.get("/admin/").text
