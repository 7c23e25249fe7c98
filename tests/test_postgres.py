"""PostgreSQL is the other engine: the tables can be made there, and filled."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tree import ROOT

pytestmark = pytest.mark.postgres

Manage = Callable[..., str]


@pytest.fixture(scope="module")
def manage(postgres_url: str) -> Manage:
    """Run a command of manage.py on the private server."""

    def run(*command: str, **environment: str) -> str:
        env = os.environ | {"DATABASE_URL": postgres_url} | environment
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    return run


def test_it_works(manage: Manage) -> None:
    manage("migrate", "--verbosity", "0")
    manage("migrate", "--check")


@pytest.mark.slow
def test_it_holds_the_same_data_as_sqlite(manage: Manage, tmp_path: Path) -> None:
    sqlite = {"DATABASE_URL": f"sqlite:///{tmp_path / 'same.sqlite3'}"}
    counts = []
    for engine in ({}, sqlite):
        manage("migrate", "--verbosity", "0", **engine)
        counts.append(json.loads(manage("loaddemo", **engine).splitlines()[-1]))
    assert counts[0] == counts[1]
    assert counts[0]["claim"] > 100
