"""A save that could not be: the page that follows still holds what was typed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client, override_settings

from entities.models import Person
from sources.admin.base import RecordAdmin
from tests.cast import make_person
from tests.typing_in import fields, fill

TYPED = "Typed <b>at length</b> & not to be lost."
SHOWN = "Typed &lt;b&gt;at length&lt;/b&gt; &amp; not to be lost."


@pytest.fixture
def strict(editor: Any) -> Client:
    """A browser whose tokens are looked at, signed in as Edith."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    return client


def change(record: Any) -> str:
    return f"/admin/entities/person/{record.pk}/change/"


def is_kept(page: Any) -> bool:
    """The text is there, as text, and in no cache."""
    assert TYPED not in page.text
    assert "no-store" in page["Cache-Control"]
    assert "Traceback" not in page.text
    return SHOWN in page.text


def sent_again(page: Any) -> dict[str, Any]:
    """What the page's own button sends: its hidden fields."""
    return {
        name: value
        for name, value in fields(page).items()
        if name not in ("next", "username")
    }


def plainly(client: Client, address: str, form: dict[str, Any]) -> Any:
    """Send a form as browsers do: one line, not in parts."""
    kind = "application/x-www-form-urlencoded"
    return client.post(address, urlencode(form, doseq=True), content_type=kind)


def test_case_06_a_record_deleted_meanwhile(cast: Any, strict: Client) -> None:
    person = make_person("Gone Soon")
    address = change(person)
    form = fill(strict, address, summary=TYPED)
    person.delete()
    page = strict.post(address, form)
    assert page.status_code == 409
    assert is_kept(page)
    assert "/admin/deleted/?kind=person" in page.text
    assert not Person.objects.filter(name="Gone Soon").exists()


def test_case_07_a_session_that_ended(cast: Any, strict: Client, editor: Any) -> None:
    address = change(cast.ada)
    form = fill(strict, address, summary=TYPED)
    Session.objects.all().delete()
    page = strict.post(address, form)
    assert page.status_code == 401
    assert is_kept(page)
    assert f"/admin/login/?next={address}" in page.text
    assert Person.objects.get(pk=cast.ada.pk).summary == ""
    # Logged in again, in another window: the token of this page is an old one.
    login = strict.get("/admin/login/")
    sent = fields(login) | {"username": "edith", "password": "correct horse"}
    assert strict.post("/admin/login/", sent).status_code == 302
    page = strict.post(address, sent_again(page))
    assert page.status_code == 403 and is_kept(page)
    assert strict.post(address, sent_again(page)).status_code == 302
    assert Person.objects.get(pk=cast.ada.pk).summary == TYPED


def test_case_07_a_token_that_changed(cast: Any, strict: Client, editor: Any) -> None:
    address = change(cast.ada)
    form = fill(strict, address, summary=TYPED)
    page = strict.post(address, form | {"csrfmiddlewaretoken": "x" * 64})
    assert page.status_code == 403
    assert is_kept(page)
    assert Person.objects.get(pk=cast.ada.pk).summary == ""
    assert strict.post(address, sent_again(page)).status_code == 302
    assert Person.objects.get(pk=cast.ada.pk).summary == TYPED


