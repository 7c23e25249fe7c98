"""The network around a record: public claims only, drawn and as a table."""

import pytest

from tests import cast as casting
from tests.pages import links, read

ADDRESS = "/organisations/northwind-labs/network/"


def connect(cast, first, second, **fields):
    knows = casting.Property.objects.filter(key="knows").first()
    knows = knows or casting.make_property(
        "knows", "entity", inverse_label="Known by", is_single_valued=False
    )
    slug = f"{first.slug}-{second.slug}"
    claim = casting.make_claim(first, knows, slug, object=second, **fields)
    casting.cite(claim, cast.post, "In 2016")
    return claim


def test_it_draws_and_lists_what_claims_connect(client, cast):
    claim = connect(cast, cast.northwind, casting.make_person("Bo Reed"))
    assert "Northwind Labs Knows Bo Reed" in read(client, ADDRESS)
    found = links(client, ADDRESS)
    assert found.count("/people/bo-reed/") == 2
    assert found.count(claim.question.get_absolute_url()) == 2


def test_two_steps_reach_further(client, cast):
    near, far = casting.make_person("Bo Reed"), casting.make_person("Cy Moss")
    connect(cast, cast.northwind, near)
    connect(cast, far, near)
    assert "Cy Moss" not in read(client, ADDRESS)
    page = read(client, f"{ADDRESS}?steps=2")
    assert "Cy Moss" in page
    assert "Known by" in page


def test_it_leaks_nothing_that_is_not_public(client, cast):
    near = casting.make_person("Bo Reed")
    connect(cast, cast.northwind, near)
    connect(cast, near, casting.make_person("Draft Canary", status="draft"))
    connect(cast, near, casting.make_person("Claim Canary"), status="draft")
    connect(cast, near, casting.make_person("Held Canary"), hold="Lawyers read it.")
    assert "Canary" not in read(client, f"{ADDRESS}?steps=2")


def test_hostile_names_are_inert(client, cast):
    name = '"><script>alert(1)</script>'
    connect(cast, cast.northwind, casting.make_person(name, slug="hostile"))
    assert "<script>alert" not in client.get(ADDRESS).content.decode()


@pytest.mark.slow
def test_200_records_need_few_queries(client, cast, django_assert_max_num_queries):
    for number in range(205):
        connect(cast, cast.northwind, casting.make_person(f"Person {number:03}"))
    with django_assert_max_num_queries(12):
        page = read(client, f"{ADDRESS}?steps=2")
    assert "Showing the first 200 of" in page


@pytest.mark.parametrize("steps", ["3", "x", "", "\0"])
def test_a_bad_number_of_steps_is_explained(client, cast, steps):
    assert "one step or two" in read(client, f"{ADDRESS}?steps={steps}")


def test_a_record_without_connections_says_so(client, cast):
    alone = casting.make_event("Lone Fair")
    assert "connects Lone Fair" in read(client, f"/events/{alone.slug}/network/")


def test_a_draft_has_none(client, cast):
    casting.make_person("Draft Canary", status="draft")
    assert client.get("/people/draft-canary/network/").status_code == 404


def test_long_and_wide_names_are_cut_in_the_picture_only(client, cast):
    name = "北风" * 20
    connect(cast, cast.northwind, casting.make_person(name, slug="wide"))
    source = client.get(ADDRESS).content.decode()
    assert "…</text>" in source
    assert name in read(client, ADDRESS)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [390, 1000, 1440])
def test_it_never_scrolls_sideways(page, live_server, cast, width):
    near = casting.make_person("Bo Reed")
    connect(cast, cast.northwind, near)
    connect(cast, near, casting.make_person("W" * 80, slug="long"))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}{ADDRESS}?steps=2")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".network").is_visible() == (width > 992)
