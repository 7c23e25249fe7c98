"""The HTML of one page of each template, and of pages drawn from the demonstration.

`PAGES=200 pytest tests/test_markup.py` draws more of them, `PAGES=all` takes each one.
"""

from __future__ import annotations

import os
import random
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template.backends.jinja2 import Template
from django.test import Client
from django.utils import timezone

from entities.models import Person
from tests import markup
from tests.cast import Cast, make_claim, make_person, make_source

PAGES = os.environ.get("PAGES", "40")
SEED = 4
# The heaviest page there may be, with its style and its script.
MOST_BYTES = 100_000
HEAVY = [
    *("/", "/timeline/", "/questions/", "/people/liang-wenfeng/"),
    *("/organisations/deepseek/", "/organisations/high-flyer/"),
]
# One page of each template that readers meet; `taken_down` makes some of them.
TEMPLATES = [
    "/",
    "/people/",
    "/people/ada-vance/",
    "/organisations/northwind-labs/",
    "/organisations/northwind-labs/briefing/",
    "/organisations/northwind-labs/network/?steps=2",
    "/events/",
    "/questions/",
    "/questions/?state=differ&q=odd",
    "/questions/northwind-labs-founded-on/",
    "/claims/",
    "/claims/?about=nobody&support=odd",
    "/claims/founded-2015/",
    "/sources/",
    "/sources/herald-report/",
    "/sources/herald-report/check/",
    "/timeline/",
    "/timeline/?in=odd&scale=month",
    "/corrections/",
    "/changes/",
    "/search/?q=Vance",
    "/search/?q=when+was+northwind+labs+founded%3F",
    "/no-such-page/",
    "/people/retracted/",
    "/claims/retracted/",
    "/sources/retracted/",
    "/sources/withdrawn/",
    "/people/ada-vance/?as_of={today}",
    "/people/late/?as_of={today}",
    "/api/v1/docs/",
]
# These need an accident, or a folder of files: their own tests look at them.
ELSEWHERE = {
    *("errors/400.html", "errors/403.html", "errors/500.html", "errors/503.html"),
    *("edition/names.html", "edition/redirect.html", "edition/search.html"),
    "dated/too_large.html",
}


def taken_down(cast: Cast) -> list[str]:
    """Make the records whose pages say that they are no more; all addresses."""
    why = {"status": "retracted", "status_reason": "We were wrong."}
    make_person("Retracted", slug="retracted", **why)
    make_source("retracted", **why)
    make_source("withdrawn", status="withdrawn")
    field = cast.founded_2015.property
    make_claim(cast.northwind, field, "retracted", date="2001", **why)
    make_person("Late", slug="late", status="published")
    day = timezone.localdate()
    Person.history.filter(slug="late").update(
        history_date=timezone.now() + timedelta(days=2)
    )
    return [one.format(today=day) for one in TEMPLATES]


# Pages that were found at fault: a link to a name of one letter.
FAULTY_ONCE = ("/organisations/weibo/",)


def drawn(client: Client) -> list[str]:
    """As many public addresses of the data as are asked for, always the same."""
    index = client.get("/sitemap.xml").content.decode()
    found: list[str] = []
    for section in re.findall(r"<loc>https?://[^/]+(/[^<]+)</loc>", index):
        told = client.get(section).content.decode()
        found += re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", told)
    if PAGES == "all":
        return found
    # Drawn by lot, not for secrecy.
    lot = random.Random(SEED).sample(sorted(found), min(int(PAGES), len(found)))
    return sorted({*lot, *FAULTY_ONCE})


def faults(client: Client, address: str) -> list[str]:
    source = client.get(address).content.decode()
    return [f"{address}: {fault}" for fault in markup.faults(source)]


def test_it_works() -> None:
    page = (
        "<!DOCTYPE html><title>x</title><h1>A</h1><p id=a>1<div id=a></p><a href=#b>2"
    )
    told = "\n".join(markup.faults(page))
    assert "two elements have the id “a”" in told
    assert "refers to “b”, which is not there" in told
    assert "line 1" in told


def test_each_template_is_valid(client: Client, cast: Cast) -> None:
    told = [fault for one in taken_down(cast) for fault in faults(client, one)]
    assert not told, "\n".join(told)


def test_each_template_has_a_page(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    met, render = set(), Template.render

    def noted(template: Template, *args: Any) -> str:
        met.add(template.template.name)
        return str(render(template, *args))

    monkeypatch.setattr(Template, "render", noted)
    for address in taken_down(cast):
        client.get(address)
    site = Path(settings.BASE_DIR, "templates", "site")
    pages = {str(path.relative_to(site)) for path in site.rglob("[a-z0-9]*.html")}
    assert pages - {"layout.html"} - ELSEWHERE == met


@pytest.mark.slow
@pytest.mark.django_db
def test_pages_drawn_from_the_demonstration_are_valid_and_light(client: Client) -> None:
    call_command("loaddemo", verbosity=0)
    addresses = [*HEAVY, *drawn(client)]
    told = [fault for one in addresses for fault in faults(client, one)]
    assert not told, "\n".join(told)
    beside = sum(len(read(name)) for name in ("site.css", "suggest.js", "notes.js"))
    sizes = {one: len(client.get(one).content) + beside for one in addresses}
    heavy = {one: size for one, size in sizes.items() if size > MOST_BYTES}
    assert not heavy


def read(name: str) -> bytes:
    return Path(settings.BASE_DIR, "static", name).read_bytes()
