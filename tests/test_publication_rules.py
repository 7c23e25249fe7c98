from itertools import combinations, product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from entities.models import Entity
from entities.records import Status
from sources import publication
from sources.models import Claim, Correction, Evidence, Finding, Question, SearchEntry
from sources.settling import rebuild
from tests.cast import (
    cite,
    make_claim,
    make_organisation,
    make_person,
    make_property,
    make_source,
)

STATUSES = [status.value for status in Status]
PARTS = ("evidence", "claim", "source", "subject", "object")


def visible():
    """Which claims, questions and records readers can find, and what of them counts."""
    return {
        "claims": set(Claim.objects.public().values_list("slug", flat=True)),
        "evidence": set(Evidence.objects.public().values_list("slug", flat=True)),
        "questions": set(Question.objects.public().values_list("slug", flat=True)),
        "found": set(SearchEntry.objects.values_list("kind", "slug")),
    }


@pytest.fixture
def parts(db):
    """A claim all of whose parts are published, by the part's name."""
    bob, labs = make_person("Bob Stone"), make_organisation("Northwind Labs")
    founder_of = make_property("founder_of", "entity")
    claim = make_claim(bob, founder_of, "bob-founded", object=labs)
    source = make_source("gazette")
    evidence = cite(claim, source, "Stone founded it")
    return dict(zip(PARTS, (evidence, claim, source, bob, labs), strict=True))


def read(parts):
    claim = Claim.objects.get(pk=parts["claim"].pk)
    evidence = Evidence.objects.get(pk=parts["evidence"].pk)
    return evidence.is_public, claim.is_public, claim.question.state


def test_it_works(parts):
    assert read(parts) == (True, True, "one_answer")


def set_status(record, status):
    record = type(record).objects.get(pk=record.pk)
    record.status = status
    record.save()


@pytest.mark.parametrize(("part", "status"), [*product(PARTS, STATUSES)])
def test_it_shows_a_claim_only_while_every_part_is_published(parts, part, status):
    set_status(parts[part], status)
    is_shown = status == "published"
    state = "one_answer" if is_shown else "no_answer"
    assert read(parts) == (is_shown, is_shown, state)
    found = SearchEntry.objects.filter(kind="claim", slug="bob-founded").exists()
    assert found is is_shown
    set_status(parts[part], "published")
    assert read(parts) == (True, True, "one_answer")


def test_it_shows_nothing_while_any_of_two_parts_is_hidden(parts):
    for one, other in combinations(PARTS, 2):
        set_status(parts[one], "draft")
        set_status(parts[other], "withdrawn")
        set_status(parts[one], "published")
        assert read(parts)[:2] == (False, False), (one, other)
        set_status(parts[other], "published")
        assert read(parts)[:2] == (True, True), (one, other)


def test_it_shows_a_claim_while_one_piece_of_evidence_is_left(parts):
    other = cite(parts["claim"], make_source("mirror"), "Stone's firm")
    set_status(parts["source"], "withdrawn")
    assert read(parts)[:2] == (False, True)
    set_status(other, "draft")
    assert read(parts)[:2] == (False, False)


def test_it_hides_all_that_stands_on_a_withdrawn_record(cast):
    set_status(cast.northwind, "withdrawn")
    shown = visible()
    assert shown["claims"] == shown["evidence"] == shown["questions"] == set()
    found = {("person", "ada-vance")} | {
        ("source", source.slug) for source in (cast.herald, cast.courier, cast.post)
    }
    assert shown["found"] == found


@pytest.mark.parametrize("status", STATUSES)
def test_it_shows_the_same_after_a_rebuild(cast, status):
    set_status(cast.herald, status)
    set_status(cast.ada, status)
    before = visible()
    rebuild()
    assert visible() == before


def test_it_never_shows_what_is_not_published(cast):
    assert "quiet-claim" not in visible()["claims"]
    assert not {slug for _, slug in visible()["found"] if "quiet" in slug}


