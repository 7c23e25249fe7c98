"""Who still has to read which passage, and what their answer does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet

from entities.records import Status
from sources import publication, rights, settling
from sources.models import Evidence, Note
from sources.reading import layout

# Counted up to here; of one's own only so many are looked at for another's hand.
MOST_COUNTED = 100
MOST_OWN = 100
JUDGED = [Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED]
SAID_NO = "It does not say this."
NOT_SURE = "Not sure whether it says this."


class Context(NamedTuple):
    """A passage within its paragraph, and the paragraph's number."""

    before: str
    words: str
    after: str
    paragraph: int


def _waiting(user: Any) -> QuerySet[Evidence]:
    """Unconfirmed evidence that nobody said no to, and this user was not unsure of."""
    said = Note.objects.filter(evidence__isnull=False, is_done=False).filter(
        Q(kind=Note.Kind.NO) | Q(kind=Note.Kind.UNSURE, created_by=user.pk)
    )
    waiting: QuerySet[Evidence] = (
        Evidence.objects.filter(confirmed_by="", status__in=JUDGED)
        .exclude(claim__status__in=[Status.RETRACTED, Status.WITHDRAWN])
        .exclude(pk__in=said.values("evidence"))
        .select_related(
            *("claim__subject", "claim__property", "claim__object"),
            *("source", "speaker", "via"),
        )
    )
    # One article after the other, from its top to its end.
    return waiting.order_by("source", F("start").asc(nulls_last=True), "pk")


def _offered(user: Any) -> Iterator[Evidence]:
    """What this user may judge: others' work first, then what others had a hand in."""
    waiting = _waiting(user)
    if settings.ONE_PERSON_DESK:
        yield from waiting.iterator(chunk_size=50)
        return
    theirs = waiting.filter(Q(created_by=None) | ~Q(created_by=user.pk))
    own = waiting.filter(created_by=user.pk)[:MOST_OWN]
    for rows in (theirs.iterator(chunk_size=50), iter(own)):
        yield from (one for one in rows if rights.may_confirm(user, one))


def next_for(user: Any) -> Evidence | None:
    return next(_offered(user), None)


def left_for(user: Any) -> str:
    """How many wait, up to a ceiling that nobody works past in one sitting."""
    count = sum(1 for _ in islice(_offered(user), MOST_COUNTED + 1))
    return f"more than {MOST_COUNTED}" if count > MOST_COUNTED else str(count)


def asked_for(user: Any, slug: str) -> Evidence | None:
    """One piece by its address, if it waits and they may judge it."""
    if not slug:
        return None
    found = _waiting(user).filter(slug=slug).first()
    return found if found and rights.may_confirm(user, found) else None


def context(evidence: Evidence, text: str | None) -> Context | None:
    """The passage as it stands; None where we do not know its place."""
    if text is None or evidence.start is None or evidence.end is None:
        return None
    start, end = evidence.start, evidence.end
    numbered = layout.paragraphs(text)
    first, last = (
        layout.paragraph_at(numbered, start),
        layout.paragraph_at(numbered, end),
    )
    if first is None or last is None or text[start:end] != evidence.quote:
        return None
    return Context(
        text[first.start : start],
        text[start:end],
        text[end : max(end, last.end)],
        first.number,
    )


def notes_on(evidence: Evidence) -> list[Note]:
    return list(evidence.notes.newest_first().select_related("created_by"))


def judge(user: Any, evidence: Evidence, answer: str, note: str = "") -> str:
    """Record what they found; what was done, in words. Raises ValidationError."""
    if evidence.confirmed_by:
        raise ValidationError(f"{evidence.confirmed_by} has confirmed it already.")
    publication.refuse_confirmation(user, evidence)
    with settling.together():
        match answer:
            case "yes":
                return _confirm(user, evidence)
            case "publish":
                return _publish(user, evidence)
            case "no":
                return _refuse(user, evidence, note or SAID_NO)
            case "unsure":
                _note(user, evidence, Note.Kind.UNSURE, note or NOT_SURE)
                return "Noted that you are not sure. Somebody else will read it."
    raise ValidationError("Answer yes, no or unsure.")


def _confirm(user: Any, evidence: Evidence) -> str:
    publication.confirm(user, evidence)
    if evidence.claim.status == Status.PUBLISHED:
        evidence.status = Status.PUBLISHED
        publication.refuse_status(user, evidence)
    evidence._change_reason = "Read and confirmed"
    evidence.save()
    return f"Confirmed: “{evidence.claim}”"


def _publish(user: Any, evidence: Evidence) -> str:
    """Confirm, and publish the claim with it."""
    _confirm(user, evidence)
    claim = evidence.claim
    claim.refresh_from_db()
    if claim.status in publication.UNPUBLISHED:
        publication.change_status(user, claim, Status.PUBLISHED)
    return f"Confirmed and published: “{claim}”"


def _refuse(user: Any, evidence: Evidence, text: str) -> str:
    """Note why not; what readers have not seen yet goes back to its author."""
    _note(user, evidence, Note.Kind.NO, text)
    if evidence.status == Status.IN_REVIEW:
        evidence.status = Status.DRAFT
        evidence._change_reason = "Read: it does not say this"
        evidence.save()
    return f"Noted that it does not say “{evidence.claim}”"


def _note(user: Any, evidence: Evidence, kind: str, text: str) -> None:
    note = Note(kind=kind, text=text, evidence=evidence, created_by=user)
    note.full_clean()
    note.save()
