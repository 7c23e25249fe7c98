"""Records in every state, with a word of its own in each of their texts.

First all that was ever public is public, a month ago; then what is to come to each.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from entities.models import (
    Alias,
    Distinction,
    Entity,
    Person,
    Redirect,
)
from sources import erasing, pasts, settling, suppressing
from sources.merging import doing, plan
from sources.models import (
    AliasUse,
    Approach,
    Claim,
    Evidence,
    Finding,
    Note,
    Omission,
    Proposal,
    Source,
)
from tests.canaries import STATES
from tests.past import change, make_old
from tests.published import DAY, STATUS, WORKED, Published


class Planted(Published):
    """Every state: what hangs on what readers see, and what came to the rest."""

    def __init__(self, only_published: bool = False) -> None:
        super().__init__()
        for state in STATES:
            if state != "published" and not only_published:
                with settling.together():
                    self.publish(state)
                    self.hang(state)
        self.beside()
        self.slugs = self.addressed()
        make_old()

    # --- what stands beside what readers see, and must not show through it

    def hang(self, state: str) -> None:
        """The public record's own parts in that state, or through records in it."""
        public, made = self.sets["published"], self.sets[state]
        where = {"claim": public["claim"], "source": public["source"]}
        if state in STATUS:
            self.make(Alias, state, entity=public["person"])
            self.make(Evidence, state, **where)
        seen = {
            "speaker": made["person"],
            "via": made["source"],
            "speaker_label": "",
            "via_label": "",
            "voice": "named",
        }
        made["through"] = self.make(Evidence, "published", **where, **seen)
        settling.relate(made["rival"], "contradicts", [public["rival"]])
        other = {"publisher": made["firm"], "lineage": "derived"}
        made["copy"] = self.make(
            Source, "published", derived_from=made["source"], **other
        )
        asked = {"asked": made["person"], "asked_label": "", "asked_on": DAY}
        made["asked"] = self.make(Approach, "published", claim=public["claim"], **asked)
        if state != "merged":
            both = {"first": public["person"], "second": made["person"]}
            its = "published" if state in WORKED else state
            self.make(Distinction, its, **both)
        made["finding"] = self.finding(state, made["claim"])
        if state not in ("deleted", "erased"):
            # What was written elsewhere of what went stays: docs/erasing.md.
            self.sum_up(public["person"], made["claim"], state)

    def sum_up(self, person: Any, claim: Any, state: str) -> None:
        """A sentence more in a summary, which readers see as long as the claim."""
        word = self.words.word(state, "Entity.summary")
        row = Entity.objects.get(pk=person.pk)
        row.summary += f" So says {word}. [[{claim.slug}]]"
        row.save()

    def finding(self, state: str, claim: Any) -> Any:
        found = self.make(Finding, state, question=claim.question, outcome="preferred")
        settling.relate(found, "preferred", [claim])
        return found

    def beside(self) -> None:
        """The desk's own, on what readers see."""
        public = self.sets["published"]
        self.finding("published", public["claim"])
        self.sum_up(public["person"], public["claim"], "published")
        for name in ("claim", "source"):
            self.make(Note, "staff", **{name: public[name]})
        self.make(Note, "staff", evidence=public["claim_piece"])
        self.make(Omission, "staff", source=public["source"], start=0, end=3)
        self.make(AliasUse, "staff", alias=public["alias"], source=public["source"])
        self.make(Redirect, "published", kind="person", slug=public["person"].slug)
        self.propose()
        row = {"user": self.users["editor"], "action_flag": CHANGE}
        table = ContentType.objects.get_for_model(Person, for_concrete_model=False)
        self.words.make(LogEntry, "staff", content_type=table, **row)

    def propose(self) -> None:
        """A change to the public person that waits."""
        new = self.words.word("staff", "Proposal.changes")
        person = self.sets["published"]["person"]
        of = {"kind": "person", "record_id": person.pk, "base_version": 1}
        self.make(Proposal, "staff", changes={"name": [person.name, new]}, **of)

    # --- what comes to them, a month later

    def happens(self) -> None:
        """Each set comes into the state that it is named for."""
        for state, fields in {
            "embargoed": {"not_before": timezone.now() + datetime.timedelta(days=9)},
            "held": {"hold": self.words.word("staff", "hold")},
            "retracted": {"status": "retracted"},
            "withdrawn": {"status": "withdrawn"},
        }.items():
            with settling.together():
                for row in self.sets[state].values():
                    self.change(row, state, fields)
        self.merge()
        self.delete()
        self.erase()
        self.rewrite()

    def change(self, row: Any, state: str, fields: dict[str, Any]) -> None:
        is_its_own = "published" not in str(getattr(row, "slug", ""))
        known = {name: value for name, value in fields.items() if hasattr(row, name)}
        if not known or not is_its_own:
            return
        row = type(row).objects.get(pk=row.pk)
        row._change_reason = self.words.word("staff", "history_change_reason")
        for name, value in known.items():
            setattr(row, name, value)
        if state == "retracted":
            row.status_reason = self.words.word(state, "status_reason")
        row.save()

    def merge(self) -> None:
        """The set's person and its firm become part of those that readers see."""
        editor, reason = self.users["editor"], self.words.word("staff", "Merge.reason")
        for name in ("person", "firm"):
            old = Entity.objects.get(pk=self.sets["merged"][name].pk)
            new = Entity.objects.get(pk=self.sets["published"][name].pk)
            doing.merge(old, new, editor, reason, plan.of(old, new).fingerprint)

    def delete(self) -> None:
        """All of the set goes, what cites others first."""
        made = self.sets["deleted"]
        rows = [made["finding"], made["through"], made["copy"], made["asked"]]
        rows += [row for row in made.values() if isinstance(row, Evidence)]
        rows += [row for row in made.values() if isinstance(row, Claim)]
        rows += [made["source"], made["person"], made["firm"], made["event"]]
        for row in rows:
            found = type(row).objects.filter(pk=row.pk).first()
            if found is not None:
                found.delete()

    def erase(self) -> None:
        administrator = self.users["administrator"]
        made = self.sets["erased"]
        for name in ("rival", "person", "firm", "event", "source"):
            row = type(made[name]).objects.get(pk=made[name].pk)
            reason = self.words.word("own", "LogEntry.change_message")
            erasing.erase(row, administrator, reason, with_dependants=True)

    def rewrite(self) -> None:
        """The public claim had other words, and once words that were suppressed."""
        claim = self.sets["published"]["claim"]
        for days, state in ((20, "former"), (15, "suppressed"), (12, "published")):
            word = self.words.word(state, "Claim.statement")
            claim = change(claim, days=days, statement=word)
        version = claim.history.order_by("-history_date", "-history_id")[1]
        reason = self.words.word("staff", "Suppression.reason")
        kind = pasts.kinds()["claim"]
        suppressing.suppress(self.holder, kind, version, reason)
        renamed = self.sets["published"]["firm"]
        change(renamed, slug=self.words.word("published", "Entity.slug"))
