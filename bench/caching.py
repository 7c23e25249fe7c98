"""A page asked for again by whoever has kept it: the cost of saying that it stands."""

from __future__ import annotations

from collections.abc import Iterator

from bench.figures import Figure, figure, ratios
from bench.reading import HUB, TURNS, asking, bare, checked, reader

PAGES = {"profile": HUB, "list of claims": "/claims/", "front page": "/"}


def measure(size: str) -> Iterator[Figure]:
    client = reader()
    for name, path in PAGES.items():
        checked(client, path, "Briefing")
        tag = client.get(path).headers["ETag"]
        again = asking(client, path, **{"If-None-Match": tag})
        answer = again()
        assert (answer.status_code, answer.content) == (304, b"")
        found = ratios(again, bare(client), TURNS)
        yield figure(f"{name}, kept and asked for again", size, found, "<= 3.2")
