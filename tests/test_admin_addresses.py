"""Every address below /admin/, and what it answers those with the fewest rights.

A new address without a row here fails, and says which row to add.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import URLResolver

from tests.cast import HERALD_TEXT
from tests.test_admin_pages import OURS, model_at, one_of_each

__all__ = ["one_of_each"]

# What an address answers a member of staff without any permission who opens it, who
# posts nothing to it; then a contributor. 405: it is not for that at all.
Answers = tuple[int, int, int, int]
OPEN: Answers = (200, 200, 200, 200)
STAFF_READ: Answers = (200, 405, 200, 405)
CLOSED: Answers = (403, 403, 403, 403)
READ: Answers = (403, 405, 200, 405)
READ_CLOSED: Answers = (403, 405, 403, 405)
POST_CLOSED: Answers = (405, 403, 405, 403)
FORM: Answers = (403, 403, 200, 200)
DESK: dict[str, Answers] = {
    **dict.fromkeys(["index", "password_change"], OPEN),
    "login": (302, 200, 302, 200),
    "logout": (405, 200, 405, 200),
    "factor": OPEN,
    **dict.fromkeys(["password_change_done", "jsi18n", "keys"], STAFF_READ),
    "view_on_site": (404, 404, 404, 404),
    # Whoever is of the desk has tokens of their own, which can do what they may.
    "app_list": (200, 200, 200, 200),
    # Without saying for which field it completes nothing.
    "autocomplete": READ_CLOSED,
    "queue": READ,
    **dict.fromkeys(["editor-history", "deleted"], READ_CLOSED),
    "recover": POST_CLOSED,
    # Reading and citing
    **dict.fromkeys(["read", "read-claims", "read-statement"], READ),
    "read-passage": (403, 405, 422, 405),
    **dict.fromkeys(["choose-entity", "choose-source", "choose-property"], READ),
    **dict.fromkeys(["read-cite", "read-omit"], (405, 403, 405, 200)),
    **dict.fromkeys(["read-undo", "read-name", "read-publish"], (405, 403, 405, 302)),
    **dict.fromkeys(["text-new", "text-likeness", "tables"], FORM),
    "references": FORM,
    **dict.fromkeys(["text-replace", "check", "correct", "erase", "suppress"], CLOSED),
    "withdraw": POST_CLOSED,
    "decide": (403, 403, 200, 403),
    "depends": FORM,
    # Merging
    **dict.fromkeys(["duplicates", "merge-into", "merges"], READ_CLOSED),
    **dict.fromkeys(["keep-apart", "undo-apart"], POST_CLOSED),
    **dict.fromkeys(["merge", "merge-undo"], CLOSED),
}
# What stands in their place where an address holds something.
FILLED = {
    "<path:content_type_id>/<path:object_id>": "1/1",
    "^([^/]+)/history/([^/]+)/$": "{pk}/history/{version}/",
    "<path:object_id>": "{pk}",
    "<id>": "{pk}",
    "^(?P<app_label>sources|entities|auth)/$": "sources/",
    "(?P<url>.*)$": "no-such-page/",
    "desk/<slug:name>": "desk/claims-in-review",
    "decide/<slug:slug>": "decide/northwind-labs-founded-on",
    "<str:kind>/<int:row>": "person/1",
    "<str:kind>/<slug:slug>/<slug:into>": "person/ada-vance/quiet-draft",
    "<str:kind>/<slug:slug>": "person/ada-vance",
    "<slug:slug>": "herald-report",
    "<str:username>": "edith",
    "<int:key>": "1",
}
TABLE = re.compile(
    r"(?P<room>entities|sources|auth)_(?P<table>[a-z]+)_"
    r"(?P<page>changelist|add|history|delete|change|simple_history|password_change)"
)
# What a contributor adds and changes; the rest of our tables they read.
DRAFTED = {
    *("person", "organisation", "event", "alias", "aliasuse", "source", "omission"),
    *("claim", "evidence", "note", "approach", "sourcetext"),
}
# What nobody without a right to it may read anywhere.
PRIVATE = ["Quiet Draft", "Ring again", HERALD_TEXT[-30:], "courier-copy"]


class Place(NamedTuple):
    name: str
    address: str


def places(patterns: Any, prefix: str = "/admin/") -> Iterator[Place]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from places(pattern.url_patterns, route)
        else:
            yield Place(pattern.name or "", _filled(route))


def _filled(route: str) -> str:
    """The address of something that there is."""
    for hole, words in FILLED.items():
        route = route.replace(hole, words)
    found = re.match(r"/admin/((?:entities|sources|auth)/\w+)/", route)
    if not found or "{pk}" not in route:
        return route
    users = {"auth/user": User, "auth/group": Group}
    model: Any = users.get(found[1]) or model_at(found[1])
    first = model._default_manager.order_by("pk").first()
    kept = first.history.first() if hasattr(first, "history") else None
    return route.format(pk=first.pk, version=kept and kept.pk)


def expected(place: Place) -> Answers | None:
    """What the tables above say of it."""
    table = TABLE.fullmatch(place.name)
    if table:
        return of_table(table["room"], table["table"], table["page"])
    if not place.name:
        is_record = re.search(r"/\d+/$", place.address)
        return (302, 302, 302, 302) if is_record else (404, 404, 404, 404)
    return DESK.get(place.name)


def of_table(room: str, table: str, page: str) -> Answers:
    is_drafted = table in DRAFTED
    if table == "token" and page != "delete":
        # Everybody's own; there is no page on somebody else's.
        is_own = page in ("changelist", "add")
        return (200, 200, 200, 200) if is_own else (302, 302, 302, 302)
    if room == "auth" or page == "delete" or (page == "add" and not is_drafted):
        return CLOSED
    if table == "entity" and page in ("change", "simple_history"):
        # Edited as the person, organisation or event that it is.
        return (403, 403, 302, 302)
    if page == "simple_history":
        return READ
    if page == "change":
        # No empty form is saved; the text of a published source is an editor's.
        may = is_drafted and table != "sourcetext"
        return (403, 403, 200, 400 if may else 403)
    return FORM


def state() -> dict[str, Any]:
    """Every row of ours with its version, every account, and what became of them."""
    found: dict[str, Any] = {}
    for table in OURS:
        rows = model_at(table)._default_manager.order_by("pk")
        found[table] = [(row.pk, getattr(row, "version", None)) for row in rows]
    for model in apps.get_models():
        if model.__name__.startswith("Historical"):
            found[model.__name__] = model._default_manager.count()
    accounts = User.objects.order_by("pk")
    return found | {
        "accounts": list(accounts.values_list("pk", "password", "is_staff"))
    }


@pytest.fixture
def every(one_of_each: None, editor: Any) -> list[Place]:
    return list(places(admin.site.get_urls()))


def test_case_56_every_address_has_its_row(every: list[Place]) -> None:
    missing = sorted({place.name for place in every if expected(place) is None})
    rows = "\n".join(f'    "{name}": FORM,' for name in missing)
    assert not missing, (
        f"Add to DESK in {__name__}, with what each answers those without rights:\n"
        f"{rows}"
    )
    assert not {*DESK} - {place.name for place in every}, "rows of no address"
    holes = [place.address for place in every if re.search(r"[<{(]", place.address)]
    assert not holes, "add to FILLED what stands there"


@pytest.mark.parametrize("who", ["visitor", "reader"])
def test_who_is_not_of_the_desk_is_sent_to_sign_in(
    who: str, every: list[Place], client: Client
) -> None:
    reader = User.objects.create_user("reader")
    before = state()
    for place in every:
        if who == "reader":
            client.force_login(reader)
        opened, sent = client.get(place.address), client.post(place.address)
        if place.name == "login":
            assert (opened.status_code, sent.status_code) == (200, 200)
        elif place.name == "logout":
            assert {opened.url, sent.url} == {"/admin/"}
        else:
            assert opened.url.startswith("/admin/login/"), place
            assert sent.status_code in (302, 401, 403), place
        assert not shown(opened) + shown(sent), place
    assert state() == before


@pytest.mark.slow
@pytest.mark.parametrize("who", ["bare", "contributor"])
def test_case_56_the_least_of_the_desk_may_no_more_than_the_row_says(
    who: str, every: list[Place], contributor: Any, client: Client
) -> None:
    bare = User.objects.create_user("bare", is_staff=True)
    before, wrong = state(), []
    for place in every:
        # It may just have been signed out.
        client.force_login(bare if who == "bare" else contributor)
        opened = client.get(place.address)
        sent = client.post(place.address)
        answers = (opened.status_code, sent.status_code)
        row = expected(place) or CLOSED
        if answers != (row[:2] if who == "bare" else row[2:]):
            wrong.append(f"{place.name} {place.address}: {answers}, not {row}")
        if who == "bare" and shown(opened) + shown(sent):
            wrong.append(f"{place.address} shows {shown(opened) + shown(sent)}")
    assert not wrong, "\n".join(wrong)
    assert state() == before


def shown(page: Any) -> list[str]:
    """What of the desk's own the page gives away."""
    return [words for words in PRIVATE if words in page.content.decode()]
