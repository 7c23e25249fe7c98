"""What `verify` finds beside quotes: each fault is made, and found by its name."""

import pytest
from django.core.management import call_command
from django.db import connection

from sources import soundness
from sources.models import Claim, Evidence, Question, SearchEntry, Source

STANDS = "It stands at version {}; its history ends with"


def told(check):
    return [str(failure).split("\t") for failure in check()]


@pytest.mark.parametrize("check", soundness.checks())
def test_the_cast_is_sound(cast, check):
    assert told(check) == []


@pytest.mark.sqlite
def test_a_reference_that_leads_nowhere_is_named(cast):
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute("UPDATE sources_evidence SET speaker_id = 9999")
        (first, *_) = told(soundness.references)
        cursor.execute("UPDATE sources_evidence SET speaker_id = NULL")
    table, _, message = first
    assert table == "sources_evidence"
    assert message == "It names a row of entities_entity that is not there."


def test_a_trigger_that_is_gone_is_named(cast):
    on = " ON sources_source" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER sources_source_version{on}")
    (found,) = told(soundness.guards)
    assert found[1:] == ["sources_source", "Its trigger is gone: run `migrate`."]


def test_a_history_that_ends_too_soon_is_named(cast):
    Claim.objects.filter(slug="founded-2015").update(statement="Round the forms.")
    Source.history.filter(slug="post-story").delete()
    found = told(soundness.histories)
    assert sorted(found) == [
        ["claim", "founded-2015", f"{STANDS.format(2)} version 1."],
        ["source", "post-story", f"{STANDS.format(2)} no version."],
    ]


SPOILT = [
    (Claim, {"slug": "founded-2015"}, {"support": "unsupported"}, "support"),
    (Claim, {"slug": "founded-2015"}, {"is_public": False}, "is_public"),
    (Evidence, {"slug": "founded-2015-herald-report"}, {"origin": None}, "origin_id"),
    (SearchEntry, {"slug": "founded-2015"}, {"words": "else"}, "words"),
]


@pytest.mark.parametrize(("model", "row", "fields", "column"), SPOILT)
def test_a_derived_column_that_is_wrong_is_named(cast, model, row, fields, column):
    assert model.objects.filter(**row).update(**fields) == 1
    message = f"Its {column} is not what follows from the rest: run `rebuild`."
    expected = [model._meta.model_name, row["slug"], message]
    assert expected in told(soundness.derived)
    # Nothing was mended by looking.
    assert expected in told(soundness.derived)
    call_command("rebuild", verbosity=0)
    assert told(soundness.derived) == []


def test_a_search_entry_that_is_gone_is_named(cast):
    entry = SearchEntry.objects.get(slug="founded-2015")
    entry.delete()
    (found,) = told(soundness.derived)
    assert found[0] == "searchentry" and "whole row" in found[2]


def test_a_question_in_the_wrong_state_is_named(cast):
    question = Question.objects.exclude(state="no_answer").first()
    Question.objects.filter(pk=question.pk).update(state="no_answer")
    assert [one[:2] for one in told(soundness.derived)] == [["question", question.slug]]
