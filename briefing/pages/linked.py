"""What a page says in the words of schema.org, for machines: its main facts only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from briefing.pages import passages
from briefing.pages.addresses import address
from briefing.pages.answers import Answer, Asked
from briefing.pages.passages import Name
from briefing.pages.profiles import Profile
from briefing.pages.then import then
from briefing.rendering import render
from entities.models import Entity
from sources.models import Claim, Evidence, Finding, Question, Source

Linked = dict[str, Any]
HTML, LD = "text/html", "application/ld+json"
# A page has all its sources and answers; here stand as many of them as keep it light.
CITED, ANSWERED = 10, 20
TYPES = {
    Entity.Kind.PERSON: "Person",
    Entity.Kind.ORGANISATION: "Organization",
    Entity.Kind.EVENT: "Event",
}
GENRES = {
    Source.Genre.REPORT: "NewsArticle",
    Source.Genre.REWRITE: "NewsArticle",
    Source.Genre.SOCIAL_POST: "SocialMediaPosting",
    Source.Genre.PAPER: "ScholarlyArticle",
    Source.Genre.DATASET: "Dataset",
}
# The dates that schema.org can say; it has no word for “about” or “between”.
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
QUIET = {Question.State.ONE_ANSWER, Question.State.AGREE, Question.State.SEVERAL}
DESK = {"@type": "Organization", "name": "Briefing"}
Stance = Evidence.Stance


def wanted(request: HttpRequest, *media_types: str) -> str:
    """Which of these the reader's program prefers; the first, if it does not say."""
    return request.get_preferred_type(media_types) or media_types[0]


def rendered(
    request: HttpRequest, template: str, context: dict[str, Any]
) -> HttpResponse:
    """The page, or to whoever asks for that, what it says in JSON-LD alone."""
    is_today = then() is None
    if is_today and context["linked"] and wanted(request, HTML, LD) == LD:
        return JsonResponse(context["linked"], content_type=LD)
    return render(request, template, context)


def of_profile(request: HttpRequest, profile: Profile) -> Linked:
    """The record, the facts on which no source differs, and what the page cites."""
    entity, here = profile.entity, request.build_absolute_uri
    thing = named(request, entity.kind, Name(entity.name, _path(entity)))
    thing |= facts(request, profile.asked)
    if profile.aliases:
        thing["alternateName"] = [alias.text for alias in profile.aliases]
    if entity.wikidata_id:
        thing["sameAs"] = f"https://www.wikidata.org/wiki/{entity.wikidata_id}"
    is_event = entity.kind == Entity.Kind.EVENT
    return _whole(
        {
            "@type": "WebPage" if is_event else "ProfilePage",
            "url": here(_path(entity)),
            "dateModified": profile.changed_at.isoformat(timespec="seconds"),
            "mainEntity": thing,
            # Each source's own page says what it is.
            "citation": [
                {"@id": here(name.href)} for name in [*profile.sources][:CITED]
            ],
        }
    )


def of_question(request: HttpRequest, asked: Asked) -> Linked:
    """The claims that answer it, and the desk's review of each where there is one."""
    claims = [claim_of(request, one) for one in asked.answers[:ANSWERED]]
    return _whole({"@graph": [*claims, *reviews(request, asked)]})


def of_claim(request: HttpRequest, answer: Answer, asked: Asked) -> Linked:
    subject = Name(answer.claim.subject_name, _path(answer.claim, "subject_"))
    claim = claim_of(request, answer)
    claim["about"] = named(request, answer.claim.subject_kind, subject)
    alone = Asked(asked.question, [answer], asked.finding)
    return _whole({"@graph": [claim, *reviews(request, alone)]})


def of_source(request: HttpRequest, source: Any, name: Name, publisher: Name) -> Linked:
    url = request.build_absolute_uri(name.href)
    work = {
        "@type": GENRES.get(source.genre, "CreativeWork"),
        "@id": url,
        "url": url,
        "name": name.words,
        "sameAs": source.url,
        "datePublished": source.published if DATE.fullmatch(source.published) else "",
        "author": source.author,
        "inLanguage": source.language,
    }
    if publisher.words:
        work["publisher"] = named(request, Entity.Kind.ORGANISATION, publisher)
    return _whole({key: value for key, value in work.items() if value})


