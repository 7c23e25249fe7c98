"""Every public address, on one screen."""

from django.contrib import admin
from django.urls import path

from briefing.pages import (
    beside,
    changes,
    claims,
    corrections,
    entities,
    health,
    home,
    questions,
    search,
    sources,
    timeline,
)

person, organisation, event = (
    {"kind": kind} for kind in ("person", "organisation", "event")
)
BRIEFED = {
    "people": "person",
    "organisations": "organisation",
    "events": "event",
    "questions": "question",
}
BRIEFINGS = {"briefing/": "page", "briefing.md": "md", "briefing.docx": "docx"}

urlpatterns = [
    path("", home.home, name="home"),
    # /people/, /organisations/, /events/
    path("people/", entities.entity_list, person, "person-list"),
    path("people/<slug:slug>/", entities.entity_detail, person, "person-detail"),
    path("organisations/", entities.entity_list, organisation, "organisation-list"),
    path(
        "organisations/<slug:slug>/",
        entities.entity_detail,
        organisation,
        "organisation-detail",
    ),
    path("events/", entities.entity_list, event, "event-list"),
    path("events/<slug:slug>/", entities.entity_detail, event, "event-detail"),
    # /questions/, /claims/, /sources/
    path("questions/", questions.question_list, name="question-list"),
    path("questions/<slug:slug>/", questions.question_detail, name="question-detail"),
    path("claims/", claims.claim_list, name="claim-list"),
    path("claims/<slug:slug>/", claims.claim_detail, name="claim-detail"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/<slug:slug>/", sources.source_detail, name="source-detail"),
    # Beside a record: its briefing, and files to cite it by
    *(
        path(
            f"{plural}/<slug:slug>/{tail}",
            beside.briefing,
            {"kind": kind, "form": form},
            f"{kind}-briefing-{form}",
        )
        for plural, kind in BRIEFED.items()
        for tail, form in BRIEFINGS.items()
    ),
    *(
        path(
            f"{plural}/<slug:slug>/cite.{form}",
            beside.cite,
            {"kind": kind, "form": form},
            f"{kind}-cite-{form}",
        )
        for plural, kind in (BRIEFED | {"claims": "claim"}).items()
        for form in ("bib", "json")
    ),
    # What cuts across them
    path("timeline/", timeline.timeline, name="timeline"),
    path("corrections/", corrections.correction_list, name="correction-list"),
    path("changes/", changes.change_list, name="change-list"),
    path("search/", search.search, name="search"),
    path("healthz", health.health, name="health"),
    path("favicon.ico", home.icon),
    path("admin/", admin.site.urls),
]

handler400 = "briefing.errors.bad_request"
handler403 = "briefing.errors.forbidden"
handler404 = "briefing.errors.not_found"
handler500 = "briefing.errors.server_error"
