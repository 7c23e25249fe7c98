"""Tell what happened to what readers see, in the transaction in which it happens.

Each address has one row, for the last thing that happened there, and each change gets
a new number: whoever asks for all after a number they know misses nothing, and the
table grows no longer than the list of all addresses. Of what was never public it tells
nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from entities.inserting import Table
from entities.models import Entity, Redirect
from entities.records import Status
from sources.models import Claim, PublicChange, Source

What = PublicChange.What
Entries = dict[int, Any]
ENDED = {Status.WITHDRAWN: What.WITHDRAWN, Status.RETRACTED: What.RETRACTED}
MODELS: dict[str, Any] = {"claim": Claim, "source": Source}


class Change(NamedTuple):
    """The columns of a PublicChange; when it was made the database fills in."""

    kind: str
    record_id: int
    slug: str
    what: str
    to: str


class Place(NamedTuple):
    """A record at an address, and what was last told of it, if it was hidden then."""

    kind: str
    record_id: int
    slug: str
    last: str = ""


def announce(
    kinds: list[str],
    keys: Collection[int],
    before: Entries,
    now: Entries,
    touched: bool = True,
) -> None:
    """Tell what became of these records, found as `before` and as `now`.

    `touched`: those that were public and still are have changed as well.
    """
    told = [*_shown(before, now, touched), *_hidden(kinds, keys, before, now)]
    if told:
        PublicChange.objects.at(kinds, [change.slug for change in told]).delete()
        Table.of(PublicChange).write(Change._fields, told)


def _shown(before: Entries, now: Entries, touched: bool) -> Iterator[Change]:
    for key, entry in now.items():
        old, place = before.get(key), Place(entry.kind, key, entry.slug)
        if old is None:
            yield _change(place, What.PUBLISHED)
        elif old.slug != entry.slug:
            yield _change(place._replace(slug=old.slug), What.RENAMED, entry.slug)
            yield _change(place, What.CHANGED)
        elif touched:
            yield _change(place, What.CHANGED)


def _hidden(
    kinds: list[str], keys: Collection[int], before: Entries, now: Entries
) -> Iterator[Change]:
    """What was public until now, and what has become of it since it was."""
    left = [
        Place(entry.kind, key, entry.slug)
        for key, entry in before.items()
        if key not in now
    ]
    others = {*keys} - now.keys() - before.keys()
    left += _last_told(kinds, others) if others else []
    if not left:
        return
    fates = _fates(left)
    for place in left:
        what, to = fates[place.record_id]
        if what != place.last:
            yield _change(place, what, to)


def _last_told(kinds: list[str], keys: Collection[int]) -> list[Place]:
    last = {}
    for change in PublicChange.objects.of(kinds, keys):
        if change.what != What.RENAMED:
            last[change.record_id] = change
    return [Place(one.kind, one.record_id, one.slug, one.what) for one in last.values()]


def _fates(places: list[Place]) -> dict[int, tuple[str, str]]:
    """By record, what it is now, and where it is to be found if it is elsewhere."""
    kind, keys = places[0].kind, [place.record_id for place in places]
    model: Any = Entity if kind in Entity.Kind.values else MODELS.get(kind)
    rows = model.objects.keyed(keys) if model else ()
    standing = {row.pk: row for row in rows}
    slugs = [place.slug for place in places]
    kinds = {place.kind for place in places}
    led = dict(Redirect.objects.leading(kinds, slugs).values_list("old_slug", "slug"))
    return {
        place.record_id: _fate(standing.get(place.record_id), led.get(place.slug, ""))
        for place in places
    }


def _fate(record: Any, leads_to: str) -> tuple[str, str]:
    if record is not None and record.status == Status.WITHDRAWN:
        return What.WITHDRAWN, ""
    merged_into = getattr(record, "merged_into", None)
    if merged_into is not None or leads_to:
        return What.MERGED, merged_into.slug if merged_into else leads_to
    ended = ENDED.get(record.status) if record is not None else None
    return ended or What.UNPUBLISHED, ""


def _change(place: Place, what: str, to: str = "") -> Change:
    return Change(place.kind, place.record_id, place.slug, str(what), to)


def forget(kind: str, slug: str) -> None:
    """Let nothing tell of an address, nor that another one leads there."""
    PublicChange.objects.naming(kind, slug).delete()
