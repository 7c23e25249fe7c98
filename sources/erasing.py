"""Erasing a record: the one way in which what was kept is not kept any longer.

The record goes, what goes with it, and every version of all of that in the history.
What cites it stands in the way; on request it goes too, or lets go of it. What remains
is one line in the log: what kind, when, who and why, and nothing of what it said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.admin.models import DELETION, LogEntry
from django.core.exceptions import ValidationError

from entities.locking import alone
from entities.models import Alias, Entity
from entities.records import Record
from sources import proposals, settling
from sources.forgetting import (
    forget,
    forget_mentions,
    forget_words,
    overwrite_what_goes,
)
from sources.models import (
    Claim,
    Evidence,
    Finding,
    Question,
    Source,
)
from sources.summaries import TOKEN

REASON = "What it pointed at was erased"
# More records than these do not go in one deed: others wait meanwhile.
MOST_AT_ONCE = 2_000
# What has no life without a record.
GOING: dict[Any, tuple[str, ...]] = {
    Entity: ("aliases", "told_apart_from", "told_apart_by", "corrections"),
    Alias: ("uses",),
    Source: ("alias_uses", "omissions", "notes", "corrections"),
    Claim: ("evidence", "approaches", "notes", "corrections"),
    Evidence: ("notes",),
}
# What cites it and means nothing without it.
CITING: dict[Any, tuple[str, ...]] = {
    Entity: ("claims", "claims_as_object", "absorbed"),
    Source: ("evidence",),
    Claim: ("preferred_by",),
}
# What cites it and can let go, by the column that does.
LOOSE: dict[Any, dict[str, str]] = {
    Entity: {
        "spoken_evidence": "speaker",
        "published_sources": "publisher",
        "approaches": "asked",
    },
    Source: {"relayed_evidence": "via", "derivatives": "derived_from"},
}


class Tie(NamedTuple):
    """Another record that cites the one to be erased; with a column, it can let go."""

    record: Any
    column: str = ""

    def __str__(self) -> str:
        kind = self.record._meta.verbose_name
        act = f"lets go of it ({self.column})" if self.column else "goes too"
        return f"{kind} “{self.record}”: {act}"


@dataclass(slots=True)
class Plan:
    """What goes, those first that others stand on; and what stands in the way."""

    goes: list[Any] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    known: set[Any] = field(default_factory=set)
    # By a claim's address: the records whose summaries cite it.
    summaries: dict[str, list[Entity]] = field(default_factory=dict)

    def add(self, record: Any) -> None:
        """Take in a record with all that goes with it and all that cites it."""
        if _identity(record) in self.known:
            return
        self.known.add(_identity(record))
        for tie in self._ties(record):
            self.ties.append(tie)
            if not tie.column:
                self.add(tie.record)
        for other in _with(record):
            self.add(other)
        self.goes.append(record)

    def _ties(self, record: Any) -> Iterator[Tie]:
        yield from _ties(record)
        if isinstance(record, Claim):
            citing = self.summaries.get(record.slug, ())
            yield from (Tie(one, "summary") for one in citing)


def plan(record: Record) -> Plan:
    """What erasing the record would take, and what cites it.

    Raises ValidationError where that is more than can go at once.
    """
    table = record._meta.concrete_model
    names = [name for one in (GOING, CITING, LOOSE) for name in one.get(table, ())]
    concerned = sum(getattr(record, name).count() for name in names)
    if concerned > MOST_AT_ONCE:
        raise ValidationError(
            f"{concerned:,} records cite it or go with it, and no more than "
            f"{MOST_AT_ONCE:,} can at once: erase some of them first."
        )
    made = Plan(summaries=_citing_summaries())
    made.add(record)
    mine = {_identity(one) for one in _all_with(record)} | {_identity(record)}
    # What goes with the record anyway does not stand in its way.
    made.ties = [tie for tie in made.ties if _identity(tie.record) not in mine]
    return made


def _citing_summaries() -> dict[str, list[Entity]]:
    found: dict[str, list[Entity]] = {}
    for entity in Entity.objects.filter(summary__contains="[["):
        for slug in set(TOKEN.findall(entity.summary)):
            found.setdefault(slug, []).append(entity)
    return found


def _all_with(record: Any) -> Iterator[Any]:
    for other in _with(record):
        yield other
        yield from _all_with(other)


def _identity(record: Any) -> tuple[Any, int]:
    return record._meta.concrete_model, record.pk


def _with(record: Any) -> Iterator[Any]:
    """What has no life without the record."""
    for name in GOING.get(record._meta.concrete_model, ()):
        yield from getattr(record, name).all()
    if isinstance(record, Source) and hasattr(record, "text"):
        yield record.text


def _ties(record: Any) -> Iterator[Tie]:
    """What cites the record: some of it means nothing without, some can let go."""
    table = record._meta.concrete_model
    for name in CITING.get(table, ()):
        yield from (Tie(one) for one in getattr(record, name).all())
    if table is Entity:
        decided = Question.objects.about(record).values("pk")
        yield from (Tie(one) for one in Finding.objects.on(decided))
    for name, column in LOOSE.get(table, {}).items():
        yield from (Tie(one, column) for one in getattr(record, name).all())


def erase(record: Any, user: Any, reason: str, with_dependants: bool = False) -> Plan:
    """Erase the record; raises ValidationError, and erases nothing, if it is cited.

    The same where more goes with it than can go at once.
    """
    kind = proposals.kind_of(record)
    with alone():
        made = plan(record)
        if made.ties and not with_dependants:
            message = "It is cited still. Erase that first, or with it."
            raise ValidationError([message, *(str(tie) for tie in made.ties)])
        traces = [(type(one), one.pk, _trace(one)) for one in made.goes]
        questions = _questions(made.goes)
        _delete(made, record)
        for model, key, (name, slug) in traces:
            forget(model, key)
            forget_mentions(name, key, slug)
        for question, slug in questions.items():
            if not Question.objects.keyed([question]).exists():
                forget(Question, question)
                forget_mentions("question", question, slug)
        forget_words()
        _log(user, kind, reason)
    return made


def _trace(record: Any) -> tuple[str, str]:
    kind = str(getattr(record, "kind", "")) if isinstance(record, Entity) else ""
    return kind or str(record._meta.model_name), str(getattr(record, "slug", ""))


def _questions(goes: list[Any]) -> dict[int, str]:
    """The questions that may go with the claims, each with its address."""
    claims = [one.question_id for one in goes if isinstance(one, Claim)]
    return dict(Question.objects.keyed(claims).values_list("pk", "slug"))


def _delete(made: Plan, record: Any) -> None:
    """Delete all of it; entities last, once their questions have gone."""
    overwrite_what_goes()
    going = {_identity(one) for one in made.goes}
    loose = [tie for tie in made.ties if tie.column]
    loose = [tie for tie in loose if _identity(tie.record) not in going]
    last = [one for one in made.goes if isinstance(one, Entity)]
    with settling.together():
        for tie in loose:
            _let_go(tie, going)
        for one in made.goes:
            if one not in last:
                type(one)._default_manager.get(pk=one.pk).delete()
    for one in sorted(last, key=lambda one: one.pk == record.pk):
        type(one)._default_manager.get(pk=one.pk).delete()


def _let_go(tie: Tie, going: set[Any]) -> None:
    other = type(tie.record)._default_manager.get(pk=tie.record.pk)
    if tie.column == "summary":
        slugs = {slug for slug in TOKEN.findall(other.summary) if _goes(slug, going)}
        for slug in slugs:
            other.summary = other.summary.replace(f"[[{slug}]]", "")
    else:
        setattr(other, tie.column, None)
    other._change_reason = REASON
    other.save()


def _goes(slug: str, going: set[Any]) -> bool:
    keys = Claim.objects.slugged([slug]).values_list("pk", flat=True)
    return any((Claim, key) in going for key in keys)


def _log(user: Any, kind: str, reason: str) -> None:
    LogEntry.objects.create(
        user_id=user.pk,
        action_flag=DELETION,
        object_repr=f"{kind} erased",
        change_message=reason,
    )
