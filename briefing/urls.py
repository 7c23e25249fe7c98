"""Every public address, on one screen."""

from django.urls import include, path

from briefing.caching import kept
from entities.later import LaterAddresses, LaterViews

# Each of these modules is read when the first of its pages is asked for.
beside = LaterViews("briefing.pages.beside")
changes = LaterViews("briefing.pages.changes", csrf_exempt=["change_list"])
claims = LaterViews("briefing.pages.claims")
corrections = LaterViews("briefing.pages.corrections")
entities = LaterViews("briefing.pages.entities")
feeds = LaterViews("briefing.pages.feeds")
health = LaterViews("briefing.pages.health")
home = LaterViews("briefing.pages.home")
questions = LaterViews("briefing.pages.questions")
records = LaterViews("briefing.pages.records")
search = LaterViews("briefing.pages.search")
sitemaps = LaterViews("briefing.pages.sitemaps")
sources = LaterViews("briefing.pages.sources")
timeline = LaterViews("briefing.pages.timeline")
yourself = LaterViews("briefing.pages.yourself", csrf_exempt=["check"])

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
# What readers get; caches learn how long it may be kept.
READERS = [
    path("", home.home, name="home"),
    # /people/, /organisations/, /events/
    path("people/", entities.entity_list, person, "person-list"),
    path("people/<slug:slug>/", records.entity, person, "person-detail"),
    path("organisations/", entities.entity_list, organisation, "organisation-list"),
    path(
        "organisations/<slug:slug>/",
        records.entity,
        organisation,
        "organisation-detail",
    ),
    path("events/", entities.entity_list, event, "event-list"),
    path("events/<slug:slug>/", records.entity, event, "event-detail"),
    # /questions/, /claims/, /sources/
    path("questions/", questions.question_list, name="question-list"),
    path("questions/<slug:slug>/", records.question, name="question-detail"),
    path("claims/", claims.claim_list, name="claim-list"),
    path("claims/<slug:slug>/", records.claim, name="claim-detail"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/<slug:slug>/", records.source, name="source-detail"),
    path("sources/<slug:slug>/check/", yourself.check, name="source-check"),
    # Beside a record: its briefing, its network, and files to cite it by
    *(
        path(
            f"{plural}/<slug:slug>/{tail}",
            records.briefing,
            {"kind": kind, "form": form},
            f"{kind}-briefing-{form}",
        )
        for plural, kind in BRIEFED.items()
        for tail, form in BRIEFINGS.items()
    ),
    *(
        path(
            f"{plural}/<slug:slug>/cite.{form}",
            records.cite,
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
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.sitemap, name="sitemap-section"),
]
urlpatterns = [
    *kept(READERS),
    path("api/", include("briefing.api.urls")),
    path("healthz", health.health, name="health"),
    path("favicon.ico", home.icon),
    LaterAddresses("admin/", "briefing.desk_addresses", "admin"),
]

handler400 = "briefing.errors.bad_request"
handler403 = "briefing.errors.forbidden"
handler404 = "briefing.errors.not_found"
handler500 = "briefing.errors.server_error"
