"""Accounts, words of the vocabulary and records, with a word in each of their texts."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from entities.models import (
    Alias,
    Event,
    Organisation,
    Person,
)
from sources import settling
from sources.models import (
    Approach,
    Claim,
    Correction,
    Evidence,
    Property,
    Question,
    Source,
    SourceText,
    Token,
)
from tests.canaries import Canaries

# These never were published.
STATUS = {"draft": "draft", "inreview": "in_review"}
# An embargo and a hold are of claims and of sources.
WORKED = {"embargoed", "held"}
DAY = datetime.date(2026, 1, 2)
PLURAL_OF: dict[Any, str] = {
    Person: "people",
    Organisation: "organisations",
    Event: "events",
    Claim: "claims",
    Source: "sources",
    Evidence: "evidence",
    Correction: "corrections",
    Question: "questions",
    Property: "properties",
}
PLURALS = PLURAL_OF.values()
Set = dict[str, Any]


class Published:
    """A database to plant: its words, and the records of each state by role."""

    def __init__(self) -> None:
        self.words = Canaries()
        self.sets: dict[str, Set] = {}
        self.accounts()
        with settling.together():
            self.vocabulary()
            self.publish("published")

    # --- accounts

    def accounts(self) -> None:
        """One of each role that there is, and one with every secret."""
        self.users = {
            name: self.account(name, group)
            for name, group in {
                "bare": "",
                "contributor": "Contributors",
                "editor": "Editors",
                "administrator": "Administrators",
            }.items()
        }
        self.users["reader"] = User.objects.create_user("reader")
        holder = self.words.filled(User, "staff", is_staff=True)
        holder.save()
        self.words.make(TOTPDevice, "own", user=holder)
        device = self.words.make(StaticDevice, "own", user=holder)
        self.words.make(StaticToken, "key", device=device)
        self.words.make(Session, "key", expire_date=timezone.now())
        self.words.make(Token, "own", user=holder)
        self.holder = holder

    def account(self, name: str, group: str) -> User:
        user = User.objects.create_user(name, is_staff=True)
        if group:
            user.groups.add(Group.objects.get(name=group))
        return user

    # --- what readers see, or saw

    def make(self, model: Any, state: str, **given: Any) -> Any:
        if hasattr(model, "status"):
            given.setdefault("status", STATUS.get(state, "published"))
        return self.words.make(model, state, created_by=self.holder, **given)

    def vocabulary(self) -> None:
        kinds = {"order": 1, "subject_kinds": []}
        self.says = self.make(Property, "published", value_type="text", **kinds)
        self.spent = self.make(Property, "published", value_type="quantity", **kinds)
        self.where = self.make(
            Property, "published", value_type="text", fills="place", **kinds
        )

    def publish(self, state: str) -> None:
        """Of every kind of record one, which cite each other."""
        made: Set = {}
        # Of some states there is no entity; only a person and a firm are merged.
        named = "published" if state in WORKED else state
        self.sets[state] = made
        made["person"] = self.person(named)
        made["firm"] = self.make(Organisation, named, category="media")
        if state == "merged":
            state = named = "published"
        made["event"] = self.make(Event, named, category="release")
        made["alias"] = self.make(Alias, named, entity=made["person"])
        made["source"] = self.make(
            Source, state, publisher=made["firm"], lineage="original"
        )
        self.claims(state, made)
        self.make(Approach, state, claim=made["claim"], asked_on=DAY, outcome="replied")
        for name in ("claim", "person", "source"):
            field, its = ("entity", named) if name == "person" else (name, state)
            made[f"{name}_correction"] = self.make(
                Correction, its, **{field: made[name]}
            )

    def person(self, state: str) -> Any:
        words = {
            name: self.words.word(state, f"Entity.{name}")
            for name in ("family_name", "given_name")
        }
        return self.make(Person, state, **words)

    def claims(self, state: str, made: Set) -> None:
        """An answer beside that of the public person, and answers of its own."""
        public = self.sets["published"]["person"]
        value = {"amount": Decimal(3), "unit": self.words.word(state, "Claim.unit")}
        rows = {
            "rival": {"subject": public, "property": self.says, "qualifier": ""},
            "claim": {"subject": made["person"], "property": self.says},
            "cost": {"subject": made["firm"], "property": self.spent, "text": ""},
            "place": {"subject": made["event"], "property": self.where},
        }
        rows["cost"] |= value | {"bound": "exactly"}
        rows["place"]["text"] = self.words.word(state, "Entity.place")
        quotes = {name: self.words.word(state, "Evidence.quote") for name in rows}
        text = " and ".join([self.words.word("text", "text"), *quotes.values()])
        self.make(SourceText, state, source=made["source"], text=text)
        for name, given in rows.items():
            made[name] = self.make(Claim, state, **given)
            where = {"claim": made[name], "source": made["source"]}
            made[f"{name}_piece"] = self.make(
                Evidence, state, quote=quotes[name], voice="named", **where
            )

    def addressed(self) -> dict[str, list[str]]:
        """The last part of the address of each record, of those that will go too."""
        found: dict[str, list[str]] = {plural: [] for plural in PLURALS}
        for made in self.sets.values():
            for row in made.values():
                plural = PLURAL_OF.get(type(row))
                if plural:
                    found[plural].append(row.slug)
                if isinstance(row, Claim):
                    found["questions"].append(row.question.slug)
        found["properties"] = [row.key for row in (self.says, self.spent, self.where)]
        return {plural: [*dict.fromkeys(keys)] for plural, keys in found.items()}
