"""Whoever saves second is shown what was, what is and what they typed; 409."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from entities.models import Alias, Person
from sources.models import Claim, Evidence, SourceText
from tests.cast import make_claim, make_person
from tests.typing_in import errors, fields, fill, row, save

LONG = "One sentence that stands. " * 12


@pytest.fixture
def both(editor: Any, second_editor: Any) -> tuple[Client, Client]:
    first, second = Client(), Client()
    first.force_login(editor)
    second.force_login(second_editor)
    return first, second


def change(record: Any) -> str:
    meta = record._meta
    return f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/change/"


def words(page: Any) -> str:
    text = re.sub(r"<(script|style).*?</\1>", " ", page.text, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def clash(both: Any, record: Any, theirs: Any, mine: Any) -> Any:
    """Both open it, the first saves theirs, the second mine; the second's page."""
    address = change(record)
    form = fill(both[1], address, **mine)
    assert errors(save(both[0], address, **theirs)) == []
    return both[1].post(address, form)


def test_case_01_the_second_is_shown_what_was_is_and_what_they_typed(
    cast: Any, both: Any
) -> None:
    mine = {"summary": "Mine.", "given_name": "Augusta"}
    theirs = {"summary": "Theirs.", "family_name": "Vane", "change_reason": "She said."}
    page = clash(both, cast.ada, theirs, mine)
    assert page.status_code == 409
    told = words(page)
    assert "edith changed it at" in told and "“She said.”" in told
    assert "Summary (blank) Theirs. Mine. both of you yours" in told
    assert "Family name Vance Vane Vance they theirs, taken over" in told
    assert "Given name Ada Ada Augusta you yours" in told
    cast.ada.refresh_from_db()
    assert (cast.ada.summary, cast.ada.given_name) == ("Theirs.", "Ada")
    assert cast.ada.history.count() == 2


def test_case_01_saving_again_puts_both_together(cast: Any, both: Any) -> None:
    mine = {"summary": "Mine.", "given_name": "Augusta"}
    page = clash(both, cast.ada, {"summary": "Theirs.", "family_name": "Vane"}, mine)
    again = both[1].post(change(cast.ada), fields(page))
    assert again.status_code == 302
    cast.ada.refresh_from_db()
    assert cast.ada.summary == "Mine."
    assert (cast.ada.given_name, cast.ada.family_name) == ("Augusta", "Vane")
    assert cast.ada.history.latest().history_user.username == "edgar"


def test_case_01_a_third_save_meanwhile_conflicts_again(cast: Any, both: Any) -> None:
    page = clash(both, cast.ada, {"summary": "One."}, {"summary": "Mine."})
    save(both[0], change(cast.ada), summary="Two.")
    again = both[1].post(change(cast.ada), fields(page))
    assert again.status_code == 409
    assert "Summary One. Two. Mine." in words(again)


def test_case_01_long_texts_show_what_changed_in_them(cast: Any, both: Any) -> None:
    save(both[0], change(cast.ada), summary=LONG)
    theirs, mine = LONG + "They add.", "I begin. " + LONG
    page = clash(both, cast.ada, {"summary": theirs}, {"summary": mine})
    assert re.search(r"<ins>\s*They add\.\s*</ins>", page.text)
    assert re.search(r"<ins>\s*I begin\.\s*</ins>", page.text)
    assert "I begin." in fields(page)["summary"]


def test_case_01_relations_and_choices_are_named(cast: Any, both: Any) -> None:
    page = clash(
        both,
        make_claim(
            cast.quiet, cast.founder_of, "a-draft", object=cast.ada, status="draft"
        ),
        {"subject": cast.northwind.pk, "sensitivity": "family"},
        {"status": "in_review"},
    )
    told = words(page)
    assert "Subject Quiet Draft Northwind Labs Quiet Draft they" in told
    assert "Sensitivity (blank) Family (blank) they" in told


