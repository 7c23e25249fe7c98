"""What the desk can do with the record whose page is open."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.urls import reverse

from entities.models import Entity
from entities.records import PublishableRecord, Record, Status
from sources import corrections, proposals, rights
from sources.models import Claim, Finding, Question, Source


class Tool(NamedTuple):
    """A page of the desk that is about the record."""

    label: str
    address: str


def of(record: Record, user: Any) -> list[Tool]:
    """The desk's other pages about the record, that they may open."""
    found = []
    if isinstance(record, Source):
        found.append(Tool("Read and cite", _at("read", record.slug)))
        found.append(Tool("What depends on it", _at("depends", record.slug)))
    question = record if isinstance(record, Question) else None
    if isinstance(record, Claim | Finding):
        question = record.question
    if isinstance(record, Claim) and user.has_perm("sources.add_claim"):
        new = reverse("admin:sources_claim_add")
        found.append(Tool("Copy", f"{new}?copy={record.slug}"))
    if question is not None:
        found.append(Tool("Decide the question", _at("decide", question.slug)))
    if isinstance(record, Entity) and rights.is_editor(user):
        found.append(_merging(record))
    if rights.is_editor(user) and corrections.is_told(record):
        found.append(Tool("Correct", _at("correct", *key(record))))
    if rights.is_administrator(user) and has_address(record):
        found.append(Tool("Erase", _at("erase", *key(record))))
    return found


def _merging(entity: Entity) -> Tool:
    if entity.merged_into_id is not None:
        return Tool("Merges", _at("merges"))
    return Tool("Merge into…", _at("merge-into", *key(entity)))


def withdrawal(record: Record, user: Any) -> str:
    """The address that takes the record down, where they may."""
    if not isinstance(record, PublishableRecord) or not has_address(record):
        return ""
    if record.status == Status.WITHDRAWN or not rights.may_take_down(user, record):
        return ""
    return _at("withdraw", *key(record))


def has_address(record: Record) -> bool:
    return isinstance(record, tuple(proposals.ADDRESSED.values()))


def key(record: Any) -> tuple[str, str]:
    return proposals.kind_of(record), record.slug


def _at(name: str, *key: str) -> str:
    return reverse(f"admin:{name}", args=key)
