import pytest

from tests.pages import read, walked


def test_it_works(client, cast):
    page = read(client, "/claims/")
    assert "5 claims" in page
    assert "Claim founded-2015. Northwind Labs · Founded on · two articles" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("about=northwind-labs", 4),
        ("naming=northwind-labs", 1),
        ("source=courier-copy", 2),
        ("speaker=ada-vance", 2),
        ("support=doubted", 1),
        ("property=founded_on", 2),
        ("q=founded", 3),
        ("about=northwind-labs&property=cost", 2),
    ],
)
def test_it_narrows_down(client, cast, query, count):
    page = read(client, f"/claims/?{query}")
    assert f" {count} claim" in page


def test_it_never_shows_what_is_not_public(client, cast):
    assert "quiet" not in read(client, "/claims/").lower()
    page = read(client, "/claims/?speaker=quiet-draft&about=quiet-draft")
    assert "0 claims" in page


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_it_walks_the_list(client, cast, sort):
    assert len(walked(client, f"/claims/?sort={sort}")) == 5


def test_it_asks_few_queries(client, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/claims/?about=northwind-labs&source=herald-report&q=claim")
