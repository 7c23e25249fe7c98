"""Hostile words in every field, in a real browser: nothing of them is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page

from sources.models import Claim, Source
from tests.test_hostile import desk, hostile, one_of_each, public, whole

__all__ = ["hostile", "one_of_each", "whole"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
WATCH = """
window.broken = [];
document.addEventListener("securitypolicyviolation",
  (one) => window.broken.push(`${one.violatedDirective} ${one.blockedURI}`));
"""


@pytest.fixture
def watched(page: Page, live_server: Any) -> Iterator[Page]:
    """A page of the site that notes each dialog, broken rule and error of a script."""
    page.noted = []  # type: ignore[attr-defined]

    def note(dialog: Any) -> None:
        page.noted.append(f"dialog {dialog.message}")  # type: ignore[attr-defined]
        dialog.dismiss()

    page.on("dialog", note)
    page.add_init_script(WATCH)
    yield page


def noted(page: Page) -> list[str]:
    """What happened on the page since it was opened."""
    page.wait_for_load_state("load")
    return [*page.noted, *page.evaluate("window.broken")]  # type: ignore[attr-defined]


def is_page(client: Client, address: str) -> bool:
    answer = client.get(address)
    return answer.status_code == 200 and "html" in answer["Content-Type"]


def test_what_counts_counts(watched: Page, live_server: Any) -> None:
    """The negative control: a script in a page is seen, and is not run."""
    watched.goto(f"{live_server.url}/")
    watched.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "alert(1)";
        document.body.append(script);
    }""")
    watched.wait_for_function("window.broken.length > 0")
    assert noted(watched) == ["script-src-elem inline"]
    watched.evaluate("alert(2)")
    assert "dialog 2" in noted(watched)


def test_case_48_readers_pages(
    hostile: None, watched: Page, live_server: Any, client: Client
) -> None:
    for address in public():
        if is_page(client, address):
            watched.goto(live_server.url + address)
            assert noted(watched) == [], address


def test_case_48_the_desks_pages(
    hostile: None,
    watched: Page,
    live_server: Any,
    client: Client,
    sign_in: Callable[[User], Page],
) -> None:
    sign_in(User.objects.create_superuser("root"))
    for address in desk():
        if is_page(client, address):
            watched.goto(live_server.url + address)
            assert noted(watched) == [], address


@pytest.mark.parametrize("model", [Source, Claim])
@pytest.mark.parametrize("happened", ["conflict", "session", "deleted"])
def test_case_48_conflict_and_rescue_pages(
    hostile: None,
    watched: Page,
    live_server: Any,
    sign_in: Callable[[User], Page],
    model: Any,
    happened: str,
) -> None:
    sign_in(User.objects.create_superuser("root"))
    row = model.objects.get(slug={Source: "draft-source", Claim: "old-motto"}[model])
    name = model._meta.model_name
    watched.goto(f"{live_server.url}/admin/sources/{name}/{row.pk}/change/")
    if happened == "conflict":
        model.objects.filter(pk=row.pk).update(
            status_reason="<script>alert(9)</script>"
        )
    elif happened == "session":
        Session.objects.all().delete()
    else:
        row.delete()
    with watched.expect_navigation():
        watched.evaluate(f"document.querySelector('#{name}_form').submit()")
    assert noted(watched) == []
    assert watched.locator("textarea, input, pre").count() > 0
    assert "alert(" in watched.content()
