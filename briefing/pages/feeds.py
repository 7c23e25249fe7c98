"""What changed, for feed readers: Atom (RFC 4287)."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve, reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from briefing.documents.tree import plain
from briefing.pages import answers, changes, entities
from briefing.pages.addresses import address
from briefing.pages.answers import QUESTION
from briefing.pages.changes import Change
from entities.records import Status
from entities.rows import Rows
from sources.models import Question

MOST = 50
# An empty feed has not changed; the library would say that it did just now.
NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
DIFFERING = Rows(
    lambda: Question.objects.that_differ().latest_first().values_list(*QUESTION)[:MOST]
)


class Feed(Atom1Feed):
    """The same entries give the same feed."""

    def latest_post_date(self) -> datetime.datetime:
        return super().latest_post_date() if self.items else NEVER


def change_feed(request: HttpRequest) -> HttpResponse:
    feed = _feed(request, "Latest changes", reverse("change-list"))
    return _of_changes(request, feed, changes.latest(MOST))


def differing_feed(request: HttpRequest) -> HttpResponse:
    path = f"{reverse('question-list')}?state=differ"
    feed = _feed(request, "Where sources differ", path)
    for asked in answers.read(DIFFERING()):
        spoken = answers.spoken(asked)
        link = request.build_absolute_uri(asked.href)
        feed.add_item(
            title=plain(asked.words),
            link=link,
            description=_summary(" ".join([spoken.lead, *spoken.rest])),
            unique_id=link,
            updateddate=asked.changed_at,
        )
    return _written(feed)


def entity_feed(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    entity = next(iter(entities.ENTITY(kind=kind, slug=slug)), None)
    is_shown = entity is not None and entity.merged_into_id is None
    if entity is None or not is_shown or entity.status != Status.PUBLISHED:
        return _instead(request, kind, slug)
    feed = _feed(request, f"Changes: {entity.name}", address(kind, slug))
    return _of_changes(request, feed, changes.of_entity(entity.id, MOST))


def _instead(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What stands at the record's own address, or the feed of where it leads."""
    answer = entities.entity_detail(request, kind, slug)
    if isinstance(answer, HttpResponsePermanentRedirect):
        found = resolve(answer.url).kwargs
        path = reverse(f"{found['kind']}-feed", args=[found["slug"]])
        return HttpResponsePermanentRedirect(path)
    return answer


def _feed(request: HttpRequest, title: str, path: str) -> Feed:
    link = request.build_absolute_uri(path)
    here = request.build_absolute_uri(request.path)
    return Feed(
        title=f"{plain(title)} – Briefing",
        link=link,
        description=None,
        language="en-GB",
        author_name="Briefing",
        feed_url=here,
        feed_guid=here,
    )


def _of_changes(request: HttpRequest, feed: Feed, found: list[Change]) -> HttpResponse:
    for change in found:
        link = request.build_absolute_uri(change.name.href)
        title = f"{change.what}: {change.name.words}"
        feed.add_item(
            title=plain(title),
            link=link,
            description=_summary(change.words),
            # Each change is an entry of its own: a reader that knows the last one
            # shows the next.
            unique_id=f"{link.partition('#')[0]}#{change.at.isoformat()}",
            updateddate=change.at,
        )
    return _written(feed)


def _summary(words: str) -> Any:
    """The words as HTML, which the library takes summaries for; None for no words."""
    return escape(plain(words)) or None


def _written(feed: Feed) -> HttpResponse:
    content = feed.writeString("utf-8")
    return HttpResponse(content, content_type=feed.content_type)
