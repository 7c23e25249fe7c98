"""Whether a page is being written for the static edition, and for which one.

Pages and templates ask `edition()`: it is None while the site answers a reader.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from django.contrib.staticfiles import finders
from django.templatetags.static import static

# A file that may be kept for ever bears its content in its name.
ASSETS = "/static/"


class ListPage(NamedTuple):
    """One page of a list: its records, and where the list goes on and begins."""

    keys: list[int]
    total: int
    following: str
    beginning: str


@dataclass(frozen=True)
class Edition:
    """Where the files will stand, and where the live site does, if one is named."""

    base_url: str
    live_url: str = ""
    page: ListPage | None = None
    # The static files that pages asked for, by name: the same for the whole run.
    used: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def served(self, path: str) -> str:
        """That address of the live site; empty if there is none."""
        return f"{self.live_url}{path}" if self.live_url else ""

    def content(self, name: str) -> bytes:
        """What a static file held when it was first asked for."""
        if name not in self.used:
            self.used[name] = Path(str(finders.find(name))).read_bytes()
        return self.used[name]


_edition: ContextVar[Edition | None] = ContextVar("edition", default=None)


def edition() -> Edition | None:
    return _edition.get()


@contextmanager
def writing(one: Edition, page: ListPage | None = None) -> Iterator[None]:
    """Pages that are rendered in the block are rendered for this edition."""
    token = _edition.set(replace(one, page=page))
    try:
        yield
    finally:
        _edition.reset(token)


def served(path: str) -> str:
    """The address of what only a server can answer; empty if the reader has none."""
    one = edition()
    return path if one is None else one.served(path)


def asset(name: str) -> str:
    """The address of a style sheet, script or picture."""
    one = edition()
    if one is None:
        return static(name)
    return ASSETS + hashed(name, one.content(name))


def hashed(name: str, content: bytes) -> str:
    """The name under which the edition keeps a static file."""
    path = Path(name)
    return f"{path.stem}.{hashlib.sha256(content).hexdigest()[:12]}{path.suffix}"
