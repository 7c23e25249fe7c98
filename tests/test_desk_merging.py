"""The desk's pages for merging: choosing, what would move, the log, undoing."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from django.core.management import call_command

from entities.models import Entity, Redirect
from sources import settling
from sources.merging import plan, undoing
from sources.models import Claim, Merge
from tests.cast import cite, make_claim, make_organisation, make_person, make_source
from tests.pages import links, read
from tests.tables import contents, differences
from tests.test_merging import merge
from tests.typing_in import errors, messages, save

ADDRESS = "/admin/merge/organisation/labs-inc/northwind-labs/"


@pytest.fixture
def labs(cast: Any) -> Any:
    labs = make_organisation("Labs Inc", summary="Another one.")
    make_source("wire", publisher=labs)
    for slug, date in (("labs-2015", "2015"), ("labs-2011", "2011")):
        cite(
            make_claim(labs, cast.founded_on, slug, date=date),
            cast.post,
            "Vance set up",
        )
    return labs


@pytest.fixture
def desk(cast: Any, labs: Any, editor: Any, client: Any) -> Any:
    client.force_login(editor)
    return client


def test_it_works(desk: Any, labs: Any, cast: Any) -> None:
    words = read(desk, ADDRESS)
    assert "Claims: 1 Claim labs-2011." in words
    assert "“Labs Inc” becomes a name form" in words
    assert "Sources (publisher): 1 Wire" in words
    assert "Summary — Another one." in words
    assert "“Claim labs-2015.” (labs-2015) is left empty as a draft" in words
    before = contents()
    page = save(desk, ADDRESS, reason="One register number.")
    assert errors(page) == []
    assert messages(page) == ["“Labs Inc” is now part of “Northwind Labs”."]
    (done,) = Merge.objects.all()
    assert labs.history.latest().history_user.username == "edith"
    assert "One register number." in read(desk, "/admin/merges/")
    page = save(desk, f"/admin/merges/{done.pk}/")
    assert "All is as it was" in messages(page)[0]
    assert differences(before, contents()) == []
    assert "It was undone on" in read(desk, f"/admin/merges/{done.pk}/")
    page = desk.post(f"/admin/merges/{done.pk}/")
    assert page.status_code == 409
    assert "undone already" in errors(page)[0]


def test_case_41_readers_are_led_on_and_see_what_was_carried(
    desk: Any, cast: Any
) -> None:
    save(desk, ADDRESS, reason="The same.")
    led = {
        "/organisations/labs-inc/": "/organisations/northwind-labs/",
        "/claims/labs-2015/": "/claims/founded-2015/",
        "/questions/labs-inc-founded-on/": "/questions/northwind-labs-founded-on/",
    }
    for old, new in led.items():
        page = desk.get(old)
        assert (page.status_code, page.url) == (301, new)
    words = read(desk, "/questions/northwind-labs-founded-on/")
    assert "2011" in words and "2015: three articles" in words
    assert "Labs Inc" in read(desk, "/organisations/northwind-labs/")
    assert "/claims/labs-2011/" in links(desk, "/questions/northwind-labs-founded-on/")
    assert "Labs Inc" not in read(desk, "/organisations/")


def test_a_reason_is_asked_and_kept_where_it_is_refused(
    desk: Any, cast: Any, labs: Any
) -> None:
    assert errors(save(desk, ADDRESS)) == ["This field is required."]
    page = save(desk, ADDRESS, reason="Typed at length.", seen="stale")
    assert page.status_code == 409
    assert "has changed since you opened this page" in errors(page)[0]
    assert "Typed at length." in page.text
    assert not Merge.objects.exists()


def test_what_forbids_it_is_said_before_anything_is_typed(desk: Any) -> None:
    pairs = {
        "person/ada-vance/ada-vance": "A record cannot be merged into itself.",
        "person/ada-vance/northwind-labs": "One is of the kind person",
        "person/ada-vance/quiet-draft": "let the other one stay",
    }
    for pair, words in pairs.items():
        assert words in read(desk, f"/admin/merge/{pair}/")
    for pair in ("person/northwind-labs/ada-vance", "person/ada-vance/nobody"):
        assert desk.get(f"/admin/merge/{pair}/").status_code == 404


def test_the_other_is_found_by_name_or_address(desk: Any, labs: Any) -> None:
    page = desk.get(f"/admin/entities/organisation/{labs.pk}/change/").text
    assert "/admin/merge/organisation/labs-inc/" in page
    found = "/admin/merge/organisation/labs-inc/"
    for query in (
        "northwind",
        "northwind-labs",
        "http://x/organisations/northwind-labs/",
    ):
        assert ADDRESS in links(desk, f"{found}?q={query}")
    # Neither itself nor one of another kind.
    assert "No other organisation" in read(desk, f"{found}?q=labs-inc")
    assert "No other organisation" in read(desk, f"{found}?q=Ada")


def test_a_merged_record_leads_to_the_log(desk: Any, cast: Any, labs: Any) -> None:
    merge(labs, cast.northwind)
    page = desk.get(f"/admin/entities/organisation/{labs.pk}/change/").text
    assert "/admin/merges/" in page
    assert "/admin/merge/organisation" not in page


def test_the_log_says_what_stops_it_from_being_undone(
    desk: Any, cast: Any, labs: Any
) -> None:
    done = merge(labs, cast.northwind)
    claim = Claim.objects.get(slug="labs-2011")
    claim.subject = cast.ada
    claim.save()
    words = read(desk, f"/admin/merges/{done.pk}/")
    assert "“subject” was changed since" in words and "Undo this merge" not in words
    assert desk.post(f"/admin/merges/{done.pk}/").status_code == 409


def test_the_log_goes_on_page_by_page(desk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("sources.desk.merging.PAGE", 1)
    for name in ("old", "older"):
        merge(make_person(name), make_person(f"new {name}"))
    assert "older into new-older" in read(desk, "/admin/merges/")
    (following,) = [one for one in links(desk, "/admin/merges/") if "before=" in one]
    assert "old into new-old" in read(desk, f"/admin/merges/{following}")
    assert "There is no such place" in read(desk, "/admin/merges/?before=x")


PAIR = "merge/person/ada-vance/"
PAGES = ["duplicates/", "merges/", PAIR, f"{PAIR}quiet-draft/", "merges/{}/"]


@pytest.mark.parametrize("tail", PAGES)
def test_only_an_editor_merges(
    tail: str, cast: Any, contributor: Any, client: Any
) -> None:
    done = merge(make_person("Old"), make_person("New"))
    address = f"/admin/{tail.format(done.pk)}"
    client.force_login(contributor)
    assert client.get(address).status_code == 403
    # Some are only for looking.
    assert client.post(address).status_code in (403, 405)
    client.logout()
    assert client.get(address).status_code == 302


@pytest.mark.slow
def test_any_pair_of_the_data_set_comes_apart_again(db: Any, client: Any) -> None:
    call_command("loaddemo", verbosity=0)
    # The program's own word on what is settled, before anything is compared.
    settling.rebuild()
    before = contents()
    for old, new in _pairs():
        planned = plan.of(old, new)
        if planned.problems:
            continue
        done = merge(old, new)
        page = client.get(old.get_absolute_url())
        assert (page.status_code, page.url) == (301, new.get_absolute_url())
        assert client.get(page.url).status_code == 200
        call_command("verify")
        undoing.undo(done)
        assert differences(before, contents()) == [], (old, new)
    assert Merge.objects.count() > 20
    assert not Redirect.objects.exists()
    call_command("verify")


def _pairs() -> Any:
    """Of each kind the records that most is said of, each with each."""
    for kind in Entity.Kind.values:
        rows = list(Entity.objects.public().of_kind(kind))
        rows.sort(key=lambda one: (-one.claims.count(), one.pk))
        yield from combinations(rows[:6], 2)
