"""The made-up collection as a database of any size, written row by row in plain SQL.

An import of a million claims takes an hour; this takes minutes. It writes what the
import would have written: all is public, and whatever is derived is as `rebuild` would
leave it, which tests/test_bench.py proves of a small one. What needs other rows is left
to the project's own rules: questions with several answers, dates of events.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

import django
from django.core.management import call_command
from django.db import connection, transaction

if __name__ == "__main__":
    django.setup()

from bench.collection import FILLING, PROPERTIES, Record, records
from bench.tables import Table, bare, moment, remember
from entities import edtf
from entities.folding import fold
from entities.models import Alias, Entity
from sources import contradictions, happenings, origins, standings
from sources.models import (
    Claim,
    Evidence,
    Property,
    PublicChange,
    Question,
    SearchEntry,
    Source,
)
from sources.models.search import indexed
from sources.values import Value

# Of events with one date; where there are several it is for the rules to say.
DATED = """
    UPDATE entities_entity SET date = claim.date, low = claim.low, high = claim.high
    FROM sources_claim AS claim JOIN sources_question AS question
    ON question.id = claim.question_id AND question.state = 'one_answer'
    WHERE claim.subject_id = entities_entity.id AND claim.property_id = %s
    AND entities_entity.kind = 'event'
"""
TABLES = (Property, Entity, Alias, Source, Question, Claim, Evidence)
CHUNK = 5000
# Nothing is lost that cannot be made again.
HASTY = (
    "journal_mode=OFF",
    "synchronous=OFF",
    "foreign_keys=OFF",
    "cache_size=-400000",
)


def make(claims: int) -> None:
    """Make the tables and fill them; a file left unfinished is worth nothing."""
    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        for pragma in HASTY:
            cursor.execute(f"PRAGMA {pragma}")
        fill(claims)
        cursor.execute("PRAGMA journal_mode=WAL")


def fill(claims: int) -> None:
    """Fill the empty database with a collection of so many claims."""
    with transaction.atomic(), connection.cursor() as cursor:
        with bare(cursor):
            builder = Builder(cursor)
            for record in records(claims):
                builder.take(record)
            builder.finish()
            remember(cursor)
        for questions in _chunks(builder.several):
            standings.weigh(questions)
        cursor.execute(DATED, [_number(FILLING, "_")])
        happenings.date_anew(builder.dated)


def _chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(sorted(keys))
    while chunk := list(islice(rest, 500)):
        yield chunk


class Builder:
    """The collection's records on their way into the tables."""

    def __init__(self, cursor: Any) -> None:
        models = (*TABLES, SearchEntry, PublicChange)
        self.tables = {model: Table(cursor, model) for model in models}
        # By entity its kind and name; by source the original that it leads to.
        self.names: dict[int, tuple[str, str]] = {}
        self.roots: dict[int, int | None] = {}
        # By what is asked, the question; those with several answers; events with dates.
        self.asked: dict[int, int] = {}
        self.several: set[int] = set()
        self.dated: set[int] = set()
        self.count = 0
        self.claim: Record = {}
        self.quotes: list[Record] = []

    def take(self, record: Record) -> None:
        """Write a record, or keep it until what belongs to it has come."""
        kind, self.count = record["type"], self.count + 1
        if self.count % CHUNK == 0:
            self._write()
        if kind in ("claim", "evidence"):
            self._take_claim(record)
        elif kind in ("person", "organisation", "event"):
            self._entity(record)
        else:
            getattr(self, f"_{kind}")(record)

    def finish(self) -> None:
        """Write what is left in hand."""
        if self.claim:
            self._write_claim()
        self._write()

    def _write(self) -> None:
        """In the order of the tables: no row comes before one that it points at."""
        for table in self.tables.values():
            table.write()

    def _property(self, record: Record) -> None:
        row = {name: value for name, value in record.items() if name != "type"}
        key = _number(record["key"], "_")
        self.tables[Property].add(id=key, **row, **_times(key))

    def _entity(self, record: Record) -> None:
        key, name = _number(record["slug"]), record["name"]
        self.names[key] = (record["type"], name)
        self.tables[Entity].add(
            id=key,
            kind=record["type"],
            slug=record["slug"],
            name=name,
            folded=fold(name),
            sort_name=fold(name),
            **_published(key),
        )

    def _alias(self, record: Record) -> None:
        key, text = _number(record["entity"]), record["text"]
        row = {"entity_id": key, "text": text, "folded": fold(text)}
        self.tables[Alias].add(id=key, **row, **_published(key))
        kind, name = self.names[key]
        self._found(kind, key, record["entity"], name, text, text)

    def _source(self, record: Record) -> None:
        key, lineage = _number(record["slug"]), record["lineage"]
        parent = record.get("derived_from")
        above = _number(parent) if parent else None
        known = self.roots.get(above) if above else None
        self.roots[key] = key if lineage == "original" else known
        row = {name: record[name] for name in ("slug", "title", "published")}
        row |= {"reliability": record["reliability"], "lineage": lineage}
        row |= {"derived_from_id": above, "derivation": record.get("derivation", "")}
        low = edtf.parse(record["published"]).low
        self.tables[Source].add(id=key, low=low, **row, **_published(key))
        self._found("source", key, record["slug"], record["title"], "", "")

    def _take_claim(self, record: Record) -> None:
        if record["type"] == "evidence":
            self.quotes.append(record)
            return
        if self.claim:
            self._write_claim()
        self.claim, self.quotes = record, []

    def _write_claim(self) -> None:
        claim, key = self.claim, _number(self.claim["slug"])
        weight = self._evidence(key)
        counted = origins.tally(weight.counted)
        counts = {"article_count": counted.articles, "origin_count": counted.origins}
        is_disputed = "disputes" in weight.stances
        value = _value(claim)
        low, high = value.bounds()
        self.tables[Claim].add(
            id=key,
            slug=claim["slug"],
            subject_id=_number(claim["subject"]),
            property_id=_number(claim["property"], "_"),
            question_id=self._question(claim, is_disputed, counts),
            statement=claim["statement"],
            qualifier=claim["qualifier"],
            during=claim.get("during", ""),
            **_entered(value),
            **{"low": low, "high": high, "value_key": value.key},
            **{"is_public": True, "is_contested": is_disputed},
            **{"support": str(weight.support), **counts},
            **_published(key),
        )
        quotes = [evidence["quote"] for evidence in self.quotes]
        said = claim["statement"]
        self._found("claim", key, claim["slug"], said, quotes[0], " ".join(quotes))

    def _evidence(self, claim: int) -> standings.Weight:
        """Write the claim's evidence; what it weighs."""
        weight = standings.Weight()
        for nth, record in enumerate(self.quotes):
            key, source = 2 * claim - 1 + nth, _number(record["source"])
            origin = self.roots[source]
            weight.stances.add(record["stance"])
            if record["stance"] == "supports":
                weight.counted.append((source, origin))
            row = {name: record[name] for name in ("slug", "stance", "quote", "form")}
            row |= {"voice": record["voice"], "confirmed_by": record["confirmed_by"]}
            self.tables[Evidence].add(
                id=key,
                claim_id=claim,
                source_id=source,
                origin_id=origin,
                confirmed_at=moment(key),
                anchor="no_text",
                is_public=True,
                **row,
                **_published(claim),
            )
        return weight

    def _question(self, claim: Record, is_disputed: bool, counts: Any) -> int:
        """The question that the claim answers; written with its first answer."""
        subject, nth = _number(claim["subject"]), _number(claim["property"], "_")
        # One number for each subject, property and qualifier.
        case = claim["qualifier"].removeprefix("case ")
        asks = nth - 1 + PROPERTIES * (-1 - int(case) if case else subject)
        if asks in self.asked:
            self.several.add(self.asked[asks])
            if claim["property"] == FILLING:
                self.dated.add(subject)
            return self.asked[asks]
        key = self.asked[asks] = len(self.asked) + 1
        words = [claim["subject"], claim["property"].replace("_", "-")]
        slug = "-".join([*words, *claim["qualifier"].split()])
        self.tables[Question].add(
            id=key,
            slug=slug,
            subject_id=subject,
            property_id=nth,
            qualifier=claim["qualifier"],
            state=contradictions.state_of(ONE, SOME, is_disputed),
            answer_count=1,
            **counts,
            **_times(key),
        )
        label = f"Property {nth - 1}"
        asked = f"What is property {nth - 1} of {self.names[subject][1]}"
        title = f"{asked} ({claim['qualifier']})?" if case else f"{asked}?"
        self._found("question", key, slug, title, "", label)
        return key

    def _found(
        self, kind: str, key: int, slug: str, title: str, excerpt: str, more: str
    ) -> None:
        """Let readers find a record, and programs learn of it."""
        self.tables[SearchEntry].add(
            kind=kind,
            record_id=key,
            weight=SearchEntry.WEIGHTS[kind],
            slug=slug,
            title=title,
            excerpt=excerpt,
            words=indexed(title),
            more=indexed(more),
        )
        at = moment(key)
        row = {"kind": kind, "record_id": key, "slug": slug, "what": "published"}
        self.tables[PublicChange].add(**row, at=at)


ONE = [contradictions.Answer(Value(text="any"))]
SOME = contradictions.Rule(is_single_valued=False)


def _number(slug: str, sign: str = "-") -> int:
    """The key of a record: the number in its slug, from 1."""
    return int(slug.rpartition(sign)[2]) + 1


def _times(key: int) -> dict[str, Any]:
    return {"created_at": moment(key), "modified_at": moment(key)}


def _published(key: int) -> dict[str, Any]:
    return {"status": "published", "status_at": moment(key), **_times(key)}


def _value(claim: Record) -> Value:
    if "object" in claim:
        return Value(object_id=_number(claim["object"]))
    if "amount" in claim:
        amount, unit = Decimal(claim["amount"]), claim["unit"]
        return Value(amount=amount, unit=unit, bound=claim["bound"])
    return Value(date=claim.get("date", ""), text=claim.get("text", ""))


def _entered(value: Value) -> dict[str, Any]:
    """The columns of a claim that hold the value."""
    amount = None if value.amount is None else str(value.amount)
    return {
        "object_id": value.object_id,
        "date": value.date,
        "amount": amount,
        "unit": value.unit,
        "bound": value.bound,
        "text": value.text,
    }


if __name__ == "__main__":
    make(int(sys.argv[1]))
