"""Tokens: made at the desk, shown once, kept as a digest, ended there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from sources.models import Token
from tests.cast import Cast
from tests.tokens import API, Program, make_token

ADD = "/admin/sources/token/add/"


def made(client: Client, user: Any, **more: str) -> Any:
    form = {"user": user.pk, "label": "Robot", "expires_at_0": "", "expires_at_1": ""}
    return client.post(ADD, form | more)


def secret_of(page: Any) -> str:
    return str(page.text.split('value="briefing_')[1].split('"')[0])


def test_it_works(client: Client, contributor: Any) -> None:
    client.force_login(contributor)
    page = made(client, contributor)
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    secret = f"briefing_{secret_of(page)}"
    token = Token.objects.get()
    assert secret not in [str(getattr(token, name)) for name in vars(token)]
    assert secret.startswith(token.prefix)
    robot = Program()
    robot.headers = {"Authorization": f"Bearer {secret}"}
    assert robot.post("/people/", {"name": "Bob"}).status_code == 201
    for path in ("", f"{token.pk}/change/", f"{token.pk}/history/"):
        assert secret not in client.get(f"/admin/sources/token/{path}").text


def test_nobody_makes_one_for_another(
    client: Client, contributor: Any, editor: Any, administrator: Any
) -> None:
    client.force_login(editor)
    assert "Select a valid choice" in made(client, contributor).text
    assert not Token.objects.exists()
    client.force_login(administrator)
    assert "briefing_" in made(client, contributor).text
    assert Token.objects.get().user == contributor
    outsider = User.objects.create_user("reader")
    assert "may not enter the desk" in made(client, outsider).text
    past = {"expires_at_0": "2020-01-01", "expires_at_1": "12:00"}
    assert "a moment to come" in made(client, contributor, **past).text


def test_nobody_sees_anothers(client: Client, contributor: Any, editor: Any) -> None:
    make_token(contributor, label="Corafeed")
    pk = Token.objects.get().pk
    client.force_login(editor)
    assert "Corafeed" not in client.get("/admin/sources/token/").text
    answer = client.post(f"/admin/sources/token/{pk}/change/", {"revoke": "on"})
    assert answer.status_code == 302
    assert Token.objects.get().revoked_at is None
    assert client.get(f"/admin/sources/token/{pk}/delete/").status_code in (302, 403)


def test_it_is_revoked_for_good(client: Client, contributor: Any) -> None:
    robot = Program(contributor)
    assert robot.get("/people/").status_code == 200
    client.force_login(contributor)
    path = f"/admin/sources/token/{Token.objects.get().pk}/change/"
    assert "Revoke it" in client.get(path).text
    assert client.post(path, {"revoke": "on"}).status_code == 302
    assert robot.get("/people/").status_code == 401
    assert "Revoke it" not in client.get(path).text
    revoked_at = Token.objects.get().revoked_at
    Token.objects.get().revoke()
    assert Token.objects.get().revoked_at == revoked_at


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_it_ends_with_the_account(contributor: Any, change: dict[str, bool]) -> None:
    robot = Program(contributor)
    User.objects.filter(pk=contributor.pk).update(**change)
    answer = robot.post("/people/", {"name": "Bob"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["title"] == "A valid token is needed"


def test_it_expires(contributor: Any) -> None:
    past, future = (timezone.now() + timedelta(days=days) for days in (-1, 1))
    assert Program(contributor, expires_at=past).get("/people/").status_code == 401
    assert Program(contributor, expires_at=future).get("/people/").status_code == 200


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer x", "Bearer \xff", "Basic YTpi", "Bearer a b", "x"]
)
def test_what_is_no_token_is_refused(db: None, client: Client, header: str) -> None:
    answer = client.get(f"{API}/people/", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_session_is_no_token(client: Client, administrator: Any) -> None:
    client.force_login(administrator)
    path, kind = f"{API}/people/", "application/json"
    answer = client.post(path, {"name": "Bob"}, content_type=kind)
    assert answer.status_code == 401
    assert not answer.cookies


def test_its_use_is_noted_by_the_hour(contributor: Any) -> None:
    robot = Program(contributor)
    assert Token.objects.get().used_at is None
    robot.get("/people/")
    first = Token.objects.get().used_at
    robot.get("/people/")
    assert Token.objects.get().used_at == first
    Token.objects.update(used_at=first - timedelta(hours=2))
    robot.get("/people/")
    assert Token.objects.get().used_at > first - timedelta(hours=1)


def test_changes_are_limited_by_token(contributor: Any, settings: Any) -> None:
    settings.API_WRITE_RATE = "2/min"
    caches["rates"].clear()
    robot, other = Program(contributor), Program(contributor)
    sent = [robot.post("/people/", {"name": "Bob"}) for _ in range(3)]
    assert [answer.status_code for answer in sent] == [201, 201, 429]
    assert int(sent[2].headers["Retry-After"]) > 0
    assert robot.get("/people/").status_code == 200
    assert other.post("/people/", {"name": "Bob"}).status_code == 201
    caches["rates"].clear()


def test_requests_are_counted_by_token(contributor: Any, settings: Any) -> None:
    settings.API_RATE = "1/min"
    caches["rates"].clear()
    robot, nobody = Program(contributor), Program()
    assert [robot.get("/people/").status_code for _ in range(2)] == [200, 429]
    assert [nobody.get("/people/").status_code for _ in range(2)] == [200, 429]
    caches["rates"].clear()


def test_no_other_site_reads_what_a_token_reads(cast: Cast, contributor: Any) -> None:
    answer = Program(contributor).get("/people/")
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Authorization" in answer.headers["Vary"]
