import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from sources import settling
from sources.models import Claim, Evidence, Finding, Question
from tests.cast import cite, make_claim, make_organisation, make_property, make_source


def read(record):
    return type(record).objects.get(pk=record.pk)


def state(claim):
    return read(claim).question.state


def contested(*claims):
    return [read(claim).is_contested for claim in claims]


def test_it_works(cast):
    question = read(cast.founded_2015).question
    assert str(question) == "When was Northwind Labs founded?"
    assert question.slug == "northwind-labs-founded-on"
    assert (question.state, question.answer_count) == ("differ", 2)
    assert (question.article_count, question.origin_count) == (3, 1)
    assert contested(cast.founded_2015, cast.founded_2016) == [True, True]


def test_it_puts_the_qualifier_into_the_question(cast):
    claim = make_claim(
        *(cast.northwind, cast.cost, "cost-chips"),
        qualifier="Nvidia H800",
        text="",
        **{"amount": 5, "unit": "USD", "bound": "exactly"},
    )
    assert str(claim.question) == "What did Northwind Labs spend (Nvidia H800)?"
    assert claim.question.slug == "northwind-labs-cost-nvidia-h800"
    assert state(cast.cost_about) == "agree"


def test_it_finds_a_free_address_for_each_question(cast):
    for number, qualifier in enumerate(("梁", "文", "锋"), 1):
        claim = make_claim(
            *(cast.northwind, cast.founded_on, f"in-{number}"),
            qualifier=qualifier,
            date="2015",
        )
        assert claim.question.slug == f"northwind-labs-founded-on-{number + 1}"


def test_it_agrees_where_answers_overlap(cast):
    assert state(cast.cost_about) == "agree"
    assert contested(cast.cost_about, cast.cost_less) == [False, False]


def test_it_sees_one_answer_where_the_others_are_hidden(cast):
    cast.post.status = "draft"
    cast.post.save()
    assert state(cast.founded_2015) == "one_answer"
    assert contested(cast.founded_2015) == [False]


def test_it_lets_answers_of_different_kinds_of_number_stand(cast):
    claim = make_claim(
        *(cast.northwind, cast.cost, "cost-chips"),
        amount=9,
        unit="chip",
        bound="exactly",
    )
    cite(claim, cast.herald, "The firm spent")
    assert state(claim) == "cannot_tell"
    assert contested(claim, cast.cost_about) == [False, False]


def test_it_sees_several_answers_where_several_can_be_true(cast):
    other = make_organisation("Southwind")
    cite(
        make_claim(cast.ada, cast.founder_of, "ada-southwind", object=other),
        *(cast.herald, "Ada Vance founded"),
    )
    assert state(cast.ada_founded) == "several"


def test_it_differs_where_one_answer_is_disputed(cast):
    cite(cast.ada_founded, cast.courier, "Analysts doubt", stance="disputes")
    assert state(cast.ada_founded) == "differ"
    assert contested(cast.ada_founded) == [True]
    assert read(cast.ada_founded).support == "mixed"


@pytest.mark.parametrize(
    ("stances", "support"),
    [
        ([], "unsupported"),
        (["silent"], "unsupported"),
        (["supports"], "supported"),
        (["supports", "questions"], "doubted"),
        (["supports", "disputes"], "mixed"),
        (["supports", "disputes", "questions"], "mixed"),
        (["disputes"], "disputed"),
        (["questions"], "unsupported"),
    ],
)
def test_it_weighs_what_speaks_for_and_against(db, stances, support):
    labs = make_organisation("Northwind Labs")
    claim = make_claim(labs, make_property("motto"), "motto", text="Onward")
    for number, stance in enumerate(stances):
        quote = "" if stance == "silent" else "Onward"
        cite(claim, make_source(f"source-{number}"), quote, stance=stance)
    assert read(claim).support == support


def test_it_differs_where_claims_are_declared_to_contradict(cast):
    settling.relate(cast.ada_founded, "contradicts", [cast.cost_about])
    assert state(cast.ada_founded) == state(cast.cost_about) == "differ"
    assert contested(cast.ada_founded, cast.cost_about) == [True, True]
    assert list(cast.cost_about.contradicts.all()) == [cast.ada_founded]
    settling.relate(cast.cost_about, "contradicts", [])
    assert state(cast.ada_founded) == "one_answer"
    assert contested(cast.ada_founded, cast.cost_about) == [False, False]


@pytest.mark.parametrize("hide", ["claim", "source", "evidence", "object"])
def test_it_forgets_a_contradiction_that_readers_cannot_see(cast, hide):
    other = make_organisation("Southwind")
    claim = make_claim(cast.ada, cast.founder_of, "ada-southwind", object=other)
    source = make_source("gazette")
    evidence = cite(claim, source, "She founded Southwind")
    settling.relate(claim, "contradicts", [cast.cost_about])
    assert state(cast.cost_about) == "differ"
    hidden = {"claim": claim, "source": source, "evidence": evidence, "object": other}
    record = read(hidden[hide])
    record.status = "withdrawn"
    record.save()
    assert state(cast.cost_about) == "agree"
    record.status = "published"
    record.save()
    assert state(cast.cost_about) == "differ"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"is_single_valued": False}, "several"),
        ({"is_single_valued": True}, "differ"),
    ],
)
def test_it_follows_a_change_of_the_vocabulary(cast, fields, expected):
    for name, value in fields.items():
        setattr(cast.founded_on, name, value)
    cast.founded_on.save()
    assert state(cast.founded_2015) == expected


def test_it_goes_with_its_last_claim(cast):
    claim = make_claim(cast.ada, cast.founded_on, "ada-2014", date="2014")
    question = claim.question
    claim.delete()
    assert not Question.objects.filter(pk=question.pk).exists()


def test_it_goes_when_its_last_claim_moves_to_another(cast):
    old = read(cast.ada_founded).question
    claim = read(cast.ada_founded)
    claim.qualifier = "with others"
    claim.save()
    assert not Question.objects.filter(pk=old.pk).exists()
    assert read(claim).question.slug == "ada-vance-founder-of-with-others"
    assert state(claim) == "one_answer"


def test_it_stays_when_it_was_decided_though_its_claims_move_away(cast):
    question = read(cast.ada_founded).question
    finding = Finding(question=question, outcome="unresolved", reason="?")
    finding.decided_by = "Demo desk"
    finding.save()
    assert read(question).decision == "decided"
    claim = read(cast.ada_founded)
    claim.qualifier = "with others"
    claim.save()
    question = read(question)
    assert (question.state, question.decision) == ("no_answer", "under_review")
    finding.delete()
    assert not Question.objects.filter(pk=question.pk).exists()


def test_it_counts_public_evidence_only(cast):
    Evidence.objects.get(slug="founded-2015-courier-copy").delete()
    assert read(cast.founded_2015).question.article_count == 2
    herald = Evidence.objects.get(slug="founded-2015-herald-report")
    herald.status = "in_review"
    herald.save()
    question = read(cast.founded_2016).question
    assert (question.answer_count, question.article_count) == (1, 1)


def test_it_refuses_to_let_go_of_what_others_cite(cast):
    for record in (cast.herald, cast.northwind, cast.founded_on, cast.founded_2015):
        with pytest.raises(ProtectedError):
            record.delete()
    assert Claim.objects.count() == 6


def test_it_is_asked_once(cast):
    question = read(cast.founded_2015).question
    twin = Question(subject=question.subject, property=question.property, slug="twin")
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
