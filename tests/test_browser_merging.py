"""Merging and taking it back, clicked through in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import make_person
from tests.tables import contents, differences

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_it_works(cast: Any, editor: Any, sign_in: Any, live_server: Any) -> None:
    make_person("Vance Ada", slug="vance")
    before = contents()
    page = sign_in(editor)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Look for duplicates").click()
    page.get_by_role("link", name="Merge… Vance Ada and Ada Vance").click()
    page.get_by_label("Why they are one").fill("One passport.")
    page.get_by_role("button", name="Merge “Vance Ada” into “Ada Vance”").click()
    page.get_by_text("“Vance Ada” is now part of “Ada Vance”.").wait_for()
    page.goto(f"{live_server.url}/people/vance/")
    assert page.url.endswith("/people/ada-vance/")
    page.go_back()
    page.get_by_role("button", name="Undo this merge").click()
    page.get_by_text("All is as it was").wait_for()
    assert differences(before, contents()) == []
