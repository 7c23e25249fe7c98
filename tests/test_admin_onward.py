"""“Save and next”, and a new claim that begins as a copy."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from sources.models import Claim, Evidence
from tests.cast import make_organisation, make_person
from tests.typing_in import errors, fields, fill, messages


@pytest.fixture
def desk(cast: Any, editor: Any, client: Any) -> Any:
    client.force_login(editor)
    return client


def page_of(record: Any, filters: str | None = None) -> str:
    meta = record._meta
    query = "" if filters is None else "?" + urlencode({"_changelist_filters": filters})
    return f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/change/{query}"


def save_and_next(client: Any, address: str, **typed: Any) -> Any:
    form = fill(client, address, **typed)
    return client.post(address, {**form, "_next": "Save and next"}, follow=True)


def opened(page: Any) -> Any:
    return page.context.get("original")


def test_it_saves_and_opens_the_next_of_the_list(cast: Any, desk: Any) -> None:
    drafts = [make_person(f"Draft {n}", status="draft") for n in range(2)]
    make_person("Draft 0a")
    filters = "q=draft&status__exact=draft"
    page = save_and_next(desk, page_of(drafts[0], filters), status="published")
    assert opened(page) == drafts[1]
    page = save_and_next(desk, address_of(page), name="Zoe")
    assert opened(page) == cast.quiet, "under its new name it comes later, not its next"
    page = save_and_next(desk, address_of(page))
    assert opened(page) == drafts[1]
    page = save_and_next(desk, address_of(page))
    assert messages(page)[-1] == "That was the last of the list."
    assert address_of(page) == f"/admin/entities/person/?{filters}"


def address_of(page: Any) -> str:
    return f"{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"


@pytest.mark.parametrize("table", ["claim", "source", "evidence"])
def test_it_goes_from_the_newest_to_the_older(table: str, cast: Any, desk: Any) -> None:
    newest, older = {
        "claim": (cast.quiet_claim, cast.cost_less),
        "source": (cast.post, cast.courier),
        "evidence": tuple(Evidence.objects.order_by("-pk")[:2]),
    }[table]
    assert opened(save_and_next(desk, page_of(newest))) == older


@pytest.mark.parametrize("filters", ["nonsense=1", "p=999", "status__exact=no", "%00"])
def test_filters_that_make_no_sense_are_answered(
    filters: str, cast: Any, desk: Any
) -> None:
    page = save_and_next(desk, page_of(make_organisation("A First One"), filters))
    assert page.status_code == 200


def test_what_is_refused_stays_open(cast: Any, desk: Any) -> None:
    page = save_and_next(desk, page_of(cast.ada), name="")
    assert errors(page) == ["This field is required."]
    assert opened(page) == cast.ada


def test_only_a_record_that_stands_has_a_next(cast: Any, desk: Any) -> None:
    assert 'name="_next"' in desk.get(page_of(cast.ada)).text
    assert 'name="_next"' not in desk.get("/admin/entities/person/add/").text
    assert 'name="_next"' not in desk.get(page_of(cast.ada) + "?_popup=1").text


def test_a_copy_is_offered_and_not_saved(cast: Any, desk: Any) -> None:
    assert (
        "/admin/sources/claim/add/?copy=cost-about"
        in desk.get(page_of(cast.cost_about)).text
    )
    count = Claim.objects.count()
    page = desk.get("/admin/sources/claim/add/?copy=cost-about")
    assert "not saved yet" in messages(page)[0]
    form = fields(page)
    assert form["subject"] == str(cast.northwind.pk)
    assert (float(form["amount"]), form["unit"]) == (6_000_000, "USD")
    assert (form["slug"], form["status"]) == ("", "draft")
    assert form["evidence-TOTAL_FORMS"] == "2"
    assert form["evidence-0-quote"] == "about $6 million"
    assert "evidence-0-confirm" not in form and form["evidence-0-status"] == "draft"
    assert Claim.objects.count() == count


def test_a_copy_is_saved_as_a_claim_of_its_own(cast: Any, desk: Any) -> None:
    address = "/admin/sources/claim/add/?copy=cost-about"
    form = fill(desk, address, amount="7000000", statement="It spent seven.")
    assert desk.post(address, form).status_code == 302
    claim = Claim.objects.get(statement="It spent seven.")
    assert (claim.status, claim.slug != "cost-about") == ("draft", True)
    passages = claim.evidence.all()
    assert {one.quote for one in passages} == {"about $6 million", "doubt the figure"}
    assert {(one.status, one.confirmed_by) for one in passages} == {("draft", "")}
    assert Evidence.objects.on([cast.cost_about]).count() == 2


def test_a_copy_left_as_it_is_is_refused(cast: Any, desk: Any) -> None:
    address = "/admin/sources/claim/add/?copy=cost-about"
    page = desk.post(address, fill(desk, address))
    assert "This claim exists already: add evidence to it instead." in errors(page)
    assert fields(page)["evidence-1-quote"] == "doubt the figure"


def test_a_copy_of_nothing_is_an_empty_form(cast: Any, desk: Any) -> None:
    page = desk.get("/admin/sources/claim/add/?copy=no-such-claim")
    assert page.status_code == 200
    assert fields(page)["statement"] == ""
