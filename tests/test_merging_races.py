"""Two editors who merge at one moment, over real connections: one wins."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from entities.models import Entity
from sources.merging import doing, plan, undoing
from sources.models import Claim, Merge
from tests.cast import make_claim, make_person, make_property
from tests.rush import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def merging(old: str, new: str) -> Any:
    """Look at the plan; then merge."""

    def act() -> Any:
        merged, kept = (Entity.objects.get(slug=slug) for slug in (old, new))
        seen = plan.of(merged, kept).fingerprint
        return lambda: doing.merge(merged, kept, None, "The same.", seen)

    return act


@pytest.fixture
def three() -> Any:
    asked = make_property("motto")
    for name in ("ada", "ida", "oda"):
        make_claim(make_person(name), asked, f"{name}-says", text=name)


@pytest.mark.parametrize(
    "rush",
    [
        [("ada", "ida"), ("ada", "ida")],
        [("ada", "ida"), ("ida", "ada")],
        [("ada", "ida"), ("ada", "oda")],
        [("ada", "ida"), ("ida", "oda"), ("oda", "ada")],
    ],
)
def test_case_41_of_merges_at_one_moment_one_is_done(three: None, rush: Any) -> None:
    raised = at_once(*[merging(old, new) for old, new in rush])
    merged = set(
        Entity.objects.exclude(merged_into=None).values_list("slug", flat=True)
    )
    done = Merge.objects.count()
    assert len(raised) == len(rush) - done
    assert all(isinstance(error, ValidationError) for error in raised), raised
    # A chain of three may leave room for a second merge, never for a circle.
    assert len(merged) == done and 1 <= done < len(rush)
    assert not Entity.objects.filter(merged_into__merged_into__isnull=False).exists()
    assert not Claim.objects.exclude(subject__merged_into=None).exists()


def test_of_two_who_undo_it_one_does(three: None) -> None:
    merging("ada", "ida")()()

    def act() -> Any:
        done = Merge.objects.get()
        return lambda: undoing.undo(done)

    (error,) = at_once(act, act)
    assert "undone already" in str(error)
    assert not Entity.objects.exclude(merged_into=None).exists()
