"""Bad input gets a message at its field, and what was typed is kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError

from entities.models import Alias, Person
from sources.models import Claim, SourceText
from tests.cast import HERALD_TEXT, make_claim, make_property
from tests.typing_in import errors, fill, row, save


@pytest.fixture
def desk(editor: Any, client: Any) -> Any:
    client.force_login(editor)
    return client


def at_fields(page: Any) -> dict[str, list[str]]:
    """By field, the messages of the main form."""
    form = page.context["adminform"].form
    return {name: list(found) for name, found in form.errors.items()}


AMOUNT = {"date": "", "amount": "6", "unit": "USD", "bound": "exactly"}


CLAIM_CASES: list[tuple[dict[str, Any], str, str]] = [
    ({"date": "yesterday"}, "date", "yesterday"),
    ({"date": "2023-02-30"}, "date", "2023-02-30"),
    ({"date": ""}, "date", "exactly one value"),
    ({"text": "long ago"}, "text", "answered by a date"),
    ({"no_value": "on"}, "no_value", "exactly one value"),
    ({"date": "", "text": "long ago"}, "text", "answered by a date"),
    ({"unit": "USD"}, "amount", "unit"),
    ({"during": "2024/2023"}, "during", "2024"),
    ({"subject": ""}, "subject", "required"),
    ({"subject": "999999"}, "subject", "valid choice"),
    ({"subject": "x"}, "subject", "valid choice"),
    ({"subject": "9" * 30}, "subject", "valid choice"),
    ({"contradicts": ["x", "-1"]}, "contradicts", "not a valid value"),
    ({"slug": "founded-2016"}, "slug", "already exists"),
    ({"statement": "Said \x00 so."}, "statement", "Null characters"),
    ({"qualifier": "a\u202eb"}, "qualifier", "reading direction"),
    ({"statement": "   "}, "statement", "required"),
    ({"date": "2016"}, "date", "exists already"),
    ({"status": "gone"}, "status", "valid choice"),
    ({"property": "cost"} | AMOUNT | {"bound": ""}, "bound", "A number needs"),
    ({"property": "cost"} | AMOUNT | {"unit": ""}, "unit", "A number needs"),
    ({"property": "cost"} | AMOUNT | {"bound": "between"}, "amount_high", "higher"),
    ({"property": "cost"} | AMOUNT | {"amount": "1e999"}, "amount", "digits"),
    ({"property": "cost"} | AMOUNT | {"amount": "NaN"}, "amount", "number"),
    (
        {"property": "cost"} | AMOUNT | {"amount": "1234567890123456"},
        "amount",
        "digits",
    ),
]
EVIDENCE_CASES = [
    ({"quote": ""}, "Quote the words"),
    ({"stance": "silent"}, "cannot be quoted"),
    ({"start": "7", "end": "5"}, "characters long, the place -2"),
    ({"start": "0", "end": "7"}, "other words at this place"),
    ({"end": "9999"}, "characters long"),
    ({"start": "-1"}, "greater than or equal to 0"),
    ({"speaker_label": "a friend"}, "not both"),
    ({"is_inferred": "on"}, "Say what the inference is"),
]


def test_a_claims_message_stands_at_its_field(cast: Any, desk: Any) -> None:
    Claim.objects.by_key("founded-2015").update(status="draft")
    address = f"/admin/sources/claim/{cast.founded_2015.pk}/change/"
    for typed, field, message in CLAIM_CASES:
        of = {"property": cast.cost.pk} if "property" in typed else {}
        page = save(desk, address, **typed | of)
        assert page.status_code == 200, typed
        assert message in " ".join(at_fields(page).get(field, [])), typed
        cast.founded_2015.refresh_from_db()
        # The write round the forms raised it.
        assert cast.founded_2015.version == 2


def test_case_34_evidence_is_told_at_its_field_too(cast: Any, desk: Any) -> None:
    address = f"/admin/sources/claim/{cast.founded_2015.pk}/change/"
    for typed, message in EVIDENCE_CASES:
        row = {f"evidence-0-{name}": value for name, value in typed.items()}
        page = save(desk, address, **row)
        assert page.status_code == 200, typed
        assert any(message in words for words in errors(page)), typed


def test_a_source_is_told_of_a_circle(cast: Any, desk: Any) -> None:
    address = f"/admin/sources/source/{cast.herald.pk}/change/"
    typed = {"derived_from": cast.courier.pk, "lineage": "derived"}
    page = save(desk, address, **typed)
    assert "a circle" in at_fields(page)["derived_from"][0]
    page = save(desk, address, derived_from=cast.post.pk)
    assert "Set “where it came from”" in at_fields(page)["lineage"][0]
    page = save(desk, address, url="javascript:alert(1)")
    assert "url" in at_fields(page)


def test_case_43_the_same_alias_twice_is_refused_at_its_field(
    cast: Any, desk: Any
) -> None:
    Alias(entity=cast.ada, text="A. V.").save()
    address = "/admin/entities/alias/add/"
    page = save(desk, address, entity=cast.ada.pk, text="A. V.")
    assert "already exists" in at_fields(page)["text"][0]
    ada = f"/admin/entities/person/{cast.ada.pk}/change/"
    page = save(desk, ada, **row("aliases", 1, text="A. V."))
    assert any("already exists" in words for words in errors(page))


def test_what_only_the_database_sees_comes_back_as_a_message(
    cast: Any, desk: Any, monkeypatch: Any
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise IntegrityError("CHECK constraint failed: of_another_day")

    monkeypatch.setattr(Person, "save", refuse)
    address = f"/admin/entities/person/{cast.ada.pk}/change/"
    page = save(desk, address, summary="What I typed.")
    assert page.status_code == 200
    assert "The database refuses this" in errors(page)[0]
    assert "What I typed." in page.text


def test_case_38_a_text_keeps_its_line_ends_and_outer_spaces(
    cast: Any, desk: Any
) -> None:
    text = SourceText.objects.get(source=cast.herald)
    text.text = "\n  " + HERALD_TEXT + "\n\nMore. \U0001f600\n"
    text.save()
    address = f"/admin/sources/source/{cast.herald.pk}/change/"
    sent = fill(desk, address)
    assert "\r\n\r\nMore." in sent["text-0-text"]
    save(desk, address, title="The report")
    before = text.version
    text.refresh_from_db()
    assert text.version == before
    assert text.text.startswith("\n  Ada")
    assert text.history.count() == 2


def test_case_42_a_record_that_others_cite_is_not_deleted(
    cast: Any, administrator: Any, client: Any
) -> None:
    client.force_login(administrator)
    address = f"/admin/entities/person/{cast.ada.pk}/delete/"
    page = client.get(address)
    assert page.status_code == 200
    assert "would require deleting the following protected" in page.text
    assert Person.objects.filter(pk=cast.ada.pk).exists()


def test_case_42_of_very_much_that_cites_it_the_first_are_named(
    cast: Any, administrator: Any, client: Any, monkeypatch: Any
) -> None:
    client.force_login(administrator)
    address = f"/admin/entities/person/{cast.ada.pk}/delete/"
    make_claim(cast.ada, make_property("died_on", "date"), "ada-died", date="2060")
    about = Claim.objects.about(cast.ada).count()
    assert client.get(address).text.count("<li>Claim: <a") >= about > 1
    monkeypatch.setattr("sources.admin.standing.MOST_NAMED", 1)
    page = client.get(address)
    assert f"and {about - 1} more claims" in page.text
    assert client.post(address, {"post": "yes"}).status_code == 409
    assert Person.objects.filter(pk=cast.ada.pk).exists()


def test_the_vocabulary_is_told_too(cast: Any, administrator: Any, client: Any) -> None:
    client.force_login(administrator)
    made = make_property("born_on", "date")
    address = f"/admin/sources/property/{made.pk}/change/"
    page = save(client, address, question="When?", key="Born On", tolerance="x")
    assert {"question", "key", "tolerance"} <= at_fields(page).keys()
    page = save(client, address, subject_kinds=["person", "event"])
    assert errors(page) == []
    made.refresh_from_db()
    assert made.subject_kinds == ["person", "event"]
