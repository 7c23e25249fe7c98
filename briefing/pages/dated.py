"""A record's page as it stood at the end of a day: `?as_of=2026-11-01`.

The very same page code runs, on a database in memory that holds the record's
neighbourhood as it was then, less what readers may not see today.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.text import Truncator

from briefing.pages import entities, profiles, questions, sources
from briefing.pages.addresses import address
from briefing.pages.answers import asks
from briefing.pages.passages import Name
from briefing.pages.then import Then, being
from briefing.rendering import render
from entities.models import Entity
from sources.dated import filling, memory, surroundings, versions
from sources.models import Claim, Question, Source

View = Callable[..., HttpResponse]
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TABLES: dict[str, Any] = {
    **dict.fromkeys(Entity.Kind.values, Entity),
    "claim": Claim,
    "question": Question,
    "source": Source,
}


def dated(view: View, kind: str = "") -> View:
    """The view of a record's page, which then answers `?as_of=` too."""

    @wraps(view)
    def page(request: HttpRequest, slug: str, **how: Any) -> HttpResponse:
        text = request.GET.get("as_of", "").strip()
        if not text:
            return view(request, slug=slug, **how)
        day, problem = _day(text)
        if day is None:
            with being(Then(problem=problem)):
                return view(request, slug=slug, **how)
        _wake(request)
        asked = _Asked(request, how.get("kind", kind), slug, day)
        return asked.answer(lambda: view(request, slug=slug, **how))

    return page


def _day(text: str) -> tuple[datetime.date | None, str]:
    """The day that was asked for, or what is wrong with it."""
    words = f"“{Truncator(text).chars(40)}”"
    try:
        day = datetime.date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None:
        return None, f"{words} is no day. Give one such as 2026-11-01."
    if day > timezone.localdate():
        return None, f"{words} has not come yet."
    first = versions.first_day()
    if first is None or day < timezone.localdate(first):
        return None, f"{words} is before our first record."
    return day, ""


def _wake(request: HttpRequest) -> None:
    """Read who asks now: the database that stands in has no sessions."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        bool(request.user.is_authenticated)


class _Asked:
    """One record's page as of one day."""

    def __init__(
        self, request: HttpRequest, kind: str, slug: str, day: datetime.date
    ) -> None:
        self.request, self.kind, self.slug, self.day = request, kind, slug, day
        self.model = TABLES[kind]
        midnight = datetime.datetime.combine(
            day + datetime.timedelta(days=1), datetime.time()
        )
        # Today has not ended: an embargo until tonight holds still.
        end = min(timezone.make_aware(midnight), timezone.now())
        self.versions = versions.Versions(end)

    def answer(self, today: Callable[[], HttpResponse]) -> HttpResponse:
        """The page of that day; where there is none, why, or what stands there now."""
        key = next(iter(self.versions.where(self.model, self._here())), None)
        if key is None:
            return self._elsewhere(today)
        if self.model is not Question and not versions.seen_today(self.model, [key]):
            # Withdrawn, held back, a draft again or gone: as today, without the day.
            page = today()
            return self._absent() if page.status_code == 200 else page
        try:
            found = surroundings.around(self.model, key, self.versions)
        except surroundings.TooLarge:
            return self._too_large()
        return self._as_it_stood(key, found, today)

    def _here(self) -> Q:
        here = Q(slug=self.slug)
        return here & Q(kind=self.kind) if self.model is Entity else here

    def _as_it_stood(
        self, key: int, found: Any, page: Callable[[], HttpResponse]
    ) -> HttpResponse:
        rows = filling.made(found, (self.model, key))
        since = {
            (str(model._meta.model_name), row): moment
            for (model, row), moment in found.since.items()
        }
        asked = Then(self.day, since, found.since.get((self.model, key)))
        try:
            with being(asked), memory.standing_in():
                filling.fill(rows, found)
                response = page()
        except Http404:
            return self._absent()
        if response.status_code != 200:
            return self._absent()
        if response.headers["Content-Type"].startswith("text/html"):
            response.content = asked.kept_in(response.content.decode()).encode()
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _elsewhere(self, today: Callable[[], HttpResponse]) -> HttpResponse:
        """It had another address then, or has another now; or was not there yet."""
        rows = self.model.objects.by_key(self.slug)
        if self.model is Entity:
            rows = rows.of_kind(self.kind)
        keys = rows.values_list("pk", flat=True)
        for key in versions.seen_today(self.model, keys):
            for row in self.versions.of(self.model, [key]).values():
                return self._lead_to(address(self.kind, row.slug))
            return self._absent()
        page = today()
        if 300 <= page.status_code < 400:
            return HttpResponseRedirect(Then(self.day).kept(page.headers["Location"]))
        return page

    def _lead_to(self, path: str) -> HttpResponse:
        tail = self.request.path.removeprefix(address(self.kind, self.slug))
        return HttpResponseRedirect(f"{path}{tail}{Then(self.day).query}")

    def _absent(self) -> HttpResponse:
        context = {"day": self.day}
        return render(self.request, "dated/absent.html", context, status=404)

    def _too_large(self) -> HttpResponse:
        context = {
            "day": self.day,
            "query": Then(self.day).query,
            "most": surroundings.MOST,
            "parts": _parts(self.kind, self.slug),
        }
        return render(self.request, "dated/too_large.html", context)


def _parts(kind: str, slug: str) -> list[Name]:
    """What today's page of a large record is made of: its questions, or its claims."""
    if kind in Entity.Kind.values:
        entity = entities.ENTITY(kind=kind, slug=slug)
        asked = [row for one in entity for row in profiles.QUESTIONS(entity=one.id)]
        return [Name(asks(row), address("question", row.slug)) for row in asked]
    if kind == "question":
        found = questions.ONE(slug=slug)
        rows = questions.ANSWERS(questions=[row.id for row in found])
        return [Name(row.statement, address("claim", row.slug)) for row in rows]
    said = [
        row
        for one in sources.ONE(slug=slug)
        for row in sources.SAYS(source=one.id, place=-1, key=-1)
    ]
    return [Name(row.claim_statement, address("claim", row.claim_slug)) for row in said]