def _whole(linked: Linked) -> Linked:
    return {"@context": "https://schema.org", **linked}


def _path(row: Any, prefix: str = "") -> str:
    return address(getattr(row, f"{prefix}kind"), getattr(row, f"{prefix}slug"))


def named(request: HttpRequest, kind: str, name: Name) -> Linked:
    linked = {"@type": TYPES[Entity.Kind(kind)], "name": name.words}
    return linked | _at(request, name)


def _at(request: HttpRequest, name: Name) -> Linked:
    return {"url": request.build_absolute_uri(name.href)} if name.href else {}


def _works(request: HttpRequest, names: Iterable[Name], most: int) -> list[Linked]:
    return [
        {"@type": "CreativeWork", "name": name.words} | _at(request, name)
        for name in list(names)[:most]
    ]


def facts(request: HttpRequest, asked: Iterable[Asked]) -> Linked:
    """Answers under schema.org's names; none that is differed on or in doubt."""
    facts: dict[str, list[Any]] = {}
    for one in asked:
        term = one.question.property_schema_org
        if not term or one.question.state not in QUIET:
            continue
        values = [*_values(request, one.answers)]
        if one.question.property_is_single_valued:
            values = values[:1]
        if values:
            facts.setdefault(term, []).extend(values)
    return {term: found if found[1:] else found[0] for term, found in facts.items()}


def _values(request: HttpRequest, answers: Iterable[Answer]) -> Iterator[Any]:
    for answer in answers:
        claim = answer.claim
        if claim.support != Claim.Support.SUPPORTED or claim.no_value or claim.during:
            continue
        if claim.object_id is not None:
            name = Name(claim.object_name, _path(claim, "object_"))
            yield named(request, claim.object_kind, name)
        elif claim.text or DATE.fullmatch(claim.date):
            yield claim.text or claim.date


def claim_of(request: HttpRequest, answer: Answer, most: int = CITED) -> Linked:
    """A claim with where it appears, and with what else was said of it."""
    backing = answer.backing
    where = {
        "appearance": backing.of(Stance.SUPPORTS),
        "citation": backing.of(Stance.DISPUTES, Stance.QUESTIONS),
    }
    works = {
        term: _works(request, dict.fromkeys(_sources(rows)), most)
        for term, rows in where.items()
        if rows
    }
    url = request.build_absolute_uri(address("claim", answer.claim.slug))
    claim = {"@type": "Claim", "@id": url, "url": url, "text": answer.claim.statement}
    return claim | works


def _sources(rows: Iterable[Any]) -> Iterator[Name]:
    return (passages.source_name(row, "source") for row in rows)


def reviews(request: HttpRequest, asked: Asked) -> Iterator[Linked]:
    """What the desk decided of each answer, while the decision stands."""
    finding = asked.finding
    if finding is None or asked.question.decision != Question.Decision.DECIDED:
        return
    for answer in asked.answers[:ANSWERED]:
        url = request.build_absolute_uri(address("claim", answer.claim.slug))
        yield {
            "@type": "ClaimReview",
            "url": request.build_absolute_uri(f"{asked.href}#decision"),
            "claimReviewed": answer.claim.statement,
            "itemReviewed": {"@id": url},
            "author": DESK,
            "datePublished": finding.decided_at.date().isoformat(),
            "reviewBody": finding.reason,
            "reviewRating": {
                "@type": "Rating",
                "alternateName": _rating(asked, answer),
            },
        }


def _rating(asked: Asked, answer: Answer) -> str:
    if asked.finding.outcome != Finding.Outcome.PREFERRED:
        return str(Finding.Outcome(asked.finding.outcome).label)
    return "Preferred" if answer.is_preferred else "Another answer is preferred"
