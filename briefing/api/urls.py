"""The addresses of the API, version 1; a view is made when it is first asked for."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.urls import URLPattern, include, path

from briefing.formats.offers import TITLES as FORMATS
from entities.later import Later, LaterView
from entities.models import Entity

described = Later("briefing.api.described")
taking = Later("briefing.api.taking")
# What there is, as told by briefing/api/resources.py, and what has drafts of its own.
KINDS = Entity.PLURALS | {
    "source": "sources",
    "property": "properties",
    "question": "questions",
    "claim": "claims",
    "evidence": "evidence",
    "correction": "corrections",
}
WRITTEN = [*Entity.PLURALS, "source", "claim", "evidence"]


# Nobody is known to the API by a cookie, which another site could have sent along.
later = partial(LaterView, csrf_exempt=True)


def of_kind(view: str, kind: str) -> Any:
    resource = Later("briefing.api.resources").BY_KIND[kind]
    return getattr(described, view)(resource).as_view()


def of_format(view: str, name: str) -> Any:
    form = Later("briefing.formats.catalogue").BY_NAME[name]
    return getattr(taking, view)(form).as_view()


def of_each(
    kinds: Iterable[str], address: str, view: Callable[[str], Any], name: str
) -> list[URLPattern]:
    """The same address of each kind, such as "{plural}/", with a view of its own."""
    words = [{"kind": kind, "plural": KINDS.get(kind, "")} for kind in kinds]
    return [
        path(
            address.format(**one),
            later(partial(view, one["kind"])),
            name=name.format(**one),
        )
        for one in words
    ]


ONE = "{plural}/<str:key>/"
SUBMIT, EXPORT = f"{ONE}submit/", "export/{kind}/"
first = [
    path("", later(lambda: described.Beginning.as_view()), name="api-root"),
    *of_each(KINDS, "{plural}/", partial(of_kind, "records"), "api-{plural}"),
    *of_each(KINDS, ONE, partial(of_kind, "one"), "api-{kind}"),
    *of_each(WRITTEN, SUBMIT, partial(of_kind, "submission"), "api-{kind}-submit"),
    *of_each(FORMATS, EXPORT, partial(of_format, "whole"), "api-export-{kind}"),
    *of_each(
        FORMATS,
        f"{EXPORT}<str:plural>/<str:key>/",
        partial(of_format, "single"),
        "api-export-{kind}-one",
    ),
    path("export/atom/", later(lambda: taking.Feed.as_view()), name="api-export-atom"),
    path("search/", later(lambda: described.Search.as_view()), name="api-search"),
    path("changes/", later(lambda: described.Changes.as_view()), name="api-changes"),
    path("schema/", later(lambda: described.Schema.as_view()), name="api-schema"),
    path("docs/", LaterView(lambda: described.docs), name="api-docs"),
]
missing = path("<path:rest>/", later(lambda: described.Missing.as_view()))
urlpatterns = [path("v1/", include([*first, missing])), missing]
