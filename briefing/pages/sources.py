"""Sources: what each says, where it came from, what depends on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from briefing import filters, wording
from briefing.filters import decoded, encoded
from briefing.pages import linked, lists, notes, passages
from briefing.pages.addresses import absent, address, is_retracted, is_shown
from briefing.pages.passages import Name
from briefing.rendering import render
from entities.records import Status
from entities.rows import Rows
from sources.models import Correction, Evidence, Source

# Nobody has met a longer chain; its end would be called not published.
LONGEST_CHAIN = 8
PAGE = 100
ABOVE = [
    "__".join(["derived_from"] * steps) + f"__{name}"
    for steps in range(1, LONGEST_CHAIN + 1)
    for name in passages.SOURCE
]
NAME = ("title", "slug", "genre", "published", "publisher__name", "publisher__slug")
ONE = Rows(
    lambda slug: Source.objects.by_key(slug).values_list(
        *("id", *NAME, "publisher__status", "author", "url", "archive_url", "doi"),
        *("accessed", "language", "reliability", "lineage", "derivation", "standing"),
        *("standing_date", "standing_notice", "note", "text_sha256", "status"),
        *("hold", "not_before", "status_at", "status_reason", "modified_at", *ABOVE),
    )
)
SAYS = Rows(
    lambda source, place, key: (
        Evidence.objects.public()
        .from_source(source)
        .after(place, key)
        .values_list(
            *(*notes.COLUMNS, "place", "claim__statement", "claim__slug"),
            "claim__is_contested",
        )[: PAGE + 1]
    )
)
BELOW = Rows(
    lambda source: (
        Source.objects.public()
        .derived_from(source)
        .values_list(*NAME, "publisher__status", "derivation")[:PAGE]
    )
)
RESTING = Rows(
    lambda source: (
        Evidence.objects.counted()
        .originating_in(source)
        .order_by("claim_id", "id")
        .values_list(*notes.COLUMNS, "claim__statement", "claim__slug")[:PAGE]
    )
)
CORRECTIONS = Rows(
    lambda source: (
        Correction.objects.public()
        .of_source(source)
        .newest_first()
        .values_list("said", "says", "reason", "made_on")
    )
)


def source_list(request: HttpRequest) -> HttpResponse:
    rows = Source.objects.public()
    columns = (*NAME, "publisher__status", "author", "lineage", "reliability")
    listing = lists.listing(request, filters.SourceList, rows, (*columns, "standing"))
    named = [(name_of(row), publisher_of(row), row) for row in listing.rows]
    return render(
        request,
        "sources/list.html",
        {"listing": listing, "named_rows": named},
    )


def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    source = next(iter(ONE(slug=slug)), None)
    if source is not None and is_retracted(source):
        context = {"source": source, "name": name_of(source)}
        return render(request, "sources/retracted.html", context)
    if source is None or not is_shown(source):
        return absent(request, "source", slug, source)
    (place, key), error = _place(request)
    name, publisher = name_of(source), publisher_of(source)
    says = SAYS(source=source.id, place=place, key=key)
    return linked.rendered(
        request,
        "sources/detail.html",
        {
            "source": source,
            "name": name,
            "publisher": publisher,
            "linked": linked.of_source(request, source, name, publisher),
            "chain": chain_of(source),
            "below": [(name_of(row), row) for row in BELOW(source=source.id)],
            "says": [notes.note(row, 0) for row in says[:PAGE]],
            "following": _following(says),
            "resting": _resting(source.id),
            "corrections": CORRECTIONS(source=source.id),
            "error": error,
            "lineage": lineage_of(source),
        },
    )


def name_of(row: Any) -> Name:
    """A public source's title, or what stands for it."""
    kind = Source.Genre(row.genre).label
    untitled = wording.untitled(
        kind, publisher_of(row).words, wording.point(row.published)
    )
    return Name(row.title or untitled, address("source", row.slug))


def publisher_of(row: Any) -> Name:
    if row.publisher_name is None:
        return Name("")
    if row.publisher_status != Status.PUBLISHED:
        return Name(wording.NOT_PUBLISHED)
    return Name(row.publisher_name, address("organisation", row.publisher_slug))


def lineage_of(source: Any) -> str:
    """Where it came from, in words."""
    if source.lineage == Source.Lineage.ORIGINAL:
        return "Original: what it says begins here."
    if source.lineage == Source.Lineage.UNKNOWN:
        return "We do not know where it has what it says."
    if not source.derivation:
        return "Derived from another source."
    how = Source.Derivation(source.derivation).label.lower()
    return f"Derived: {how} of another source."


def chain_of(source: Any) -> list[Name]:
    """What it derives from, what that derives from, and so on to the root."""
    chain = []
    for steps in range(1, LONGEST_CHAIN + 1):
        before = "_".join(["derived_from"] * steps)
        if getattr(source, f"{before}_slug") is None:
            break
        chain.append(passages.source_name(source, before))
    return chain


def _place(request: HttpRequest) -> tuple[tuple[int, int], str]:
    """The passage after which to begin, and what is wrong with the cursor."""
    text = request.GET.get("cursor", "")
    if not text:
        return (-1, -1), ""
    try:
        place, key = decoded(text, int, int)
    except ValueError:
        return (-1, -1), "This place on the page is not known: here is its beginning."
    return (place, key), ""


def _following(says: list[Any]) -> str:
    if len(says) <= PAGE:
        return ""
    last = says[PAGE - 1]
    return f"?cursor={encoded([last.place, last.id])}"


def _resting(source: int) -> dict[str, tuple[str, list[Name]]]:
    """Claims that other sources have from this one: address, statement, sources."""
    found: dict[str, tuple[str, list[Name]]] = {}
    for row in RESTING(source=source):
        href = address("claim", row.claim_slug)
        names = found.setdefault(href, (row.claim_statement, []))[1]
        name = passages.source_name(row, "source")
        if name not in names:
            names.append(name)
    return found
