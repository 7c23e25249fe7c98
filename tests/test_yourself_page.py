"""“Check this yourself”: a reader's own copy against what we cite."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sources.models import SourceText
from tests.cast import Cast
from tests.pages import read, visible

ADDRESS = "/sources/herald-report/check/"


def sent(client: Client, **fields: Any) -> str:
    answer = client.post(ADDRESS, fields)
    assert answer.status_code == 200
    return visible(answer.content.decode())


def held(cast: Cast) -> str:
    return SourceText.objects.get(source=cast.herald).text


def test_it_works(client: Client, cast: Cast) -> None:
    page = read(client, ADDRESS)
    assert "Your copy is not stored" in page
    page = sent(client, text=held(cast))
    assert "Found: 3 of 3" in page
    assert "letter for letter, the text that we read" in page
    assert page.count("Found, at the same place") == 3


def test_it_says_what_moved_and_what_is_gone(client: Client, cast: Cast) -> None:
    other = "New first line.\n" + held(cast).replace("about $6 million", "a sum")
    page = sent(client, text=other)
    assert page.count("Found, at another place") == 2
    assert "Not found:" in page
    assert "Your copy is not, letter for letter" in page


def test_it_reads_a_file_as_well(client: Client, cast: Cast) -> None:
    file = SimpleUploadedFile("copy.txt", held(cast).encode())
    assert "Found, at the same place" in sent(client, file=file)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": "  "}, "Paste the article’s words"),
        ({"text": "x" * 1_000_001}, "longer than 1,000,000"),
        ({"text": "a\x00b"}, "Null characters"),
        ({"file": SimpleUploadedFile("a.txt", b"\xff\xfe\x00")}, "not a text in UTF-8"),
        ({"file": SimpleUploadedFile("a.txt", b"x" * 1_000_001)}, "larger than"),
    ],
    ids=["nothing", "long", "null", "binary", "big"],
)
def test_it_says_what_to_mend(
    client: Client, cast: Cast, fields: Any, message: str
) -> None:
    assert message in sent(client, **fields)


def test_it_stores_nothing_and_sets_no_cookie(client: Client, cast: Cast) -> None:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.post(ADDRESS, {"text": "A copy of something else."})
    assert not answer.cookies
    assert all(one["sql"].startswith("SELECT") for one in asked)
    assert len(asked) <= 3


def test_it_gives_back_only_the_readers_words(client: Client, cast: Cast) -> None:
    page = client.post(ADDRESS, {"text": "<script>alert(1)</script> in 2015"})
    source = page.content.decode()
    assert "<script>alert" not in source
    assert "We began in a kitchen" not in source


def test_it_is_there_for_what_readers_see_only(client: Client, cast: Cast) -> None:
    cast.herald.status = "draft"
    cast.herald.save()
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, {"text": "in 2015"}).status_code == 404
