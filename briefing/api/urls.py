"""The addresses of the API, version 1."""

from django.urls import path

from briefing.api import described
from briefing.api.resources import RESOURCES

urlpatterns = [
    path("", described.Beginning.as_view(), name="api-root"),
    *(
        path(
            f"{resource.plural}/",
            described.records(resource).as_view(),
            name=f"api-{resource.plural}",
        )
        for resource in RESOURCES
    ),
    *(
        path(
            f"{resource.plural}/<str:key>/",
            described.one(resource).as_view(),
            name=f"api-{resource.kind}",
        )
        for resource in RESOURCES
    ),
    path("search/", described.Search.as_view(), name="api-search"),
    path("changes/", described.Changes.as_view(), name="api-changes"),
    path("schema/", described.Schema.as_view(), name="api-schema"),
    path("docs/", described.docs, name="api-docs"),
    path("<path:rest>/", described.Missing.as_view()),
]
