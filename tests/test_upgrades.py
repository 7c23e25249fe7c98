"""Every migration on a copy with data: back, forward again, and killed midway."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands import Place
from tests.soak import times
from tests.tree import ROOT

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]
TABLES = """
    SELECT name FROM sqlite_master WHERE type = 'table'
    AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_fts%'
"""
# One that copies a table row by row, each for itself; only the judge is on trial.
CARELESS = """
import sqlite3, sys
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("ALTER TABLE entities_alias RENAME TO older")
file.execute("CREATE TABLE entities_alias AS SELECT * FROM older WHERE 0")
for (key,) in file.execute("SELECT id FROM older").fetchall():
    file.execute("INSERT INTO entities_alias SELECT * FROM older WHERE id = ?", [key])
    print("one", flush=True)
    input()
"""
TOKENS = "0005_give_programs_tokens"
# It ends as it is about to note a migration that puts an index off to its end.
KILLED = """
import os
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db.migrations import executor, recorder
from sources.management.commands.migrate import Command
note = recorder.MigrationRecorder.record_applied
def end(self, room, name):
    note(self, room, name) if name != "{name}" else os._exit(9)
recorder.MigrationRecorder.record_applied = end
if not {careful}: migrate.MigrationExecutor = executor.MigrationExecutor
call_command(Command(), verbosity=0)
"""
# Migrations that cannot be taken back, each with its reason.
ONE_WAY: dict[str, str] = {}


def _migrations() -> list[tuple[str, str, str]]:
    """Each migration of ours after the first of its room, and the one before it."""
    pairs = []
    for room in ("entities", "sources"):
        names = [
            path.stem for path in sorted(Path(ROOT, room, "migrations").glob("0*.py"))
        ]
        pairs += [(room, *pair) for pair in zip(names, names[1:], strict=False)]
    return pairs


def counts(place: Place) -> dict[str, int]:
    """How many rows each table has; what migrations note of themselves is theirs."""
    names = {name for (name,) in place.ask(TABLES)} - {"django_migrations"}
    return {
        name: place.ask(f'SELECT count(*) FROM "{name}"')[0][0]
        for name in sorted(names)
    }


def migrate(place: Place, *to: str) -> None:
    done = place.run("migrate", "-v0", *to)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("room", "before", "name"), _migrations())
def test_case_30_a_migration_goes_back_and_forward(
    place: Place, room: str, before: str, name: str
) -> None:
    if f"{room}.{name}" in ONE_WAY:
        assert "reversible" in place.run("migrate", room, before).stderr
        return
    as_it_was = counts(place)
    migrate(place, room, before)
    older = counts(place)
    assert {table: as_it_was[table] for table in older if table in as_it_was} == older
    migrate(place)
    assert counts(place) == as_it_was
    verified = place.run("verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr


def test_case_30_the_first_migrations_go_back_to_nothing(place: Place) -> None:
    migrate(place, "sources", "zero")
    migrate(place, "entities", "zero")
    assert not [name for name in counts(place) if name.startswith(("enti", "sour"))]
    migrate(place)
    done = place.run("loaddemo", "-v0")
    assert done.returncode == 0, done.stderr


def test_case_30_a_killed_migration_is_taken_up_again(place: Place) -> None:
    as_it_was = counts(place)
    killed = 0
    for _ in range(times(3, 50)):
        migrate(place, "sources", "0001")
        running = place.start("migrate", "-v0")
        time.sleep(random.uniform(0.6, 1.6))
        running.kill()
        running.communicate()
        killed += running.returncode == -9
        migrate(place)
        assert counts(place) == as_it_was
        assert place.ask("PRAGMA integrity_check") == [("ok",)]
    print(f"{killed} killed")


@pytest.mark.parametrize("careful", [True, False])
def test_case_30_killed_before_it_is_noted_a_migration_never_was(
    place: Place, careful: bool
) -> None:
    """At the worst of moments; Django's own `migrate` is the control."""
    migrate(place, "sources", "0001")
    command = [
        "shell",
        "--no-imports",
        "-c",
        KILLED.format(careful=careful, name=TOKENS),
    ]
    assert place.run(*command).returncode == 9
    done = place.run("migrate", "-v0")
    assert done.returncode == (0 if careful else 1)
    assert ("already exists" in done.stderr) is not careful


def test_case_30_a_careless_migration_is_found_out(place: Place) -> None:
    """The control: killed midway, it leaves some of the rows where none look."""
    as_it_was = counts(place)
    command = [sys.executable, "-c", CARELESS, str(place.database)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    running = subprocess.Popen(command, text=True, **pipes)
    assert running.stdout is not None
    assert running.stdout.readline() == "one\n"
    running.kill()
    running.communicate()
    assert 1 <= counts(place)["entities_alias"] < as_it_was["entities_alias"]
