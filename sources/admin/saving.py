"""What becomes of a form that is valid: a save, a proposal, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from entities.records import Record
from sources import proposals, settling, slugs
from sources.admin.forms import VersionedForm
from sources.models import Evidence

DOUBTFUL = {
    Evidence.Anchor.MISSING,
    Evidence.Anchor.AMBIGUOUS,
    Evidence.Anchor.FOLDED,
}


@dataclass
class Outcome:
    """What one request came to."""

    saved: list[Record] = field(default_factory=list)
    waiting: list[Record] = field(default_factory=list)
    is_unchanged: bool = False

    def say(self) -> str:
        """What the editor is told in place of “changed successfully”."""
        if self.waiting:
            names = ", ".join(f"“{record}”" for record in self.waiting)
            return (
                f"Your change to {names} waits as a proposal until another person has "
                "accepted it. Readers go on seeing the published version."
            )
        return "Nothing was changed, so nothing was saved." if self.is_unchanged else ""

    def doubts(self) -> Iterator[str]:
        """Quotes that do not stand, as they are, in our copy of their source."""
        for record in self.saved:
            if isinstance(record, Evidence) and record.anchor in DOUBTFUL:
                found = record.get_anchor_display().lower()
                yield f"“{record.quote}” in “{record.source}”: {found}."


def store(outcome: Outcome, form: VersionedForm, reason: str) -> None:
    """Save what a form changed, or keep it as a proposal."""
    record: Any = form.instance
    is_new = record.pk is None
    if not is_new and not form.changed_data:
        return
    if form.waits:
        proposals.make(form.user, record, reason, _many(form), form.notice)
        outcome.waiting.append(record)
        return
    form.prepare()
    if is_new:
        record.created_by = form.user
    if getattr(record, "slug", None) == "":
        record.slug = slugs.make_slug(record)
    record._change_reason = reason or None
    record.save()
    for name, related in _many(form).items():
        settling.relate(record, name, related)
    outcome.saved.append(record)


def _many(form: VersionedForm) -> dict[str, Any]:
    """The relations to many records that the form changed."""
    names = {field.name for field in form.instance._meta.many_to_many}
    return {name: form.cleaned_data[name] for name in names & {*form.changed_data}}


def catch_up(form: VersionedForm) -> None:
    """Take into a row of an inline what saving its parent has just done to that row."""
    record: Any = form.instance
    if record.pk is None:
        return
    now = type(record)._default_manager.get(pk=record.pk)
    for column in record._meta.concrete_fields:
        if column.name not in form.changed_data:
            setattr(record, column.attname, getattr(now, column.attname))
