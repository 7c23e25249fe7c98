"""`manage.py backup` and `restore`: copies made while people write, and put back."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.commands import Place
from tests.soak import times

pytestmark = pytest.mark.sqlite
COUNTED = "SELECT value FROM counted"


@pytest.fixture
def copy(place: Place) -> Path:
    """Where the copies go."""
    (place.folder / "copies").mkdir()
    return place.folder / "copies" / "b.sqlite3"


@pytest.fixture
def counting(place: Place) -> Iterator[Event]:
    """Somebody who writes a number more with each commit, into the log."""
    stop = Event()
    _count(place, "PRAGMA journal_mode = WAL", "CREATE TABLE counted (value)")
    _count(place, "INSERT INTO counted VALUES (0)")
    writer = Thread(target=_keep_counting, args=[place.database, stop])
    writer.start()
    yield stop
    stop.set()
    writer.join()


def _count(place: Place, *statements: str) -> None:
    with closing(sqlite3.connect(place.database, isolation_level=None)) as file:
        for one in statements:
            file.execute(one)


def _keep_counting(database: Path, stop: Event) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as file:
        file.execute("PRAGMA wal_autocheckpoint = 0")
        while not stop.is_set():
            file.execute("UPDATE counted SET value = value + 1")
            time.sleep(0.002)


def _wait_for_counting(place: Place) -> None:
    while place.ask(COUNTED)[0][0] < 20:
        time.sleep(0.01)


def _well(place: Place, *command: object) -> str:
    done = place.run(*command)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _refused(place: Place, *command: object) -> str:
    done = place.run(*command)
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    return done.stderr


def test_what_is_backed_up_is_what_was_there(place: Place, copy: Path) -> None:
    assert "whole" in _well(place, "backup", copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [one.name for one in copy.parent.iterdir()] == [copy.name]
    there = place.ask("SELECT slug, statement FROM sources_claim ORDER BY id")
    assert place.ask("SELECT slug, statement FROM sources_claim ORDER BY id", copy) == (
        there
    )
    assert place.ask("PRAGMA journal_mode", copy) == [("delete",)]


@pytest.mark.usefixtures("counting")
def test_case_27_a_copy_made_while_people_write_is_whole_and_new(
    place: Place, copy: Path
) -> None:
    _wait_for_counting(place)
    for _ in range(times(3, 20)):
        ((before,),) = place.ask(COUNTED)
        _well(place, "backup", copy)
        ((kept,),) = place.ask(COUNTED, copy)
        assert kept >= before > 0
        assert place.ask("PRAGMA integrity_check", copy) == [("ok",)]


@pytest.mark.slow
@pytest.mark.usefixtures("counting")
def test_case_27_what_was_copied_then_is_put_back_and_sound(
    place: Place, copy: Path
) -> None:
    _wait_for_counting(place)
    for number in range(times(1, 20)):
        _well(place, "backup", copy)
        elsewhere = Place(place.folder / f"elsewhere-{number}")
        elsewhere.folder.mkdir()
        _well(elsewhere, "restore", copy)
        _well(elsewhere, "verify")
        assert elsewhere.ask(COUNTED) == place.ask(COUNTED, copy)


@pytest.mark.usefixtures("counting")
def test_case_28_copying_the_file_alone_is_no_backup(place: Place, copy: Path) -> None:
    """The control: what the test above would find in a copy of the file alone."""
    _wait_for_counting(place)
    shutil.copy(place.database, copy)
    assert place.ask(COUNTED, copy) == [(0,)]


def test_the_copies_before_stay_and_the_oldest_go(place: Place, copy: Path) -> None:
    for day in (1, 2, 3):
        _well(place, "backup", copy, "--keep", 3)
        os.utime(copy, (86_400 * day, 86_400 * day))
    told = _well(place, "backup", copy, "--keep", 3)
    assert "b.1970-01-02T000000Z.sqlite3: deleted, 3 are kept." in told
    assert sorted(one.name for one in copy.parent.iterdir()) == [
        "b.1970-01-03T000000Z.sqlite3",
        "b.1970-01-04T000000Z.sqlite3",
        "b.sqlite3",
    ]


def test_stopping_leaves_the_copy_before(place: Place, copy: Path) -> None:
    _well(place, "backup", copy)
    before = copy.read_bytes()
    with closing(sqlite3.connect(place.database)) as file:
        file.execute("CREATE TABLE large AS SELECT zeroblob(300000000) AS much")
        file.commit()
    running = place.start("backup", copy)
    while len(list(copy.parent.iterdir())) < 2 and running.poll() is None:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=120)
    assert running.returncode == 130
    assert "Stopped: no copy was made; the ones before are there." in told
    assert [one.name for one in copy.parent.iterdir()] == [copy.name]
    assert copy.read_bytes() == before


def test_what_is_put_back_is_what_was_kept(place: Place, copy: Path) -> None:
    _well(place, "backup", copy)
    _count(place, "DELETE FROM sources_searchentry")
    told = _well(place, "restore", copy)
    (kept,) = place.folder.glob("b.before-*.sqlite3")
    assert str(kept) in told
    assert place.ask("SELECT count(*) FROM sources_searchentry", kept) == [(0,)]
    assert place.ask("SELECT count(*) FROM sources_searchentry")[0][0] > 100
    _well(place, "migrate", "-v0")
    _well(place, "verify")


def test_one_can_begin_with_a_copy(place: Place, copy: Path) -> None:
    _well(place, "backup", copy)
    place.database.unlink()
    _well(place, "restore", copy)
    assert place.ask("SELECT count(*) FROM sources_claim")[0][0] > 100


@pytest.mark.usefixtures("counting")
def test_case_29_nothing_is_put_under_a_running_server(
    place: Place, copy: Path
) -> None:
    _well(place, "backup", copy)
    before = place.ask(COUNTED)[0][0]
    assert "is in use: stop the server" in _refused(place, "restore", copy)
    assert place.ask(COUNTED)[0][0] >= before
    assert not list(place.folder.glob("b.before-*"))


def test_case_29_a_log_without_its_database_is_not_mixed_in(
    place: Place, copy: Path
) -> None:
    _well(place, "backup", copy)
    place.database.unlink()
    log = place.folder / "b.sqlite3-wal"
    log.write_bytes(b"of another")
    assert "belongs to the database before" in _refused(place, "restore", copy)
    assert log.exists() and not place.database.exists()


def _broken(copy: Path) -> None:
    with copy.open("r+b") as file:
        file.seek(copy.stat().st_size // 2)
        file.write(b"\x11" * 16_384)


def _of_others(copy: Path) -> None:
    copy.unlink()
    with closing(sqlite3.connect(copy)) as file:
        file.execute("CREATE TABLE other (value)")


def _later(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as file:
        file.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('sources', '9999_later', '2030-01-01')"
        )
        file.commit()


UNFIT = [
    (_broken, "is damaged:"),
    (_of_others, "is no database of Briefing."),
    (_later, "was written by a later version of the program: sources.9999_later."),
    (lambda copy: copy.write_text("words" * 1000), "is damaged:"),
    (Path.unlink, "There is no file"),
]


@pytest.mark.parametrize(("spoil", "message"), UNFIT)
def test_what_is_not_fit_is_not_put_back(
    place: Place, copy: Path, spoil: object, message: str
) -> None:
    _well(place, "backup", copy)
    spoil(copy)
    before = place.database.read_bytes()
    assert message in _refused(place, "restore", copy)
    assert place.database.read_bytes() == before


def test_case_26_a_damaged_database_is_not_called_a_backup(
    place: Place, copy: Path
) -> None:
    _broken(place.database)
    assert "No copy was kept" in _refused(place, "backup", copy)
    assert not copy.exists()
    assert "Traceback" not in _refused(place, "verify")


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (("backup", "b.sqlite3"), "is the database itself"),
        (("restore", "b.sqlite3"), "is the database itself"),
        (("backup", "none/b.sqlite3"), "cannot be written: No such file"),
        (("backup", "copies/b.sqlite3", "--keep", "0"), "--keep is 1 or more"),
    ],
)
def test_what_cannot_be_is_told(
    place: Place, copy: Path, command: tuple[str, ...], message: str
) -> None:
    command = (command[0], str(place.folder / command[1]), *command[2:])
    assert message in _refused(place, *command)
