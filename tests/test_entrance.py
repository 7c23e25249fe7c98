"""Signing in: its second factor, its limits, and that nothing goes round them."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from briefing.entrance import attempts, factors

LOGIN, FACTOR = "/admin/login/", "/admin/second-factor/"


@pytest.fixture(autouse=True)
def nobody_tried() -> None:
    caches["rates"].clear()


@pytest.fixture
def clock(monkeypatch: Any) -> Any:
    """A clock that tests turn on, so that each code is a new one."""

    class Clock:
        now = time.time()

        def __call__(self) -> float:
            return self.now

    clock = Clock()
    monkeypatch.setattr("django_otp.plugins.otp_totp.models.time.time", clock)
    return clock


def code(user: User, clock: Any) -> str:
    """What the app of the account shows; each call half a minute later."""
    clock.now += 30
    device = TOTPDevice.objects.get(user=user)
    app = TOTP(device.bin_key)
    app.time = clock.now
    return f"{app.token():06}"


def sign_in(client: Client, given: str = "", **more: str) -> Any:
    data = {"username": "edith", "password": "correct horse", "code": given, **more}
    return client.post(LOGIN, data)


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def take_up(client: Client, user: User, clock: Any) -> list[str]:
    """Set the factor up on its page; the spare codes that it shows."""
    client.force_login(user)
    client.get(FACTOR)
    answer = client.post(FACTOR, {"deed": "take-up", "code": code(user, clock)})
    return re.findall(r"<code>([-\w]+)</code>", answer.content.decode())


def test_a_password_is_enough_until_a_factor_is_set_up(
    client: Client, editor: User
) -> None:
    assert sign_in(client).status_code == 302
    assert is_in(client)


def test_then_a_code_is_asked_for(client: Client, editor: User, clock: Any) -> None:
    take_up(client, editor, clock)
    fresh = Client()
    assert "asks for a code as well" in sign_in(fresh).content.decode()
    assert "no code of this account" in sign_in(fresh, "000000").content.decode()
    assert not fresh.session.get("_auth_user_id") and not is_in(fresh)
    # After a wrong code the next is not looked at for a second.
    TOTPDevice.objects.get().throttle_reset()
    assert sign_in(fresh, code(editor, clock)).status_code == 302
    assert is_in(fresh)


def test_a_code_is_taken_once(client: Client, editor: User, clock: Any) -> None:
    take_up(client, editor, clock)
    shown = code(editor, clock)
    assert sign_in(Client(), shown).status_code == 302
    assert "no code of this account" in sign_in(Client(), shown).content.decode()


def test_a_spare_code_lets_in_once(client: Client, editor: User, clock: Any) -> None:
    codes = take_up(client, editor, clock)
    assert len(codes) == len(set(codes)) == factors.SPARE_CODES
    assert sign_in(Client(), codes[3].upper()).status_code == 302
    assert sign_in(Client(), codes[3]).status_code == 200
    assert factors.spare_codes_left(editor) == factors.SPARE_CODES - 1


def test_no_spare_code_stands_in_the_database(
    client: Client, editor: User, clock: Any
) -> None:
    codes = take_up(client, editor, clock)
    kept = " ".join(StaticToken.objects.values_list("token", flat=True))
    assert not any(one in kept or one.replace("-", "") in kept for one in codes)
    assert codes[0] not in client.get(FACTOR).content.decode()


def test_setting_it_up_needs_a_code_and_ends_other_sessions(
    client: Client, editor: User, second_editor: User, clock: Any
) -> None:
    elsewhere, other = Client(), Client()
    elsewhere.force_login(editor)
    other.force_login(second_editor)
    client.force_login(editor)
    client.get(FACTOR)
    answer = client.post(FACTOR, {"deed": "take-up", "code": "000000"})
    assert "not the code that the app shows now" in answer.content.decode()
    assert not factors.has_one(editor) and is_in(elsewhere)
    take_up(client, editor, clock)
    assert factors.has_one(editor)
    assert is_in(client) and is_in(other) and not is_in(elsewhere)


@pytest.mark.parametrize("deed", ["turn-off", "new-codes"])
def test_changing_it_needs_a_code(
    client: Client, editor: User, clock: Any, deed: str
) -> None:
    codes = take_up(client, editor, clock)
    client.post(FACTOR, {"deed": deed, "code": "000000"})
    assert factors.has_one(editor)
    assert sign_in(Client(), codes[0]).status_code == 302
    client.post(FACTOR, {"deed": deed, "code": codes[1]})
    assert factors.has_one(editor) == (deed == "new-codes")
    assert not factors.has_one(editor) or not factors.accepts(editor, codes[2])


def test_case_55_there_is_one_way_in(db: Any) -> None:
    """A new address that signs in would need the code too: this test names it."""
    views = [str(one.callback) for one in _patterns(get_resolver().url_patterns)]
    ways = [view for view in views if re.search("log_?in|sign_?in", view, re.I)]
    assert len(ways) == 1 and "DeskSite.login" in ways[0]


def _patterns(patterns: Any) -> Any:
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


def test_secrets_are_no_tables_of_the_admin(db: Any) -> None:
    rooms = {model._meta.app_label for model in admin.site._registry}
    assert rooms == {"auth", "entities", "sources"}


def test_a_desk_may_ask_everyone_for_it(
    client: Client, editor: User, clock: Any, settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client.force_login(editor)
    answer = client.get("/admin/sources/claim/", follow=True)
    assert answer.redirect_chain[-1][0] == FACTOR
    assert "This desk asks every account" in answer.content.decode()
    typed = client.post("/admin/sources/source/add/", {"title": "Typed words"})
    assert typed.status_code == 403 and "Typed words" in typed.content.decode()
    take_up(client, editor, clock)
    assert is_in(client)


def test_who_is_of_no_desk_is_not_shown_a_secret(client: Client, db: Any) -> None:
    client.force_login(User.objects.create_user("reader", password="x"))
    assert client.get(FACTOR)["Location"] == LOGIN
    assert Client().get(FACTOR)["Location"] == LOGIN
    assert not TOTPDevice.objects.exists()


def test_case_55_guessing_is_slowed_down(
    client: Client, editor: User, monkeypatch: Any
) -> None:
    for _ in range(attempts.HERE):
        assert sign_in(client, password="wrong").status_code == 200
    answer = sign_in(client)
    assert answer.status_code == 429 and not is_in(client)
    assert "Too many attempts. Wait 15 minutes" in answer.content.decode()
    # Somebody elsewhere does not lock the editor out, and time lets all try again.
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302
    later = time.time() + attempts.WINDOW + 1
    monkeypatch.setattr(attempts.time, "time", lambda: later)
    assert sign_in(client).status_code == 302


def test_many_names_and_many_addresses_are_slowed_down_too(
    client: Client, editor: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr(attempts, "ADDRESS", 8)
    monkeypatch.setattr(attempts, "NAME", 6)
    for number in range(8):
        sign_in(client, username=f"name-{number}", password="wrong")
    assert sign_in(client).status_code == 429
    for number in range(6):
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), password="wrong")
    assert sign_in(Client(REMOTE_ADDR="198.51.100.1")).status_code == 429


def test_who_signs_in_often_is_not_slowed_down(client: Client, editor: User) -> None:
    for _ in range(attempts.ADDRESS + 5):
        attempts.minutes_to_wait(_request(), "edith")
        attempts.forget(_request(), "edith")
    assert sign_in(client).status_code == 302


def _request() -> Any:
    return Client().get(LOGIN).wsgi_request


def test_what_was_typed_as_a_name_is_kept_nowhere(
    client: Client, editor: User, settings: Any
) -> None:
    sign_in(client, username="my secret password", password="edith")
    folder = settings.CACHES["rates"]["LOCATION"]
    files = list(caches["rates"]._list_cache_files())
    assert files and all(str(folder) in name for name in files)
    assert not any(b"secret" in Path(name).read_bytes() for name in files)


def test_the_page_of_the_factor_is_no_place_to_guess(
    client: Client, editor: User, clock: Any
) -> None:
    take_up(client, editor, clock)
    for _ in range(attempts.HERE):
        client.post(FACTOR, {"deed": "turn-off", "code": "000000"})
    answer = client.post(FACTOR, {"deed": "turn-off", "code": "000000"})
    assert answer.status_code == 429 and factors.has_one(editor)


def test_case_55_disabling_an_account_ends_its_sessions(
    client: Client, editor: User
) -> None:
    sign_in(client)
    editor.is_active = False
    editor.save()
    assert not is_in(client)
    assert sign_in(Client()).status_code == 200


def test_a_new_password_ends_other_sessions(client: Client, editor: User) -> None:
    sign_in(client)
    editor.set_password("another horse")
    editor.save()
    assert not is_in(client)


def test_who_lost_everything_can_be_helped(
    client: Client, editor: User, clock: Any, capsys: Any
) -> None:
    take_up(client, editor, clock)
    call_command("resetfactor", "edith")
    assert "edith: no second factor; sessions ended: 1." in capsys.readouterr().out
    assert not is_in(client)
    assert sign_in(client).status_code == 302
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        call_command("resetfactor", "nobody")
