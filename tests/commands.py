"""Commands of manage.py in processes of their own, on a database file of their own."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.tree import ROOT

COMMAND = [sys.executable, "manage.py"]


def _hear_ctrl_c() -> None:
    """What runs in a shell's background is deaf to it, and so is all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Place(NamedTuple):
    """A folder with a database, and how to run commands on it."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "b.sqlite3"

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if name != "DATABASE_URL"
        }
        return {**kept, "BRIEFING_DB": str(self.database), "SECRET_KEY": "for-tests"}

    def run(self, *command: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *map(str, command)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )

    def start(self, *command: Any) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*COMMAND, *map(str, command)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_hear_ctrl_c,
        )

    def ask(self, sql: str, database: Path | None = None) -> list[Any]:
        with closing(sqlite3.connect(database or self.database)) as file:
            return file.execute(sql).fetchall()


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demonstration, made once; copy it."""
    place = Place(tmp_path_factory.mktemp("loaded"))
    for command in (["migrate", "-v0"], ["loaddemo", "-v0"]):
        done = place.run(*command)
        assert done.returncode == 0, done.stderr
    return place.database


@pytest.fixture
def place(tmp_path: Path, loaded: Path) -> Iterator[Place]:
    """A folder of one's own with the demonstration in it."""
    place = Place(tmp_path)
    shutil.copy(loaded, place.database)
    yield place
