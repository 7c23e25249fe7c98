from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from entities.models import Alias, Distinction, Entity, Organisation, Person, Redirect
from entities.records import StaleRecord
from sources.models import Claim, Evidence, Source, SourceText
from sources.models.sources import fingerprint
from tests.cast import (
    cite,
    make_claim,
    make_event,
    make_organisation,
    make_person,
    make_property,
    make_source,
)
from tests.rush import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_person("Ada Vance", family_name="Vance", given_name="Ada")


def read(record):
    return type(record).objects.get(pk=record.pk)


def rename(record, slug):
    record = read(record)
    record.slug = slug
    record.save()
    return record


def test_it_works(ada):
    ada.summary = "She founded a company."
    ada.save()
    assert (ada.version, ada.history.count()) == (2, 2)
    newest, oldest = ada.history.order_by("-history_id")
    assert (newest.summary, oldest.summary) == ("She founded a company.", "")


def test_it_keeps_the_first_of_two_changes(ada):
    mine, theirs = read(ada), read(ada)
    theirs.name = "Ada Stone"
    theirs.save()
    mine.name = "Ada Cliff"
    with pytest.raises(StaleRecord):
        mine.save()
    assert read(ada).name == "Ada Stone"
    assert (mine.version, ada.history.count()) == (1, 2)


def test_it_refuses_to_save_what_was_deleted_meanwhile(ada):
    mine = read(ada)
    read(ada).delete()
    with pytest.raises(StaleRecord):
        mine.save()


def test_it_raises_the_version_with_some_columns_too(ada):
    ada.summary = "She founded a company."
    ada.save(update_fields=["summary"])
    assert (read(ada).version, read(ada).summary) == (2, "She founded a company.")


def test_it_writes_nothing_that_could_not_be_settled(ada, monkeypatch):
    ada.name = "Ada Stone"
    monkeypatch.setattr(Entity, "followers", [lambda record: 1 / 0])
    with pytest.raises(ZeroDivisionError):
        ada.save()
    assert (ada.version, read(ada).version, read(ada).name) == (1, 1, "Ada Vance")
    assert ada.history.count() == 1


def test_it_remembers_what_it_read_again(ada):
    mine = read(ada)
    rename(ada, "ada-stone")
    mine.refresh_from_db()
    assert mine.stored("slug") == "ada-stone"
    mine.save()
    assert Redirect.objects.count() == 1


def test_it_reads_one_column_again_without_forgetting_a_change(ada):
    ada.slug = "ada-stone"
    ada.refresh_from_db(fields=["version"])
    ada.save()
    assert Redirect.objects.target("person", "ada-vance") == "ada-stone"


def test_it_knows_a_column_that_it_reads_late(ada):
    late = Person.objects.only("name").get(pk=ada.pk)
    assert late.slug == late.stored("slug") == "ada-vance"


@pytest.mark.django_db(transaction=True)
def test_it_lets_one_of_many_editors_win():
    ada = make_person("Ada Vance")

    def edit(name):
        mine = read(ada)
        mine.name = name
        return mine.save

    refused = at_once(*(partial(edit, f"Ada {number}") for number in range(4)))
    assert [type(error) for error in refused] == [StaleRecord] * 3
    assert (read(ada).version, ada.history.count()) == (2, 2)


def test_it_leads_an_old_address_to_the_new_one(ada):
    rename(rename(ada, "ada-stone"), "ada-cliff")
    assert Redirect.objects.target("person", "ada-vance") == "ada-cliff"
    assert Redirect.objects.target("person", "ada-stone") == "ada-cliff"
    assert Redirect.objects.target("organisation", "ada-stone") is None


def test_it_takes_back_an_old_address(ada):
    rename(rename(ada, "ada-stone"), "ada-vance")
    assert Redirect.objects.target("person", "ada-vance") is None
    assert Redirect.objects.target("person", "ada-stone") == "ada-vance"


def test_it_gives_an_address_to_whoever_had_it_last(ada):
    rename(ada, "ada-stone")
    second = make_person("Ada Vance", slug="ada-vance")
    rename(second, "ada-vance-younger")
    assert Redirect.objects.target("person", "ada-vance") == "ada-vance-younger"


def long_question():
    made_in = make_property("made_in", question="Where was {subject} made?")
    labs = make_organisation("Northwind Labs", slug="n" * 120)
    return make_claim(
        labs, made_in, "made", qualifier="q" * 60, text="Bristol"
    ).question


def test_it_keeps_the_longest_address():
    question = long_question()
    old = question.slug
    assert len(old) > 140
    rename(question, "a-short-one")
    assert Redirect.objects.target("question", old) == "a-short-one"


