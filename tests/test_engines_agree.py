"""The demonstration on both engines: every page, answer and export is the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.tree import ROOT

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


def run(url: str, *command: str) -> str:
    """Run a program on the database at that address."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "SECRET_KEY": "for-one-test-only"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def engines(postgres_url: str, tmp_path_factory: Any) -> tuple[str, str, str]:
    """A file with the demonstration; a server that loaded it, and one it was moved to.

    The first two agree in what was entered. The third has the same numbers and times
    too, so that its pages can be compared byte by byte; all that is derived it has
    worked out again itself.
    """
    psycopg = pytest.importorskip("psycopg")
    names = ("agreeing_loaded", "agreeing_moved")
    with psycopg.connect(postgres_url, autocommit=True) as server:
        for name in names:
            server.execute(f"CREATE DATABASE {name}")
    loaded, moved = (f"{postgres_url.rpartition('/')[0]}/{name}" for name in names)
    file = f"sqlite:///{tmp_path_factory.mktemp('engines') / 'file.sqlite3'}"
    for url in (file, loaded):
        run(url, "manage.py", "migrate", "--verbosity", "0")
        run(url, "manage.py", "loaddemo")
    run(file, "manage.py", "movedata", "--to", moved)
    run(moved, "manage.py", "rebuild")
    return file, loaded, moved


def test_it_works(engines: tuple[str, str, str]) -> None:
    """The exports are the same bytes, wherever the data was loaded."""
    exports = {run(url, "manage.py", "exportdata", "-") for url in engines}
    assert len(exports) == 1 and exports.pop().count("\n") > 500


def test_every_page_and_answer_is_the_same(
    engines: tuple[str, str, str], tmp_path: Path
) -> None:
    """Order, counts beside filters, what a search finds, the API: byte by byte."""
    found = []
    for number, url in enumerate((engines[0], engines[2])):
        name = tmp_path / f"{number}.json"
        run(url, "-m", "tests.crawl", str(name))
        found.append(json.loads(name.read_text()))
    first, second = found
    assert first.keys() == second.keys()
    assert [one for one in first if first[one] != second[one]] == []
    assert len(first) >= 400
    assert {status for status, *_ in first.values()} <= {200, 301, 302}
