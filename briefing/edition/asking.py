"""Asks the site's own views for its pages, as a reader without an account does."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest
from django.test import RequestFactory
from django.urls import resolve


class _Request(WSGIRequest):
    """A request for the place where the edition will stand, whoever is asked."""

    def get_host(self) -> str:
        return str(self.META["HTTP_HOST"])


class _Requests(RequestFactory):
    def request(self, **environ: Any) -> WSGIRequest:
        return _Request(self._base_environ(**environ))  # type: ignore[attr-defined]


class Page(NamedTuple):
    """What a view answered: its content, or where it leads to."""

    content: bytes
    location: str = ""


class Asking:
    def __init__(self, base_url: str) -> None:
        base = urlsplit(base_url)
        self.requests = _Requests(headers={"host": base.netloc})
        self.is_secure = base.scheme == "https"

    def request(self, path: str) -> HttpRequest:
        request = self.requests.get(path, secure=self.is_secure)
        request.user = AnonymousUser()
        return request

    def page(self, path: str) -> Page | None:
        """The page at that address; None where readers find none."""
        request = self.request(path)
        match = resolve(request.path)
        try:
            answer = match.func(request, *match.args, **match.kwargs)
        except Http404:
            return None
        if answer.status_code == 301:
            return Page(b"", answer.url)
        if answer.status_code != 200:
            return None
        if not getattr(answer, "is_rendered", True):
            answer.render()
        return Page(answer.content)
