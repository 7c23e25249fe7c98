"""Readers read from a hot standby, and nobody misses what they have written."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import RequestFactory

from briefing import replica
from briefing.replica import COOKIE, Replica, may_be_behind
from entities import routing
from tests.postgres import Server, replicated
from tests.serving import Site, serving
from tests.typing_in import fields

ADDRESS = "/people/liang-wenfeng/"
ADDING = "/admin/entities/person/add/"
TYPED = "Typed at length, while it went away."
NAMED = "UPDATE entities_entity SET name = %s WHERE slug = 'liang-wenfeng'"
REPLAYED = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"


class Pair(NamedTuple):
    """A site, its primary and the standby that its readers read from."""

    site: Site
    primary: Server
    standby: Server

    def rename(self, name: str) -> None:
        """Let another program change what readers see, on the primary."""
        asked(self.primary, NAMED, name)

    def read(self, browser: OpenerDirector, address: str = ADDRESS) -> str:
        with browser.open(f"{self.site.url}{address}", timeout=30) as page:
            return str(page.read().decode())


def asked(server: Server, sql: str, *given: str) -> Any:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(server.url, autocommit=True) as connection:
        found = connection.execute(sql, given)
        return found.fetchone() if found.description else None


def browser(jar: CookieJar | None = None) -> OpenerDirector:
    return build_opener(HTTPCookieProcessor(jar))


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: Any) -> Iterator[Pair]:
    folder: Path = tmp_path_factory.mktemp("replica")
    with replicated() as (primary, standby):
        urls = {"DATABASE_URL": primary.url, "DATABASE_REPLICA_URL": standby.url}
        with serving(folder, **urls) as site:
            yield Pair(site, primary, standby)


def signed_in(pair: Pair) -> CookieJar:
    """Log in with the password that was shown at the first start."""
    jar = CookieJar()
    page = pair.read(browser(jar), "/admin/login/")
    told = dict(re.findall(r"(user name|password) +(\S+)", pair.site.told()))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    form = {"username": told["user name"], "password": told["password"]}
    form |= {"next": "/admin/"}
    sent = urlencode(form | {"csrfmiddlewaretoken": token[1]}).encode()
    with browser(jar).open(f"{pair.site.url}/admin/login/", sent) as answer:
        assert answer.status == 200
    assert {"sessionid", COOKIE} <= {cookie.name for cookie in jar}
    return jar


def without_session(jar: CookieJar) -> CookieJar:
    """The same browser once it has logged out."""
    left = CookieJar()
    for cookie in jar:
        if cookie.name != "sessionid":
            left.set_cookie(cookie)
    return left


@pytest.mark.slow
@pytest.mark.postgres
def test_it_works(pair: Pair) -> None:
    """Readers read the standby, editors the primary; a change is read by its maker."""
    assert asked(pair.standby, "SELECT pg_is_in_recovery()") == (True,)
    pair.rename("Before")
    until(lambda: "Before" in pair.read(browser()))
    asked(pair.standby, "SELECT pg_wal_replay_pause()")
    pair.rename("Meanwhile")
    editor = signed_in(pair)
    left = without_session(editor)
    assert "Before" in pair.read(browser())
    assert "Before" in pair.read(browser(), f"/api/v1{ADDRESS}")
    assert "Meanwhile" in pair.read(browser(editor))
    # Logged out: but the standby has not come as far as what they did.
    assert "Meanwhile" in pair.read(browser(left))
    asked(pair.standby, "SELECT pg_wal_replay_resume()")
    until(lambda: "Meanwhile" in pair.read(browser()))
    # Their signing in and out came after that change: all of it has to be there.
    (end,) = asked(pair.primary, "SELECT pg_current_wal_lsn()::text")
    until(lambda: asked(pair.standby, REPLAYED, end) == (True,))
    asked(pair.standby, "SELECT pg_wal_replay_pause()")
    pair.rename("Later")
    # It has now, and what others do since they may read a moment later.
    assert "Meanwhile" in pair.read(browser(left))
    asked(pair.standby, "SELECT pg_wal_replay_resume()")


@pytest.mark.slow
@pytest.mark.postgres
def test_without_the_replica_the_primary_answers(pair: Pair) -> None:
    for turn, address in enumerate([f"/api/v1{ADDRESS}", ADDRESS], start=1):
        pair.read(browser(), address)
        pair.rename(f"Alone {turn}")
        pair.standby.stop()
        for _ in range(3):
            assert f"Alone {turn}" in pair.read(browser(), address)
        assert pair.site.told().count("The replica does not answer") == turn
        pair.standby.start()
        time.sleep(replica.REST + 1)
    pair.rename("Together")
    until(lambda: "Together" in pair.read(browser()))
    assert pair.site.told().count("The replica does not answer") == 2


@pytest.mark.slow
@pytest.mark.postgres
def test_a_server_that_is_away_gives_back_what_was_typed(pair: Pair) -> None:
    jar = signed_in(pair)
    form = pair.read(browser(jar), ADDING)
    sent = fields(SimpleNamespace(text=form)) | {"name": TYPED, "status": "draft"}
    pair.primary.stop()
    with pytest.raises(HTTPError) as refused:
        browser(jar).open(f"{pair.site.url}{ADDING}", urlencode(sent, True).encode())
    page = refused.value.read().decode()
    assert refused.value.code == 503
    assert TYPED in page and "It could not be saved just now" in page
    pair.primary.start()
    # The page's own button sends it again.
    sent = fields(SimpleNamespace(text=page))
    with browser(jar).open(
        f"{pair.site.url}{ADDING}", urlencode(sent, True).encode()
    ) as answer:
        assert answer.status == 200
    named = "SELECT count(*) FROM entities_entity WHERE name = %s"
    assert asked(pair.primary, named, TYPED) == (1,)


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize("which", ["primary", "standby"])
def test_nobody_is_told_that_a_server_was_started_anew(pair: Pair, which: str) -> None:
    """Each thread of the site holds a connection that died meanwhile."""
    editor, told = signed_in(pair), pair.site.told()
    server: Server = getattr(pair, which)
    for _ in range(2):
        with ThreadPoolExecutor(4) as readers:
            names = [None, editor] * 12
            pages = list(readers.map(lambda jar: pair.read(browser(jar)), names))
        assert len(pages) == 24 and all("<h1" in page for page in pages)
        server.stop()
        server.start()
    assert pair.site.told() == told


def test_without_a_replica_nothing_is_chosen() -> None:
    with pytest.raises(MiddlewareNotUsed):
        Replica(lambda request: HttpResponse())
    assert routing.alias() == "default"


@pytest.mark.parametrize(
    ("method", "address", "headers", "cookies", "expected"),
    [
        ("get", "/people/", {}, {}, True),
        ("head", "/people/", {}, {"last_visit": "2026-11-01"}, True),
        ("get", "/people/", {}, {"sessionid": "x"}, False),
        ("get", "/api/v1/people/", {"Authorization": "Bearer x"}, {}, False),
        ("get", "/admin/login/", {}, {}, False),
        ("post", "/changes/", {}, {}, False),
    ],
)
def test_who_reads_in_nobodys_name_may_be_behind(
    method: str, address: str, headers: Any, cookies: Any, expected: bool
) -> None:
    request = getattr(RequestFactory(headers=headers), method)(address)
    request.COOKIES.update(cookies)
    assert may_be_behind(request) is expected


def test_whoever_has_written_reads_the_primary_from_then_on() -> None:
    router = routing.Router()
    with routing.choosing(routing.REPLICA) as choice:
        assert router.db_for_read(None) == "replica"
        assert router.db_for_write(None) == "default"
        assert router.db_for_read(None) == "default"
        assert choice.has_written
    assert router.db_for_read(None) == "default"
    assert router.allow_migrate("replica", "sources") is False
    assert router.allow_migrate("default", "sources") is None
    assert router.allow_relation(None, None) is True


def test_within_a_transaction_the_primary_is_read(db: None) -> None:
    with routing.choosing(routing.REPLICA):
        assert routing.alias() == "default"


@pytest.mark.parametrize("place", ["", "now", "0/1; DROP", "G/0", "0/123456789"])
def test_a_place_that_is_none_is_not_asked_for(place: str) -> None:
    assert replica._has_come_to(place) is False
