"""Migrations that are made and noted in one transaction, so that killing one is safe.

Django notes a migration in the transaction that makes it only where it puts no
statement off to the end; indexes it puts off (its ticket 32374). A program killed in
between left tables that the next `migrate` wanted to make again.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations.executor import MigrationExecutor


class Executor(MigrationExecutor):
    def apply_migration(
        self, state: Any, migration: Any, fake: bool = False, fake_initial: bool = False
    ) -> Any:
        if fake or fake_initial:
            return super().apply_migration(state, migration, fake, fake_initial)
        self._tell("apply_start", migration)
        with self.connection.schema_editor(atomic=migration.atomic) as editor:
            state = migration.apply(state, editor)
            _end(editor)
            self.record_migration(migration)
        self._tell("apply_success", migration)
        return state

    def unapply_migration(self, state: Any, migration: Any, fake: bool = False) -> Any:
        if fake:
            return super().unapply_migration(state, migration, fake)
        self._tell("unapply_start", migration)
        with self.connection.schema_editor(atomic=migration.atomic) as editor:
            state = migration.unapply(state, editor)
            _end(editor)
            for name in [*migration.replaces, (migration.app_label, migration.name)]:
                self.recorder.record_unapplied(*name)
        self._tell("unapply_success", migration)
        return state

    def _tell(self, what: str, migration: Any) -> None:
        if self.progress_callback:
            self.progress_callback(what, migration, False)


def _end(editor: Any) -> None:
    """Run what was put off to the end."""
    while editor.deferred_sql:
        editor.execute(editor.deferred_sql.pop(0), None)
