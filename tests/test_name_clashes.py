"""Names and addresses that look alike: one record, or refused at its field."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.exceptions import ValidationError

from entities.models import Alias, Entity, Person
from tests.cast import Cast, make_person

pytestmark = pytest.mark.django_db
# The same to a reader, and not the same characters.
EMILE = "Émile Ørsted"
ALIKE = [unicodedata.normalize("NFD", EMILE), f" {EMILE}  ", f"{EMILE}\u200b"]


def added(entity: Entity, text: str) -> Alias:
    alias = Alias(entity=entity, text=text)
    alias.full_clean()
    alias.save()
    return alias


@pytest.mark.parametrize("text", ALIKE)
def test_case_43_an_alias_that_looks_the_same_is_refused(cast: Cast, text: str) -> None:
    added(cast.ada, EMILE)
    with pytest.raises(ValidationError) as refusal:
        added(cast.ada, text)
    assert "text" in refusal.value.message_dict or "already" in str(refusal.value)


@pytest.mark.parametrize(
    "slug",
    ["Ada-vance", "ada-vance ", "ada‐vance", "ada-vance\n", "ａda-vance", "ada-vancé"],
)
def test_case_43_an_address_that_looks_the_same_is_refused(
    cast: Cast, slug: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        Person(name="Another", slug=slug).full_clean()
    assert "slug" in refusal.value.message_dict


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Işıl İnan", "isil inan"),
        ("Işıl İnan", "IŞIL INAN"),
        ("Émile Ørsted", "emile orsted"),
        ("Ｗｅｎｄｙ Straße", "wendy strasse"),
        (unicodedata.normalize("NFD", "Zoë Nuñez"), "zoë nuñez"),
    ],
)
def test_case_43_a_namesake_is_found_however_it_is_typed(name: str, typed: str) -> None:
    person = make_person(name, slug="namesake")
    assert [one.pk for one in Entity.objects.named(typed)] == [person.pk]


def test_case_43_who_is_called_otherwise_is_not(cast: Cast) -> None:
    """The control."""
    assert not Entity.objects.named("ada vanche").exists()
    added(cast.ada, EMILE)
    added(cast.ada, "Emile Orsted")
