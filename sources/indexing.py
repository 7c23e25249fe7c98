"""Keep what readers can find in step with what is public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from operator import attrgetter
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from entities.inserting import Table, update
from entities.models import Alias, Entity
from entities.rows import Each, Rows
from sources import announcing
from sources.due import Due, Keys
from sources.models import Claim, Evidence, Question, SearchEntry, Source
from sources.models.search import indexed
from sources.models.vocabulary import in_words

WRITTEN = ["weight", "slug", "title", "excerpt", "words", "more"]
ENTITY_KINDS = list(Entity.Kind.values)
WRITTEN_OF = attrgetter(*WRITTEN)
FOUND_NOW = Rows(
    lambda kinds, keys: SearchEntry.objects.filter(
        kind__in=Each(kinds, "text"), record_id__in=Each(keys)
    ).values_list("id", *Entry._fields)
)
QUOTES = Rows(
    lambda claims: (
        Evidence.objects.on(Each(claims))
        .public()
        .exclude(quote="")
        .order_by("id")
        .values_list("claim_id", "quote")
    )
)
STATEMENTS = Rows(
    lambda claims: (
        Claim.objects.keyed(Each(claims))
        .public()
        .values_list("id", "slug", "statement")
    )
)
ASKED = Rows(
    lambda questions: (
        Question.objects.keyed(Each(questions))
        .public()
        .values_list(
            *("id", "slug", "qualifier", "subject__name"),
            *("property__question", "property__label"),
        )
    )
)
# From so many records on, new entries are put into the full-text index together.
MANY = 5_000
TRIGGER = "SELECT sql FROM sqlite_master WHERE name = 'sources_searchentry_found'"
LAST = "SELECT coalesce(max(id), 0) FROM sources_searchentry"
FOUND = """
    INSERT INTO sources_searchentry_fts (rowid, words, more)
    SELECT id, words, more FROM sources_searchentry WHERE id > %s
"""


class Entry(NamedTuple):
    """The columns of a SearchEntry."""

    kind: str
    record_id: int
    weight: int
    slug: str
    title: str
    excerpt: str
    words: str
    more: str


Entries = Callable[[list[int]], Iterator[Entry]]


def refresh(due: Due) -> None:
    """Write the search entries of all that was settled."""
    questions = due.questions | due.reworded
    count = sum(map(len, (due.entities, due.claims, questions, due.sources)))
    with _together() if count >= MANY else nullcontext():
        _write(due, ENTITY_KINDS, due.entities, _entities)
        _write(due, ["claim"], due.claims, _claims)
        _write(due, ["question"], questions, _questions)
        _write(due, ["source"], due.sources, _sources)


@contextmanager
def _together() -> Iterator[None]:
    """Put new entries into SQLite's full-text index at the end, in one go.

    Its trigger takes four times as long, row by row. What happens to it here happens
    in the transaction, and goes with it.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (trigger,) = cursor.execute(TRIGGER).fetchone()
        (last,) = cursor.execute(LAST).fetchone()
        cursor.execute("DROP TRIGGER sources_searchentry_found")
        yield
        cursor.execute(FOUND, [last])
        cursor.execute(trigger)


def forget_what_has_gone() -> None:
    """Remove the entries of rows that went without being settled."""
    models = {"claim": Claim, "question": Question, "source": Source}
    for kind in SearchEntry.WEIGHTS:
        rows = models.get(kind, Entity).objects.values("pk")
        SearchEntry.objects.filter(kind=kind).exclude(record_id__in=rows).delete()


def _write(due: Due, kinds: list[str], keys: Keys, entries: Entries) -> None:
    for chunk in due.chunks(keys):
        _replace(kinds, chunk, entries(chunk), not due.is_rebuild)


def _replace(
    kinds: list[str], keys: list[int], new: Iterable[Entry], tells: bool
) -> None:
    """Make the entries of these records what they should be, writing only changes."""
    old, keys_of = {}, {}
    for pk, *cells in FOUND_NOW(kinds=kinds, keys=keys):
        entry = Entry(*cells)
        old[entry.record_id], keys_of[entry.record_id] = entry, pk
    now = {entry.record_id: entry for entry in new}
    announcing.announce(kinds, keys, old, now, tells)
    gone = [pk for key, pk in keys_of.items() if key not in now]
    if gone:
        SearchEntry.objects.filter(pk__in=gone).delete()
    changed = {
        keys_of[key]: WRITTEN_OF(entry)
        for key, entry in now.items()
        if key in old and entry != old[key]
    }
    update(SearchEntry, WRITTEN, changed)
    # In the order of the records: readers meet equally good finds in that of their ids.
    made = [now[key] for key in sorted(now.keys() - old.keys())]
    Table.of(SearchEntry).write(Entry._fields, made)


def _entry(
    kind: str, record_id: int, slug: str, title: str, excerpt: str, more: list[str]
) -> Entry:
    weight = SearchEntry.WEIGHTS[kind]
    found = indexed(title), indexed(" ".join(more))
    return Entry(kind, record_id, weight, slug, title, excerpt, *found)


def _entities(keys: list[int]) -> Iterator[Entry]:
    aliases = defaultdict(list)
    rows = Alias.objects.published().filter(entity__in=keys).order_by("pk")
    for entity, text in rows.values_list("entity", "text"):
        aliases[entity].append(text)
    public = Entity.objects.public().filter(pk__in=keys)
    for pk, kind, slug, name in public.values_list("pk", "kind", "slug", "name"):
        names = aliases[pk]
        yield _entry(kind, pk, slug, name, ", ".join(names), names)


def _claims(keys: list[int]) -> Iterator[Entry]:
    quotes = defaultdict(list)
    for claim, quote in QUOTES(claims=keys):
        quotes[claim].append(quote[: settings.PUBLIC_QUOTE_LENGTH])
    for pk, slug, statement in STATEMENTS(claims=keys):
        excerpt = next(iter(quotes[pk]), "")
        yield _entry("claim", pk, slug, statement, excerpt, quotes[pk])


def _questions(keys: list[int]) -> Iterator[Entry]:
    for row in ASKED(questions=keys):
        asked = in_words(row.property_question, row.subject_name, row.qualifier)
        yield _entry("question", row.id, row.slug, asked, "", [row.property_label])


def _sources(keys: list[int]) -> Iterator[Entry]:
    public = Source.objects.public().filter(pk__in=keys)
    publisher = ("publisher__name", "publisher__status")
    public = public.select_related("publisher")
    for source in public.only("slug", "title", "author", *publisher):
        more = [source.author, _public_name(source.publisher)]
        yield _entry("source", source.pk, source.slug, str(source), source.author, more)


def _public_name(publisher: Entity | None) -> str:
    if publisher is None or publisher.status != Entity.Status.PUBLISHED:
        return ""
    return publisher.name
