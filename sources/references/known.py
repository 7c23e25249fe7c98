"""Whether we have a source already: by address, DOI, and fingerprint of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from entities.characters import stored_form
from sources.models import Source
from sources.models.sources import fingerprint
from sources.references.reference import DOI, Reference

# What newsletters and networks hang on an address, and no site answers by.
TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|igshid|ref_src|cmpid|ocid",
    re.IGNORECASE,
)
COLUMNS = ("slug", "title", "url", "archive_url", "doi", "text_sha256")
CHUNK = 2000


@dataclass(frozen=True)
class Match:
    """A source that a reference is, and what tells so."""

    name: str
    # Empty for one of the same file.
    slug: str
    by: str

    def __str__(self) -> str:
        where = f" ({self.slug})" if self.slug else ""
        return f"{self.name}{where}, by {self.by}"


def same_address(url: str) -> str:
    """The address without what does not tell pages apart."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return ""
    if not host:
        return ""
    asked = parse_qsl(parts.query, keep_blank_values=True)
    kept = sorted(pair for pair in asked if not TRACKING.fullmatch(pair[0]))
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"


def same_doi(doi: str) -> str:
    return DOI.sub("", doi.strip()).casefold().rstrip("/")


def matches(references: list[Reference]) -> list[Match | None]:
    """For each reference the source that it is, here or before it in the file."""
    signs = [list(_signs_of(one)) for one in references]
    wanted = {sign for some in signs for sign in some}
    held = _held(wanted)
    found: list[Match | None] = []
    for one, own in zip(references, signs, strict=True):
        found.append(next((held[sign] for sign in own if sign in held), None))
        name = one.values.get("title") or one.key
        for kind, value in own:
            held.setdefault((kind, value), Match(name, "", f"{kind}, in this file"))
    return found


def at(url: str) -> Match | None:
    """The source that has this address, or one that leads to the same page."""
    address = same_address(url)
    return _held({("address", address)}).get(("address", address)) if address else None


Sign = tuple[str, str]


def _signs_of(one: Reference) -> Iterator[Sign]:
    values = one.values
    return _signs(
        values.get("doi", ""),
        [values.get("url", ""), values.get("archive_url", "")],
        fingerprint(stored_form(one.text)) if one.text else "",
    )


def _signs(doi: str, urls: Iterable[str], sha256: str) -> Iterator[Sign]:
    if sha256:
        yield "text", sha256
    # Some files have the DOI as an address.
    for given in (doi, *(url for url in urls if DOI.match(url))):
        if given:
            yield "DOI", same_doi(given)
    for url in urls:
        if address := same_address(url):
            yield "address", address


def _held(wanted: set[Sign]) -> dict[Sign, Match]:
    """Those of our sources that bear one of these signs, read once from end to end."""
    found: dict[Sign, Match] = {}
    if not wanted:
        return found
    rows = Source.objects.order_by("pk").values_list(*COLUMNS, named=True)
    for row in rows.iterator(chunk_size=CHUNK):
        signs = _signs(row.doi, [row.url, row.archive_url], row.text_sha256)
        for sign in wanted.intersection(signs):
            name = row.title or f"Untitled source ({row.slug})"
            found.setdefault(sign, Match(name, row.slug, sign[0]))
    return found