@pytest.mark.parametrize("status", STATUSES)
def test_it_shows_a_finding_while_its_preferred_claims_are(cast, status):
    question = cast.founded_2015.question
    finding = Finding(question=question, outcome="preferred", reason="Its own filing.")
    finding.decided_by = "Demo desk"
    finding.save()
    finding.preferred.add(cast.founded_2015)
    set_status(cast.founded_2015, status)
    assert Finding.objects.public().exists() is (status == "published")


def test_it_hides_a_finding_on_a_question_that_nobody_sees(cast):
    question = cast.quiet_claim.question
    Finding(question=question, outcome="unresolved", reason="?", decided_by="D").save()
    assert not Finding.objects.public().exists()


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("about", ["claim", "entity", "source"])
def test_it_shows_a_correction_while_its_record_is_shown(parts, about, status):
    record = parts["subject" if about == "entity" else about]
    words = {"said": "2014", "says": "2015", "reason": "A slip of ours."}
    Correction(slug="a-slip", **{about: record}, **words).save()
    set_status(record, status)
    # What we withdrew keeps its address, with what we had to say about it.
    is_shown = status == "published" or (about, status) == ("claim", "retracted")
    assert Correction.objects.public().exists() is is_shown


@pytest.mark.parametrize("part", ["subject", "object"])
def test_it_hides_the_correction_of_a_claim_that_names_a_hidden_record(parts, part):
    words = {"said": "2014", "says": "2015", "reason": "A slip of ours."}
    Correction(slug="a-slip", claim=parts["claim"], **words).save()
    set_status(parts["claim"], "retracted")
    assert Correction.objects.public().exists()
    set_status(parts[part], "withdrawn")
    assert not Correction.objects.public().exists()


CHANGES = [
    ("evidence", {"quote": "founded it"}),
    ("evidence", {"stance": "disputes"}),
    ("evidence", {"source": "mirror"}),
    ("evidence", {"claim": "ada-founded"}),
    ("claim", {"during": "2015"}),
    ("claim", {"qualifier": "with others"}),
    ("claim", {"subject": "northwind-labs"}),
    ("claim", {"object": "ada-vance"}),
]
KEEPS = [
    ("evidence", {"note": "On page 3."}),
    ("evidence", {"hedge": "reportedly"}),
    ("claim", {"statement": "In other words of ours."}),
    ("claim", {"status": "retracted"}),
]


def change(record, fields):
    record = type(record).objects.get(pk=record.pk)
    for name, value in fields.items():
        field = record._meta.get_field(name)
        if field.is_relation:
            value = field.related_model.objects.get(slug=value)
        setattr(record, name, value)
    record.save()


@pytest.mark.parametrize(("part", "fields"), CHANGES)
def test_it_asks_for_a_new_confirmation_of_another_passage_or_value(
    parts, part, fields
):
    make_source("mirror")
    ada, claim = make_person("Ada Vance"), parts["claim"]
    make_claim(ada, claim.property, "ada-founded", object=claim.object)
    Evidence.objects.update(confirmed_at=timezone.now())
    change(parts[part], fields)
    evidence = Evidence.objects.get(pk=parts["evidence"].pk)
    assert (evidence.confirmed_by, evidence.confirmed_at) == ("", None)


@pytest.mark.parametrize(("part", "fields"), KEEPS)
def test_it_keeps_the_confirmation_of_what_says_the_same(parts, part, fields):
    change(parts[part], fields)
    assert Evidence.objects.get(pk=parts["evidence"].pk).confirmed_by == "Demo desk"


def test_it_keeps_the_confirmation_that_comes_with_the_change(parts):
    evidence = Evidence.objects.get(pk=parts["evidence"].pk)
    evidence.quote, evidence.confirmed_by = "founded it", "Second reader"
    evidence.save()
    assert Evidence.objects.get(pk=evidence.pk).confirmed_by == "Second reader"


def test_it_keeps_the_confirmation_when_another_has_changed_the_row_meanwhile(parts):
    evidence = parts["evidence"]
    other = Evidence.objects.get(pk=evidence.pk)
    other.quote = "founded it"
    other.save()
    other.confirmed_by = "Demo desk"
    other.save()
    evidence.refresh_from_db()
    evidence.note = "On page 3."
    evidence.save()
    assert Evidence.objects.get(pk=evidence.pk).confirmed_by == "Demo desk"


