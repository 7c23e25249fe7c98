"""A word of its own in every text of every table, which says who may ever see it.

`zqdraft17z`: the 17th word, of a draft. What of a record readers see is marked with its
state, all other words with `staff`. A new field is `staff` until SHOWN names it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from entities.fields import EdtfField

# What a record's words are marked with. Beside the states of a record:
BESIDE = {
    "former": "words that a published record had",
    "suppressed": "a past version that an administrator took out",
    "staff": "notes, reasons, proposals, log: the desk's own",
    "text": "the text of an article",
    "own": "e-mail addresses, and the names of tokens and devices",
    "key": "passwords, secrets, sessions",
}
STATES = {
    "published": "published, with all it stands on",
    "draft": "a draft",
    "inreview": "in review",
    "embargoed": "published but for an embargo",
    "held": "published but on hold",
    "retracted": "withdrawn by us, with a notice",
    "withdrawn": "withdrawn, for law or safety",
    "merged": "merged into another record",
    "deleted": "deleted, as long as it can be recovered",
    "erased": "erased for good",
}
TOKEN = re.compile(rf"zq({'|'.join({**STATES, **BESIDE})})\d+z")
# Of a record in a state that lets them, readers see these.
SHOWN = {
    *(f"Entity.{name}" for name in ("name", "slug", "summary", "wikidata_id")),
    *("Entity.family_name", "Entity.given_name", "Entity.place"),
    *("Alias.text", "Alias.language", "Distinction.reason", "Redirect.old_slug"),
    *(f"Source.{name}" for name in ("slug", "title", "author", "url", "archive_url")),
    *("Source.doi", "Source.language", "Source.standing_notice", "Source.note"),
    *(f"Claim.{name}" for name in ("slug", "qualifier", "text", "statement", "unit")),
    *(f"Evidence.{name}" for name in ("slug", "quote", "speaker_label", "via_label")),
    *("Evidence.hedge", "Evidence.note", "Evidence.confirmed_by"),
    *(f"Approach.{name}" for name in ("slug", "asked_label", "what", "reply")),
    *("Approach.reason", "Question.slug", "Question.qualifier"),
    *("Finding.reason", "Finding.would_change_it", "Finding.decided_by"),
    *(f"Correction.{name}" for name in ("slug", "said", "says", "reason")),
    *(f"Property.{name}" for name in ("key", "label", "inverse_label", "question")),
    *("Property.schema_org", "Property.ftm"),
}
# The other words that no reader sees are the desk's; but for these.
OTHERS = {
    "SourceText.text": "text",
    **dict.fromkeys(["User.email", "Token.label", "Token.prefix"], "own"),
    **dict.fromkeys(["TOTPDevice.name", "StaticDevice.name"], "own"),
    **dict.fromkeys(["User.password", "Token.digest", "TOTPDevice.key"], "key"),
    **dict.fromkeys(["StaticToken.token", "Session.session_key"], "key"),
    "Session.session_data": "key",
}
# Fields that take no word, each with its reason.
WORDLESS = {
    **dict.fromkeys(["kind", "table", "app_label", "model", "codename"], "of our code"),
    **dict.fromkeys(["text_sha256", "verified_sha256", "digest"], "a fingerprint"),
    "mark": "drawn by lot",
    "value_key": "follows from the value",
    "subject_kinds": "of our code",
    "history_type": "of our code",
    "Permission.name": "of our code",
    "Group.name": "of our code",
}
# Given where they fit: constraints or rules refuse them elsewhere.
GIVEN = {
    *("Claim.unit", "Claim.hold", "Source.hold", "Entity.place", "Entity.folded"),
    *("Entity.sort_name", "Entity.family_name", "Entity.given_name", "Alias.folded"),
    *("Finding.considered", "Merge.moved"),
}
ADDRESS = "https://paper.example/{}"
WORDED = {
    "Source.url": ADDRESS,
    "Source.archive_url": ADDRESS,
    "Property.question": "{} of {{subject}}?",
}


class Canaries:
    """All words that were planted, each with the field it was put into."""

    def __init__(self) -> None:
        self.at: dict[str, str] = {}

    def word(self, state: str, field: str) -> str:
        token = f"zq{state}{len(self.at)}z"
        self.at[token] = field
        return token

    def make(self, model: Any, state: str, **given: Any) -> Any:
        """A saved row with a word in each of its texts."""
        row = self.filled(model, state, **given)
        row._change_reason = self.word("staff", "history_change_reason")
        row.save()
        return row

    def filled(self, model: Any, state: str, **given: Any) -> Any:
        row = model(**given)
        for field in texts(model):
            place = f"{model._meta.concrete_model.__name__}.{field.name}"
            is_open = field.name not in given and place not in GIVEN
            if is_open and not is_wordless(model, field):
                word = self.word(mark(place, state), place)
                setattr(row, field.name, WORDED.get(place, "{}").format(word))
        return row


def mark(place: str, state: str) -> str:
    """What a word is marked with that stands there, in a record of that state."""
    if place.endswith(".status_reason") and state == "retracted":
        return state
    return state if place in SHOWN else OTHERS.get(place, "staff")


def texts(model: Any) -> Iterator[Any]:
    """The columns in which words may stand, choices among none."""
    kinds = models.CharField | models.TextField | models.JSONField
    for field in model._meta.concrete_fields:
        if isinstance(field, kinds) and not field.choices:
            yield field


def is_wordless(model: Any, field: Any) -> bool:
    names = {field.name, f"{model.__name__}.{field.name}"}
    return isinstance(field, EdtfField) or bool(names & WORDLESS.keys())


def told(body: bytes) -> set[str]:
    """The words in an answer, or in the parts of a Word file."""
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            body = b"\n".join(file.read(name) for name in file.namelist())
    return {found[0] for found in TOKEN.finditer(body.decode("utf-8", "ignore"))}


def state_of(token: str) -> str:
    found = TOKEN.fullmatch(token)
    assert found, token
    return found[1]


def unplanted() -> list[str]:
    """Fields of all tables, histories too, in which no word stands though one could."""
    missing = []
    for model in apps.get_models():
        if model._meta.proxy or not model._meta.managed:
            continue
        rows = list(model._base_manager.values())
        for field in texts(model):
            words = (str(row[field.attname]) for row in rows)
            if not is_wordless(model, field) and not any(map(TOKEN.search, words)):
                missing.append(f"{model.__name__}.{field.name}")
    return missing