def test_case_03_the_same_person_in_two_tabs(cast: Any, both: Any) -> None:
    one = fill(both[0], change(cast.ada), summary="One.")
    two = fill(both[0], change(cast.ada), summary="Two.")
    assert both[0].post(change(cast.ada), one).status_code == 302
    page = both[0].post(change(cast.ada), two)
    assert page.status_code == 409
    assert "Summary (blank) One. Two." in words(page)


def test_case_04_a_row_changed_alone_is_not_written_over(cast: Any, both: Any) -> None:
    evidence = Evidence.objects.get(slug="founded-2015-herald-report")
    address = change(cast.founded_2015)
    form = fill(both[0], address, **{"evidence-0-hedge": "she says"})
    save(both[1], change(evidence), note="Theirs.")
    page = both[0].post(address, form)
    assert page.status_code == 409
    assert "Note (blank) Theirs. (blank) they theirs, taken over" in words(page)
    again = both[0].post(address, fields(page))
    assert again.status_code == 302
    evidence.refresh_from_db()
    assert (evidence.note, evidence.hedge) == ("Theirs.", "she says")


def test_case_04_a_row_deleted_alone_gives_back_what_was_typed(
    cast: Any, both: Any
) -> None:
    alias = Alias(entity=cast.ada, text="A. Vance")
    alias.save()
    form = fill(both[0], change(cast.ada), **{"aliases-0-text": "Ada V."})
    form |= {"summary": "Mine."}
    alias.delete()
    page = both[0].post(change(cast.ada), form)
    assert page.status_code == 409
    assert "A row was deleted meanwhile" in words(page) and "Ada V." in words(page)
    again = both[0].post(change(cast.ada), fields(page))
    assert again.status_code == 302
    cast.ada.refresh_from_db()
    assert cast.ada.summary == "Mine."


def test_case_04_a_row_that_changed_is_not_deleted(cast: Any, both: Any) -> None:
    alias = Alias(entity=cast.ada, text="A. Vance")
    alias.save()
    form = fill(both[0], change(cast.ada), **{"aliases-0-DELETE": "on"})
    save(both[1], change(alias), text="Ada V.")
    page = both[0].post(change(cast.ada), form)
    assert page.status_code == 409
    assert Alias.objects.get().text == "Ada V."


def test_case_05_a_relation_set_from_the_other_side_is_kept(
    cast: Any, both: Any
) -> None:
    """“Contradicts” is kept both ways: the other claim's open form is stale too."""
    form = fill(both[1], change(cast.founded_2016), statement="Mine.")
    theirs = {"contradicts": [cast.founded_2016.pk]}
    assert errors(save(both[0], change(cast.founded_2015), **theirs)) == []
    page = both[1].post(change(cast.founded_2016), form)
    assert page.status_code == 409
    again = both[1].post(change(cast.founded_2016), fields(page))
    assert again.status_code == 302
    claim = Claim.objects.get(slug="founded-2016")
    assert claim.statement == "Mine."
    assert list(claim.contradicts.all()) == [cast.founded_2015]


@pytest.mark.parametrize("seen", ["", "abc", "-1", "1" + "0" * 23, "1.5"])
def test_case_10_no_version_no_save(cast: Any, both: Any, seen: str) -> None:
    address = change(cast.ada)
    sent = fill(both[0], address, summary="Mine.") | {"seen_version": seen}
    page = both[0].post(address, sent)
    assert page.status_code == 400
    assert "does not say which version" in errors(page)[0]
    assert "Mine." in page.text
    assert Person.objects.get(pk=cast.ada.pk).summary == ""


def test_case_10_a_version_that_is_to_come_is_a_conflict(cast: Any, both: Any) -> None:
    address = change(cast.ada)
    sent = fill(both[0], address, summary="Mine.") | {"seen_version": "77"}
    assert both[0].post(address, sent).status_code == 409


