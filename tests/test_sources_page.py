import pytest

from tests import cast as casting
from tests.pages import read, walked


def test_it_works(client, cast):
    page = read(client, "/sources/")
    assert "3 sources" in page
    assert "Post story 28 January 2025 · Report · Not known" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [("lineage=original", 1), ("genre=report", 3), ("q=courier", 1)],
)
def test_it_narrows_down(client, cast, query, count):
    assert f" {count} source" in read(client, f"/sources/?{query}")


def test_it_names_untitled_sources_by_publisher_and_date(client, cast):
    paper = casting.make_organisation("The Beacon", category="media")
    fields = {"title": "", "publisher": paper, "published": "2024-06"}
    casting.make_source("untitled", **fields)
    assert "Untitled report, The Beacon, June 2024" in read(client, "/sources/")
    page = read(client, "/sources/?publisher=the-beacon")
    assert "Publisher: The Beacon ×" in page


def test_it_hides_a_publisher_that_is_not_published(client, cast):
    paper = casting.make_organisation("Secret Beacon", status="draft")
    casting.make_source("leak", publisher=paper)
    page = read(client, "/sources/")
    assert "Leak not published · Report" in page
    assert "Beacon" not in page
    assert "0 sources" in read(client, "/sources/?publisher=secret-beacon")


@pytest.mark.parametrize("sort", ["latest", "earliest", "title"])
def test_it_walks_the_list(client, cast, sort):
    assert len(walked(client, f"/sources/?sort={sort}")) == 3
