"""Changes to published records that wait: made, shown, accepted, declined.

A proposal keeps the fields that change, each as [what it was, what it becomes], with
records named by their keys. Readers go on seeing the published version until an editor
accepts; then the change is validated and saved as if they had made it themselves.
What readers are to be told of a correction is kept beside it, and told with it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.db.models import QuerySet

from entities.models import Alias, Event, Organisation, Person
from entities.records import PublishableRecord, Record
from sources import corrections, publication, rights, settling
from sources.differences import Difference, difference, written_fields
from sources.models import Claim, Evidence, Proposal, Source
from sources.values import plain

KINDS: dict[str, type[PublishableRecord]] = {
    "person": Person,
    "organisation": Organisation,
    "event": Event,
    "alias": Alias,
    "source": Source,
    "claim": Claim,
    "evidence": Evidence,
}

# Those whose key is one slug: what an address or a command can name.
ADDRESSED = {kind: model for kind, model in KINDS.items() if kind != "alias"}


# Where the correction stands among the changes: no field is called so.
CORRECTION = "+correction"


class Notice(NamedTuple):
    """What readers are told once a change that corrects something is accepted."""

    said: str
    says: str
    reason: str


def kind_of(record: Record) -> str:
    """The name under which proposals know the kind of a record."""
    name = str(record._meta.model_name)
    return name if name in KINDS else str(getattr(record, "kind", ""))


def waiting_for(record: Record) -> QuerySet[Proposal]:
    """The open proposals to change this record."""
    waiting: QuerySet[Proposal] = Proposal.objects.open().to(
        kind_of(record), record.pk or 0
    )
    return waiting


def make(
    user: Any,
    record: Record,
    reason: str = "",
    many: dict[str, Any] | None = None,
    notice: Notice | None = None,
) -> Proposal | None:
    """Keep an unsaved change as a proposal; None where nothing changes.

    `many`: by field name, the records that a relation to many is to hold.
    """
    changes = _changes(record, many or {})
    if not changes:
        return None
    if notice is not None:
        changes[CORRECTION] = ["", notice._asdict()]
    proposal = Proposal(
        kind=kind_of(record),
        record_id=record.pk,
        base_version=type(record)._default_manager.get(pk=record.pk).version,
        changes=changes,
        reason=reason,
        created_by=user,
    )
    proposal.save()
    return proposal


def _changes(record: Record, many: dict[str, Any]) -> dict[str, list[Any]]:
    """Each field that the unsaved record changes: what it was, what it becomes."""
    standing = type(record)._default_manager.get(pk=record.pk)
    changes = {}
    for field in written_fields(type(record)):
        if field.many_to_many:
            old = _keys(getattr(standing, field.name).all())
            new = _keys(many.get(field.name, getattr(standing, field.name)))
        else:
            old, new = _packed(standing, field), _packed(record, field)
        if old != new:
            changes[field.name] = [old, new]
    return changes


def _packed(record: Record, field: Any) -> Any:
    """A field's value as JSON keeps it: records by their key, numbers as words."""
    value = getattr(record, field.name)
    if isinstance(value, models.Model):
        return _key(value)
    if isinstance(field, models.DateField):
        return field.value_to_string(record) or None
    return plain(value) if isinstance(value, Decimal) else value


def _key(record: Any) -> Any:
    (key,) = record.natural_key()
    return key


def _keys(records: Any) -> list[Any]:
    records = records.all() if hasattr(records, "all") else records
    return sorted(_key(record) for record in records)


def record_of(proposal: Proposal) -> PublishableRecord:
    """The record as it stands; raises ValidationError if it has gone."""
    try:
        return KINDS[proposal.kind]._default_manager.get(pk=proposal.record_id)
    except (KeyError, ObjectDoesNotExist) as error:
        raise ValidationError("The record has been deleted since.") from error


