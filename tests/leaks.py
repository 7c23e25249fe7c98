"""One role's walk over all addresses, and what it met that it may not meet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.test import Client

from tests.canaries import state_of, told
from tests.leak_addresses import NOBODY, Filled, Place, places
from tests.leak_matrix import ROWS, row_of
from tests.planted import Planted
from tests.tokens import make_token

# They change something, or end the session, where they are opened.
LEFT = {"admin:logout"}
# Of so many addresses of one pattern a short walk takes each third.
MUCH, STRIDE = 16, 3
WITH_TOKENS = {"contributor", "editor", "administrator"}
# Of what is gone an address alone is told.
IN_ADDRESSES = {"slug", "key", "qualifier", "old_slug"}


class Crawl:
    """What a role is answered: `few`, one record of each state at each address."""

    def __init__(
        self,
        planted: Planted,
        role: str,
        few: bool = False,
        only: str = "",
    ) -> None:
        self.planted, self.role, self.only, self.few = planted, role, only, few
        self.filled = Filled(chosen(planted.slugs, few), is_all=not few)
        self.client = Client()
        self.headers: dict[str, str] = {}
        if role != "anonymous":
            self.client.force_login(planted.users[role])
        if role in WITH_TOKENS:
            token = make_token(planted.users[role])
            self.headers = {"Authorization": f"Bearer {token}"}
        self.met: set[str] = set()
        # What a cache keeps of it: tags, and how long.
        self.kept: dict[str, tuple[str, str]] = {}
        self.shown: dict[str, set[str]] = {}
        self.faults: list[str] = []
        self.asked = 0

    def places(self) -> Iterator[Place]:
        """Those that this role is to ask for: staff's own are not a visitor's."""
        for place in places():
            if place.name in LEFT or not re.match(self.only, place.name):
                continue
            if self.few and self.role == "anonymous" and "/admin/" in place.route:
                continue
            yield place

    def run(self) -> Crawl:
        for place in self.places():
            found = self.filled.addresses(place)
            is_much = self.few and len(found) > MUCH
            for address in found[::STRIDE] if is_much else found:
                self.ask(place, address)
        return self

    def ask(self, place: Place, address: str) -> None:
        is_api = place.route.startswith("/api/")
        answer: Any = self.client.get(address, headers=self.headers if is_api else {})
        self.asked += 1
        words = told(answer.getvalue())
        header = "\n".join(f"{name}: {value}" for name, value in answer.items())
        words |= told(header.encode())
        # What was asked for may be said again.
        words = {word for word in words if word not in address}
        self.met |= words
        self.shown[address] = words
        if answer.status_code >= 500:
            self.faults.append(f"{address}: {answer.status_code}")
        self.faults += self.forbidden(place, address, words)
        self.check_caching(address, answer, is_api)

    def forbidden(self, place: Place, address: str, words: set[str]) -> Iterator[str]:
        row = row_of(place) or "nothing"
        may = ROWS[row].of(self.role)
        for word in sorted(words):
            field = self.planted.words.at[word]
            is_told = state_of(word) in may
            if row == "changes" and state_of(word) != "published":
                is_told &= field.rpartition(".")[2] in IN_ADDRESSES
            if not is_told:
                yield f"{self.role} {address}: {word} ({field})"

    def check_caching(self, address: str, answer: Any, is_api: bool) -> None:
        """Nothing that a role alone sees may be kept for others."""
        how = answer.get("Cache-Control", "")
        is_desk = address.startswith("/admin/")
        is_private = self.role != "anonymous" and not is_api
        is_private |= bool(self.headers) and is_api
        if (is_desk or is_private) and "public" in how:
            self.faults.append(f"{self.role} {address}: Cache-Control: {how}")
        if "ETag" in answer:
            self.kept[address] = (answer["ETag"], how)

    def slug_in(self, address: str) -> str:
        """The part of an address that stands in the hole of its pattern."""
        return next(
            part for part in re.split(r"[/.?]", address) if re.search(r"zq\w+z", part)
        )


def chosen(slugs: dict[str, list[str]], few: bool) -> dict[str, list[str]]:
    """These keys and one of nothing; if few, the first of each state."""
    found = {}
    for plural, keys in slugs.items():
        first: dict[str, str] = {}
        for key in keys:
            words = sorted({state_of(word) for word in told(key.encode())})
            first.setdefault(str(words), key)
        found[plural] = [*(first.values() if few else keys), NOBODY]
    return found


def hits(crawl: Crawl) -> list[str]:
    """What a walk found that must not be."""
    return crawl.run().faults
