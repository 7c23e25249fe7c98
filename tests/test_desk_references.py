"""Bringing sources in at the desk: the preview, what is here, what is made."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sources.models import Source
from tests import cast as casting
from tests.pages import visible
from tests.test_importing_sources import HTML, RIS

PAGE = "/admin/references/"


def send(client: Client, text: str | bytes, name: str = "x.ris") -> str:
    content = text.encode() if isinstance(text, str) else text
    answer: Any = client.post(PAGE, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    return str(answer.content.decode())


def make(client: Client, page: str, *numbers: int) -> Any:
    (held,) = re.findall(r'name="_held" value="([^"]+)"', page)
    return client.post(PAGE, {"_held": held, "apply": "yes", "make": numbers})


@pytest.fixture
def desk(client: Client, contributor: Any) -> Client:
    client.force_login(contributor)
    return client


def test_it_works(desk: Client, contributor: Any) -> None:
    page = send(desk, RIS)
    assert "1 reference, 0 of them already here" in visible(page)
    assert "SP: 12" in page and not Source.objects.exists()
    answer = make(desk, page, 1)
    assert answer.url == "/admin/sources/source/"
    source = Source.objects.get()
    assert (source.status, source.created_by) == ("draft", contributor)
    change = source.history.get()
    assert change.history_user == contributor


def test_what_is_here_is_shown_and_not_ticked(desk: Client) -> None:
    casting.make_source("held", title="Held", url="http://www.herald.example/a/")
    page = send(desk, RIS + "TY  - NEWS\nTI  - Fresh\nER  - \n")
    assert "Already here, by address: Held" in visible(page)
    assert "/admin/sources/source/?q=held" in page
    ticked = re.findall(r'value="(\d)"\s+checked', page)
    assert ticked == ["2"]
    make(desk, page, 1, 2)
    assert Source.objects.count() == 3


def test_nothing_ticked_makes_nothing(desk: Client) -> None:
    answer = make(desk, send(desk, RIS))
    assert "Nothing was ticked" in answer.content.decode()
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("x.bib", "@misc{a, title = {open", "1 problem in “x.bib”"),
        ("x.html", HTML, "bring it in with “Put a text in”"),
        ("x.ris", "", "It is empty"),
        ("x.ris", b"\x81\x8d\x00", "It "),
        ("x.ris", "a" * 5_000_001, "divide it"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    desk: Client, name: str, content: str | bytes, words: str
) -> None:
    page = visible(send(desk, content, name))
    assert words in page
    assert not Source.objects.exists()


def test_a_page_of_someone_else_is_not_acted_on(desk: Client, editor: Any) -> None:
    page = send(desk, RIS)
    desk.force_login(editor)
    assert "too old" in make(desk, page, 1).content.decode()
    assert not Source.objects.exists()


def test_only_who_adds_sources_may(client: Client, editor: Any) -> None:
    editor.groups.clear()
    client.force_login(editor)
    assert client.get(PAGE).status_code == 403
    assert "Choose a file." in _as_contributor(client, editor)


def _as_contributor(client: Client, user: Any) -> str:
    user.is_superuser = True
    user.save()
    return str(client.post(PAGE, {}).content.decode())
