"""The log: slow requests by name, errors by place, and no private word in it."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.test import Client

from briefing import watching
from tests.cast import Cast

SECRET = "Zebulon"


@pytest.fixture
def told(caplog: Any, settings: Any) -> Any:
    """All that was told, in both forms; each request is slow enough to be named."""
    settings.SLOW_REQUEST_MS = 0

    def lines() -> list[dict[str, Any]]:
        assert SECRET not in "".join(map(watching.Plain().format, caplog.records))
        found = [watching.Json().format(one) for one in caplog.records]
        assert SECRET not in "".join(found)
        return [json.loads(line) for line in found]

    return lines


def test_a_slow_request_is_named(client: Client, cast: Cast, told: Any) -> None:
    client.get(f"/people/ada-vance/?secret={SECRET}")
    (line,) = told()
    assert line["words"] == "slow request" and line["level"] == "WARNING"
    assert line["pattern"] == "people/<slug:slug>/" and line["method"] == "GET"
    assert line["status"] == 200 and line["ms"] >= 0 and line["queries"] > 0


def test_a_quick_one_is_not(
    client: Client, cast: Cast, told: Any, settings: Any
) -> Any:
    settings.SLOW_REQUEST_MS = 3_600_000
    client.get("/people/")
    assert told() == []


def test_nothing_searched_for_or_typed_is_told(
    client: Client, cast: Cast, editor: User, told: Any
) -> None:
    caches["rates"].clear()
    client.get(f"/search/?q={SECRET}")
    client.get(f"/api/v1/search/?q={SECRET}")
    typed = {"username": SECRET, "password": SECRET, "code": SECRET}
    client.post("/admin/login/", typed)
    client.post("/admin/sources/source/add/", {"title": SECRET})
    client.force_login(editor)
    client.post("/admin/sources/source/add/", {"title": SECRET, "_version": "x"})
    words = [line["words"] for line in told()]
    assert "sign-in refused: wrong name or password" in words
    caches["rates"].clear()


def test_who_signs_in_is_told_by_number(
    client: Client, editor: User, told: Any
) -> None:
    given = {"username": "edith", "password": "correct horse"}
    client.post("/admin/login/", given)
    assert {"words": "signed in", "account": editor.pk}.items() <= {
        **next(line for line in told() if line["words"] == "signed in")
    }.items()


def test_an_error_is_told_by_place_and_kind(
    client: Client, cast: Cast, told: Any, monkeypatch: Any
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise ValueError(f"about {SECRET}")

    client.raise_request_exception = False
    monkeypatch.setattr("briefing.pages.home.render", fail)
    assert client.get(f"/?q={SECRET}").status_code == 500
    (line,) = (line for line in told() if line["level"] == "ERROR")
    assert line["error"] == "ValueError" and line["where"].endswith(" fail")


def test_a_path_begins_no_line_of_its_own() -> None:
    record = logging.makeLogRecord({"msg": "Forbidden: /a\n2026 ERROR forged \x1b[2J"})
    assert "\n" not in watching.Plain().format(record)
    assert "\x1b" not in watching.Plain().format(record)
    assert json.loads(watching.Json().format(record))["words"] == record.msg


def test_what_is_not_found_fills_no_log() -> None:
    for status, is_told in ((404, False), (403, True), (500, True), (0, True)):
        record = logging.makeLogRecord({"status_code": status})
        assert watching.is_worth_a_line(record) == is_told


@pytest.mark.parametrize("form", ["plain", "json"])
def test_both_forms_can_be_set(form: str) -> None:
    chosen = watching.logging(form)
    logging.config.DictConfigurator(chosen)
    formatter = chosen["formatters"]["ours"]["()"]()
    try:
        raise KeyError(SECRET)
    except KeyError:
        record = logging.makeLogRecord({"msg": "it", "exc_info": sys.exc_info()})
    line = formatter.format(record)
    assert (
        SECRET not in line
        and "KeyError" in line
        and line.startswith("{") == (form == "json")
    )
