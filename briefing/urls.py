"""Every public address, on one screen."""

from django.contrib import admin
from django.urls import include, path

from briefing.api import described
from briefing.api.alternates import answering_machines
from briefing.caching import kept
from briefing.pages import (
    beside,
    changes,
    claims,
    corrections,
    entities,
    feeds,
    health,
    home,
    questions,
    search,
    sitemaps,
    sources,
    timeline,
    yourself,
)
from briefing.pages.dated import dated

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
# What answers `?as_of=` too, the page as it stood on a day, and machines.
entity_detail = answering_machines(dated(entities.entity_detail))
question_detail = answering_machines(dated(questions.question_detail, "question"))
claim_detail = answering_machines(dated(claims.claim_detail, "claim"))
source_detail = answering_machines(dated(sources.source_detail, "source"))

# What readers get; caches learn how long it may be kept.
READERS = [
    path("", home.home, name="home"),
    # /people/, /organisations/, /events/
    path("people/", entities.entity_list, person, "person-list"),
    path("people/<slug:slug>/", entity_detail, person, "person-detail"),
    path("organisations/", entities.entity_list, organisation, "organisation-list"),
    path(
        "organisations/<slug:slug>/",
        entity_detail,
        organisation,
        "organisation-detail",
    ),
    path("events/", entities.entity_list, event, "event-list"),
    path("events/<slug:slug>/", entity_detail, event, "event-detail"),
    # /questions/, /claims/, /sources/
    path("questions/", questions.question_list, name="question-list"),
    path("questions/<slug:slug>/", question_detail, name="question-detail"),
    path("claims/", claims.claim_list, name="claim-list"),
    path("claims/<slug:slug>/", claim_detail, name="claim-detail"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/<slug:slug>/", source_detail, name="source-detail"),
    path("sources/<slug:slug>/check/", yourself.check, name="source-check"),
    # Beside a record: its briefing, its network, and files to cite it by
    *(
        path(
            f"{plural}/<slug:slug>/{tail}",
            dated(beside.briefing),
            {"kind": kind, "form": form},
            f"{kind}-briefing-{form}",
        )
        for plural, kind in BRIEFED.items()
        for tail, form in BRIEFINGS.items()
    ),
    *(
        path(
            f"{plural}/<slug:slug>/cite.{form}",
            dated(beside.cite),
            {"kind": kind, "form": form},
            f"{kind}-cite-{form}",
        )
        for plural, kind in (BRIEFED | {"claims": "claim"}).items()
        for form in ("bib", "json")
    ),
    *(
        path(
            f"{plural}/<slug:slug>/network/",
            beside.surroundings,
            {"kind": kind},
            f"{kind}-network",
        )
        for plural, kind in BRIEFED.items()
        if kind != "question"
    ),
    # What cuts across them
    path("timeline/", timeline.timeline, name="timeline"),
    path("corrections/", corrections.correction_list, name="correction-list"),
    path("changes/", changes.change_list, name="change-list"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggestions, name="suggestions"),
    # For feed readers and other machines
    path("feeds/changes.atom", feeds.change_feed, name="change-feed"),
    path("feeds/differing.atom", feeds.differing_feed, name="differing-feed"),
    path("feeds/people/<slug:slug>.atom", feeds.entity_feed, person, "person-feed"),
    path(
        "feeds/organisations/<slug:slug>.atom",
        feeds.entity_feed,
        organisation,
        "organisation-feed",
    ),
    path("feeds/events/<slug:slug>.atom", feeds.entity_feed, event, "event-feed"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": sitemaps.SECTIONS}, "sitemap"),
    path(
        "sitemap-<slug:section>.xml",
        sitemaps.sitemap,
        {"sitemaps": sitemaps.SECTIONS},
        "sitemap-section",
    ),
]
urlpatterns = [
    *kept(READERS),
    path("api/v1/", include("briefing.api.urls")),
    path("api/<path:rest>/", described.Missing.as_view()),
    path("healthz", health.health, name="health"),
    path("favicon.ico", home.icon),
    path("admin/", admin.site.urls),
]

handler400 = "briefing.errors.bad_request"
handler403 = "briefing.errors.forbidden"
handler404 = "briefing.errors.not_found"
handler500 = "briefing.errors.server_error"
