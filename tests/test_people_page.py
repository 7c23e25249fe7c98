import pytest

from entities.models import Entity
from tests import cast as casting
from tests.pages import crowd, links, read, records, walked


def test_it_works(client, cast):
    page = read(client, "/people/")
    assert "1 person" in page
    assert "Ada Vance one claim" in page


def test_it_lists_no_draft_and_no_merged_record(client, cast):
    merged = casting.make_person("Ada Wance")
    Entity.objects.filter(pk=merged.pk).update(merged_into=cast.ada)
    page = read(client, "/people/")
    assert "Quiet" not in page
    assert "Wance" not in page


def test_it_sorts_under_the_family_name(client, cast):
    casting.make_person("Liang Abel", family_name="Abel", given_name="Liang")
    page = read(client, "/people/")
    assert page.index("Liang Abel") < page.index("Ada Vance")


def test_it_finds_a_name_by_its_beginning(client, cast):
    casting.make_person("Zoë Brown", slug="zoe-brown")
    page = read(client, "/people/?q=zoe")
    assert "Zoë Brown" in page
    assert "Ada Vance" not in page


def test_it_says_what_to_do_when_nothing_fits(client, cast):
    page = read(client, "/people/?q=nobody")
    assert "Nothing fits all of these. Take one away, or see all people." in page
    assert "/people/" in links(client, "/people/?q=nobody")


def test_it_says_what_to_do_when_there_is_nobody(client, db):
    assert "No people are published yet." in read(client, "/people/")


@pytest.mark.parametrize(
    "query",
    [
        "sort=oddest",
        "cursor=!!",
        "cursor=eyJhIjoxfQ",
        "cursor=WyJhIiwgImIiXQ",
        "cursor=" + "9" * 3000,
        "q=" + "x" * 301,
        "q=%00",
    ],
)
def test_it_names_values_that_cannot_be_used(client, cast, query):
    page = read(client, f"/people/?{query}")
    assert "Part of this address could not be used." in page
    assert "Ada Vance" in page


@pytest.mark.parametrize("sort", ["name", "newest"])
def test_it_walks_the_whole_list_without_repeats(client, cast, sort):
    crowd("person", 120)
    seen = walked(client, f"/people/?sort={sort}")
    assert len(seen) == len(set(seen)) == 121


def test_it_stays_in_place_while_the_list_grows(client, cast):
    crowd("person", 60)
    following = next(href for href in links(client, "/people/") if "cursor=" in href)
    before = records(client, f"/people/{following}")
    casting.make_person("Aaron First")
    assert records(client, f"/people/{following}") == before != []


def test_it_asks_few_queries_whatever_there_is(
    client, cast, django_assert_max_num_queries
):
    crowd("person", 300)
    with django_assert_max_num_queries(4):
        client.get("/people/?sort=newest")
