"""What a stranger may try at any address: hosts, methods, sizes, side doors."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import caches
from django.test import Client

from briefing.watching import REFUSED
from sources.models import Source
from tests.cast import Cast
from tests.hostile import plant
from tests.test_environment import KEY
from tests.test_hostile import desk, one_of_each, public, whole
from tests.tree import ROOT, modules, text

__all__ = ["one_of_each", "whole"]

POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": REFUSED,
}
ODD = ["-1", "0", "abc", "1e9", str(10**9), "9" * 400, "%00", "1;2", "٣", ""]


def is_guarded(answer: Any) -> bool:
    """Whether an answer says all that a browser must be told."""
    directives = answer["Content-Security-Policy"].split("; ")
    assert dict(one.split(" ", 1) for one in directives) == POLICY
    assert {name: answer[name] for name in HEADERS} == HEADERS
    if answer["Content-Type"].startswith(("text/", "application/json")):
        is_json = "json" in answer["Content-Type"]
        assert is_json or "charset=utf-8" in answer["Content-Type"].lower()
    return True


def test_every_public_address_is_guarded(whole: None, client: Client) -> None:
    for address in [*public(), "/healthz", "/no-such-page/", "/api/v1/none/"]:
        answer = client.get(address)
        assert is_guarded(answer), address
        assert "sessionid" not in answer.cookies


@pytest.mark.slow
def test_every_address_of_the_desk_is_guarded(whole: None, client: Client) -> None:
    for user in (None, User.objects.create_superuser("root")):
        if user:
            client.force_login(user)
        for address in desk():
            answer = client.get(address)
            assert is_guarded(answer), address
            is_private = "no-store" in answer.get("Cache-Control", "")
            assert is_private or answer.status_code != 200, address


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x"])
def test_case_49_an_address_that_got_in_is_no_link(
    client: Client, cast: Cast, address: str
) -> None:
    Source.objects.update(url=address, archive_url=address)
    told = client.get("/sources/herald-report/").content.decode()
    assert "Find it" in told and f'href="{address}"' not in told


@pytest.mark.parametrize("name", ["page_size", "cursor", "sort", "page", "as_of", "q"])
def test_case_53_no_value_is_too_odd(client: Client, cast: Cast, name: str) -> None:
    for value in ODD:
        for address in ("/people/", "/search/", "/timeline/", "/api/v1/claims/"):
            answer = client.get(f"{address}?{name}={value}")
            assert answer.status_code in (200, 400), f"{address} {name}={value}"


def test_case_53_a_long_query_is_read_or_refused(client: Client, cast: Cast) -> None:
    for address in ("/people/", "/search/", "/claims/", "/api/v1/search/"):
        for query in (
            "q=" + "a " * 25_000,
            "q=" + "x" * 50_000,
            "&".join(["q=a"] * 900),
        ):
            assert client.get(f"{address}?{query}").status_code in (200, 400)


def test_case_53_including_everything_asks_as_often_for_more(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    told = client.get("/api/v1/claims/?include=everything").json()
    assert "include" in json.dumps(told)
    with django_assert_max_num_queries(20):
        client.get("/api/v1/claims/?include=evidence.source,subject&page_size=100")
    assert client.get("/api/v1/claims/?page_size=101").status_code == 400


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "a b", "testserver.evil.example", "@x"]
)
def test_case_54_another_host_is_refused(
    client: Client, cast: Cast, settings: Any, host: str
) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    for address in ("/", "/sitemap.xml", "/feeds/changes.atom", "/api/v1/"):
        assert client.get(address, headers={"host": host}).status_code == 400
        forged = client.get(address, headers={"x-forwarded-host": host})
        assert forged.status_code == 200 and b"evil.example" not in forged.content


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example", "/\\evil", "x:"]
)
def test_case_54_signing_in_leads_nowhere_else(editor: User, to: str) -> None:
    client = Client()
    caches["rates"].clear()
    given = {"username": "edith", "password": "correct horse", "next": to}
    answer = client.post(f"/admin/login/?next={to}", given)
    assert answer.status_code == 302 and answer.url == "/admin/"
    for address in (f"/{to}", f"//{to}/", "//evil.example/people"):
        assert "evil" not in client.get(address).get("Location", "")


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "POST", "BREW"])
def test_case_54_readers_only_read(client: Client, cast: Cast, method: str) -> None:
    for address in ("/people/ada-vance/", "/search/", "/api/v1/people/ada-vance/"):
        over = {"x-http-method-override": "DELETE"}
        assert client.get(address, headers=over).status_code == 200
        answer = client.generic(method, address)
        assert answer.status_code in (200, 401, 403, 405)
        assert (
            b"X-Secret"
            not in client.generic(method, address, headers={"x": "X-Secret"}).content
        )
    cast.ada.refresh_from_db()


@pytest.mark.parametrize(
    "path",
    [
        *("/.git/config", "/.git/HEAD", "/.env", "/db.sqlite3", "/briefing.sqlite3"),
        *("/.make/secret-key", "/manage.py", "/briefing/settings.py", "/media/x"),
        *("/static/../manage.py", "/static/%2e%2e/manage.py", "/static/..%2fmanage.py"),
        *("/static//etc/passwd", "/static/....//manage.py", "/..%5c..%5cmanage.py"),
    ],
)
def test_case_55_no_file_of_the_machine_is_served(
    client: Client, db: None, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert b"DJANGO_SETTINGS_MODULE" not in answer.getvalue()


def test_case_55_an_error_tells_nothing_of_the_inside(
    client: Client, cast: Cast, monkeypatch: Any
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise ValueError("Zebulon")

    client.raise_request_exception = False
    monkeypatch.setattr("briefing.pages.home.render", fail)
    answer = client.get("/")
    assert answer.status_code == 500
    told = answer.content.decode()
    assert not any(word in told for word in ("Zebulon", "Traceback", "Django", ".py"))


def test_case_55_a_public_site_insists_on_https() -> None:
    """As served, behind a proxy: tests/test_deployment.py."""
    names = "DEBUG SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY "
    names += "SESSION_COOKIE_SAMESITE CSRF_COOKIE_SAMESITE SECURE_HSTS_SECONDS "
    names += "SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_SSL_REDIRECT SESSION_COOKIE_NAME"
    code = (
        "import json, django; django.setup(); from django.conf import settings; "
        f"print(json.dumps([getattr(settings, one) for one in '{names}'.split()]))"
    )
    given = {"HTTPS": "1", "SECRET_KEY": KEY, "ALLOWED_HOSTS": "briefing.example"}
    given["DJANGO_SETTINGS_MODULE"] = "briefing.settings"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | given,
        text=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    told = [False, True, True, True, "Lax", "Lax", 31_536_000, True, True]
    assert json.loads(done.stdout) == [*told, "__Host-sessionid"]


def test_case_55_a_form_from_elsewhere_is_refused(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    for address in ("/admin/sources/source/add/", "/admin/logout/"):
        assert client.post(address, {"title": "x"}).status_code == 403


def test_case_55_who_was_disabled_is_out_at_once(client: Client, editor: User) -> None:
    client.force_login(editor)
    assert client.get("/admin/").status_code == 200
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert client.get("/admin/").status_code == 302


def test_a_session_is_new_and_ends(editor: User) -> None:
    client = Client()
    client.get("/admin/login/")
    client.force_login(editor)
    key = client.session.session_key
    assert client.session.get_expiry_age() <= 14 * 24 * 60 * 60
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.post("/admin/logout/").status_code in (200, 302)
    client.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert client.get("/admin/").status_code == 302
    client.force_login(editor)
    assert client.session.session_key != key


def test_files_sent_out_have_names_of_ours(client: Client, whole: None) -> None:
    plant()
    found = [
        client.get(one) for one in public() if "briefing." in one or "cite." in one
    ]
    names = [one["Content-Disposition"] for one in found if one.status_code == 200]
    assert len(names) > 8
    for name in names:
        assert re.fullmatch(r'(inline|attachment); filename="[-a-z0-9]+\.\w+"', name)


def test_no_address_of_a_user_is_ever_asked() -> None:
    """The program opens no connection but to its database."""
    asking = ("urlopen", "import requests", "httpx", "http.client", "fetch_url")
    found = [
        f"{path}: {word}"
        for path in modules("entities", "sources", "briefing")
        for word in asking
        if word in text(path)
    ]
    assert not found
