"""What one editor did, page by page; what was deleted, and comes back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entities.models import Alias, Person
from sources.models import Claim, Source, SourceText
from tests.cast import cite, make_claim, make_person, make_source
from tests.typing_in import errors, fields, fill, messages, save


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


@pytest.fixture
def edith(editor: Any, client: Client) -> Client:
    client.force_login(editor)
    return client


def change(record: Any) -> str:
    meta = record._meta
    return f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/change/"


def delete(client: Client, record: Any) -> None:
    address = change(record).replace("/change/", "/delete/")
    assert client.post(address, fill(client, address)).status_code == 302


def recover(client: Client, kind: str, record: Any) -> Any:
    page = client.get(f"/admin/deleted/?kind={kind}")
    (address,) = re.findall(rf'action="(/admin/deleted/{kind}/\d+/)"', page.text)
    return client.post(address, follow=True)


def test_it_works(cast: Any, edith: Client) -> None:
    save(edith, change(cast.ada), summary="One of two.", change_reason="Too short.")
    save(edith, change(cast.ada), summary="One of three.")
    page = edith.get("/admin/history/edith/")
    assert page.status_code == 200
    told = words(page)
    assert "Person: Ada Vance Too short." in told
    assert "<del>two.</del><ins>three.</ins>" in page.text
    assert told.index("three.") < told.index("Too short.")


def test_it_shows_one_kind(cast: Any, edith: Client) -> None:
    save(edith, change(cast.ada), summary="Mine.")
    save(edith, change(cast.herald), author="A. Reporter")
    page = edith.get("/admin/history/edith/?kind=source")
    assert "A. Reporter" in page.text and "Mine." not in page.text
    page = edith.get("/admin/history/edith/?kind=organisation")
    assert "Nothing is recorded here." in page.text


def test_it_goes_on_page_by_page(cast: Any, edith: Client) -> None:
    for number in range(60):
        alias = Alias(entity=cast.ada, text=f"Ada {number:02}")
        alias.save()
    Alias.history.update(history_user=edith.session["_auth_user_id"])
    save(edith, change(cast.ada), summary="Last.")
    first = edith.get("/admin/history/edith/")
    (more,) = re.findall(r'href="(\?[^"]*cursor[^"]*)"', first.text)
    second = edith.get("/admin/history/edith/" + more.replace("&amp;", "&"))
    seen = re.findall(r"Ada \d\d", words(first) + words(second))
    assert seen == [f"Ada {number:02}" for number in reversed(range(60))]


@pytest.mark.parametrize("asked", ["kind=nonsense", "cursor=x", "cursor=1~2~3"])
def test_a_bad_address_gets_a_message(cast: Any, edith: Client, asked: str) -> None:
    for page in ("/admin/history/edith/", "/admin/deleted/"):
        answer = edith.get(f"{page}?{asked}")
        assert answer.status_code == 200
        assert "There is no such" in answer.text


def test_a_contributor_sees_their_own_and_recovers_nothing(
    cast: Any, contributor: Any, client: Client, editor: Any
) -> None:
    client.force_login(contributor)
    assert client.get("/admin/history/cora/").status_code == 200
    assert client.get("/admin/history/edith/").status_code == 403
    assert client.get("/admin/deleted/").status_code == 403
    assert client.post("/admin/deleted/person/1/").status_code == 403
    client.logout()
    assert client.get("/admin/history/cora/").status_code == 302


def test_nobody_of_that_name(edith: Client) -> None:
    assert edith.get("/admin/history/nobody/").status_code == 404


def test_what_was_deleted_comes_back_with_what_went_with_it(
    cast: Any, edith: Client
) -> None:
    person = make_person("Gone Soon", status="draft", summary="Kept.")
    Alias(entity=person, text="G. Soon").save()
    delete(edith, person)
    assert not Alias.objects.filter(text="G. Soon").exists()
    page = recover(edith, "person", person)
    assert "“Gone Soon” is back, and with it: G. Soon" in messages(page)[0]
    back = Person.objects.get(pk=person.pk)
    assert (back.summary, back.version) == ("Kept.", 2)
    assert back.aliases.get().text == "G. Soon"
    assert [row.history_type for row in back.history.order_by("history_id")] == [
        *("+", "-", "+")
    ]
    assert "Nothing that was deleted" in edith.get("/admin/deleted/").text


def test_what_was_published_comes_back_as_a_draft(cast: Any, edith: Client) -> None:
    source = make_source("gone-soon", "Some words of a text.")
    delete(edith, source)
    page = recover(edith, "source", source)
    assert "It is a draft" in messages(page)[0]
    back = Source.objects.get(slug="gone-soon")
    assert back.status == "draft"
    assert SourceText.objects.get(source=back).text == "Some words of a text."
    assert back.text_sha256 == source.text_sha256


def test_relations_come_back_too(cast: Any, edith: Client) -> None:
    claim = make_claim(cast.ada, cast.founder_of, "gone", object=cast.quiet)
    cite(claim, cast.herald, "Ada Vance")
    save(edith, change(claim), contradicts=[cast.cost_about.pk])
    claim.evidence.get().delete()
    delete(edith, claim)
    recover(edith, "claim", claim)
    back = Claim.objects.get(slug="gone")
    assert list(back.contradicts.all()) == [cast.cost_about]


def test_a_form_that_was_open_then_is_stale(cast: Any, edith: Client) -> None:
    person = make_person("Gone Soon")
    form = fill(edith, change(person), summary="Mine.")
    delete(edith, person)
    recover(edith, "person", person)
    assert edith.post(change(person), form).status_code == 409


def test_what_no_longer_fits_is_said(cast: Any, edith: Client) -> None:
    person = make_person("Gone Soon")
    delete(edith, person)
    make_person("Another", slug="gone-soon")
    page = recover(edith, "person", person)
    assert "cannot come back as it was" in messages(page)[0]
    assert "Slug" in messages(page)[0]
    assert not Person.objects.filter(pk=person.pk).exists()


def test_twice_is_once(cast: Any, edith: Client) -> None:
    person = make_person("Gone Soon")
    delete(edith, person)
    row = person.history.first()
    address = f"/admin/deleted/person/{row.pk}/"
    assert edith.get(address).status_code == 405
    edith.post(address)
    assert "has come back" in messages(edith.post(address, follow=True))[-1]
    assert edith.post("/admin/deleted/question/1/").status_code == 404
    assert Person.objects.filter(name="Gone Soon").count() == 1


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.text("ab é\n“𝒜", min_size=1).map(str.strip), min_size=2, max_size=4))
def test_case_17_any_version_is_restored_letter_for_letter(
    db: Any, editor: Any, texts: list[str]
) -> None:
    client = Client()
    client.force_login(editor)
    person, _ = Person.objects.get_or_create(name="Ada", slug="ada", status="draft")
    kept = {}
    for text in texts:
        save(client, change(person), summary=text)
        version = person.history.first()
        kept[version.pk] = version.summary
        assert version.history_user == editor
    address = change(person).replace("change/", "history/")
    for key, text in kept.items():
        page = client.get(f"{address}{key}/")
        restored = client.post(change(person), fields(page))
        assert errors(restored) == [] and restored.status_code == 302
        assert Person.objects.get(slug="ada").summary == text


def test_case_17_no_page_changes_the_history() -> None:
    tables = [model.__name__ for model in admin.site._registry]
    assert not [name for name in tables if name.startswith("Historical")]
