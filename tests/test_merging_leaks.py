"""What a merge must not show, and what it must not lose."""

from __future__ import annotations

from typing import Any

import pytest

from entities.models import Alias, Entity
from sources.merging import undoing
from sources.models import (
    Approach,
    Claim,
    Correction,
    Evidence,
    Finding,
    SearchEntry,
)
from tests.cast import cite, make_claim, make_event, make_organisation
from tests.pages import read
from tests.tables import contents, differences
from tests.test_merging import decide, merge

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Any) -> Any:
    """A record that readers do not see, with claims that would be fit to be seen."""
    labs = make_organisation("Secret Labs", slug="secret", status="draft")
    Alias(entity=labs, text="SL", status="published").save()
    Alias(entity=labs, text="S. Labs").save()
    for slug, date in (("secret-2015", "2015"), ("secret-1999", "1999")):
        claim = make_claim(labs, cast.founded_on, slug, date=date)
        cite(claim, cast.post, f"Secret words of {slug}")
        Approach(claim=claim, slug=f"a-{slug}", asked_on="2025-02-01").save()
        Correction(claim=claim, slug=slug, said="x", says="y", reason="z").save()
    Correction(entity=labs, slug="c-2", said="Inc", says="Labs", reason="z").save()
    decide(claim.question, claim)
    return labs


def public() -> Any:
    return (
        set(Claim.objects.public().values_list("slug", flat=True)),
        set(Evidence.objects.public().values_list("slug", flat=True)),
        set(Correction.objects.public().values_list("slug", flat=True)),
        set(Finding.objects.public().values_list("pk", flat=True)),
        set(SearchEntry.objects.values_list("kind", "title", "more")),
        set(Approach.objects.filter(claim__is_public=True).values_list("slug")),
    )


def test_it_works(cast: Any, draft: Any, client: Any) -> None:
    before, seen = contents(), public()
    done = merge(draft, cast.northwind)
    assert public() == seen
    waiting = Claim.objects.get(slug="secret-1999")
    assert (waiting.subject_id, waiting.status) == (cast.northwind.pk, "in_review")
    assert Evidence.objects.get(slug="secret-2015-post-story").status == "in_review"
    assert Alias.objects.get(text="SL").status == "in_review"
    assert Alias.objects.get(text="Secret Labs").status == "draft"
    page = read(client, "/organisations/northwind-labs/")
    assert "Secret" not in page and "1999" not in page
    assert client.get("/organisations/secret/").status_code == 404
    assert client.get("/claims/secret-2015/").status_code == 404
    assert client.get("/questions/secret-founded-on/").status_code == 404
    undoing.undo(done)
    assert differences(before, contents()) == []


def test_a_draft_merged_into_a_draft_is_as_hidden(cast: Any, draft: Any) -> None:
    other, seen = make_organisation("Dim Labs", status="in_review"), public()
    merge(draft, other)
    assert public() == seen
    assert Claim.objects.get(slug="secret-1999").status == "published"


def test_what_readers_see_is_not_lost_to_a_draft(cast: Any) -> None:
    """The one that readers see goes on, whichever record it was of."""
    labs = make_organisation("Labs Inc")
    seen = make_claim(labs, cast.cost, "seen", amount=3, unit="ship", bound="exactly")
    cite(seen, cast.post, "Three ships")
    value = {"amount": 3, "unit": "ship", "bound": "exactly", "status": "draft"}
    hidden = make_claim(cast.northwind, cast.cost, "hidden", **value)
    cite(hidden, cast.herald, "ships, three")
    before = contents()
    done = merge(labs, cast.northwind)
    seen.refresh_from_db()
    hidden.refresh_from_db()
    assert (seen.subject_id, seen.is_public) == (cast.northwind.pk, True)
    assert (hidden.subject_id, hidden.status) == (labs.pk, "draft")
    evidence = Evidence.objects.get(slug="hidden-herald-report")
    assert (evidence.claim_id, evidence.status) == (seen.pk, "in_review")
    undoing.undo(done)
    assert differences(before, contents()) == []


def test_a_claim_that_would_name_one_record_twice_goes_to_review(cast: Any) -> None:
    labs = make_organisation("Labs Inc")
    parent = make_claim(labs, cast.founder_of, "parent", object=cast.northwind)
    cite(parent, cast.post, "Labs Inc set up")
    merge(labs, cast.northwind)
    parent.refresh_from_db()
    assert (parent.subject_id, parent.object_id) == (cast.northwind.pk,) * 2
    assert parent.status == "in_review"


def test_an_event_that_is_merged_has_no_date_left(cast: Any) -> None:
    held_on = cast.founded_on
    held_on.fills = "date"
    held_on.save()
    fair, other = make_event("Fair"), make_event("The Fair")
    claim = make_claim(fair, held_on, "fair-2015", date="2015")
    cite(claim, cast.post, "a fair")
    before = contents()
    done = merge(fair, other)
    dates = Entity.objects.filter(kind="event").values_list("slug", "date")
    assert dict(dates) == {"fair": "", "the-fair": "2015"}
    undoing.undo(done)
    assert differences(before, contents()) == []
