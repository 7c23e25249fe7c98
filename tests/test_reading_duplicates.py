"""Records that may be of one and the same."""

import pytest
from django.core.management import call_command

from entities.models import Alias, Distinction, Entity, Organisation
from sources.reading.duplicates import ENOUGH_CLAIMS, MOST_SHARING, duplicates
from tests.cast import (
    make_claim,
    make_event,
    make_organisation,
    make_person,
    make_property,
)

pytestmark = pytest.mark.django_db


def pairs():
    return [
        (Entity.objects.get(pk=one.first).slug, Entity.objects.get(pk=one.second).slug)
        for one in duplicates()
    ]


def reasons():
    (found,) = duplicates()
    return found.reasons


def test_it_works():
    first = make_person("Ida Moll")
    second = make_person("IDA MÖLL", slug="ida-2")
    make_person("Ben Roe")
    (found,) = duplicates()
    assert (found.first, found.second) == (first.pk, second.pk)
    assert found.reasons == ["Same name: “Ida Moll”."]


def test_it_proposes_nobody_among_different_people():
    make_person("Ida Moll")
    make_person("Ida Roe")
    make_organisation("Ida Moll Ltd")
    assert duplicates() == []


def test_it_compares_within_one_kind_only():
    make_person("Ida Moll")
    make_organisation("Ida Moll", slug="ida-org")
    make_event("Ida Moll", slug="ida-event")
    assert duplicates() == []


def test_it_finds_a_name_among_aliases():
    make_organisation("The Daily Gull")
    other = make_organisation("Gull Media")
    Alias(entity=other, text="the daily gull").save()
    assert reasons() == ["Same name: “The Daily Gull”."]


def test_it_finds_the_same_words_in_another_order():
    make_person("Moll Ida")
    make_person("Ida Moll")
    assert reasons() == ["Same words in another order: “Moll Ida”."]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marcus Andreessen", "Marcus Andreesen"),
        ("Marcus Andreessen", "Narcus Andreessen"),
        ("Marcus Andreessen", "Andreesen Marcus"),
        ("Northwind Laboratories", "Northwind Labratories"),
    ],
)
def test_it_finds_names_that_differ_in_a_letter(one, other):
    make_person(one)
    for filler in ("Abel Adler", "Martha Anders", "Nora Andreas", "Zoe Zimmer"):
        make_person(filler)
    make_person(other)
    assert reasons() == [f"Names alike: “{one}” and “{other}”."]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gull interview of 2023", "Gull interview of 2024"),
        ("Li Wen", "Li Wei"),
        ("Northwind Laboratories", "Southwind Laboratories"),
    ],
)
def test_it_leaves_names_that_are_told_apart_by_a_letter(one, other):
    make_event(one)
    make_event(other)
    assert duplicates() == []


def test_it_finds_the_same_wikidata_identifier():
    make_person("Ida Moll", wikidata_id="Q1")
    make_person("Ben Roe", wikidata_id="Q1")
    make_person("Pia Berg")
    assert reasons() == ["Same Wikidata identifier: Q1."]


def share_claims(one, other, count):
    for at in range(count):
        property = make_property(f"p{at}")
        make_claim(one, property, f"a{at}", text="The same")
        make_claim(other, property, f"b{at}", text="the same!")


def test_it_finds_records_that_share_answers():
    one, other = make_person("Ida Moll"), make_person("Ben Roe")
    share_claims(one, other, ENOUGH_CLAIMS)
    assert reasons() == ["They share 2 answers."]


def test_one_shared_answer_is_no_reason_alone():
    one, other = make_person("Ida Moll"), make_person("Ben Roe")
    share_claims(one, other, 1)
    assert duplicates() == []


def test_one_shared_answer_is_a_further_reason():
    one, other = make_person("Ida Moll"), make_person("Moll Ida")
    share_claims(one, other, 1)
    assert reasons()[1:] == ["They share one answer."]


def test_an_answer_that_many_share_tells_nothing():
    property, second = make_property("p1"), make_property("p2")
    for letter in "abcdefgh"[: MOST_SHARING + 1]:
        person = make_person(f"{letter * 9} Moll")
        make_claim(person, property, f"x{letter}", text="Denmark")
        make_claim(person, second, f"y{letter}", text="Danish")
    assert duplicates() == []


def test_it_remembers_who_was_told_apart():
    first = make_person("Ida Moll")
    second = make_person("Ida Moll", slug="ida-2")
    Distinction(first=second, second=first, reason="Born in other years.").save()
    assert duplicates() == []


def test_it_leaves_out_what_is_merged_already():
    first = make_organisation("Gull Media")
    second = make_organisation("Gull Media", slug="gull-2")
    Organisation.objects.filter(pk=second.pk).update(merged_into=first)
    second.refresh_from_db()
    Alias(entity=second, text="Gull Media Ltd").save()
    make_organisation("Gull Media Ltd")
    assert duplicates() == []


def test_it_puts_the_strongest_reasons_first():
    make_person("Marcus Andreessen")
    make_person("Marcus Andreesen", slug="alike")
    make_person("Andreessen Marcus", slug="order", wikidata_id="Q5")
    make_person("Zoe Zimmer", wikidata_id="Q5")
    assert pairs() == [
        ("order", "zoe-zimmer"),
        ("marcus-andreessen", "order"),
        ("marcus-andreessen", "alike"),
        ("alike", "order"),
    ]


def test_it_asks_the_database_a_few_times_however_many_there_are(
    django_assert_num_queries,
):
    for at in range(30):
        make_person(f"Person Number {at}")
    with django_assert_num_queries(5):
        duplicates()


@pytest.mark.slow
def test_the_demonstration_data_has_none(capsys):
    call_command("loaddemo")
    assert pairs() == []
