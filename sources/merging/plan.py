"""What a merge would move, what would fall together, and what forbids it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from entities.models import Alias, Distinction, Entity
from entities.records import Record, Status
from sources.merging import folding
from sources.merging.log import label
from sources.models import Claim, Finding, Question

# These need more than another name in a column. All other relations to an entity are
# found in the models themselves, so that a new one cannot be forgotten.
APART = {
    *("questions", "claims", "claims_as_object", "aliases"),
    *("told_apart_from", "told_apart_by"),
}
# A log of what readers saw: without a status of its own it would show at once.
SHOWN_AT_ONCE = {"corrections"}
# A merge is one deed: while it is done nobody else can save.
MOST_AT_ONCE = 1_000
COMPARED = ("name", "summary", "wikidata_id", "family_name", "given_name", "category")


@dataclass(frozen=True, slots=True)
class Moving:
    """Rows that point at the record by one column."""

    relation: Any
    rows: list[Any]

    @property
    def column(self) -> str:
        return str(self.relation.field.attname)

    @property
    def title(self) -> str:
        meta = self.relation.related_model._meta
        word = str(meta.verbose_name_plural)
        return f"{word.capitalize()} ({self.relation.field.verbose_name})"


@dataclass(frozen=True, slots=True)
class Rivals:
    """Two questions that become one."""

    old: Question
    into: Question


@dataclass(slots=True)
class Plan:
    """What becomes of everything that names the record to be merged."""

    merged: Entity
    kept: Entity
    claims: folding.Claims
    moving: list[Moving] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    rivals: list[Rivals] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    # Name forms that the other record has already.
    known: list[Alias] = field(default_factory=list)
    distinctions: list[Distinction] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def would_show(self) -> bool:
        """Whether readers see the one that stays, and not the other."""
        return self.merged.status != Status.PUBLISHED == self.kept.status

    @property
    def old_name(self) -> str:
        """The name that becomes a name form; nothing if it is one already."""
        forms = {self.kept.name, *(one.text for one in [*self.aliases, *self.known])}
        known = self.kept.aliases.values_list("text", flat=True)
        return "" if self.merged.name in forms | set(known) else self.merged.name

    @property
    def held_back(self) -> list[Any]:
        """What is published but unseen, and is sent to review instead of shown."""
        rows = [*self.claims.moved, *self.aliases]
        return [row for row in rows if self.status_of(row) != row.status]

    def status_of(self, row: Any) -> str:
        """The status that a claim or name form has after the merge."""
        if row.status != Status.PUBLISHED:
            return str(row.status)
        is_shown = self.would_show
        if isinstance(row, Claim):
            other = folding.renamed(row, self.merged, self.kept)
            # Of a record and itself nobody has published anything.
            is_shown |= other.subject_id == other.object_id
        return Status.IN_REVIEW if is_shown else Status.PUBLISHED

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """Label, value that is left behind, value that stays."""
        meta: Any = Entity._meta
        return [
            (str(meta.get_field(name).verbose_name).capitalize(), old, new)
            for name in COMPARED
            if (old := getattr(self.merged, name)) != (new := getattr(self.kept, name))
        ]

    @property
    def fingerprint(self) -> str:
        """Another as soon as anything that it names is changed."""
        rows = sorted({(label(row), row.pk, row.version) for row in self._rows()})
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    def _rows(self) -> Iterator[Record]:
        yield from (self.merged, self.kept)
        yield from (row for moving in self.moving for row in moving.rows)
        yield from (*self.claims.moved, *self.claims.swapped, *self.claims.left)
        for fold in self.claims.folds:
            yield from (fold.into, fold.claim, *fold.claim.evidence.all())
        yield from self.questions
        yield from (one for pair in self.rivals for one in (pair.old, pair.into))
        yield from (*self.aliases, *self.known, *self.distinctions)


def relations() -> list[Any]:
    """Every column, of whatever table, that points at an entity."""
    return list(Entity._meta.related_objects)


def of(merged: Entity, kept: Entity) -> Plan:
    """What a merge of the first into the second would do."""
    forbidden = refusals(merged, kept) or _too_many(merged)
    plan = Plan(merged, kept, folding.Claims(), problems=forbidden)
    if forbidden:
        return plan
    plan.claims = folding.of(merged, kept)
    plan.problems += plan.claims.problems
    plan.moving = list(_moving(plan))
    _place_questions(plan)
    _place_names(plan)
    plan.distinctions = _distinctions(merged, kept)
    return plan


def refusals(merged: Entity, kept: Entity) -> list[str]:
    """Why the one cannot be merged into the other, whatever they hold."""
    if merged.pk == kept.pk:
        return ["A record cannot be merged into itself."]
    found = [
        f"“{one}” was merged into “{one.merged_into}” already: there is nothing left."
        for one in (merged, kept)
        if one.merged_into is not None
    ]
    if merged.kind != kept.kind:
        words = [one.get_kind_display().lower() for one in (merged, kept)]
        found.append(f"One is of the kind {words[0]}, the other {words[1]}.")
    found += [
        f"“{one}” was taken down: its address has to go on saying so."
        for one in (merged, kept)
        if one.status in folding.TAKEN_DOWN
    ]
    if merged.status == Status.PUBLISHED and kept.status in (
        *(Status.DRAFT, Status.IN_REVIEW),
    ):
        found.append(
            f"Readers see “{merged}” and not “{kept}”: let the other one stay, or "
            "publish this one first."
        )
    apart = Distinction.objects.between(merged, kept).first()
    if apart is not None:
        found.append(f"They were told apart: {apart.reason} Take that back first.")
    return found


def _too_many(merged: Entity) -> list[str]:
    """Why it cannot be merged into any other, if too many records name it."""
    count = sum(_naming(merged, relation).count() for relation in relations())
    if count <= MOST_AT_ONCE:
        return []
    return [
        f"{count:,} records name “{merged}”, and no more than {MOST_AT_ONCE:,} can be "
        "moved at once: let it stay, and merge the other one into it."
    ]


def _naming(entity: Entity, relation: Any) -> Any:
    rows = relation.related_model._base_manager.order_by("pk")
    return rows.filter(**{relation.field.name: entity.pk})


def _moving(plan: Plan) -> Iterator[Moving]:
    for relation in relations():
        name = relation.get_accessor_name()
        if name in APART or (name in SHOWN_AT_ONCE and plan.would_show):
            continue
        if found := list(_naming(plan.merged, relation)):
            yield Moving(relation, found)


def _place_questions(plan: Plan) -> None:
    """A question goes along, unless the other record is asked the same."""
    theirs = list(Question.objects.about(plan.merged).asked().in_order())
    asked = Question.objects.about(plan.kept).asked()
    asked = asked.filter(
        property__in={one.property_id for one in theirs},
        qualifier__in={one.qualifier for one in theirs},
    )
    standing = {(one.property_id, one.qualifier): one for one in asked}
    for question in theirs:
        into = standing.get((question.property_id, question.qualifier))
        if into is None:
            plan.questions.append(question)
        else:
            plan.rivals.append(Rivals(question, into))


def _place_names(plan: Plan) -> None:
    """A name form goes along, unless the other record has it."""
    taken = {plan.kept.name, *plan.kept.aliases.values_list("text", flat=True)}
    for alias in Alias.objects.of(plan.merged):
        (plan.known if alias.text in taken else plan.aliases).append(alias)


def _distinctions(merged: Entity, kept: Entity) -> list[Distinction]:
    """From whom the record was told apart, where the other one was not."""
    rows = Distinction.objects.of(kept).values_list("first", "second")
    known = {key for pair in rows for key in pair}
    return [
        row
        for row in Distinction.objects.of(merged).select_related("first", "second")
        if ({row.first_id, row.second_id} - {merged.pk}).isdisjoint(known)
    ]


def findings(plan: Plan) -> dict[int, Finding]:
    """The decisions on questions that fall together, by question."""
    asked = [one.pk for pair in plan.rivals for one in (pair.old, pair.into)]
    return {one.question_id: one for one in Finding.objects.on(asked)}


def citing(slug: str, merged: Entity) -> Any:
    """Other records whose summary cites the claim."""
    rows = Entity.objects.filter(~Q(pk=merged.pk), summary__contains=f"[[{slug}]]")
    return rows.order_by("pk")
