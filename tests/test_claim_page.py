import pytest

from sources.models import Correction
from tests import cast as casting
from tests.pages import read


def change(claim, **fields):
    claim.refresh_from_db()
    for name, value in fields.items():
        setattr(claim, name, value)
    claim.save()


def test_it_works(client, cast):
    page = read(client, "/claims/founded-2015/")
    assert "Northwind Labs · claim Claim founded-2015." in page
    assert "An answer to When was Northwind Labs founded?" in page
    assert "Other answers to this question Claim founded-2016." in page


def test_it_sorts_the_evidence_by_what_it_does(client, cast):
    casting.cite(cast.cost_about, cast.post, "less than", stance="disputes")
    silent = {"stance": "silent", "slug": "looked-here"}
    quiet = casting.make_source("other-source", "Nothing of the kind.")
    casting.cite(cast.cost_about, quiet, "", **silent)
    page = read(client, "/claims/cost-about/")
    places = [
        page.index(title)
        for title in ("For …", "Against …", "Casting doubt …", "Checked, not mentioned")
    ]
    assert places == sorted(places)
    assert "doubted" not in page.split("For …")[1]


def test_it_says_that_nothing_else_is_claimed(client, cast):
    page = read(client, "/claims/ada-founded/")
    assert "No differing source among those we hold." in page


def test_it_shows_what_is_declared_to_contradict_it(client, cast):
    cast.ada_founded.contradicts.add(cast.founded_2016)
    page = read(client, "/claims/ada-founded/")
    assert "What cannot be true beside it Claim founded-2016." in page


def test_it_shows_corrections(client, cast):
    words = {"said": "2014.", "says": "2015.", "reason": "A slip."}
    Correction(slug="slip", claim=cast.founded_2015, **words).save()
    page = read(client, "/claims/founded-2015/")
    assert "corrected" in page
    assert "We said: 2014. We say now: 2015. A slip." in page


@pytest.mark.parametrize("slug", ["quiet-claim", "no-such-claim"])
def test_it_does_not_know_what_is_not_public(client, cast, slug):
    assert "Claim" not in read(client, f"/claims/{slug}/", 404)


def test_it_says_when_and_why_we_withdrew_it(client, cast):
    change(cast.founded_2015, status="retracted", status_reason="We misread it.")
    page = read(client, "/claims/founded-2015/")
    assert "Withdrawn by us on" in page
    assert "We misread it." in page
    assert "…in 2015…" not in page


def test_it_says_nothing_of_a_retracted_claim_about_someone_taken_down(client, cast):
    change(cast.founded_2015, status="retracted")
    change(cast.northwind, status="withdrawn")
    read(client, "/claims/founded-2015/", 404)


def test_it_says_only_when_a_claim_was_taken_down(client, cast):
    change(cast.founded_2015, status="withdrawn", status_reason="A court order.")
    page = read(client, "/claims/founded-2015/", 410)
    assert "Withdrawn on" in page
    assert "2015." not in page
    assert "court" not in page


def test_it_leads_on_from_an_old_address(client, cast):
    change(cast.founded_2015, slug="began-2015")
    answer = client.get("/claims/founded-2015/")
    assert (answer.status_code, answer.headers["Location"]) == (
        301,
        "/claims/began-2015/",
    )


def test_it_cuts_quotes_to_their_public_length(client, cast, settings):
    settings.PUBLIC_QUOTE_LENGTH = 12
    page = read(client, "/claims/ada-founded/")
    assert "…founded……" in page
    assert "founded Northwind Labs" not in page


def test_it_asks_few_queries(client, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/claims/founded-2015/")
