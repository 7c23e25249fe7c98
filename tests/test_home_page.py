from sources.models import Correction
from tests import cast as casting
from tests.pages import links, read


def test_it_works(client, cast):
    page = read(client, "/")
    assert "Who says so, and who differs?" in page
    assert "5 claims from 3 sources" in page


def test_it_answers_the_questions_that_differ_in_a_sentence(client, cast):
    page = read(client, "/")
    assert "When was Northwind Labs founded? Sources differ." in page
    assert "2015: two articles. 2016: one article." in page
    assert f"/questions/{cast.founded_2015.question.slug}/" in links(client, "/")


def test_it_answers_what_sources_agree_on(client, cast):
    page = read(client, "/")
    assert "About $6 million: one article." in page
    assert "No differing source among those we hold." in page
    assert "uncontested" not in page


def test_it_shows_what_is_in_doubt(client, cast):
    page = read(client, "/")
    assert "In doubt What did Northwind Labs spend? Sources agree." in page
    assert "One article casts doubt on “about $6 million”." in page
    assert page.count("What did Northwind Labs spend?") == 1


def test_it_shows_the_latest_corrections(client, cast):
    words = {"said": "2014.", "says": "2015.", "reason": "A slip of ours."}
    Correction(slug="slip", claim=cast.founded_2015, **words).save()
    assert "A slip of ours." in read(client, "/")


def test_it_says_what_the_marks_mean(client, cast):
    assert "Copies do not make it more certain." in read(client, "/")


def test_it_meets_nobody_who_is_not_published(client, cast):
    page = read(client, "/")
    assert "Quiet" not in page
    assert "quiet" not in " ".join(links(client, "/"))


def test_it_says_what_to_do_with_an_empty_database(client, db):
    assert "Nothing is published yet. An editor adds" in read(client, "/")


def test_it_asks_few_queries_whatever_there_is(
    client, cast, django_assert_max_num_queries
):
    for number in range(12):
        firm = casting.make_organisation(f"Firm {number}")
        claim = casting.make_claim(firm, cast.founded_on, f"f-{number}", date="2001")
        casting.cite(claim, cast.herald, "in 2015", slug=f"e-{number}")
    with django_assert_max_num_queries(12):
        client.get("/")
