from sources.models import Finding
from tests.pages import links, read


def test_it_works(client, cast):
    page = read(client, "/changes/")
    assert "Claim published Claim founded-2015." in page
    assert "Person published Ada Vance" in page
    assert "Source published Herald report" in page


def test_it_shows_no_record_that_is_not_public(client, cast):
    cast.founded_2016.refresh_from_db()
    cast.founded_2016.status = "withdrawn"
    cast.founded_2016.save()
    page = read(client, "/changes/")
    assert "founded-2016" not in page
    assert "Quiet" not in page


def test_it_shows_decisions(client, cast):
    Finding(
        question=cast.founded_2015.question,
        outcome="unresolved",
        reason="Neither says how it knows.",
        decided_by="Edith Desk",
    ).save()
    page = read(client, "/changes/")
    assert "Desk decision When was Northwind Labs founded?" in page


def test_it_shows_each_record_once(client, cast):
    cast.ada.refresh_from_db()
    cast.ada.wikidata_id = "Q1"
    cast.ada.save()
    assert links(client, "/changes/").count("/people/ada-vance/") == 1


def test_it_says_that_there_is_nothing(client, db):
    assert "Nothing is published yet." in read(client, "/changes/")


def test_it_asks_few_queries(client, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/changes/")
