"""Keep what readers can find in step with what is public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings

from entities.models import Alias, Entity
from sources import announcing
from sources.due import Due, Keys
from sources.models import Claim, Evidence, Question, SearchEntry, Source
from sources.models.search import indexed

WRITTEN = ["weight", "slug", "title", "excerpt", "words", "more"]
Entries = Callable[[list[int]], Iterator[SearchEntry]]
ENTITY_KINDS = list(Entity.Kind.values)


def refresh(due: Due) -> None:
    """Write the search entries of all that was settled."""
    tells = not due.is_rebuild
    _write(ENTITY_KINDS, due.entities, _entities, tells)
    _write(["claim"], due.claims, _claims, tells)
    _write(["question"], due.questions | due.reworded, _questions, tells)
    _write(["source"], due.sources, _sources, tells)


def forget_what_has_gone() -> None:
    """Remove the entries of rows that went without being settled."""
    models = {"claim": Claim, "question": Question, "source": Source}
    for kind in SearchEntry.WEIGHTS:
        rows = models.get(kind, Entity).objects.values("pk")
        SearchEntry.objects.filter(kind=kind).exclude(record_id__in=rows).delete()


def _write(kinds: list[str], keys: Keys, entries: Entries, tells: bool) -> None:
    for chunk in keys.chunks():
        _replace(kinds, chunk, entries(chunk), tells)


def _replace(
    kinds: list[str], keys: list[int], new: Iterable[SearchEntry], tells: bool
) -> None:
    """Make the entries of these records what they should be, writing only changes."""
    rows = SearchEntry.objects.filter(kind__in=kinds, record_id__in=keys)
    old = {entry.record_id: entry for entry in rows}
    now = {entry.record_id: entry for entry in new}
    announcing.announce(kinds, keys, old, now, tells)
    made, changed = [], []
    for entry in now.values():
        before = old.pop(entry.record_id, None)
        if before is None:
            made.append(entry)
        elif any(getattr(before, name) != getattr(entry, name) for name in WRITTEN):
            entry.pk = before.pk
            changed.append(entry)
    SearchEntry.objects.filter(pk__in=[entry.pk for entry in old.values()]).delete()
    SearchEntry.objects.bulk_update(changed, WRITTEN)
    # In the order of the records: readers meet equally good finds in that of their ids.
    SearchEntry.objects.bulk_create(sorted(made, key=lambda entry: entry.record_id))


def _entry(
    kind: str, record_id: int, slug: str, title: str, excerpt: str, more: list[str]
) -> SearchEntry:
    return SearchEntry(
        kind=kind,
        record_id=record_id,
        weight=SearchEntry.WEIGHTS[kind],
        slug=slug,
        title=title,
        excerpt=excerpt,
        words=indexed(title),
        more=indexed(" ".join(more)),
    )


def _entities(keys: list[int]) -> Iterator[SearchEntry]:
    aliases = defaultdict(list)
    rows = Alias.objects.published().filter(entity__in=keys).order_by("pk")
    for entity, text in rows.values_list("entity", "text"):
        aliases[entity].append(text)
    public = Entity.objects.public().filter(pk__in=keys)
    for pk, kind, slug, name in public.values_list("pk", "kind", "slug", "name"):
        names = aliases[pk]
        yield _entry(kind, pk, slug, name, ", ".join(names), names)


def _claims(keys: list[int]) -> Iterator[SearchEntry]:
    quotes = defaultdict(list)
    evidence = Evidence.objects.public().filter(claim__in=keys).exclude(quote="")
    for claim, quote in evidence.order_by("pk").values_list("claim", "quote"):
        quotes[claim].append(quote[: settings.PUBLIC_QUOTE_LENGTH])
    public = Claim.objects.public().filter(pk__in=keys)
    for pk, slug, statement in public.values_list("pk", "slug", "statement"):
        excerpt = next(iter(quotes[pk]), "")
        yield _entry("claim", pk, slug, statement, excerpt, quotes[pk])


def _questions(keys: list[int]) -> Iterator[SearchEntry]:
    public = Question.objects.public().filter(pk__in=keys)
    for question in public.select_related("subject", "property"):
        asked = str(question)
        more = [question.property.label]
        yield _entry("question", question.pk, question.slug, asked, "", more)


def _sources(keys: list[int]) -> Iterator[SearchEntry]:
    public = Source.objects.public().filter(pk__in=keys)
    for source in public.select_related("publisher"):
        more = [source.author, _public_name(source.publisher)]
        yield _entry("source", source.pk, source.slug, str(source), source.author, more)


def _public_name(publisher: Entity | None) -> str:
    if publisher is None or publisher.status != Entity.Status.PUBLISHED:
        return ""
    return publisher.name
