"""What stood around one record at a moment: all that its page and the rules ask for.

Read from the histories, and in the end held against today: of what readers may not see
now, not a word is kept, whatever it was then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from entities.models import Alias, Distinction, Entity
from entities.records import Status
from sources.dated.versions import Versions, related, seen_today, stood
from sources.models import (
    Approach,
    Claim,
    Correction,
    Evidence,
    Finding,
    Property,
    Question,
    Source,
)
from sources.summaries import cited_claims

# Working out what so many claims came to takes one to two seconds.
MOST = 1000
Rows = dict[int, Any]


class TooLarge(Exception):
    """More claims stood around the record than can be weighed while a reader waits."""


@dataclass
class Surroundings:
    """The versions that stood around one record, by table."""

    versions: Versions
    rows: dict[Any, Rows] = field(default_factory=dict)
    contradicts: set[tuple[int, int]] = field(default_factory=set)
    preferred: set[tuple[int, int]] = field(default_factory=set)
    # When we withdrew what is shown here as it stood: by table and key.
    since: dict[tuple[Any, int], datetime] = field(default_factory=dict)

    def of(self, model: Any) -> Rows:
        return self.rows.setdefault(model, {})

    def add(self, model: Any, condition: Q) -> None:
        """Take in what met a condition then and was seen, now as then."""
        self._keep(model, self.versions.where(model, condition))

    def add_keyed(self, model: Any, keys: Iterable[int]) -> None:
        missing = set(keys) - self.of(model).keys()
        self._keep(model, self.versions.of(model, missing))

    def _keep(self, model: Any, rows: Rows) -> None:
        if hasattr(model, "Status"):
            moment = self.versions.moment
            rows = {key: row for key, row in rows.items() if stood(row, moment)}
        today = seen_today(model, rows)
        for key, withdrawn_at in today.items():
            self.of(model)[key] = rows[key]
            was_retracted = getattr(rows[key], "status", "") == Status.RETRACTED
            if withdrawn_at is not None and not was_retracted:
                self.since[model, key] = withdrawn_at


def around(model: Any, key: int, versions: Versions) -> Surroundings:
    """All that the page of a record needs; raises TooLarge."""
    found = Surroundings(versions)
    CORES[model](found, key)
    _add_other_answers(found)
    if len(found.of(Claim)) > MOST:
        raise TooLarge
    _add_decisions(found)
    _add_declared(found)
    _add_controls(found)
    _add_dates(found)
    _add_evidence(found)
    _add_corrections(found)
    _add_names(found, model, key)
    return found


def _about_entity(found: Surroundings, key: int) -> None:
    """Claims about it, naming it, said by it, cited in its summary, or corrected."""
    found.add_keyed(Entity, [key])
    found.add(Claim, Q(subject=key) | Q(object=key))
    found.add(Evidence, Q(speaker=key))
    for row in found.of(Entity).values():
        found.add(Claim, Q(slug__in=cited_claims(row.summary)))
    found.add(Alias, Q(entity=key))
    found.add(Distinction, Q(first=key) | Q(second=key))


def _about_question(found: Surroundings, key: int) -> None:
    """Claims that answer it, and what the same is asked of."""
    for row in found.versions.of(Question, [key]).values():
        found.add(Claim, Q(subject=row.subject_id, property=row.property_id))


def _about_claim(found: Surroundings, key: int) -> None:
    found.add_keyed(Claim, [key])
    found.add(Approach, Q(claim=key))


def _about_source(found: Surroundings, key: int) -> None:
    """What it says, and what others have from it."""
    found.add_keyed(Source, [key])
    family = level = {key}
    while level:
        level = {*found.versions.where(Source, Q(derived_from__in=level))} - family
        family = family | level
    found.add_keyed(Source, family)
    found.add(Evidence, Q(source__in=family) | Q(via__in=family))


CORES = {
    Entity: _about_entity,
    Question: _about_question,
    Claim: _about_claim,
    Source: _about_source,
}


def asked(row: Any) -> tuple[int, int, str]:
    """The question that a claim answers: of what, which property, what exactly."""
    return row.subject_id, row.property_id, row.qualifier


def _add_other_answers(found: Surroundings) -> None:
    """All answers to the questions that the claims so far belong to."""
    found.add_keyed(Claim, {row.claim_id for row in found.of(Evidence).values()})
    keys = {asked(row) for row in found.of(Claim).values()}
    if len(keys) > MOST:
        raise TooLarge
    subjects, properties = {key[0] for key in keys}, {key[1] for key in keys}
    rows = found.versions.where(Claim, Q(subject__in=subjects, property__in=properties))
    found.add_keyed(Claim, [key for key, row in rows.items() if asked(row) in keys])


def _add_decisions(found: Surroundings) -> None:
    """Questions and the desk's decisions on them, with the claims they prefer."""
    subjects = {row.subject_id for row in found.of(Claim).values()}
    keys = {asked(row) for row in found.of(Claim).values()}
    rows = found.versions.where(Question, Q(subject__in=subjects))
    kept = [key for key, row in rows.items() if asked(row) in keys]
    found.add(Finding, Q(question__in=kept))
    found.preferred = related(found.of(Finding), "preferred")
    found.add_keyed(Claim, {claim for _, claim in found.preferred})


def _add_declared(found: Surroundings) -> None:
    """Claims that are declared to contradict one of these."""
    pairs = related(found.of(Claim), "contradicts")
    found.add_keyed(Claim, {key for pair in pairs for key in pair})
    found.contradicts = related(found.of(Claim), "contradicts")


def _add_controls(found: Surroundings) -> None:
    """Claims that one subject controls another, for “only named source”."""
    subjects = {row.subject_id for row in found.of(Claim).values()}
    controls = found.versions.where(Property, Q(confers_control=True))
    ends = Q(subject__in=subjects) | Q(object__in=subjects)
    found.add(Claim, ends & Q(property__in=controls, object__isnull=False))


def _add_dates(found: Surroundings) -> None:
    """Claims that say when and where the events named here happened."""
    fills = found.versions.where(Property, ~Q(fills=""))
    claims = found.of(Claim).values()
    events = {row.subject_id for row in claims} | {row.object_id for row in claims}
    found.add(Claim, Q(subject__in=events - {None}, property__in=fills))


def _add_evidence(found: Surroundings) -> None:
    """The evidence on all these claims, its sources, and what those derive from."""
    found.add(Evidence, Q(claim__in=list(found.of(Claim))))
    evidence = found.of(Evidence).values()
    level = {row.source_id for row in evidence} | {row.via_id for row in evidence}
    known: set[int | None] = {None}
    while level - known:
        known |= level
        rows = found.versions.of(Source, level - {None})
        found.add_keyed(Source, rows)
        level = {row.derived_from_id for row in rows.values()}


def _add_corrections(found: Surroundings) -> None:
    """What had to be put right in the words of any of these."""
    about = {"claim": Claim, "entity": Entity, "source": Source}
    for name, model in about.items():
        found.add(Correction, Q(**{f"{name}__in": list(found.of(model))}))


def _add_names(found: Surroundings, model: Any, key: int) -> None:
    """Everybody who is named: in claims, as speaker, publisher, namesake, asked."""
    columns = {
        Claim: ("subject_id", "object_id"),
        Evidence: ("speaker_id",),
        Source: ("publisher_id",),
        Distinction: ("first_id", "second_id"),
        Approach: ("asked_id",),
    }
    keys = {
        getattr(row, column)
        for table, names in columns.items()
        for row in found.of(table).values()
        for column in names
    }
    main = {key} if model is Entity else set()
    found.add_keyed(Entity, keys - {None} - main)
