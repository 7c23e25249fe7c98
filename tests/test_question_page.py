from django.utils import timezone

from sources import standings
from sources.models import Correction, Finding
from tests import cast as casting
from tests.pages import links, read


def address(claim):
    return f"/questions/{claim.question.slug}/"


def decide(claim, outcome="preferred", **fields):
    question = claim.question
    reason = {"reason": "The register says so.", "would_change_it": "Another entry."}
    finding = Finding(
        question=question,
        outcome=outcome,
        decided_by="Edith Desk",
        decided_at=timezone.now(),
        considered=standings.basis(question.pk),
        **(reason | fields),
    )
    finding.save()
    finding.preferred.set([claim] if outcome == "preferred" else [])
    finding.save()


def test_it_works(client, cast):
    page = read(client, address(cast.founded_2015))
    assert "Northwind Labs · Founded on When was Northwind Labs founded?" in page
    assert "Sources differ. 2015: two articles. 2016: one article." in page
    assert (
        "Only one answer can be true at a time. 2015 and 2016 do not overlap." in page
    )
    assert "Desk decision: none yet." in page


def test_it_gives_the_answer_of_each_source_with_its_words(client, cast):
    page = read(client, address(cast.founded_2015))
    assert "…in 2015… Herald report" in page
    assert "credited to Herald report" in page
    assert "…In 2016… Post story · 28 January 2025" in page


def test_it_says_that_sources_agree_and_how_far_each_figure_reaches(client, cast):
    page = read(client, address(cast.cost_about))
    assert "Sources agree. Less than $6 million: one article." in page
    assert "About $6 million: one article." in page
    assert "One article casts doubt on “about $6 million”." in page
    assert "The figure as each source gives it" in page
    assert "No differing source among those we hold." in page


def test_it_says_that_there_is_one_answer(client, cast):
    page = read(client, address(cast.ada_founded))
    assert "Northwind Labs. Two articles say so." in page
    assert "The only source named for it is Ada Vance." in page


def test_it_tells_the_decision_and_keeps_the_other_answer(client, cast):
    decide(cast.founded_2016)
    page = read(client, address(cast.founded_2015))
    assert "2016. Our desk prefers this answer. Sources differ." in page
    assert "We prefer 2016. The register says so." in page
    assert "What would change this: Another entry." in page
    assert "Decided by Edith Desk on" in page
    assert "High-Flyer" not in page
    assert "…in 2015…" in page


def test_it_says_that_a_decision_is_under_review(client, cast):
    decide(cast.founded_2016)
    fresh = casting.make_source("fresh", "It began in 2016.", lineage="original")
    casting.cite(cast.founded_2016, fresh, "in 2016")
    page = read(client, address(cast.founded_2015))
    assert "under review" in page
    assert "new evidence has come since" in page
    assert "Our desk prefers this answer." not in page


def test_it_shows_what_could_not_be_resolved(client, cast):
    decide(cast.founded_2016, outcome="unresolved")
    page = read(client, address(cast.founded_2015))
    assert "We looked into this and could not resolve it." in page


def test_it_tells_no_decision_for_a_hidden_answer(client, cast):
    decide(cast.founded_2016)
    cast.founded_2016.refresh_from_db()
    cast.founded_2016.status = "withdrawn"
    cast.founded_2016.save()
    page = read(client, address(cast.founded_2015))
    assert "2015. Two articles say so." in page
    assert "2016" not in page
    assert "register" not in page


def test_it_shows_a_dispute(client, cast):
    casting.cite(cast.ada_founded, cast.courier, "doubt", stance="disputes")
    page = read(client, address(cast.ada_founded))
    assert "One article disputes it." in page
    assert "A source disputes “Northwind Labs”." in page


def test_it_leads_to_the_same_question_of_something_else(client, cast):
    claim = casting.make_claim(
        cast.northwind, cast.founded_on, "oslo", qualifier="Oslo office", date="2020"
    )
    casting.cite(claim, cast.post, "In 2016")
    page = read(client, address(cast.founded_2015))
    assert "When was Northwind Labs founded (Oslo office)?" in page
    assert address(claim) in links(client, address(cast.founded_2015))


def test_it_shows_corrections(client, cast):
    words = {"said": "2014.", "says": "2015.", "reason": "A slip."}
    Correction(slug="slip", claim=cast.founded_2015, **words).save()
    page = read(client, address(cast.founded_2015))
    assert "We said: 2014. We say now: 2015. A slip." in page


def test_it_does_not_know_questions_without_a_public_answer(client, cast):
    read(client, address(cast.quiet_claim), 404)
    read(client, "/questions/never-asked/", 404)


def test_it_asks_few_queries_whatever_there_is(
    client, cast, django_assert_max_num_queries
):
    for year in range(1990, 2010):
        claim = casting.make_claim(
            cast.northwind, cast.founded_on, f"y{year}", date=str(year)
        )
        casting.cite(claim, cast.post, "In 2016", slug=f"e{year}")
    with django_assert_max_num_queries(12):
        page = read(client, address(cast.founded_2015))
    assert "And 16 more." in page
