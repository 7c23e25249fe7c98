"""What a page asks of the database, noted so that it can be asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from hashlib import sha256
from io import BytesIO
from pickle import Pickler
from typing import Any, NamedTuple

from django.db import connections

from entities.routing import reading

Rows = list[Any]


class Question(NamedTuple):
    """What was asked of which database; its parameters as they are written."""

    alias: str
    sql: str
    parameters: str


Answers = dict[Question, Rows]


class Reads:
    """What was asked by way of `asked`, with fingerprints of the answers.

    `given`: answers that are known already.
    """

    def __init__(self, given: Answers) -> None:
        self.given = given
        self.noted: list[tuple[str, list[Any], bytes]] = []
        # How often a database was asked at all, also past this.
        self.total = 0

    @property
    def are_all(self) -> bool:
        return self.total == len(self.noted)

    def ask(self, connection: Any, sql: str, parameters: list[Any]) -> Rows:
        question = Question(connection.alias, sql, repr(parameters))
        if question in self.given:
            self.total += 1
            rows = self.given.pop(question)
        else:
            rows = _fetched(connection, sql, parameters)
        self.noted.append((sql, parameters, fingerprint(rows)))
        return rows

    def pass_on(self, execute: Callable[..., Any], *question: Any) -> Any:
        """Stand between Django and the driver."""
        self.total += 1
        return execute(*question)

    def again(self) -> tuple[bool, Answers]:
        """Whether all answers are what they were; if not, those that were found."""
        connection = reading()
        found: list[Rows] = []
        for sql, parameters, answer in self.noted:
            found.append(_fetched(connection, sql, parameters))
            if fingerprint(found[-1]) != answer:
                return False, self._answered(connection.alias, found)
        return True, {}

    def _answered(self, alias: str, found: list[Rows]) -> Answers:
        asked = zip(self.noted, found, strict=False)
        return {
            Question(alias, sql, repr(parameters)): rows
            for (sql, parameters, _), rows in asked
        }


_reads: ContextVar[Reads | None] = ContextVar("reads", default=None)


@contextmanager
def noted(given: Answers) -> Iterator[Reads]:
    """What is asked in the block, and whether all of it can be asked again."""
    reads = Reads(given)
    token = _reads.set(reads)
    try:
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(reads.pass_on))
            yield reads
    finally:
        _reads.reset(token)
        given.clear()


def asked(connection: Any, sql: str, parameters: list[Any]) -> Rows:
    """The rows, as the driver gives them."""
    reads = _reads.get()
    if reads is None:
        return _fetched(connection, sql, parameters)
    return reads.ask(connection, sql, parameters)


def _fetched(connection: Any, sql: str, parameters: list[Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: Rows = cursor.fetchall()
        return rows


def fingerprint(rows: Rows) -> bytes:
    """The same for the same rows, and for others by no chance that counts."""
    written = BytesIO()
    pickler = Pickler(written)
    # Equal values are written alike, also where one of them stands in two places.
    pickler.fast = True
    pickler.dump(rows)
    return sha256(written.getbuffer()).digest()