@pytest.mark.parametrize(
    ("fields", "is_fit"),
    [
        ({}, True),
        ({"confirmed_by": ""}, False),
        ({"status": "draft"}, False),
    ],
)
def test_it_publishes_a_claim_only_with_confirmed_evidence(parts, fields, is_fit):
    Evidence.objects.filter(pk=parts["evidence"].pk).update(**fields)
    if is_fit:
        publication.refuse_unfit_claim(parts["claim"])
        return
    with pytest.raises(ValidationError, match="evidence that someone has confirmed"):
        publication.refuse_unfit_claim(parts["claim"])


def amounts(**fields):
    return {"object": None, "amount": 5, "unit": "USD", "bound": "exactly"} | fields


BROKEN_CLAIMS = [
    ({"object": None}, "claim_has_exactly_one_value"),
    ({"text": "and words"}, "claim_has_exactly_one_value"),
    ({"no_value": True}, "claim_has_exactly_one_value"),
    (amounts(unit=""), "claim_with_an_amount_has_a_unit_and_a_bound"),
    (amounts(bound=""), "claim_with_an_amount_has_a_unit_and_a_bound"),
    ({"unit": "USD"}, "claim_with_an_amount_has_a_unit_and_a_bound"),
    (amounts(bound="between"), "only_between_has_a_second_and_higher_amount"),
    (
        amounts(bound="between", amount_high=5),
        "only_between_has_a_second_and_higher_amount",
    ),
    (amounts(amount_high=9), "only_between_has_a_second_and_higher_amount"),
]
BROKEN_EVIDENCE = [
    ({"start": 5, "end": 5}, "evidence_ends_after_it_starts"),
    ({"start": 5, "end": None}, "evidence_ends_after_it_starts"),
    ({"start": None, "end": 5}, "evidence_ends_after_it_starts"),
    ({"stance": "silent"}, "silence_has_no_quote"),
    ({"quote": ""}, "evidence_quotes_its_passage"),
    ({"speaker_label": "both", "speaker_id": 0}, "evidence_names_its_speaker_one_way"),
    ({"via_label": "both", "via_id": 0}, "evidence_credits_one_way"),
]


def refuses(name, rows, **fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rows.update(**fields)


@pytest.mark.parametrize(("fields", "name"), BROKEN_CLAIMS)
def test_the_database_refuses_a_broken_claim(parts, fields, name):
    refuses(name, Claim.objects.filter(pk=parts["claim"].pk), **fields)


@pytest.mark.parametrize(("fields", "name"), BROKEN_EVIDENCE)
def test_the_database_refuses_broken_evidence(parts, fields, name):
    keys = {"speaker_id": parts["subject"].pk, "via_id": parts["source"].pk}
    fields = {
        key: keys.get(key) if value == 0 else value for key, value in fields.items()
    }
    refuses(name, Evidence.objects.filter(pk=parts["evidence"].pk), **fields)


BROKEN_ENTITIES = [
    ("subject", {"category": "company"}, "a_person_has_no_category"),
    ("subject", {"date": "2015"}, "only_an_event_has_a_date_and_place"),
    ("object", {"family_name": "Vance"}, "only_a_person_has_a_family_name"),
]


@pytest.mark.parametrize(("part", "fields", "name"), BROKEN_ENTITIES)
def test_the_database_refuses_a_broken_entity(parts, part, fields, name):
    refuses(name, Entity.objects.filter(pk=parts[part].pk), **fields)


def test_the_database_refuses_a_record_that_is_merged_into_itself(parts):
    pk = parts["subject"].pk
    rows = Entity.objects.filter(pk=pk)
    refuses("entity_is_not_merged_into_itself", rows, merged_into=pk)


def test_it_refuses_the_same_answer_twice(parts):
    claim = parts["claim"]
    twin = Claim(subject=claim.subject, property=claim.property, object=claim.object)
    twin.slug, twin.statement = "twin", "Said again."
    with pytest.raises(ValidationError, match="exists already"):
        twin.full_clean()
