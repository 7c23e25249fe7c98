"""Which states of records each role may meet at each address; the page that says so.

`python -m tests.leak_matrix FILE` writes docs/leaks.md. An address without a row here
fails in tests/test_leak_matrix.py, which names it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import django

if __name__ == "__main__":
    # Its models must be there before the modules are read that ask them.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "briefing.settings")
    django.setup()

from tests.canaries import BESIDE, STATES
from tests.leak_addresses import Place, places
from tests.leak_words import INTRODUCTION, MATRIX

ROLES = ("anonymous", "reader", "bare", "contributor", "editor", "administrator")
READERS = ROLES[:3]
States = frozenset[str]
NOTHING: States = frozenset()
IN_LISTS: States = frozenset({"published", "merged"})
WITH_PAGES = IN_LISTS | {"retracted", "former"}
# An address alone: that what stood there is gone.
ADDRESSES = WITH_PAGES | {"embargoed", "held", "withdrawn", "deleted"}
DESK: States = frozenset({*STATES, "former", "staff", "text"} - {"deleted", "erased"})
RECOVERED = DESK | {"deleted"}
ACCOUNTS = RECOVERED | {"own"}
NAMES = {
    NOTHING: "–",
    IN_LISTS: "lists",
    WITH_PAGES: "pages",
    ADDRESSES: "addresses",
    DESK: "desk",
    RECOVERED: "desk+",
    ACCOUNTS: "accounts",
}


class Row(NamedTuple):
    """What readers may meet, which staff without rights are; then those with some."""

    readers: States
    contributor: States
    editor: States
    administrator: States

    def of(self, role: str) -> States:
        return self.readers if role in READERS else getattr(self, role)


def same(states: States) -> Row:
    return Row(states, states, states, states)


ROWS = {
    "nothing": same(NOTHING),
    "lists": same(IN_LISTS),
    "pages": same(WITH_PAGES),
    "changes": same(ADDRESSES),
    # A program with a token reads what whoever made it reads.
    "drafts": Row(WITH_PAGES, DESK, DESK, DESK),
    "desk": Row(NOTHING, DESK, DESK, DESK),
    "told": Row(NOTHING, RECOVERED, RECOVERED, RECOVERED),
    "editors": Row(NOTHING, NOTHING, RECOVERED, RECOVERED),
    "administrators": Row(NOTHING, NOTHING, NOTHING, RECOVERED),
    "accounts": Row(NOTHING, NOTHING, NOTHING, ACCOUNTS),
}
OWNERS = ("person", "organisation", "event")
PLURALS = ("people", "organisations", "events", "sources", "claims")
FORMATS = ("jsonld", "annotations", "csl", "bibtex", "ftm")
OF_ROW = {
    "nothing": {
        *("robots", "health", "api-root", "api-schema", "api-docs", "/favicon.ico"),
        *("/api/v1/<path:rest>/", "/api/<path:rest>/"),
        *(f"api-{kind}-submit" for kind in (*OWNERS, "source", "claim", "evidence")),
        *("admin:login", "admin:logout", "admin:factor", "admin:keys", "admin:jsi18n"),
        *("admin:password_change", "admin:password_change_done", "admin:recover"),
        *("admin:view_on_site", "admin:/admin/(?P<url>.*)$", "admin:withdraw"),
        *(f"admin:read-{name}" for name in ("cite", "undo", "omit", "name", "publish")),
        *("admin:keep-apart", "admin:undo-apart"),
    },
    "lists": {
        *("home", "timeline", "correction-list", "change-list", "search"),
        *("suggestions", "change-feed", "differing-feed", "sitemap", "sitemap-section"),
        *(f"{kind}-list" for kind in (*OWNERS, "question", "claim", "source")),
        *(f"api-{plural}" for plural in PLURALS),
        *("api-properties", "api-property", "api-questions", "api-question"),
        *("api-corrections", "api-correction", "api-search"),
        *(f"api-export-{name}" for name in (*FORMATS, "atom")),
        *(f"api-export-{name}-one" for name in FORMATS),
    },
    "pages": {
        *(f"{kind}-detail" for kind in (*OWNERS, "question", "claim", "source")),
        *(f"{kind}-{tail}" for kind in OWNERS for tail in ("network", "feed")),
        *(f"{kind}-briefing-page" for kind in (*OWNERS, "question")),
        *(f"{kind}-briefing-md" for kind in (*OWNERS, "question")),
        *(f"{kind}-briefing-docx" for kind in (*OWNERS, "question")),
        *(f"{kind}-cite-bib" for kind in (*OWNERS, "question", "claim")),
        *(f"{kind}-cite-json" for kind in (*OWNERS, "question", "claim")),
        "source-check",
    },
    "changes": {"api-changes"},
    "drafts": {f"api-{kind}" for kind in (*OWNERS, "source", "claim", "evidence")},
    "desk": {
        *("admin:index", "admin:app_list", "admin:autocomplete", "admin:queue"),
        *("admin:read", "admin:read-claims", "admin:read-statement"),
        *("admin:read-passage", "admin:choose-entity", "admin:choose-source"),
        *("admin:choose-property", "admin:text-new", "admin:text-replace"),
        *("admin:text-likeness", "admin:tables", "admin:references"),
        *("admin:decide", "admin:depends"),
    },
    "editors": {
        *("admin:check", "admin:correct", "admin:editor-history", "admin:deleted"),
        *("admin:duplicates", "admin:merge-into", "admin:merge", "admin:merges"),
        "admin:merge-undo",
    },
    "administrators": {"admin:suppress", "admin:erase"},
    "accounts": {"admin:auth_user_password_change"},
}
TABLES = {
    **dict.fromkeys(["entity", "person", "organisation", "event", "alias"], "desk"),
    **dict.fromkeys(["distinction", "redirect", "aliasuse", "approach"], "desk"),
    **dict.fromkeys(["claim", "correction", "evidence", "finding", "merge"], "desk"),
    **dict.fromkeys(["note", "omission", "property", "proposal", "question"], "desk"),
    **dict.fromkeys(["searchentry", "source", "sourcetext", "lastwrite"], "desk"),
    "suppression": "desk",
    # It tells of addresses whose records were deleted.
    "publicchange": "told",
    **dict.fromkeys(["user", "group", "token"], "accounts"),
}
OF_TABLE = re.compile(
    r"admin:(?:entities|sources|auth)_(?P<table>[a-z]+)_"
    r"(?:changelist|add|history|delete|change|simple_history)"
)
# Django leads from a bare number to the page on it.
BARE = re.compile(r"admin:/admin/(?:entities|sources|auth)/\w+/<path:object_id>/")


def row_of(place: Place) -> str | None:
    """The name of the row in which the address stands."""
    found = OF_TABLE.fullmatch(place.name)
    if found:
        return TABLES.get(found["table"])
    if BARE.fullmatch(place.name):
        return "nothing"
    return next((row for row, names in OF_ROW.items() if place.name in names), None)


def missing() -> list[str]:
    return sorted({place.name for place in places() if row_of(place) is None})


def idle() -> list[str]:
    """Names in rows that no address has."""
    known = {place.name for place in places()}
    return sorted(name for names in OF_ROW.values() for name in names - known)


def page() -> str:
    """docs/leaks.md."""
    return "\n".join([INTRODUCTION, *_meanings(), MATRIX, *_rows(), ""])


def _meanings() -> Iterator[str]:
    for states, name in NAMES.items():
        told = {**STATES, **BESIDE}
        listed = [one for one in told if one in states]
        yield f"| {name} | {', '.join(listed) or 'nothing'} |"
    yield "\nThe words mark:\n\n| word | put into |\n|---|---|"
    yield from (f"| {name} | {what} |" for name, what in {**STATES, **BESIDE}.items())


def _rows() -> Iterator[str]:
    seen = set()
    for place in places():
        row = ROWS[row_of(place) or "nothing"]
        route = place.route.replace("|", "\\|")
        cells = [NAMES[row.of(role)] for role in ROLES[2:]]
        line = f"| `{route}` | {' | '.join(cells)} |"
        if line not in seen:
            seen.add(line)
            yield line


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page())
