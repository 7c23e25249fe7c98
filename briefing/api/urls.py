"""The addresses of the API, version 1."""

from collections.abc import Iterable
from typing import Any

from django.urls import URLPattern, path

from briefing.api import described, taking
from briefing.api.drafts import WRITTEN
from briefing.api.resources import RESOURCES
from briefing.formats.catalogue import FORMATS


def of_each(
    kinds: Iterable[Any], address: str, view: Any, name: str
) -> list[URLPattern]:
    """The same address of each kind, such as "{0.plural}/", with a view of its own."""
    return [
        path(address.format(kind), view(kind).as_view(), name=name.format(kind))
        for kind in kinds
    ]


written = [resource for resource in RESOURCES if resource.kind in WRITTEN]
one = "{0.plural}/<str:key>/"
urlpatterns = [
    path("", described.Beginning.as_view(), name="api-root"),
    *of_each(RESOURCES, "{0.plural}/", described.records, "api-{0.plural}"),
    *of_each(RESOURCES, one, described.one, "api-{0.kind}"),
    *of_each(written, one + "submit/", described.submission, "api-{0.kind}-submit"),
    *of_each(FORMATS, "export/{0.name}/", taking.whole, "api-export-{0.name}"),
    *of_each(
        FORMATS,
        "export/{0.name}/<str:plural>/<str:key>/",
        taking.single,
        "api-export-{0.name}-one",
    ),
    path("export/atom/", taking.Feed.as_view(), name="api-export-atom"),
    path("search/", described.Search.as_view(), name="api-search"),
    path("changes/", described.Changes.as_view(), name="api-changes"),
    path("schema/", described.Schema.as_view(), name="api-schema"),
    path("docs/", described.docs, name="api-docs"),
    path("<path:rest>/", described.Missing.as_view()),
]
