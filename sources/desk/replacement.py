"""A new text for a source, and what the editor decides on each of its quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from sources import anchors, publication, rights, settling
from sources.models import Evidence, Omission, Source, SourceText
from sources.models.sources import fingerprint
from sources.reading.received import IntakeError, storable
from sources.reading.recheck import Rechecked, recheck

AROUND = 60
ACCEPT, LEAVE = "accept", "leave"


@dataclass
class Choice:
    """One quote: what became of it, and what the editor says to that."""

    evidence: Evidence
    found: Rechecked
    # For each place to choose from: its key, what stands before, the words, after.
    places: list[tuple[str, str, str, str]] = field(default_factory=list)
    chosen: str = ""

    @property
    def name(self) -> str:
        return f"quote-{self.evidence.pk}"

    @property
    def asks(self) -> bool:
        return self.found.state in ("moved", "folded", "ambiguous")


class Replacement:
    """The text as it would be stored, beside the one that stands."""

    def __init__(self, source: Source, text: str) -> None:
        try:
            self.text = storable(text, "The text")
        except IntakeError as error:
            raise ValidationError(str(error)) from error
        self.source = source
        self.seen = source.text_sha256

    @property
    def is_same(self) -> bool:
        return fingerprint(self.text) == self.source.text_sha256

    @cached_property
    def choices(self) -> list[Choice]:
        quoted = Evidence.objects.from_source(self.source).exclude(quote="")
        rows = {one.pk: one for one in quoted.select_related("claim")}
        found = recheck(self.text, [(pk, one.passage) for pk, one in rows.items()])
        return [Choice(rows[one.id], one, self._places(one)) for one in found]

    def _places(self, found: Rechecked) -> list[tuple[str, str, str, str]]:
        """Each place where the words stand, as it is shown."""
        places = list(found.places)
        if found.start is not None and found.end is not None:
            places = [(found.start, found.end)]
        return [
            (
                f"{start}-{end}",
                self.text[max(0, start - AROUND) : start],
                self.text[start:end],
                self.text[end : end + AROUND],
            )
            for start, end in places
        ]

    @property
    def counts(self) -> dict[str, int]:
        """How many quotes came to what."""
        states = [str(one.found.state) for one in self.choices]
        known = ("kept", "moved", "folded", "ambiguous", "missing")
        return {state: states.count(state) for state in known}

    def choose(self, given: Mapping[str, str], is_strict: bool = True) -> None:
        """Take in what the editor chose. Raises ValidationError for what is open."""
        open_questions = 0
        for choice in self.choices:
            choice.chosen = given.get(choice.name, "")
            allowed = {ACCEPT, LEAVE} | {key for key, *_ in choice.places}
            if choice.asks and choice.chosen not in allowed:
                choice.chosen = ""
                open_questions += 1
        if open_questions and is_strict:
            raise ValidationError(
                f"Nothing was saved: say what becomes of {open_questions} more "
                f"quote{'s' if open_questions > 1 else ''}."
            )

    @cached_property
    def omissions(self) -> list[tuple[Omission, anchors.Found]]:
        """The passages left out, and where their words stand now."""
        old = Source.objects.copy_of(self.source.pk).text or ""
        return [
            (one, anchors.find(self.text, anchors.Passage(old[one.start : one.end])))
            for one in self.source.omissions.order_by("start")
        ]

    @property
    def omissions_gone(self) -> int:
        return sum(found.state != "verified" for _, found in self.omissions)

    def write(self, user: Any, seen: str) -> str:
        """Store the text and do as chosen, in one transaction; say what was done.

        Raises ValidationError where the text is no longer the one that was compared.
        """
        choices, omissions = self.choices, self.omissions
        with settling.together():
            text = SourceText.objects.select_for_update().get(source=self.source)
            if fingerprint(text.text) != seen:
                raise ValidationError(
                    "Somebody replaced the text meanwhile. Nothing was saved: below is "
                    "what would become of the quotes now."
                )
            text.text = self.text
            text._change_reason = "Text replaced; every quote looked for again"
            text.save()
            for omission, found in omissions:
                _move(omission, found)
            for choice in choices:
                self._apply(user, choice)
        told = [f"{count} {state}" for state, count in self.counts.items() if count]
        return f"The text is replaced. Quotes: {', '.join(told) or 'none'}."

    def _apply(self, user: Any, choice: Choice) -> None:
        """Write one decision over what storing the text has done to the quote."""
        before, place = choice.evidence, self._place(choice)
        if choice.found.state == "kept":
            return
        evidence = Evidence.objects.get(pk=before.pk)
        if place is not None:
            evidence.start, evidence.end = place
            evidence.quote = self.text[place[0] : place[1]]
        accepted = place is not None and choice.chosen != LEAVE
        if before.confirmed_by and accepted and rights.may_confirm(user, evidence):
            # Whoever looked at the passage in its new place has read it.
            publication.confirm(user, evidence)
        elif choice.asks:
            evidence.unconfirm()
        evidence._change_reason = f"Text replaced: {choice.found.state}"
        evidence.save()

    def _place(self, choice: Choice) -> tuple[int, int] | None:
        """Where the quote is to stand; None where it is left as it is."""
        found = choice.found
        if choice.chosen == LEAVE or not choice.asks:
            return None
        if (
            choice.chosen == ACCEPT
            and found.start is not None
            and found.end is not None
        ):
            return found.start, found.end
        start, _, end = choice.chosen.partition("-")
        return (int(start), int(end)) if start.isdigit() and end.isdigit() else None


def _move(omission: Omission, found: anchors.Found) -> None:
    """Let a passage left out go with its words, or go with them for good."""
    if found.state != "verified" or found.start is None or found.end is None:
        omission.delete()
    elif (omission.start, omission.end) != (found.start, found.end):
        omission.start, omission.end = found.start, found.end
        omission.save()
