import pytest
from django.core.management import call_command

from entities.models import Event
from sources.models import Claim, Evidence, Question, SearchEntry
from tests.cast import cite, make_claim, make_event, make_property

DERIVED = {
    Claim: ["is_public", "is_contested", "support", "article_count", "origin_count"],
    Evidence: ["is_public", "origin"],
    Question: ["state", "decision", "answer_count", "article_count", "origin_count"],
    Event: ["date", "place", "low", "high"],
    SearchEntry: ["kind", "slug", "title", "words", "more"],
}


@pytest.fixture
def launch(cast):
    happened_on = make_property("happened_on", "date", fills="date")
    launch = make_event("Launch")
    cite(make_claim(launch, happened_on, "launched", date="2016"), cast.post, "In 2016")
    return launch


def derived():
    return {
        (model, column): sorted(model.objects.values_list("pk", column))
        if model is not SearchEntry
        else sorted(model.objects.values_list("slug", column))
        for model, columns in DERIVED.items()
        for column in columns
    }


def spoil():
    Claim.objects.update(is_public=False, is_contested=True, article_count=9)
    Evidence.objects.update(is_public=False, origin=None)
    Question.objects.update(state="agree", decision="decided", answer_count=7)
    Event.objects.update(date="1999", low=1, high=2)
    SearchEntry.objects.all().delete()


def test_it_works(launch, capsys):
    before = derived()
    spoil()
    call_command("rebuild")
    assert derived() == before
    assert capsys.readouterr().out == "7 claims settled.\n"


def test_it_changes_nothing_that_is_in_order(launch):
    entries = set(SearchEntry.objects.values_list("pk", flat=True))
    before = derived(), sorted(Claim.objects.values_list("pk", "version"))
    call_command("rebuild")
    assert (derived(), sorted(Claim.objects.values_list("pk", "version"))) == before
    assert set(SearchEntry.objects.values_list("pk", flat=True)) == entries


def test_it_takes_an_empty_database(db, capsys):
    call_command("rebuild")
    assert capsys.readouterr().out == "0 claims settled.\n"


def test_it_drops_a_question_that_nobody_asks(launch):
    question = Question(subject=launch, property=make_property("motto"), slug="motto")
    question.save()
    call_command("rebuild")
    assert not Question.objects.filter(slug="motto").exists()


def test_it_forgets_what_can_no_longer_be_found(launch):
    stray = SearchEntry(kind="source", record_id=10**6, weight=4, slug="gone")
    stray.save()
    call_command("rebuild")
    assert not SearchEntry.objects.filter(slug="gone").exists()