def differences(proposal: Proposal) -> list[Difference]:
    """The change field by field, as an editor reads it; then what readers are told."""
    model = KINDS.get(proposal.kind)
    if model is None:
        return []
    found = [
        difference(model._meta.get_field(name), old, new)
        for name, (old, new) in _written(proposal).items()
    ]
    notice = notice_of(proposal)
    if notice is not None:
        told = (CORRECTION, "Readers are told of a correction")
        found.append(Difference(*told, notice.said, notice.says))
        found.append(Difference(CORRECTION, "Because", "", notice.reason))
    return found


def notice_of(proposal: Proposal) -> Notice | None:
    """What readers are to be told with the change, if it corrects something."""
    kept = proposal.changes.get(CORRECTION)
    return Notice(**kept[1]) if kept else None


def _written(proposal: Proposal) -> dict[str, list[Any]]:
    """The fields that change, without what is told of them."""
    return {name: pair for name, pair in proposal.changes.items() if name != CORRECTION}


def applied(proposal: Proposal) -> PublishableRecord:
    """The record with the change made, not saved; raises ValidationError if unfit."""
    record = record_of(proposal)
    if record.version != proposal.base_version:
        raise ValidationError(
            f"“{record}” was changed after this was proposed: look at what it says "
            "now, and make the change anew if it is still wanted.",
            code="stale",
        )
    for name, (_, new) in _written(proposal).items():
        field: Any = record._meta.get_field(name)
        if not field.many_to_many:
            setattr(record, name, _unpacked(field, new))
    record.full_clean()
    return record


def _unpacked(field: Any, value: Any) -> Any:
    if not field.is_relation or value is None:
        return field.to_python(value)
    try:
        return field.related_model.objects.get_by_natural_key(value)
    except ObjectDoesNotExist as error:
        message = f"There is no {field.related_model._meta.verbose_name} “{value}”."
        raise ValidationError({field.name: message}) from error


def accept(proposal: Proposal, user: Any, word: str = "") -> PublishableRecord:
    """Make the change in the name of the editor who read it."""
    _refuse_decided(proposal)
    if not rights.may_decide(user, proposal):
        raise ValidationError("Another editor has to accept this change.")
    record = applied(proposal)
    becomes_another = record.stored("status") != record.status
    with settling.together():
        publication.refuse_status(user, record)
        publication.refuse_held(record)
        _save(proposal, record, user)
        publication.finish(record, becomes_another)
        notice = notice_of(proposal)
        if notice is not None:
            corrections.make(proposal.created_by, record, *notice)
        _decide(proposal, user, Proposal.State.ACCEPTED, word)
    return record


def _save(proposal: Proposal, record: PublishableRecord, user: Any) -> None:
    """Save the change; whoever accepts a passage or value has read and confirms it."""
    confirmed = []
    if isinstance(record, Claim) and record.has_new_value:
        confirmed = list(record.evidence.confirmed().values_list("pk", flat=True))
    if isinstance(record, Evidence) and record.has_new_passage:
        publication.confirm(user, record)
    record._change_reason = proposal.reason[: publication.REASON_LENGTH] or None
    record.save()
    for name, (_, new) in _written(proposal).items():
        field: Any = record._meta.get_field(name)
        if field.many_to_many:
            settling.relate(record, name, [_unpacked(field, key) for key in new])
    for pk in confirmed:
        evidence = Evidence.objects.get(pk=pk)
        publication.confirm(user, evidence)
        evidence.save()


def decline(proposal: Proposal, user: Any, word: str = "") -> None:
    """Leave the record as it is; who proposed the change may also take it back."""
    _refuse_decided(proposal)
    if not rights.is_editor(user) and proposal.created_by_id != user.pk:
        raise ValidationError("An editor has to decide this.")
    with settling.together():
        _decide(proposal, user, Proposal.State.DECLINED, word)


def _refuse_decided(proposal: Proposal) -> None:
    if proposal.state != Proposal.State.OPEN:
        raise ValidationError("This proposal has been decided already.")


def _decide(proposal: Proposal, user: Any, state: str, word: str) -> None:
    proposal.state, proposal.decided_by, proposal.word = state, user, word
    proposal.save()
