from tests import cast as casting
from tests.pages import links, read


def test_it_works(client, cast):
    page = read(client, "/organisations/")
    assert "Northwind Labs Company · four claims" in page


def test_it_narrows_down_by_sort_with_counts(client, cast):
    casting.make_organisation("Hill Fund", category="fund")
    page = read(client, "/organisations/")
    assert "Sort of organisation Company 1 Fund 1" in page
    assert "?category=fund" in links(client, "/organisations/")
    funds = read(client, "/organisations/?category=fund")
    assert "Hill Fund" in funds
    assert "Northwind" not in funds


def test_it_shows_what_is_chosen_as_a_tag_to_take_away(client, cast):
    address = "/organisations/?category=company&q=north"
    page = read(client, address)
    assert "Sort of organisation: Company ×: take away" in page
    assert {"?category=company", "?q=north"} <= set(links(client, address))


def test_it_names_a_sort_that_there_is_not(client, cast):
    page = read(client, "/organisations/?category=<b>cult</b>")
    assert "<b>cult</b> is not one of the available choices" in page
    assert "Northwind Labs" in page
