"""Addresses made from words, once, where an editor gives none."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify

from entities.folding import fold
from entities.models import Entity
from entities.records import Record
from sources.models import Approach, Claim, Correction, Evidence, Source
from sources.values import plain


def make_slug(record: Record) -> str:
    """A slug from the record's own words that no other record of its kind has."""
    meta: Any = record._meta
    field = meta.get_field("slug")
    words = " ".join(_words(record))
    base = slugify(fold(words)) or slugify(str(meta.verbose_name))
    base = base[: field.max_length - 6].strip("-")
    slug, number = base, 1
    taken = meta.concrete_model._base_manager.exclude(pk=record.pk)
    while taken.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def _words(record: Any) -> list[str]:
    match record:
        case Entity():
            return [record.name]
        case Source():
            return [record.title or record.author, record.published]
        case Claim():
            parts = [record.subject.slug, record.property.key, record.qualifier]
            return [*filter(None, parts), _answer(record)]
        case Evidence():
            return [record.claim.slug, record.source.slug]
        case Approach():
            return ["reply", record.claim.slug]
        case Correction():
            return ["correction", record.about.slug, str(record.made_on)]
    return []


def _answer(claim: Claim) -> str:
    if claim.object is not None:
        return claim.object.slug
    if claim.amount is not None:
        return f"{claim.bound.replace('_', ' ')} {plain(claim.amount)} {claim.unit}"
    return claim.date or claim.text[:60] or "none"
