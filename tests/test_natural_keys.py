"""Records are found again by their natural key; what cannot be one is refused."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import TestCase

from entities.models import Person
from sources.exchange.kinds import ORDER
from sources.models import Evidence, SourceText
from tests.cast import make_claim, make_source


class TestNaturalKeys(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("loaddemo", stdout=StringIO())

    def test_each_kind_is_found_by_its_key(self):
        for kind in ORDER:
            record = kind.model.objects.first()
            if record is not None:
                key = record.natural_key()
                assert kind.model.objects.get_by_natural_key(*key) == record, kind

    def test_data_is_loaded_into_a_new_database_only(self):
        said = StringIO()
        call_command("loaddemo", if_new=True, stdout=said)
        assert "nothing loaded" in said.getvalue()


def test_case_43_it_refuses_capitals_in_an_address(db):
    with pytest.raises(ValidationError, match="small letters"):
        Person(name="Ada", slug="Ada-Vance").full_clean()


def test_a_text_is_found_by_its_source(cast):
    text = cast.post.text
    assert text.natural_key() == (cast.post.slug,)
    assert SourceText.objects.get_by_natural_key(*text.natural_key()) == text


def test_it_refuses_an_empty_text(cast):
    with pytest.raises(ValidationError, match="Paste the text"):
        SourceText(source=cast.post, text=" \n ").clean()


def test_it_refuses_a_quotation_from_a_rewrite(cast):
    spun = make_source("spun", genre="rewrite")
    claim = make_claim(cast.ada, cast.cost, "spent", text="", no_value=True)
    evidence = Evidence(
        slug="e", claim=claim, source=spun, quote="x", form="verbatim_speech"
    )
    with pytest.raises(ValidationError, match="not verbatim"):
        evidence.full_clean()
