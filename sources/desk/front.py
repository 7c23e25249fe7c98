"""The front of the desk: what waits, how much of it, and each list in full."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sources import publication, rights
from sources.desk import duplicates, lines, queues, records
from sources.desk.queues import MOST_COUNTED, Queue

# The first lines of what presses stand on the desk page; a list has so many a page.
FIRST, PAGE = 5, 50


class Waiting(NamedTuple):
    """A queue as the desk page shows it."""

    queue: Queue
    size: int
    lines: list[lines.Line]

    @property
    def figure(self) -> str:
        return f"{MOST_COUNTED}+" if self.size > MOST_COUNTED else str(self.size)


def of(user: Any) -> dict[str, Any]:
    """What the desk page says to this user."""
    shown = [queue for queue in queues.BY_NAME.values() if queue.is_open_to(user)]
    counts = queues.counts(shown, user)
    groups = []
    for title, members in queues.GROUPS:
        waiting = [
            Waiting(queue, counts[queue.name], _first(queue, counts, user))
            for queue in members
            if queue.name in counts
        ]
        groups.append((title, waiting))
    is_editor = rights.is_editor(user)
    return {
        "is_editor": is_editor,
        "duplicate_count": duplicates.count() if is_editor else None,
        "name": publication.name_of(user),
        "greeting": _greeting(counts),
        "groups": [group for group in groups if group[1]],
    }


def _first(queue: Queue, counts: dict[str, int], user: Any) -> list[lines.Line]:
    if not queue.is_pressing or not counts[queue.name]:
        return []
    rows = queue.listed(user).older_than(None)[:FIRST]
    return [lines.of(record) for record in rows]


def _greeting(counts: dict[str, int]) -> str:
    """What matters first, in one line."""

    def together(*names: str) -> int:
        return sum(counts.get(name, 0) for name in names)

    parts = {
        "given to you": together("claims-of-yours", "sources-of-yours"),
        "due by today": together("claims-due", "sources-due"),
        "left by the last shift": together("handed-over"),
        "sent to review": together(
            *("claims-in-review", "evidence-in-review"),
            *("sources-in-review", "records-in-review"),
        ),
        "proposed": together("proposals"),
    }
    said = [
        f"{count if count <= MOST_COUNTED else f'more than {MOST_COUNTED}'} {words}"
        for words, count in parts.items()
        if count
    ]
    return ", ".join(said) if said else "nothing is waiting for you"


@require_safe
def queue(request: HttpRequest, name: str) -> HttpResponse:
    """One list in full, page by page."""
    found = queues.BY_NAME.get(name)
    if found is None:
        raise Http404
    if not found.is_open_to(request.user):
        raise PermissionDenied
    before, error = _place(request.GET.get("before", ""))
    rows = list(found.listed(request.user).older_than(before)[: PAGE + 1])
    context = {
        "lines": [lines.of(record) for record in rows[:PAGE]],
        "following": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "is_first": before is None,
        "error": error,
    }
    return render(
        request, "desk/queue.html", records.context(request, found.title, **context)
    )


def _place(given: str) -> tuple[int | None, str]:
    """The record after which the page begins."""
    if not given:
        return None, ""
    if given.isascii() and given.isdigit() and len(given) < 19:
        return int(given), ""
    return None, "That place in the list does not exist: here is its beginning."
