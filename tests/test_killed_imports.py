"""Imports that are killed, or find the disk full: all of it is there, or nothing is."""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands import COMMAND, Place
from tests.soak import times
from tests.tree import ROOT

pytestmark = pytest.mark.sqlite
ROWS = times(300, 3_000)
# A machine with less time says another number, and its figures say so.
ROUNDS = int(os.environ.get("ROUNDS", "200"))
COUNT = "SELECT count(*) FROM entities_entity WHERE slug LIKE 'p-%'"
HISTORY = "SELECT count(*) FROM entities_historicalentity WHERE slug LIKE 'p-%'"
# An importer that commits each row by itself; only the judge is on trial.
CARELESS = """
from entities.models import Person
for n in range(100_000):
    Person(slug=f"p-{n}", name=f"P {n}").save()
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    return listed(tmp_path / "people.jsonl", ROWS)


def listed(file: Path, number: int) -> Path:
    """A file of so many people."""
    rows = (
        {"type": "person", "slug": f"p-{n}", "name": f"P {n}"} for n in range(number)
    )
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


def count(place: Place) -> int:
    number: int = place.ask(COUNT)[0][0]
    return number


def log_size(place: Place) -> int:
    log = place.database.with_name(f"{place.database.name}-wal")
    try:
        return log.stat().st_size
    except FileNotFoundError:
        return 0


def kill(
    place: Place, running: subprocess.Popen[str], in_the_log: bool
) -> tuple[set[int], int]:
    """Kill it midway; how many rows readers saw, then how much log was left.

    It is killed at some moment, or as soon as something stands in the log.
    """
    seen, moment = set(), time.monotonic() + random.uniform(0.5, 2.5)
    while running.poll() is None and not log_size(place):
        if not in_the_log:
            seen.add(count(place))
            if time.monotonic() > moment:
                break
    running.kill()
    running.communicate()
    left = log_size(place)
    return {*seen, count(place)}, left


def fresh(place: Place, before: bytes) -> None:
    """The database as it was; the last to close it wrote the log into it."""
    assert log_size(place) == 0
    place.database.write_bytes(before)


def sound(place: Place) -> bool:
    faults = place.ask("PRAGMA foreign_key_check")
    return place.ask("PRAGMA integrity_check") == [("ok",)] and not faults


def test_case_19_a_killed_import_leaves_all_or_nothing(
    place: Place, people: Path
) -> None:
    killed = uncommitted = 0
    before = place.database.read_bytes()
    for number in range(times(1, ROUNDS)):
        fresh(place, before)
        running = place.start("importdata", people)
        seen, left = kill(place, running, in_the_log=number % 2 == 0)
        assert seen <= {0, ROWS} and sound(place)
        assert count(place) == place.ask(HISTORY)[0][0]
        killed += running.returncode == -9
        uncommitted += left > 0 and count(place) == 0
    print(f"{killed} killed, {uncommitted} with a log that was not committed")
    assert uncommitted >= times(0, ROUNDS // 4)
    assert place.run("importdata", people).returncode == 0
    assert count(place) == ROWS


def test_case_20_a_careless_import_is_found_out(place: Place) -> None:
    """The control: rows committed one by one are seen halfway, and stay so."""
    command = [*COMMAND, "shell", "--no-imports", "-c", CARELESS]
    running = subprocess.Popen(
        command, cwd=ROOT, env=place.environment, stdout=subprocess.PIPE, text=True
    )
    while running.poll() is None and count(place) < 5:
        time.sleep(0.01)
    running.kill()
    running.communicate()
    assert count(place) not in (0, ROWS)


@pytest.mark.slow
def test_case_24_an_import_on_a_full_disk_changes_nothing(
    place: Place, tmp_path: Path
) -> None:
    people = listed(tmp_path / "more.jsonl", 6_000)
    room = place.database.stat().st_size + 200_000

    def fill_the_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    done = subprocess.run(
        [sys.executable, "manage.py", "importdata", str(people)],
        cwd=ROOT,
        env=place.environment,
        capture_output=True,
        text=True,
        preexec_fn=fill_the_disk,
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert "disk" in done.stderr
    assert count(place) == 0 and sound(place)
    # With room again, it is done: the control.
    assert place.run("importdata", people).returncode == 0
    assert count(place) == 6_000
