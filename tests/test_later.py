"""The program starts without what few of its pages need, and finds it when asked."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import get_resolver

from briefing.api import drafts, urls
from briefing.api.resources import RESOURCES
from briefing.formats.catalogue import FORMATS
from entities.later import Later, LaterView, LaterViews
from tests.tree import ROOT

START = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "briefing.settings"
django.setup()
from django.urls import get_resolver, reverse
get_resolver().url_patterns
reverse("claim-detail", args=["one"]), reverse("api-claim", args=["one"])
print(*sys.modules)
{then}
print(*sys.modules)
"""
HEAVY = {"openpyxl", "pypdf", "docx", "trafilatura", "pylatexenc", "bibtexparser"}
OF_THE_API = {"rest_framework.views", "drf_spectacular.utils", "psycopg", "requests"}
# No reader's page is read before it is asked for, nor any table of the admin.
PAGES = {"briefing.pages.home", "briefing.pages.records", "briefing.api.views"}
DESK = {"sources.admin.claims", "sources.desk.urls", "sources.desk.texts"}


def started(then: str = "") -> list[set[str]]:
    """The modules that were read after the start, and after something more."""
    command = [sys.executable, "-c", START.format(then=then)]
    # PostgreSQL needs its driver at once: SQLite is asked after.
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [set(line.split()) for line in done.stdout.splitlines()]


def test_starting_reads_what_is_needed_everywhere() -> None:
    found, _ = started()
    assert "sources.models.claims" in found and "sources.settling" in found
    assert not (HEAVY | OF_THE_API | PAGES | DESK) & found


def test_the_desk_is_read_with_the_first_of_its_addresses() -> None:
    _, found = started('reverse("admin:sources_claim_changelist")')
    assert {"sources.admin.claims", "sources.desk.urls"} <= found
    assert not (HEAVY | PAGES | {"sources.desk.texts"}) & found


@pytest.mark.parametrize("tag", ["admin", "urls"])
def test_a_system_check_looks_at_every_table_of_the_admin(tag: str) -> None:
    check = f"call_command('check', tags=['{tag}'], stdout=sys.stderr)"
    _, found = started(f"from django.core.management import call_command; {check}")
    assert "sources.admin.claims" in found


def test_every_view_is_there_and_as_exempt_as_was_said() -> None:
    views = list(_views(get_resolver().url_patterns))
    assert len(views) > 120
    for view in views:
        assert callable(view.view())
        assert view.csrf_exempt == getattr(view.view(), "csrf_exempt", False)


def _views(patterns: Any) -> Iterator[LaterView]:
    """The views behind all addresses, whatever wraps them."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern.url_patterns)
            continue
        view = pattern.callback
        while not isinstance(view, LaterView) and hasattr(view, "__wrapped__"):
            view = view.__wrapped__
        if isinstance(view, LaterView):
            yield view


def test_the_api_has_the_addresses_of_all_that_it_gives() -> None:
    assert {one.kind: one.plural for one in RESOURCES} == urls.KINDS
    assert set(urls.WRITTEN) == set(drafts.WRITTEN)
    assert set(urls.FORMATS) == {one.name for one in FORMATS}


def test_what_it_is_asked_for_is_read() -> None:
    assert Later("entities.later").Later is Later
    with pytest.raises(AttributeError):
        _ = Later("entities.later").nothing


def test_a_view_is_called_what_it_is_and_read_when_looked_at() -> None:
    view: Any = LaterViews("briefing.pages.health").health
    assert (view.__module__, view.__qualname__) == ("briefing.pages.health", "health")
    assert not hasattr(view, "view_class") and not view.view.cache_info().currsize
    assert not hasattr(view, "cls") and view.view.cache_info().currsize
    missing = LaterViews("briefing.pages.health").nothing
    with pytest.raises(AttributeError, match="nothing"):
        missing.view()
