"""An editor adds a person, a source with its text, a claim, its evidence; publishes."""

from __future__ import annotations

from typing import Any

import pytest

from entities.models import Person
from sources.models import Claim, Evidence, Source
from tests.cast import make_property
from tests.typing_in import errors, messages, row, save

TEXT = "Mira Holm was born in Bergen in 1970.\nShe lives in Oslo."


@pytest.fixture
def desk(settings: Any, editor: Any, client: Any) -> Any:
    """A desk of one person, signed in."""
    settings.ONE_PERSON_DESK = True
    client.force_login(editor)
    return client


def add_person(client: Any, **typed: Any) -> Any:
    return save(client, "/admin/entities/person/add/", name="Mira Holm", **typed)


def add_source(client: Any, **typed: Any) -> Any:
    text = row("text", 0, text=TEXT.replace("\n", "\r\n"))
    typed = {"title": "A life", "status": "published"} | typed
    return save(client, "/admin/sources/source/add/", **text, **typed)


def add_claim(client: Any, **typed: Any) -> Any:
    born = make_property("born_on", "date")
    source = Source.objects.get(slug="a-life")
    evidence = row("evidence", 0, source=source.pk, quote="in 1970", stance="supports")
    value = {"subject": Person.objects.get().pk, "property": born.pk, "date": "1970"}
    value |= {"statement": "Mira Holm was born in 1970.", **evidence}
    return save(client, "/admin/sources/claim/add/", **value | typed)


def test_it_works(desk: Any) -> None:
    page = add_person(
        desk, family_name="Holm", status="published", **row("aliases", 0, text="M. H.")
    )
    assert errors(page) == []
    person = Person.objects.get()
    assert (person.slug, person.created_by.username) == ("mira-holm", "edith")
    assert [alias.text for alias in person.aliases.all()] == ["M. H."]
    add_source(desk)
    source = Source.objects.get()
    assert source.text.text == TEXT
    page = add_claim(
        desk, status="published", **{"evidence-0-confirm": "on"}, change_reason="Found."
    )
    assert errors(page) == []
    claim = Claim.objects.get()
    evidence = Evidence.objects.get()
    assert (claim.slug, claim.is_public) == ("mira-holm-born-on-1970", True)
    assert (evidence.status, evidence.anchor) == ("published", "verified")
    assert TEXT[evidence.start : evidence.end] == "in 1970"
    assert evidence.confirmed_by == "edith"
    assert claim.history.latest().history_change_reason == "Found."


def test_readers_see_the_page_change(desk: Any) -> None:
    add_person(desk, status="published")
    add_source(desk)
    add_claim(desk, status="published", **{"evidence-0-confirm": "on"})
    claim = Claim.objects.get()
    address = f"/admin/sources/claim/{claim.pk}/change/"
    assert 'class="viewsitelink"' in desk.get(address).text
    page = desk.get("/claims/mira-holm-born-on-1970/")
    assert "Mira Holm was born in 1970." in page.text
    save(desk, address, status="withdrawn")
    assert desk.get("/claims/mira-holm-born-on-1970/").status_code == 410
    assert 'class="viewsitelink"' not in desk.get(address).text


def test_a_claim_without_confirmed_evidence_is_not_published(desk: Any) -> None:
    add_person(desk, status="published")
    add_source(desk)
    page = add_claim(desk, status="published")
    assert any("someone has confirmed" in words for words in errors(page))
    assert "Mira Holm was born in 1970." in page.text
    assert not Claim.objects.exists()


def test_a_form_saved_untouched_changes_nothing(desk: Any) -> None:
    add_person(desk, **row("aliases", 0, text="M. H."))
    add_source(desk)
    add_claim(desk)
    records = [Person.objects.get(), Source.objects.get(), Claim.objects.get()]
    for record in [*records, records[1].text, Evidence.objects.get()]:
        meta = record._meta
        address = f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/change/"
        page = save(desk, address)
        assert messages(page) == ["Nothing was changed, so nothing was saved."]
        before = record.version
        record.refresh_from_db()
        assert record.version == before
        assert record.history.count() == before


def test_it_makes_a_free_slug(desk: Any) -> None:
    add_person(desk)
    add_person(desk)
    save(desk, "/admin/entities/person/add/", name="梁文锋")
    slugs = set(Person.objects.values_list("slug", flat=True))
    assert slugs == {"mira-holm", "mira-holm-2", "person"}


def test_a_quote_that_is_not_in_our_copy_is_said_to_be(desk: Any) -> None:
    add_person(desk)
    add_source(desk)
    page = add_claim(desk, **{"evidence-0-quote": "in 1971"})
    assert "“in 1971” in “A life”: not found." in messages(page)
