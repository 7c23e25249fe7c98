import datetime

from sources.models import Correction
from tests.pages import read


def correct(slug, day=1, **about):
    words = {"said": f"Old {slug}.", "says": f"New {slug}.", "reason": f"Why {slug}."}
    made_on = datetime.date(2026, 11, day)
    Correction(slug=slug, made_on=made_on, **words, **about).save()


def test_it_works(client, cast):
    correct("one", claim=cast.founded_2015)
    page = read(client, "/corrections/")
    assert "Claim founded-2015. 1 November 2026" in page
    assert "We said Old one. We say now New one. Why Why one." in page


def test_it_shows_the_latest_first(client, cast):
    correct("early", 2, entity=cast.ada)
    correct("late", 9, source=cast.herald)
    page = read(client, "/corrections/")
    assert page.index("Old late") < page.index("Old early")


def test_it_hides_what_was_withdrawn_and_keeps_what_was_retracted(client, cast):
    correct("gone", claim=cast.founded_2016)
    correct("kept", claim=cast.founded_2015)
    for claim, status in ((cast.founded_2016, "withdrawn"), (cast.founded_2015, "r")):
        claim.refresh_from_db()
        claim.status = "retracted" if status == "r" else status
        claim.save()
    page = read(client, "/corrections/")
    assert "Old gone" not in page
    assert "withdrawn by us We said Old kept." in page


def test_it_hides_the_correction_of_a_draft(client, cast):
    correct("draft", entity=cast.quiet)
    assert "Quiet" not in read(client, "/corrections/")


def test_it_takes_no_nonsense_for_a_place(client, cast):
    correct("one", claim=cast.founded_2015)
    page = read(client, "/corrections/?cursor=WyJ4IiwxXQ")
    assert "This place in the list is not known" in page


def test_it_says_that_there_are_none(client, db):
    assert "None so far." in read(client, "/corrections/")
