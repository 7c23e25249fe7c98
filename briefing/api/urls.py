"""The addresses of the API, version 1."""

from django.urls import path

from briefing.api import described, taking
from briefing.api.drafts import WRITTEN
from briefing.api.resources import RESOURCES
from briefing.formats.catalogue import FORMATS

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
    *(
        path(
            f"{resource.plural}/<str:key>/submit/",
            described.submission(resource).as_view(),
            name=f"api-{resource.kind}-submit",
        )
        for resource in RESOURCES
        if resource.kind in WRITTEN
    ),
    *(
        path(
            f"export/{form.name}/",
            taking.whole(form).as_view(),
            name=f"api-export-{form.name}",
        )
        for form in FORMATS
    ),
    *(
        path(
            f"export/{form.name}/<str:plural>/<str:key>/",
            taking.single(form).as_view(),
            name=f"api-export-{form.name}-one",
        )
        for form in FORMATS
    ),
    path("export/atom/", taking.Feed.as_view(), name="api-export-atom"),
    path("search/", described.Search.as_view(), name="api-search"),
    path("changes/", described.Changes.as_view(), name="api-changes"),
    path("schema/", described.Schema.as_view(), name="api-schema"),
    path("docs/", described.docs, name="api-docs"),
    path("<path:rest>/", described.Missing.as_view()),
]