@pytest.mark.parametrize("make", [make_organisation, make_event])
def test_case_43_it_refuses_an_address_that_another_kind_of_entity_has(ada, make):
    with pytest.raises(ValidationError) as refusal:
        make("Ada Vance")
    assert "slug" in refusal.value.message_dict


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\0b", "NUL character at position 1"),
        ("ab\ud800", "lone surrogate) stands at position 2"),
        ("a\u202eb", "turns the reading direction"),
        ("\u2066ab", "turns the reading direction"),
    ],
)
def test_case_37_it_refuses_text_that_cannot_be_kept(ada, text, message):
    ada.name = text
    with pytest.raises(ValidationError) as refusal:
        ada.full_clean()
    assert message in refusal.value.message_dict["name"][0]


def test_it_lets_a_quoted_text_turn_its_direction():
    source = make_source("post", "He wrote \u202bשלום\u202c.")
    assert "\u202b" in source.text.text


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\ufeffone", "one"),
        ("cafe\u0301", "café"),
        ("  one \n", "  one \n"),
        ("👩‍👩‍👧 ﬁne", "👩‍👩‍👧 ﬁne"),
    ],
)
def test_case_37_it_stores_a_text_in_one_form(pasted, stored):
    source = make_source("post")
    SourceText(source=source, text=pasted).save()
    source = read(source)
    assert source.text.text == stored
    assert source.text_sha256 == fingerprint(stored)


@pytest.mark.parametrize("text", ["a\0b", "a\ud800"])
def test_it_stores_no_text_that_cannot_be_kept(text):
    with pytest.raises(ValidationError):
        SourceText(source=make_source("post"), text=text).save()
    assert not SourceText.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        *("ftp://x.example", "javascript:alert(1)", "//x.org", "data:text/html,x"),
        *(
            "https://good.example@evil.example/",
            "https://x\u202e.example/",
            "http:///x",
        ),
    ],
)
def test_case_49_it_takes_only_addresses_that_a_reader_can_open(address):
    for name in ("url", "archive_url"):
        with pytest.raises(ValidationError) as refusal:
            make_source("post", **{name: address})
        assert name in refusal.value.message_dict


def test_it_sorts_people_by_family_name(ada):
    make_person("Bob Adams", family_name="Adams", given_name="Bob")
    make_person("Zora")
    names = [person.name for person in Person.objects.in_order()]
    assert names == ["Bob Adams", "Ada Vance", "Zora"]


def test_it_finds_an_entity_by_any_of_its_names(ada):
    Alias(entity=ada, text="A. Vance").save()
    assert list(Entity.objects.named("a vance")) == [Entity.objects.get(pk=ada.pk)]
    other = make_person("Abe Vance")
    Alias(entity=other, text="A. Vance").save()
    assert Alias.objects.ambiguous().count() == 2


@pytest.mark.parametrize(
    ("make", "category"), [(make_event, "fund"), (make_organisation, "release")]
)
def test_it_refuses_a_category_of_another_kind(make, category):
    with pytest.raises(ValidationError, match="fits the kind of record"):
        make("Northwind", category=category)


def test_it_keeps_each_kind_apart(ada):
    labs = make_organisation("Northwind Labs")
    assert list(Person.objects.all()) == [ada]
    assert list(Organisation.objects.all()) == [labs]
    assert Entity.objects.get(slug="ada-vance").history.count() == 1


def test_it_keeps_a_name_of_signs_that_stand_for_phrases():
    name = "㍿" * 200
    ada = make_person(name, slug="ada", family_name="㍿" * 100)
    Alias(entity=ada, text=name).save()
    assert Entity.objects.named(name).get().slug == "ada"


def test_it_tells_two_entities_apart_once(ada):
    with pytest.raises(ValidationError, match="two different records"):
        Distinction(first=ada, second=ada, reason="?").full_clean()


def test_the_database_refuses_a_redirect_to_itself():
    with pytest.raises(IntegrityError, match="redirect_leads"), transaction.atomic():
        Redirect(kind="person", old_slug="ada", slug="ada").save()


def test_it_lists_what_keeps_a_record_from_being_deleted(ada):
    labs = make_organisation("Northwind Labs")
    claim = make_claim(labs, make_property("motto"), "motto", text="Onward")
    evidence = cite(claim, make_source("post"), "Onward", speaker=ada)
    with pytest.raises(ProtectedError) as refusal:
        ada.delete()
    assert refusal.value.protected_objects == {evidence}
    for model in (Claim, Evidence, Source):
        assert model.objects.count() == 1


def test_it_keeps_a_deleted_record_in_the_history(ada):
    ada.delete()
    assert [row.history_type for row in Person.history.all()] == ["-", "+"]