def test_case_08_a_stale_deletion_is_refused(both: Any) -> None:
    person = make_person("Gone Soon")
    address = change(person).replace("/change/", "/delete/")
    confirmed = fill(both[1], address)
    save(both[0], change(person), summary="Wait.")
    page = both[1].post(address, confirmed)
    assert page.status_code == 409
    assert "edith changed this record" in words(page)
    assert "Summary: now “Wait.”" in words(page)
    assert Person.objects.filter(pk=person.pk).exists()
    assert both[1].post(address, fields(page)).status_code == 302
    assert not Person.objects.filter(pk=person.pk).exists()


def test_case_08_what_goes_along_may_be_stale_too(cast: Any, both: Any) -> None:
    person = make_person("Gone Soon")
    address = change(person).replace("/change/", "/delete/")
    confirmed = fill(both[1], address)
    save(both[0], change(person), **row("aliases", 0, text="G. S."))
    assert both[1].post(address, confirmed).status_code == 409
    assert both[1].post(address, {"post": "yes"}).status_code == 409
    assert Person.objects.filter(pk=person.pk).exists()


def test_case_08_a_stale_list_takes_no_action(cast: Any, both: Any) -> None:
    evidence = Evidence.objects.get(slug="founded-2016-post-story")
    listed = both[1].get("/admin/sources/evidence/")
    seen = f"{evidence.pk}:{evidence.version}"
    assert f'name="seen" value="{seen}"' in listed.text
    save(both[0], change(evidence), hedge="it is said")
    sent = {"action": "confirm_all", "_selected_action": [evidence.pk]}
    sent |= {"seen": [seen], "apply": "yes"}
    page = both[1].post("/admin/sources/evidence/", sent)
    assert page.status_code == 409
    assert "caveat: now “it is said”" in words(page)
    assert Evidence.objects.get(pk=evidence.pk).confirmed_by == "Demo desk"


@pytest.mark.parametrize("action", ["publish", "delete_selected"])
def test_case_08_a_stale_confirmation_does_nothing(
    both: Any, action: str, cast: Any
) -> None:
    person = make_person("Gone Soon", status="draft")
    people = "/admin/entities/person/"
    asked = both[1].post(people, {"action": action, "_selected_action": [person.pk]})
    sent = fields(asked) | {"action": action}
    save(both[0], change(person), summary="Wait.")
    assert both[1].post(people, sent).status_code == 409
    assert Person.objects.get(pk=person.pk).status == "draft"
    sent["seen"] = f"{person.pk}:2"
    assert both[1].post(people, sent).status_code == 302


def test_case_08_a_record_that_went_is_said_to_have(cast: Any, both: Any) -> None:
    person = make_person("Gone Soon", status="draft")
    sent = {"action": "publish", "_selected_action": [person.pk]}
    sent["seen"] = [f"{person.pk}:1"]
    person.delete()
    page = both[1].post("/admin/entities/person/", sent)
    assert page.status_code == 409
    assert "deleted by someone else" in words(page)


def test_case_15_an_article_of_ten_megabytes_is_saved(cast: Any, both: Any) -> None:
    text = "All human beings are born free, say 人人生而自由. " * 230_000
    assert len(text.encode()) > 10_000_000
    typed = row("text", 0, text=text) | {"text-INITIAL_FORMS": "0"}
    source = cast.post
    SourceText.objects.get(source=source).delete()
    page = both[0].post(change(source), fill(both[0], change(source), **typed))
    assert page.status_code == 302
    assert SourceText.objects.get(source=source).text == text


def test_case_16_a_form_of_500_rows_is_read(cast: Any, both: Any) -> None:
    typed: dict[str, Any] = {}
    for number in range(350):
        typed |= row("aliases", number, text=f"Ada {number}")
    form = fill(both[0], change(cast.ada), **typed)
    assert len(form) > 1000
    assert both[0].post(change(cast.ada), form).status_code == 302
    assert Alias.objects.filter(entity=cast.ada).count() == 350
