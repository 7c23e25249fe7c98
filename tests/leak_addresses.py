"""Every address that the resolver knows, filled with records in every state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib.auth.models import Group, User
from django.urls import URLResolver, get_resolver

from briefing.pages.sitemaps import SECTIONS
from entities.models import Entity
from sources.desk.queues import BY_NAME
from sources.models import (
    Claim,
    Correction,
    Evidence,
    Merge,
    Property,
    Question,
    Source,
)
from tests.canaries import TOKEN
from tests.past import day
from tests.test_admin_pages import model_at

NOBODY = "no-such-record"
TABLE = re.compile(r"/admin/((?:entities|sources|auth)/\w+)/")
HOLE = re.compile(r"<(\w+:)?(\w+)>")
# What lists and records are asked with, beside nothing.
TERM = {"app_label": "sources", "model_name": "claim", "field_name": "subject"}
ASKED = {
    "health": ["?deep"],
    "admin:autocomplete": [f"?{urlencode(TERM | {'term': 'zq'})}"],
    "admin:choose-entity": ["?q=zq"],
    "admin:choose-source": ["?q=zq"],
    "admin:choose-property": ["?q=zq"],
    "admin:read-claims": ["?q=zq"],
}
LISTS = ("?q=zq", "?sort=newest", "?count=true", "?page_size=2", "?cursor=W10")
DATED = (f"?as_of={day()}", f"?as_of={day(18)}", f"?as_of={day(0)}")
PLURALS = {
    "people": Entity.objects.of_kind("person"),
    "organisations": Entity.objects.of_kind("organisation"),
    "events": Entity.objects.of_kind("event"),
    "questions": Question.objects.all(),
    "claims": Claim.objects.all(),
    "sources": Source.objects.all(),
    "evidence": Evidence.objects.all(),
    "corrections": Correction.objects.all(),
    "properties": Property.objects.all(),
}
KINDS = {"person": "people", "organisation": "organisations", "event": "events"}
KINDS |= {"claim": "claims", "source": "sources"}


class Place(NamedTuple):
    """One pattern of the resolver: by which name the matrix knows it, and its route."""

    name: str
    route: str


def places(patterns: Any = None, prefix: str = "/", room: str = "") -> Iterator[Place]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else room
            yield from places(pattern.url_patterns, route, inside)
        else:
            yield Place(room + (pattern.name or route), route)


class Filled:
    """The addresses of the planted records; `is_all` takes each, else one a state."""

    def __init__(self, slugs: dict[str, list[str]], is_all: bool) -> None:
        self.slugs, self.is_all = slugs, is_all

    def addresses(self, place: Place) -> list[str]:
        """What stands at the place, with what it may be asked for."""
        asked = ASKED.get(place.name, [])
        if not place.route.startswith(("/admin/", "/api/")) and "<" in place.route:
            asked = [*DATED] if self.is_all else [*DATED[:1]]
        elif not place.route.startswith("/admin/") and "<" not in place.route:
            asked = [*asked, *LISTS]
        found = [*self.filled(place.route)]
        return found + [f"{one}{words}" for one in found for words in asked]

    def filled(self, route: str) -> Iterator[str]:
        table = TABLE.match(route)
        if table:
            route = route.replace("^([^/]+)/history/([^/]+)/$", "<pk>/history/<old>/")
            route = re.sub(r"<(path:object_|)id>", "<pk>", route)
            yield from self.of_table(route, table[1])
            return
        for hole, values in self.holes(route).items():
            if hole in route:
                yield from (route.replace(hole, value) for value in values)
                return
        yield route

    def holes(self, route: str) -> dict[str, list[str]]:
        """What may stand in each hole of the route; the first that is there counts."""
        plural = next((one for one in PLURALS if f"/{one}/<" in route), "sources")
        kept = self.slugs["people"][0]
        told = [
            (kind, slug) for kind, many in KINDS.items() for slug in self.slugs[many]
        ]
        numbers = [str(key) for key in Merge.objects.values_list("pk", flat=True)]
        return {
            "<str:plural>/<str:key>": [
                f"{many}/{slug}" for many in PLURALS for slug in self.slugs[many]
            ],
            "<path:rest>": ["no/such/thing"],
            "<slug:section>": [*SECTIONS, NOBODY],
            "<path:content_type_id>/<path:object_id>": ["1/1"],
            "^(?P<app_label>sources|entities|auth)/$": ["sources/", "auth/"],
            "(?P<url>.*)$": ["no-such-page/"],
            "desk/<slug:name>": [f"desk/{name}" for name in BY_NAME],
            "decide/<slug:slug>": [f"decide/{one}" for one in self.slugs["questions"]],
            "depends/<slug:slug>": [f"depends/{one}" for one in self.slugs["sources"]],
            "<str:kind>/<int:row>": [f"person/{row}" for row in range(1, 4)],
            "<str:kind>/<slug:slug>/<slug:into>": [
                f"person/{one}/{kept}" for one in self.slugs["people"]
            ],
            "<str:kind>/<slug:slug>": [f"{kind}/{slug}" for kind, slug in told],
            "<str:username>": ["editor", NOBODY],
            "<int:key>": numbers,
            "<slug:slug>": self.slugs[plural],
            "<str:key>": self.slugs[plural],
        }

    def of_table(self, route: str, table: str) -> Iterator[str]:
        users: Any = {"auth/user": User, "auth/group": Group}
        model = users.get(table) or model_at(table)
        if "<pk>" not in route:
            yield from (route, f"{route}?q=zq")
            return
        for row in self.rows(model):
            kept = row.history.first() if hasattr(row, "history") else None
            yield route.replace("<pk>", str(row.pk)).replace(
                "<old>", str(kept and kept.pk)
            )

    def rows(self, model: Any) -> list[Any]:
        """One row of each state that its words tell of; or all."""
        rows = list(model._default_manager.order_by("pk"))
        if self.is_all:
            return rows
        found: dict[frozenset[str], Any] = {}
        for row in rows:
            states = frozenset(TOKEN.findall(str(vars(row))))
            found.setdefault(states, row)
        return list(found.values())
