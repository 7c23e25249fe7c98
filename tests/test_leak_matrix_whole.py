"""Every role at every address, filled with every record: the long form of the matrix.

As many addresses as `make check` has time for; `PAGES=all` takes each of them.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.canaries import state_of, told
from tests.edition import files, publish
from tests.leak_matrix import IN_LISTS, ROLES, WITH_PAGES
from tests.leaks import Crawl, hits
from tests.planted import Planted
from tests.tree import fail_with

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
IS_ALL = os.environ.get("PAGES") == "all"


@pytest.fixture
def planted(db: Any) -> Planted:
    found = Planted()
    found.happens()
    return found


@pytest.mark.parametrize("role", ROLES)
def test_case_45_no_role_meets_what_its_row_keeps_from_it(
    planted: Planted, role: str
) -> None:
    few = not IS_ALL and role != "anonymous"
    crawl = Crawl(planted, role, few=few, only="" if IS_ALL or not few else ONLY[role])
    fail_with(hits(crawl), "keep it from them; if they may see it, its row is wrong.")
    least = 5000 if role == "anonymous" or IS_ALL else 200
    assert crawl.asked >= least
    if role in ("contributor", "editor", "administrator"):
        # They meet what is the desk's: the crawl is not blind.
        assert {"draft", "staff", "text"} <= {state_of(word) for word in crawl.met}


# What the role has of its own; on readers' pages all are as readers.
ONLY = {
    "reader": "",
    "bare": "admin:",
    "contributor": "admin:",
    "editor": "admin:",
    "administrator": "admin:",
}


@pytest.mark.parametrize("role", ["bare", "contributor"])
def test_case_56_the_least_of_the_desk_reach_no_more_by_side_doors(
    planted: Planted, role: str
) -> None:
    """Programs with their tokens, histories, exports, choices, what was deleted."""
    for only in (
        "api-(?!changes)",
        "admin:choose",
        "admin:autocomplete",
        "admin:deleted",
    ):
        crawl = Crawl(planted, role, only=only)
        fail_with(hits(crawl), "keep it from them.")
        states = {state_of(word) for word in crawl.met}
        assert not states & {"own", "key", "suppressed", "erased"}
        if role == "bare":
            assert not states & {"draft", "staff", "text", "embargoed", "held"}


def test_case_45_no_file_of_an_edition_holds_what_pages_do_not(
    planted: Planted, tmp_path: Path
) -> None:
    publish(tmp_path / "site")
    words = {word for body in files(tmp_path / "site").values() for word in told(body)}
    states = {state_of(word) for word in words}
    assert "published" in states and states <= WITH_PAGES
    call_command("publish", sqlite=str(tmp_path / "e.sqlite3"), verbosity=0)
    words = told((tmp_path / "e.sqlite3").read_bytes())
    states = {state_of(word) for word in words}
    assert "published" in states and states <= IN_LISTS
