import sqlite3
import sys
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread

import pytest
from django.conf import settings
from django.core.checks import ERROR, WARNING
from django.core.management import call_command
from django.db import OperationalError, connection, transaction

from briefing import checks, sqlite
from briefing.engines.sqlite3 import base
from entities.models import Person
from tests.cast import make_person
from tests.rush import at_once

needs_sqlite = pytest.mark.sqlite


def pragma(name):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


@needs_sqlite
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("synchronous", 2),
        ("busy_timeout", 20_000),
        ("foreign_keys", 1),
        ("integrity_check", "ok"),
    ],
)
def test_it_works(db, name, value):
    assert pragma(name) == value


@needs_sqlite
def test_it_writes_ahead_only_where_that_is_safe(db):
    expected = "delete" if sqlite.has_wal_reset_bug(sqlite.version()) else "wal"
    assert pragma("journal_mode") == expected


@needs_sqlite
def test_it_takes_the_write_lock_when_a_transaction_begins(db):
    assert connection.transaction_mode == "IMMEDIATE"
    assert settings.DATABASES["default"].get("ATOMIC_REQUESTS", False) is False


VERSIONS = [
    ((3, 6, 23), False),
    ((3, 7, 0), True),
    ((3, 40, 1), True),
    ((3, 44, 5), True),
    ((3, 44, 6), False),
    ((3, 44, 7), True),
    ((3, 50, 6), True),
    ((3, 50, 7), False),
    ((3, 51, 2), True),
    ((3, 51, 3), False),
    ((3, 53, 4), False),
    ((4, 0, 0), False),
]


@pytest.mark.parametrize(("version", "has_bug"), VERSIONS)
def test_it_knows_the_versions_that_lose_commits(version, has_bug):
    assert sqlite.has_wal_reset_bug(version) is has_bug


@pytest.fixture
def old_sqlite(monkeypatch):
    monkeypatch.setattr(sqlite, "version", lambda: (3, 40, 1))


def test_it_keeps_a_rollback_journal_where_the_log_is_not_safe(old_sqlite):
    assert "journal_mode=DELETE" in sqlite.options()["init_command"]


@pytest.mark.parametrize(("debug", "level"), [(True, WARNING), (False, ERROR)])
def test_it_warns_at_home_and_refuses_in_production(old_sqlite, debug, level):
    (message,) = sqlite.check_version(debug)
    assert message.level == level
    assert "SQLite 3.40.1 can lose" in message.msg


def test_it_says_nothing_of_a_safe_version(monkeypatch):
    monkeypatch.setattr(sqlite, "version", lambda: (3, 53, 4))
    assert sqlite.check_version(debug=False) == []
    assert "journal_mode=WAL" in sqlite.options()["init_command"]


def test_it_reads_the_version_of_the_driver_in_use():
    driver = sys.modules.get("sqlite3", sqlite3)
    assert ".".join(map(str, sqlite.version())) == driver.sqlite_version


def test_it_does_without_the_bundled_driver(monkeypatch):
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    before = sys.modules["sqlite3"]
    sqlite.use_bundled()
    assert sys.modules["sqlite3"] is before


@needs_sqlite
def test_the_system_check_asks(old_sqlite, settings):
    settings.DEBUG = True
    messages = checks.sqlite_keeps_what_it_commits(None)
    assert [message.id for message in messages] == ["briefing.W001"]


@pytest.mark.django_db(transaction=True)
def test_it_makes_writers_wait_for_each_other():
    def write(writer):
        for number in range(5):
            with transaction.atomic():
                count = Person.objects.count()
                make_person(f"Writer {writer} {number}", summary=str(count))

    writers = [partial(partial, write, number) for number in range(4)]
    assert at_once(*writers) == []
    assert Person.objects.count() == 20


@pytest.fixture
def other(transactional_db):
    """Somebody else, who has begun to write."""
    other = connection.copy()
    with transaction_of(other):
        yield other
    other.close()


@contextmanager
def transaction_of(other):
    other.ensure_connection()
    other.connection.execute("BEGIN IMMEDIATE")
    yield
    if other.connection.in_transaction:
        other.connection.execute("ROLLBACK")


@needs_sqlite
def test_who_waits_begins_when_it_is_their_turn(other):
    asked = []

    def sleep(seconds):
        asked.append(seconds)
        if len(asked) == 20:
            other.connection.execute("ROLLBACK")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(base.time, "sleep", sleep)
        with transaction.atomic():
            make_person("Later")
    # As often after a while as in the beginning.
    assert asked == [base.EVERY] * 20
    assert pragma("busy_timeout") == 20_000


def begin_and_note(name, begun):
    try:
        with transaction.atomic():
            begun.append(name)
    finally:
        connection.close()


@needs_sqlite
def test_who_came_first_goes_first(other, monkeypatch):
    begun, is_asking = [], Event()
    monkeypatch.setattr(base.time, "sleep", lambda seconds: is_asking.set())
    first, second = (
        Thread(target=begin_and_note, args=[name, begun])
        for name in ("first", "second")
    )
    first.start()
    assert is_asking.wait(10)
    second.start()
    # It queues behind the first: only one asks, whoever comes.
    other.connection.execute("ROLLBACK")
    first.join()
    second.join()
    assert begun == ["first", "second"]


@needs_sqlite
def test_who_waits_too_long_is_told(other, monkeypatch):
    options = connection.settings_dict["OPTIONS"]
    monkeypatch.setitem(options, "timeout", 0.1)
    with pytest.raises(OperationalError, match="locked"), transaction.atomic():
        pass


@needs_sqlite
def test_what_it_can_do_is_known_while_someone_writes(other, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
    assert base.DatabaseFeatures(connection).supports_json_field
    # The control: Django's own takes the wait for an answer.
    assert not base.features.DatabaseFeatures(connection).supports_json_field


@needs_sqlite
def test_a_check_that_waits_too_long_says_for_whom(other, monkeypatch, capsys):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
    with pytest.raises(SystemExit):
        call_command("verify")
    told = capsys.readouterr().out
    assert "Someone else's long save holds it" in told and "--quotes" in told
