"""The day as of which a page is being made, if it is not today's."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from briefing import wording

# The address of a record's page or briefing, as far as a day can be asked of it.
DATED = (
    r"/(?:people|organisations|events|questions|claims|sources)/[-\w]+/"
    r"(?:briefing/|briefing\.md|briefing\.docx|cite\.bib|cite\.json)?"
)
LINK = re.compile(f'(href=")({DATED})(?=["#])')
PATH = re.compile(f"({DATED})(#.*)?")


class Then(NamedTuple):
    """A day, and when we withdrew what is shown of it; or what is wrong with it."""

    day: datetime.date | None = None
    since: dict[tuple[str, int], datetime.datetime] | None = None
    # When we withdrew the record itself since, if we did.
    withdrawn_at: datetime.datetime | None = None
    problem: str = ""

    @property
    def words(self) -> str:
        return self.problem or f"As it stood on {wording.day(self.day)}."

    @property
    def withdrawn(self) -> str:
        if self.withdrawn_at is None:
            return ""
        return f"{wording.opened(withdrawn_since(self.withdrawn_at))}."

    @property
    def query(self) -> str:
        return f"?as_of={self.day.isoformat()}" if self.day else ""

    def kept_in(self, page: str) -> str:
        """The page with its links to other records leading to that day."""
        page = page.replace('href="?', f'href="{self.query}&amp;')
        return LINK.sub(rf"\1\2{self.query}", page)

    def kept(self, href: str) -> str:
        """One address, leading to that day if a record stands there."""
        found = PATH.fullmatch(href)
        return f"{found[1]}{self.query}{found[2] or ''}" if found else href


_then: ContextVar[Then | None] = ContextVar("then", default=None)


def then() -> Then | None:
    """The day of the page that is being made; None: it is today's."""
    return _then.get()


@contextmanager
def being(asked: Then) -> Iterator[None]:
    token = _then.set(asked)
    try:
        yield
    finally:
        _then.reset(token)


def withdrawn_since(moment: Any) -> str:
    return f"withdrawn by us since, on {wording.day(moment)}"


def since(table: str, key: int) -> str:
    """That we withdrew a row of the page since that day; empty where we did not."""
    asked = then()
    moment = (asked.since or {}).get((table, key)) if asked else None
    return withdrawn_since(moment) if moment else ""