@pytest.mark.parametrize(
    "header",
    [
        {"Origin": "https://elsewhere.example"},
        {"Referer": "https://elsewhere.example/trap"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_what_another_site_sends_is_not_offered_again(
    cast: Any, strict: Client, header: dict[str, str]
) -> None:
    page = strict.post(change(cast.ada), {"summary": TYPED}, headers=header)
    assert page.status_code == 403
    assert SHOWN not in page.text
    assert "Send it again" not in page.text


def test_case_18_a_right_taken_away(cast: Any, strict: Client, editor: Any) -> None:
    address = change(cast.ada)
    form = fill(strict, address, summary=TYPED)
    editor.groups.clear()
    page = strict.post(address, form)
    assert page.status_code == 403
    assert is_kept(page)
    editor.groups.add(Group.objects.get(name="Editors"))
    assert strict.post(address, sent_again(page)).status_code == 302


def test_case_18_no_longer_of_the_staff(cast: Any, strict: Client, editor: Any) -> None:
    form = fill(strict, change(cast.ada), summary=TYPED)
    editor.is_staff = False
    editor.save()
    page = strict.post(change(cast.ada), form)
    assert page.status_code == 403
    assert is_kept(page)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("database is locked", "Someone else"),
        ("database or disk is full", "The disk is full"),
        ("attempt to write a readonly database", "cannot be written to"),
        ("server closed the connection", "does not answer"),
    ],
)
def test_case_13_24_25_a_database_that_cannot(
    cast: Any, strict: Client, monkeypatch: Any, told: str, words: str
) -> None:
    address = change(cast.ada)
    form = fill(strict, address, summary=TYPED)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OperationalError(told)

    with monkeypatch.context() as broken:
        broken.setattr(RecordAdmin, "save_model", fail)
        page = strict.post(address, form)
    assert page.status_code == 503
    assert is_kept(page) and words in page.text
    assert page["Retry-After"] == "20"
    assert strict.post(address, sent_again(page)).status_code == 302
    assert Person.objects.get(pk=cast.ada.pk).summary == TYPED


def away(*args: Any) -> None:
    """A database that answers nothing."""
    raise OperationalError("connection refused")


def test_who_cannot_be_known_has_it_back(cast: Any, strict: Client) -> None:
    address = change(cast.ada)
    form = fill(strict, address, summary=TYPED)
    with connection.execute_wrapper(away):
        page = strict.post(address, form)
    assert page.status_code == 503
    assert is_kept(page) and "does not answer" in page.text
    # What another site sends is not shown, whoever it is sent as.
    with connection.execute_wrapper(away):
        page = strict.post(address, form, headers={"Origin": "https://other.example"})
    assert page.status_code == 403 and SHOWN not in page.text


def test_a_mistake_of_ours_shows_no_traceback(
    cast: Any, strict: Client, monkeypatch: Any
) -> None:
    form = fill(strict, change(cast.ada), summary=TYPED)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(RecordAdmin, "save_model", fail)
    with pytest.raises(RuntimeError):
        strict.post(change(cast.ada), form)
    strict.raise_request_exception = False
    page = strict.post(change(cast.ada), form)
    assert page.status_code == 500
    assert is_kept(page) and "secret detail" not in page.text


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=50_000)
def test_case_15_more_than_the_limit_names_it(cast: Any, strict: Client) -> None:
    form = fill(strict, change(cast.ada), summary=TYPED + " more" * 10_000)
    page = plainly(strict, change(cast.ada), form)
    assert page.status_code == 413
    assert is_kept(page) and "at most 0.05 MB" in page.text


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=10)
def test_case_16_too_many_fields_names_the_limit(cast: Any, strict: Client) -> None:
    form = fill(strict, change(cast.ada), summary=TYPED)
    page = plainly(strict, change(cast.ada), form)
    assert page.status_code == 400
    assert is_kept(page) and "at most 10 fields" in page.text


def test_passwords_and_tokens_are_not_given_back(
    cast: Any, strict: Client, administrator: Any
) -> None:
    strict.force_login(administrator)
    address = "/admin/auth/user/add/"
    sent = {"username": "newcomer", "password1": "s3cret-word", "password2": "s3cret"}
    page = strict.post(address, sent | {"csrfmiddlewaretoken": "o" * 64})
    assert page.status_code == 403
    assert "newcomer" in page.text and "s3cret" not in page.text
    assert "o" * 64 not in page.text
    assert "Send it again" not in page.text


def test_a_script_is_answered_in_json(cast: Any, client: Client) -> None:
    page = client.post(
        change(cast.ada), {"summary": TYPED}, headers={"Accept": "application/json"}
    )
    assert page.status_code == 401
    assert "Log in" in page.json()["error"]


def test_readers_and_the_login_page_are_left_alone(cast: Any, client: Client) -> None:
    assert client.get(change(cast.ada)).status_code == 302
    page = client.post("/admin/login/", {"username": "nobody", "password": "x"})
    assert page.status_code == 200
    strict = Client(enforce_csrf_checks=True)
    page = strict.post("/admin/login/", {"username": "nobody", "password": "x"})
    assert page.status_code == 403 and "What you typed" not in page.text


def test_the_browser_is_told_which_draft_was_saved(cast: Any, strict: Client) -> None:
    form = fill(strict, change(cast.ada), summary="One.", _draft="abc123")
    page = strict.post(change(cast.ada), form)
    assert page.cookies["desk_saved_abc123"].value == "1"
    form = fill(strict, change(cast.ada), seen_version="", _draft="abc123")
    assert not strict.post(change(cast.ada), form).cookies.get("desk_saved_abc123")
