"""Finding records for staff, drafts included, as fast in a million as in a hundred.

Readers' search knows public records only. Here a query is tried as the beginning of an
address (an index walk), then with the readers' full-text search, then among the newest
records that are not public, word by word; names and aliases are read whole, which is
less than what is said of them. Each step is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection
from django.db.models import Model, Q, QuerySet

from entities.folding import fold
from entities.models import Alias, Entity
from entities.records import Status
from sources.models import Claim, Evidence, Question, SearchEntry, Source

# So many are found by each step: an editor narrows the query, not the list.
MOST = 200
# So many of the newest records are read word by word: no full-text index holds those
# that are not public, and a common word fills it with claims.
NEWEST = 2000
# So many of the newest entries that hold a word are looked through.
SEARCHED = 10_000
HIDDEN = [status for status in Status.values if status != Status.PUBLISHED]


def beginning(name: str, text: str) -> Q:
    """A condition that the column begins so, in a form that an index serves."""
    if connection.vendor == "sqlite":
        # Its LIKE ignores case, and so every index.
        return Q((f"{name}__gte", text), (f"{name}__lt", text + "\U0010ffff"))
    return Q((f"{name}__startswith", text))


def _keys(rows: Any, *conditions: Q, name: str = "pk") -> set[int]:
    found = rows.filter(*conditions).order_by()
    return set(found.values_list(name, flat=True)[:MOST])


def _public(query: str, kind: str) -> set[int]:
    """Of the newest that hold the words those of this kind."""
    entries = SearchEntry.objects.matching(query, SEARCHED)
    return _keys(entries, Q(kind=kind), name="record_id")


def _newest(rows: Any, query: str, *columns: str) -> set[int]:
    """Of the newest of these rows those that hold every word of the query."""
    newest = rows.order_by("-pk").values("pk")[:NEWEST]
    rows = rows.model._base_manager.filter(pk__in=newest)
    for word in query.split()[:10]:
        holds = Q()
        for column in columns:
            holds |= Q((f"{column}__icontains", word))
        rows = rows.filter(holds)
    return _keys(rows)


def entities(query: str, kind: str = "") -> set[int]:
    """By name, family name, any alias, or address."""
    folded = fold(query)
    rows, aliases = Entity.objects.all(), Alias.objects.all()
    if kind:
        rows, aliases = rows.of_kind(kind), aliases.filter(entity__kind=kind)
    found = _keys(rows, beginning("slug", query.strip().lower()))
    return found | _named(rows, folded, "pk") | _named(aliases, folded, "entity")


def _named(rows: Any, folded: str, name: str) -> set[int]:
    """By the words of the name; those that begin so are among them in any case."""
    if not folded:
        return set()
    found = _keys(rows.distinct(), *_holding(folded), name=name)
    if len(found) < MOST:
        return found
    return found | _keys(rows, beginning("folded", folded), name=name)


def _holding(folded: str) -> list[Q]:
    """A condition for each word: that a word of the folded name begins so."""
    return [
        Q(("folded__startswith", word)) | Q(("folded__contains", f" {word}"))
        for word in folded.split()[:10]
    ]


def sources(query: str) -> set[int]:
    """By title, author, publisher or address."""
    found = _keys(Source.objects, beginning("slug", query.strip().lower()))
    found |= _newest(Source.objects.all(), query, "title", "author", "slug")
    return found | _public(query, "source")


def claims(query: str) -> set[int]:
    """By words of the statement or of a public quote, by subject, or address."""
    hidden = Claim.objects.filter(is_public=False)
    found = _keys(Claim.objects, beginning("slug", query.strip().lower()))
    found |= _newest(hidden, query, "statement", "slug")
    found |= _keys(Claim.objects, Q(subject__in=_called(query)))
    return found | _public(query, "claim")


def _called(query: str) -> set[int]:
    """Entities that go by exactly this name."""
    return set(Entity.objects.named(query).values_list("pk", flat=True)[:MOST])


def evidence(query: str) -> set[int]:
    """By the claim it bears on, by its source, by words of its quote, or address."""
    hidden = Evidence.objects.filter(status__in=HIDDEN)
    found = _keys(Evidence.objects, beginning("slug", query.strip().lower()))
    found |= _newest(hidden, query, "quote", "slug")
    found |= _keys(Evidence.objects, Q(claim__in=claims(query)))
    return found | _keys(Evidence.objects, Q(source__in=sources(query)))


def questions(query: str) -> set[int]:
    """By words, by subject, or address."""
    found = _keys(Question.objects, beginning("slug", query.strip().lower()))
    found |= _keys(Question.objects, Q(subject__in=_called(query)))
    return found | _public(query, "question")


def aliases(query: str) -> set[int]:
    folded = fold(query)
    found = _keys(Alias.objects, beginning("folded", folded)) if folded else set()
    return found | _keys(Alias.objects, Q(entity__in=entities(query)))


FINDERS: dict[type[Model], Callable[[str], Iterable[int]]] = {
    Source: sources,
    Claim: claims,
    Evidence: evidence,
    Question: questions,
    Alias: aliases,
}


def knows(model: type[Model]) -> bool:
    """Whether there is a way of finding this model's records."""
    return model in FINDERS or issubclass(model, Entity)


def among(rows: QuerySet[Any], query: str) -> QuerySet[Any]:
    """Those of the rows that the query finds."""
    model = rows.model
    if issubclass(model, Entity):
        return rows.filter(pk__in=entities(query, model.FIXED_KIND))
    return rows.filter(pk__in=FINDERS[model](query))
