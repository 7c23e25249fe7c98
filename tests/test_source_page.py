import datetime

from django.utils import timezone

from sources.models import Source
from tests import cast as casting
from tests.pages import links, read


def change(source, **fields):
    source.refresh_from_db()
    for name, value in fields.items():
        setattr(source, name, value)
    source.save()


def test_it_works(client, cast):
    page = read(client, "/sources/herald-report/")
    assert "Source · Report Herald report" in page
    assert "Original: what it says begins here." in page


def test_it_gives_its_claims_in_the_order_of_the_text(client, cast):
    page = read(client, "/sources/herald-report/")
    places = [
        page.index(words)
        for words in ("…founded Northwind Labs…", "…in 2015…", "…about $6 million…")
    ]
    assert places == sorted(places)


def test_it_shows_no_text_and_no_draft(client, cast):
    source = client.get("/sources/herald-report/").content.decode()
    assert "We began in a kitchen" not in source
    assert "quiet" not in source.lower()


def test_it_tells_what_it_derives_from_and_what_from_it(client, cast):
    page = read(client, "/sources/courier-copy/")
    assert "Derived from another source. Courier copy from Herald report" in page
    page = read(client, "/sources/herald-report/")
    assert "What depends on it Courier copy derived" in page
    assert "Claims that others have from it Claim founded-2015. Courier copy" in page


def test_it_does_not_name_an_original_that_is_not_published(client, cast):
    hidden = casting.make_source("hidden-paper", status="draft", lineage="original")
    change(cast.post, lineage="derived", derived_from=hidden, derivation="rewrite")
    page = read(client, "/sources/post-story/")
    assert "Derived: rewrite of another source. Post story from not published" in page
    assert "hidden-paper" not in client.get("/sources/post-story/").content.decode()
    page = read(client, f"/questions/{cast.founded_2016.question.slug}/")
    assert "Hidden paper" not in page


def test_it_warns_of_a_source_that_its_publisher_took_back(client, cast):
    notice = {"standing_notice": "The figures were wrong.", "standing_date": "2025-02"}
    change(cast.post, standing="retracted", **notice)
    page = read(client, "/sources/post-story/")
    assert "Retracted by its publisher, February 2025." in page
    assert "The figures were wrong." in page
    page = read(client, "/claims/founded-2016/")
    assert "retracted by its publisher: does not count" in page
    assert "no article that counts" in page


def test_it_says_what_it_does_not_mention_last(client, cast):
    casting.cite(cast.founded_2015, cast.post, "", stance="silent")
    page = read(client, "/sources/post-story/")
    assert page.index("Claim founded-2016.") < page.index(
        "Does not mention: Claim founded-2015."
    )


def test_it_leads_only_to_addresses_of_the_web(client, cast):
    Source.objects.filter(pk=cast.post.pk).update(
        url="https://post.example/1", archive_url="https://archive.example/1"
    )
    found = links(client, "/sources/post-story/")
    assert {"https://post.example/1", "https://archive.example/1"} <= set(found)


def test_it_goes_on_after_a_hundred_passages(client, cast):
    for number in range(105):
        fields = {"slug": f"again-{number}", "start": None}
        casting.cite(cast.founded_2016, cast.post, "In 2016", **fields)
    address = "/sources/post-story/"
    following = next(href for href in links(client, address) if "cursor=" in href)
    pages = [client.get(a).content.decode() for a in (address, address + following)]
    ids = [part.split('"')[0] for page in pages for part in page.split('<li id="')[1:]]
    assert len(ids) == len(set(ids)) == 108
    assert "cursor=" not in pages[1]


def test_it_does_not_know_what_is_held_back(client, cast):
    change(cast.post, hold="Our lawyer reads it.")
    read(client, "/sources/post-story/", 404)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    change(cast.courier, not_before=tomorrow)
    read(client, "/sources/courier-copy/", 404)
    change(cast.courier, slug="courier")
    read(client, "/sources/courier-copy/", 404)
    assert "Courier" not in read(client, "/sources/herald-report/")


def test_it_does_not_name_an_original_that_is_held_back(client, cast):
    change(cast.herald, hold="Our lawyer reads it.")
    page = read(client, "/sources/courier-copy/")
    assert "Courier copy from not published" in page
    assert "credited to not published" in page
    assert "Herald" not in page


def test_it_tells_drafts_withdrawn_and_renamed_apart(client, cast):
    casting.make_source("drafted", status="draft")
    read(client, "/sources/drafted/", 404)
    change(cast.post, status="withdrawn")
    assert "Post" not in read(client, "/sources/post-story/", 410)
    change(cast.courier, slug="courier")
    assert client.get("/sources/courier-copy/").status_code == 301
    change(cast.herald, status="retracted", status_reason="It was a forgery.")
    assert "It was a forgery." in read(client, "/sources/herald-report/")


def test_it_asks_few_queries(client, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/sources/herald-report/")
