"""A database that is damaged while a real server runs: no page, no wrong one."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import Place
from tests.serving import server

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]
# Nobody asked for these before: no worker has kept them.
PAGES = ("/claims/", "/people/", "/sources/", "/questions/", "/search/?q=fund")
ROOTS = "SELECT rootpage FROM sqlite_master WHERE name = 'sources_claim'"


@pytest.fixture
def port(place: Place) -> Iterator[int]:
    with server(place, DEBUG="0", ALLOWED_HOSTS="127.0.0.1") as (port, _):
        yield port


def asked(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{port}{path}", timeout=60
        ) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()


def damage(database: Path, at: int) -> None:
    """Overwrite 16 KB from there on."""
    with database.open("r+b") as file:
        file.seek(at)
        file.write(os.urandom(16_384))


def spoken_of(answers: list[tuple[int, str]]) -> set[int]:
    """The codes of the answers; each that is no page says so in our words."""
    for status, text in answers:
        if status != 200:
            assert "Our records are out of reach" in text, (status, text[:300])
            assert "malformed" not in text and "Traceback" not in text
    return {status for status, _ in answers}


def test_case_26_what_is_damaged_is_not_shown_and_found(
    place: Place, port: int
) -> None:
    ((page,),) = place.ask(ROOTS)
    ((size,),) = place.ask("PRAGMA page_size")
    whole = place.database.read_bytes()
    damage(place.database, (page - 1) * size)
    answers = [asked(port, path) for path in PAGES]
    assert answers[0][0] == 503
    assert spoken_of(answers) <= {200, 503}
    verified = place.run("verify")
    assert verified.returncode != 0 and "Traceback" not in verified.stderr
    place.database.write_bytes(whole)
    assert [asked(port, path)[0] for path in PAGES] == [200] * len(PAGES)


def test_case_26_a_file_of_nonsense_is_no_database(place: Place, port: int) -> None:
    whole = place.database.read_bytes()
    place.database.write_bytes(os.urandom(len(whole)))
    assert spoken_of([asked(port, path) for path in PAGES]) == {503}
    place.database.write_bytes(whole)
    assert [asked(port, path)[0] for path in PAGES] == [200] * len(PAGES)
