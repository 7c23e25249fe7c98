import pytest

from tests import cast as casting
from tests.pages import links, read, walked


def test_it_works(client, cast):
    page = read(client, "/questions/")
    assert "3 questions" in page
    assert (
        "When was Northwind Labs founded? Sources differ. 2015: two articles." in page
    )


def test_it_narrows_down_to_those_that_differ(client, cast):
    assert "?state=differ" in links(client, "/questions/")
    page = read(client, "/questions/?state=differ")
    assert "1 question " in page
    assert "What sources say: Sources differ ×" in page
    assert "What did Ada Vance found?" not in page


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("about=ada-vance", "What did Ada Vance found?"),
        ("property=cost", "What did Northwind Labs spend?"),
        ("about_kind=person", "What did Ada Vance found?"),
        ("q=founded+northwind", "When was Northwind Labs founded?"),
    ],
)
def test_it_narrows_down_by_what_is_asked(client, cast, query, asked):
    page = read(client, f"/questions/?{query}")
    assert "1 question " in page
    assert asked in page


def test_it_counts_each_choice(client, cast):
    page = read(client, "/questions/")
    assert "About what Organisation 2 Person 1" in page


@pytest.mark.parametrize("about", ["nobody", "quiet-draft"])
def test_it_tells_no_draft_from_what_does_not_exist(client, cast, about):
    page = read(client, f"/questions/?about={about}")
    assert f"No published record has the address “{about}”." in page
    assert "Quiet Draft" not in page


def test_it_names_a_state_that_there_is_not(client, cast):
    page = read(client, "/questions/?state=odd&sort=odd&cursor=odd")
    assert "odd is not one of the available choices" in page
    assert "“odd” is not an order of this list." in page
    assert "This place in the list is not known" in page


@pytest.mark.parametrize("sort", ["reported", "newest"])
def test_it_walks_the_whole_list_without_repeats(client, cast, sort):
    for number in range(52):
        claim = casting.make_claim(
            cast.ada, cast.founded_on, f"c-{number}", qualifier=f"{number}", date="2001"
        )
        casting.cite(claim, cast.post, "In 2016", slug=f"e-{number}")
    seen = walked(client, f"/questions/?sort={sort}")
    assert len(seen) == len(set(seen)) == 55


def test_it_says_what_to_do_when_there_are_none(client, db):
    assert "No questions are published yet." in read(client, "/questions/")
