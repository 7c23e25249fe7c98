"""Lists keep their place while rows come and go: none is repeated, none skipped."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from briefing.pages import lists
from entities.models import Entity
from sources.models import Claim, Correction, Source
from tests import cast as casting
from tests.cast import Cast
from tests.pages import links, records


def person(cast: Cast, name: str) -> None:
    casting.make_person(name)


def organisation(cast: Cast, name: str) -> None:
    casting.make_organisation(name)


def event(cast: Cast, name: str) -> None:
    made = casting.make_event(name)
    day = casting.make_property(f"day_{made.pk}", "date", fills="date")
    # Some without a date, and two of each that has one.
    if made.pk % 3:
        date = f"20{10 + made.pk % 3}"
        claim = casting.make_claim(made, day, f"{made.slug}-day", date=date)
        casting.cite(claim, cast.post, "In 2016")


def claim(cast: Cast, name: str) -> None:
    made = casting.make_property(name.lower().replace(" ", "_"))
    slug = name.lower().replace(" ", "-")
    casting.cite(
        casting.make_claim(cast.northwind, made, slug, text=name), cast.post, "In 2016"
    )


def source(cast: Cast, name: str) -> None:
    published = "" if name.endswith("C") else f"202{len(name) % 3}"
    casting.make_source(name.lower().replace(" ", "-"), published=published)


MADE: dict[str, tuple[Callable[[Cast, str], None], type]] = {
    "/people/": (person, Entity),
    "/organisations/": (organisation, Entity),
    "/events/": (event, Entity),
    "/claims/": (claim, Claim),
    "/questions/": (claim, Claim),
    "/sources/": (source, Source),
}
ADDRESSES = [
    *("/people/", "/people/?sort=newest", "/organisations/", "/events/"),
    *("/events/?sort=earliest", "/events/?sort=name", "/claims/"),
    *("/claims/?sort=oldest", "/questions/", "/questions/?sort=newest", "/sources/"),
    *("/sources/?sort=earliest", "/sources/?sort=title"),
]


def onward(client: Client, address: str) -> str:
    following = [href for href in links(client, address) if "cursor=" in href]
    return f"{address.split('?')[0]}{following[0]}" if following else ""


def shown(client: Client, address: str) -> list[str]:
    return list(dict.fromkeys(records(client, address)))


@pytest.mark.parametrize("address", ADDRESSES)
def test_none_is_repeated_and_none_skipped(client, cast, monkeypatch, address):
    monkeypatch.setattr(lists, "PAGE", 2)
    path = address.split("?")[0]
    make, model = MADE[path]
    for letter in "BDFHJLN":
        make(cast, f"Row {letter}")
    whole, at = [], address
    while at:
        whole += shown(client, at)
        at = onward(client, at)
    assert len(whole) == len(set(whole))
    seen, at, turn = [], address, 0
    gone: set[str] = set()
    while at:
        seen += shown(client, at)
        at = onward(client, at)
        if turn < 3:
            # The last that was shown goes, from which the next page counts on.
            gone.add(seen[-1])
            take_away(seen[-1], model)
            make(cast, f"Row {'ACE'[turn]}")
        turn += 1
    assert len(seen) == len(set(seen))
    assert not [one for one in whole if one not in seen and one not in gone]


def take_away(address: str, model: type) -> None:
    """Take a record from the readers, as an editor does at once."""
    kind, slug = address.strip("/").split("/")
    if kind == "questions":
        rows = list(Claim.objects.filter(question__slug=slug))
    else:
        rows = [model.objects.get(slug=slug)]
    for row in rows:
        row.status = "withdrawn"
        row.save()


def test_corrections_keep_their_place_too(client, cast, monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 2)
    for number in range(5):
        correct(cast, f"old-{number}")
    first = client.get("/corrections/").content.decode()
    at = onward(client, "/corrections/")
    Correction.objects.filter(slug="old-3").delete()
    correct(cast, "new")
    seen = [slug for slug in (f"old-{n}" for n in range(5)) if f'id="{slug}"' in first]
    while at:
        page = client.get(at).content.decode()
        seen += [f"old-{n}" for n in range(5) if f'id="old-{n}"' in page]
        at = onward(client, at)
    assert sorted(seen) == [f"old-{n}" for n in range(5)]


def correct(cast: Cast, slug: str) -> None:
    told = {"said": "Old.", "says": "New.", "reason": "Why."}
    day = datetime.date(2026, 11, 2)
    Correction(slug=slug, made_on=day, claim=cast.founded_2015, **told).save()
