"""Hostile words in every field are words wherever they are shown."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import URLField
from django.test import Client
from markdown_it import MarkdownIt

from briefing.api.resources import RESOURCES
from briefing.urls import READERS
from entities.fields import EdtfField
from tests.cast import Cast, make_claim, make_property, make_source
from tests.hostile import plant, takes_text
from tests.test_admin_addresses import places
from tests.test_admin_pages import OURS, model_at, one_of_each

__all__ = ["hostile", "one_of_each", "whole"]

# A record of each kind, with its address.
RECORDS = {
    "people": "ada-vance",
    "organisations": "northwind-labs",
    "events": "opening",
    "questions": "northwind-labs-founded-on",
    "claims": "founded-2015",
    "sources": "herald-report",
}
# Opened, they end the session or are no page.
NOT_OPENED = {"logout", "view_on_site", "jsi18n"}


def public() -> list[str]:
    """Every address that readers have, and all of the API's."""
    found = []
    for pattern in READERS:
        route = f"/{pattern.pattern}"
        room = next((one for one in RECORDS if f"/{one}/" in route), "")
        route = route.replace("<slug:slug>", RECORDS.get(room, ""))
        found.append(route.replace("<slug:section>", "person"))
    found += ["/search/?q=script", "/search/suggestions/?q=script", "/people/?q=alert"]
    for one in RESOURCES:
        found.append(f"/api/v1/{one.plural}/?page_size=100")
    return [*found, "/api/v1/", "/api/v1/docs/", "/api/v1/search/?q=script"]


def desk() -> list[str]:
    """Every address of the desk that can be opened."""
    found = places(admin.site.get_urls())
    return [one.address for one in found if one.name not in NOT_OPENED]


def acts(html: str) -> list[str]:
    """What in a page would do something that no template of ours has it do."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    found = []
    for node in tree.iter():
        name = str(node.tag)
        script = name == "script" and not node.get("src")
        if script and "json" not in (node.get("type") or ""):
            found.append(f"script {node.text}")
        if script and "json" in (node.get("type") or ""):
            json.loads(node.text)
        if name == "iframe" or node.get("src") in ("x", "javascript:alert(6)"):
            found.append(name)
        for key, value in node.items():
            if key.startswith("on") or re.match(r"\s*(javascript|data):", value, re.I):
                found.append(f"{name} {key}={value[:40]}")
    return [one for one in found if "data:image" not in one]


def is_safe(answer: Any) -> bool:
    """Whether an answer, of whatever form, is whole and does nothing by itself."""
    kind, body = answer["Content-Type"].split(";")[0], answer.getvalue()
    if kind == "text/html":
        assert acts(body.decode()) == []
    elif kind == "text/markdown":
        assert acts(MarkdownIt("commonmark").render(body.decode())) == []
    elif kind.endswith("json"):
        json.loads(body)
    elif kind.endswith("xml"):
        ElementTree.fromstring(body)
    elif kind.endswith("wordprocessingml.document"):
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            for name in file.namelist():
                ElementTree.fromstring(file.read(name))
    else:
        assert kind in ("text/plain", "application/x-bibtex"), kind
    assert answer["X-Content-Type-Options"] == "nosniff"
    return True


@pytest.fixture
def whole(one_of_each: None, cast: Cast) -> None:
    """A row in every table, with a value in every column that is for text."""
    motto = make_property("motto", "text")
    make_claim(cast.ada, motto, "motto", text="Onwards.")
    make_claim(cast.ada, motto, "old-motto", text="Back.", status="draft")
    make_source("draft-source", status="draft")


@pytest.fixture
def hostile(whole: None) -> None:
    plant()


def test_case_48_a_new_field_is_taken(whole: None) -> None:
    """It is planted in by its type; a table without a row would be missed."""
    planted = plant()
    models = {model_at(table)._meta.concrete_model for table in OURS}
    texts = [
        (f"{model.__name__}.{field.name}", field)
        for model in models
        for field in model._meta.local_fields
        if takes_text(field) and model._base_manager.exists()
    ]
    # Dates and addresses refuse all of it by their own rules; see case 49.
    refused = {name for name, field in texts if isinstance(field, EdtfField | URLField)}
    assert {name for name, _ in texts} - planted == refused
    assert "HistoricalSource.title" in planted


@pytest.mark.slow
def test_case_48_readers_see_words(hostile: None, client: Client) -> None:
    for address in public():
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert is_safe(answer), address


@pytest.mark.slow
def test_case_48_the_desk_sees_words(hostile: None, client: Client) -> None:
    client.force_login(User.objects.create_superuser("root"))
    for address in desk():
        answer = client.get(address)
        assert answer.status_code < 500, address
        if answer.status_code == 200:
            assert is_safe(answer), address
