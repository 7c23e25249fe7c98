"""A record's public address answers machines too: JSON, and JSON-LD, if they ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import resolve, reverse
from django.utils.cache import patch_vary_headers

from briefing.pages.linked import HTML, LD, wanted

JSON = "application/json"
Page = Callable[..., HttpResponse]


def answering_machines(page: Page) -> Page:
    """The page for readers; for those who prefer JSON, the record of the API."""

    @wraps(page)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # The API tells of today only; a page as it stood on a day is for readers.
        is_dated = bool(request.GET.get("as_of"))
        prefers_json = not is_dated and wanted(request, HTML, LD, JSON) == JSON
        found = _record(request) if prefers_json else page(request, *args, **kwargs)
        patch_vary_headers(found, ["Accept"])
        return found

    return answer


def _record(request: HttpRequest) -> HttpResponse:
    """What the API answers at its own address for the record of this page."""
    path = reverse("api-root") + request.path.lstrip("/")
    view, args, kwargs = resolve(path)
    answer: HttpResponse = view(request, *args, **kwargs)
    if isinstance(answer, HttpResponsePermanentRedirect):
        # Who asked at the page's address is led to the other page's.
        return HttpResponsePermanentRedirect(
            "/" + answer.url.removeprefix(reverse("api-root"))
        )
    return answer
