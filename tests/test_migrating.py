"""A migration is there and noted, or neither, at whatever moment it is stopped."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from sources.migrating import Executor

pytestmark = pytest.mark.django_db(transaction=True)
NOTED = ("things", "0001_things")


class Things(migrations.Migration):
    """Its index is put off to the end."""

    operations = [
        migrations.CreateModel(
            "Thing",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("name", models.CharField(max_length=9, db_index=True)),
            ],
        )
    ]


class Killed(BaseException):
    """What ends a program in the middle."""


@pytest.fixture
def things() -> Any:
    yield Things("0001_things", "things")
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS things_thing")
    MigrationRecorder(connection).record_unapplied(*NOTED)


def standing() -> tuple[bool, bool]:
    """Whether the table is there, and whether it is noted."""
    is_noted = NOTED in MigrationRecorder(connection).applied_migrations()
    return "things_thing" in connection.introspection.table_names(), is_noted


def executor(kind: Any = Executor) -> tuple[Any, Any]:
    made = kind(connection)
    return made, made.loader.project_state()


def test_it_works(things: Any) -> None:
    told: list[str] = []
    made = Executor(connection, lambda what, *rest: told.append(what))
    before = made.loader.project_state()
    made.apply_migration(before.clone(), things)
    assert standing() == (True, True)
    made.unapply_migration(before, things)
    assert standing() == (False, False)
    way = ("apply_start", "apply_success", "unapply_start", "unapply_success")
    assert tuple(told) == way


def test_what_is_only_noted_makes_nothing(things: Any) -> None:
    made, state = executor()
    made.apply_migration(state, things, fake=True)
    assert standing() == (False, True)
    made.unapply_migration(state, things, fake=True)
    assert standing() == (False, False)


@pytest.mark.parametrize(
    ("kind", "left"), [(Executor, (False, False)), (MigrationExecutor, (True, False))]
)
def test_stopped_before_it_is_noted(
    things: Any, monkeypatch: Any, kind: Any, left: tuple[bool, bool]
) -> None:
    """Django's own is the control."""
    made, state = executor(kind)
    monkeypatch.setattr(made.recorder, "record_applied", stop)
    with pytest.raises(Killed):
        made.apply_migration(state, things)
    assert standing() == left


@pytest.mark.parametrize(
    ("kind", "left"), [(Executor, (True, True)), (MigrationExecutor, (False, True))]
)
def test_stopped_before_it_is_taken_back(
    things: Any, monkeypatch: Any, kind: Any, left: tuple[bool, bool]
) -> None:
    made, state = executor(kind)
    made.apply_migration(state.clone(), things)
    monkeypatch.setattr(made.recorder, "record_unapplied", stop)
    with pytest.raises(Killed):
        made.unapply_migration(state, things)
    assert standing() == left


def stop(*args: Any) -> None:
    raise Killed
