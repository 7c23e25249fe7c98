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
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection, models

from entities.locking import alone
from entities.models import Alias, Entity, Redirect
from entities.records import Record
from sources import announcing, proposals, settling
from sources.models import (
    Claim,
    Evidence,
    Finding,
    Merge,
    Proposal,
    Question,
    Source,
    Suppression,
)
from sources.summaries import TOKEN

REASON = "What it pointed at was erased"


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

    def add(self, record: Any) -> None:
        """Take in a record with all that goes with it and all that cites it."""
        if record in self.goes:
            return
        for tie in _ties(record):
            self.ties.append(tie)
            if not tie.column:
                self.add(tie.record)
        for other in _with(record):
            self.add(other)
        if record not in self.goes:
            self.goes.append(record)


def plan(record: Record) -> Plan:
    """What erasing the record would take, and what cites it."""
    made = Plan()
    made.add(record)
    mine = {_identity(one) for one in _all_with(record)} | {_identity(record)}
    # What goes with the record anyway does not stand in its way.
    made.ties = [tie for tie in made.ties if _identity(tie.record) not in mine]
    return made


def _all_with(record: Any) -> Iterator[Any]:
    for other in _with(record):
        yield other
        yield from _all_with(other)


def _identity(record: Any) -> tuple[Any, int]:
    return record._meta.concrete_model, record.pk


def _with(record: Any) -> Iterator[Any]:
    """What has no life without the record."""
    names = {
        Entity: ("aliases", "told_apart_from", "told_apart_by", "corrections"),
        Alias: ("uses",),
        Source: ("alias_uses", "omissions", "notes", "corrections"),
        Claim: ("evidence", "approaches", "notes", "corrections"),
        Evidence: ("notes",),
    }
    for name in names.get(record._meta.concrete_model, ()):
        yield from getattr(record, name).all()
    if isinstance(record, Source) and hasattr(record, "text"):
        yield record.text


def _ties(record: Any) -> Iterator[Tie]:
    """What cites the record: some of it means nothing without, some can let go."""
    whole: dict[Any, tuple[str, ...]] = {
        Entity: ("claims", "claims_as_object", "absorbed"),
        Source: ("evidence",),
        Claim: ("preferred_by",),
    }
    loose: dict[Any, dict[str, str]] = {
        Entity: {
            "spoken_evidence": "speaker",
            "published_sources": "publisher",
            "approaches": "asked",
        },
        Source: {"relayed_evidence": "via", "derivatives": "derived_from"},
    }
    table = record._meta.concrete_model
    for name in whole.get(table, ()):
        yield from (Tie(one) for one in getattr(record, name).all())
    if table is Entity:
        decided = Question.objects.about(record).values("pk")
        yield from (Tie(one) for one in Finding.objects.on(decided))
    if table is Claim:
        token = f"[[{record.slug}]]"
        citing = Entity.objects.filter(summary__contains=token)
        yield from (Tie(one, "summary") for one in citing)
    for name, column in loose.get(table, {}).items():
        yield from (Tie(one, column) for one in getattr(record, name).all())


def erase(record: Any, user: Any, reason: str, with_dependants: bool = False) -> Plan:
    """Erase the record; raises ValidationError, and erases nothing, if it is cited."""
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
            _forget_mentions(name, key, slug)
        for question, slug in questions.items():
            if not Question.objects.keyed([question]).exists():
                forget(Question, question)
                _forget_mentions("question", question, slug)
        _forget_words()
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


def overwrite_what_goes() -> None:
    """Else the words would stay in SQLite's file until something is put there."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


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


def forget(model: Any, key: int) -> None:
    """Every version of a row, and what the log says of it."""
    table = model.history.model
    versions = table.objects.filter(id=key)
    for relation in getattr(table, "_history_m2m_fields", ()):
        links = getattr(table, relation.name).model._base_manager
        links.filter(history__in=versions.values("pk")).delete()
    versions.delete()
    tables = ContentType.objects.get_for_models(
        *proxies(model._meta.concrete_model), for_concrete_models=False
    )
    LogEntry.objects.filter(
        content_type__in=tables.values(), object_id=str(key)
    ).delete()
    Suppression.objects.of_table(model).on([key]).delete()


def proxies(model: type[models.Model]) -> list[type[models.Model]]:
    return [model, *(sub for sub in model.__subclasses__() if sub._meta.proxy)]


def _forget_mentions(kind: str, key: int, slug: str) -> None:
    """Where other tables keep the record's words or address without pointing at it."""
    rows: list[Any] = [*Proposal.objects.to(kind, key)]
    if slug:
        announcing.forget(kind, slug)
        addresses = models.Q(slug=slug) | models.Q(old_slug=slug)
        rows += Redirect.objects.filter(addresses, kind=kind)
        merged = models.Q(kept_slug=slug) | models.Q(merged_slug=slug)
        rows += Merge.objects.filter(merged, kind=kind)
    for row in rows:
        number = row.pk
        row.delete()
        forget(type(row), number)
    if kind in ("evidence", "source"):
        _forget_considered(kind, slug)


def _forget_considered(kind: str, slug: str) -> None:
    """Decisions name by its key what they rested on, in every version."""
    starts = {"evidence": ("evidence:",), "source": ("origin:", "standing:")}[kind]
    named = {f"{start}{slug}" for start in starts}
    tables: list[Any] = [Finding, Finding.history.model]
    for table in tables:
        for row in table.objects.filter(considered__isnull=False):
            left = [one for one in row.considered if not _names(one, named)]
            if left != row.considered:
                table.objects.filter(pk=row.pk).update(considered=left)


def _names(key: str, named: set[str]) -> bool:
    return key in named or key.rpartition(":")[0] in named


def _forget_words() -> None:
    """The full-text index keeps the words of what has gone until it is merged."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO sources_searchentry_fts (sources_searchentry_fts) "
                "VALUES ('optimize')"
            )


def _log(user: Any, kind: str, reason: str) -> None:
    LogEntry.objects.create(
        user_id=user.pk,
        action_flag=DELETION,
        object_repr=f"{kind} erased",
        change_message=reason,
    )
