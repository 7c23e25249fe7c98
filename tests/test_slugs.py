"""Addresses made from words."""

from __future__ import annotations

from typing import Any

import pytest

from sources.models import Claim
from sources.slugs import make_slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("ada_founded", "ada-vance-founder-of-northwind-labs"),
        ("founded_2015", "northwind-labs-founded-on-2015"),
        ("cost_less", "northwind-labs-cost-less-than-6000000-usd"),
        ("quiet_claim", "quiet-draft-founder-of-northwind-labs"),
    ],
)
def test_it_says_the_question_and_the_answer(cast: Any, name: str, slug: str) -> None:
    record = getattr(cast, name)
    assert make_slug(Claim(pk=record.pk, **fields_of(record))) == slug


def test_it_counts_on_where_the_address_is_taken(cast: Any) -> None:
    words = make_slug(Claim(**fields_of(cast.ada_founded)))
    Claim.objects.filter(pk=cast.ada_founded.pk).update(slug=words)
    assert make_slug(Claim(**fields_of(cast.ada_founded))) == f"{words}-2"


def fields_of(claim: Claim) -> dict[str, Any]:
    names = ("subject", "property", "qualifier", "object", "date", "text")
    return {name: getattr(claim, name) for name in (*names, "bound", "amount", "unit")}
