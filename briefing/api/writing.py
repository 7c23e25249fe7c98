"""What a program writes with a token: through the one importer, by the desk's rules."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404
from django.urls import reverse

from briefing.api import anchoring, drafts
from briefing.api.problems import Refused, Stopped, Unread
from briefing.api.views import KEY
from entities.locking import alone
from entities.records import PublishableRecord, StaleRecord, Status
from sources import publication, slugs
from sources.exchange.filling import fill
from sources.exchange.hands import Member
from sources.exchange.importer import Importer
from sources.exchange.kinds import Kind
from sources.exchange.known import Known
from sources.exchange.records import ImportRefused, Place, Report, Row
from sources.models import Evidence, Token

Faults = list[tuple[str, str]]


class Written(NamedTuple):
    """A record that was written; of a proposal, the fields that wait."""

    record: Any
    waits: list[str]


def reason(token: Token) -> str:
    """What the history says of each change."""
    return f"API: {token.label}"


def refuse_right(user: Any, act: str, kind: Kind) -> None:
    """Raise PermissionDenied unless they may do this at the desk."""
    if not may(user, act, kind):
        told = kind.model._meta.verbose_name_plural
        raise PermissionDenied(f"You may not {act} {told}: ask an administrator.")


def may(user: Any, act: str, kind: Kind) -> bool:
    meta = kind.model._meta
    return bool(user.has_perm(f"{meta.app_label}.{act}_{meta.model_name}"))


def found(kind: Kind, slug: str) -> Any:
    """The record with that slug, held until the change is made; or Http404."""
    rows = kind.model.objects.select_for_update()
    record = rows.by_key(slug).first() if KEY.fullmatch(slug) else None
    if record is None:
        raise Http404
    return record


def create(token: Token, kind: Kind, given: Any) -> Written:
    """A new draft. Raises Refused, or Stopped where there is such a record already."""
    row, faults = _row(kind, given)
    with alone():
        if row.values.get("slug") not in (None, ""):
            _refuse_taken(kind, row.values["slug"])
        else:
            row.values["slug"] = _slug(row)
        report = _run(token, row, None, faults)
        if not report.added:
            # Another program was quicker by a moment.
            _refuse_taken(kind, row.values["slug"])
    return Written(kind.model.objects.by_key(row.values["slug"]).get(), [])


def change(
    token: Token, kind: Kind, slug: str, given: Any, versions: set[str]
) -> Written:
    """Set these fields, or propose to. Raises Refused, or Stopped if it is stale."""
    row, faults = _row(kind, given)
    if row.values.pop("slug", slug) != slug:
        faults.append(("slug", "Leave it out: a record is renamed at the desk."))
    row.values["slug"] = slug
    with alone():
        record = found(kind, slug)
        refuse_stale(record, versions)
        standing = record if isinstance(record, Evidence) else None
        try:
            report = _run(token, row, standing, faults)
        except StaleRecord:
            raise _stale(found(kind, slug)) from None
    record.refresh_from_db()
    waits = sorted(row.values.keys() - {"slug", "start", "end"})
    return Written(record, waits if report.proposed else [])


def submit(token: Token, kind: Kind, slug: str, versions: set[str]) -> Written:
    """Send a draft to review. Raises Stopped if it is none."""
    with alone():
        record = found(kind, slug)
        if versions:
            refuse_stale(record, versions)
        if record.status not in (Status.DRAFT, Status.IN_REVIEW):
            told = f"Its status is “{record.status}”: only a draft is sent to review."
            raise Stopped(409, told, version=record.version)
        _send(token, record)
    return Written(record, [])


def _send(token: Token, record: PublishableRecord) -> None:
    try:
        record.full_clean()
        status = Status.IN_REVIEW
        publication.change_status(token.user, record, status, reason(token))
    except ValidationError as error:
        raise Refused(_said(error)) from error
    except StaleRecord:
        raise _stale(record) from None


def refuse_stale(record: Any, versions: set[str]) -> None:
    """Raise Stopped unless the version that was read is the one that stands."""
    if str(record.version) not in versions:
        raise _stale(record)


def _stale(record: Any) -> Stopped:
    told = "Somebody has changed it since you read it: read it again."
    return Stopped(412, told, version=record.version)


def _row(kind: Kind, given: Any) -> tuple[Row, Faults]:
    """What was sent as a row, without what nobody sets here; and what is amiss."""
    if not isinstance(given, dict):
        raise Unread([("", "Send one record: {…}.")])
    values, faults = dict(given), []
    if values.pop("type", kind.name) != kind.name:
        faults.append(("type", f"This is the address of type “{kind}”."))
    known = drafts.writable(kind)
    for name in list(values):
        if name in known:
            continue
        del values[name]
        advice = drafts.AT_THE_DESK.get(name)
        unknown = f"There is no such field to write. There are: {', '.join(known)}."
        faults.append((name, advice or unknown))
    return Row(kind, values, Place("request", 1), is_partial=True), faults


def _slug(row: Row) -> str:
    """An address made from the words; any, where they are too few to be taken."""
    record = row.kind.model()
    fill(row, record, Known())
    try:
        return slugs.make_slug(record)
    except (ObjectDoesNotExist, AttributeError):
        return row.kind.name


def _refuse_taken(kind: Kind, slug: Any) -> None:
    table: Any = kind.model._meta.concrete_model
    is_key = isinstance(slug, str) and KEY.fullmatch(slug)
    taken = table._base_manager.filter(slug=slug).first() if is_key else None
    if taken is None:
        return
    name = getattr(taken, "kind", kind.name)
    raise Stopped(
        409,
        f"There is a record with the slug “{taken.slug}” already: change that one, or "
        "give another slug.",
        record=reverse(f"api-{name}", args=[taken.slug]),
    )


def _run(token: Token, row: Row, standing: Evidence | None, faults: Faults) -> Report:
    """Write the row, or raise Refused with all that is wrong at once."""
    importer = Importer(update=True, reason=reason(token), hand=Member(token.user))
    report = Report()
    try:
        if row.kind.name == "evidence":
            anchoring.place(token.user, row, standing)
    except Refused as refusal:
        faults = [*faults, *refusal.faults]
    try:
        report = importer.run([row])
    except ImportRefused as refusal:
        told = [(one.field, one.shown_message) for one in refusal.problems]
        faults = [*faults, *told]
    if faults:
        raise Refused(faults)
    return report


def _said(error: ValidationError) -> Faults:
    if not hasattr(error, "error_dict"):
        return [("", message) for message in error.messages]
    return [
        (name, message)
        for name, messages in error.message_dict.items()
        for message in messages
    ]
