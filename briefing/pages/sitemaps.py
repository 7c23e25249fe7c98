"""What crawlers are told: all public addresses, and where not to go."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.sitemaps import Sitemap, views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from briefing.pages.addresses import address
from entities.models import Entity
from sources.models import Claim, Question, Source

PAGES = (
    *("home", "person-list", "organisation-list", "event-list", "question-list"),
    *("claim-list", "source-list", "timeline", "correction-list", "change-list"),
)
# A search or a filter gives pages without end, of what has its own address already.
KEPT_OUT = ("/admin/", "/search/")


class Pages(Sitemap):  # type: ignore[type-arg]
    """The pages that are no record's."""

    def items(self) -> list[str]:
        return list(PAGES)

    def location(self, item: str) -> str:
        return reverse(item)


class Records(Sitemap):  # type: ignore[type-arg]
    """The public records of one kind.

    No date is given: a page changes with each piece of evidence on it, and a date that
    misses some of these would keep crawlers away.
    """

    # The format allows 50,000 addresses in a file, and 50 MB.
    limit = 50_000

    def __init__(self, kind: str, rows: Any) -> None:
        self.kind, self.rows = kind, rows

    def items(self) -> Any:
        return self.rows().order_by("pk").values_list("slug", flat=True)

    def location(self, item: str) -> str:
        return address(self.kind, item)


def _entities(kind: str) -> Any:
    return Entity.objects.public().of_kind(kind)


SECTIONS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "pages": Pages(),
    **{kind: Records(kind, partial(_entities, kind)) for kind in Entity.Kind.values},
    "question": Records("question", Question.objects.public),
    "claim": Records("claim", Claim.objects.public),
    "source": Records("source", Source.objects.public),
}
sitemap = partial(views.sitemap, sitemaps=SECTIONS)
index = partial(views.index, sitemaps=SECTIONS, sitemap_url_name="sitemap-section")


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in KEPT_OUT),
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    told = "\n".join(lines) + "\n"
    return HttpResponse(told, content_type="text/plain; charset=utf-8")
