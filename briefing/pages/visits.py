"""A reader's last visit: a day that only their browser keeps, and only if they ask."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

COOKIE, ONE_YEAR = "last_visit", 365 * 24 * 60 * 60


def last(request: HttpRequest) -> datetime.date | None:
    """The day that the browser was asked to keep."""
    try:
        return datetime.date.fromisoformat(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None


def noted(request: HttpRequest) -> HttpResponse:
    """The same page again; the browser is told to keep today, or no day any more."""
    answer = redirect(request.path)
    if request.POST.get("visit") != "today":
        answer.delete_cookie(COOKIE, path=request.path)
        return answer
    answer.set_cookie(
        COOKIE,
        timezone.localdate().isoformat(),
        max_age=ONE_YEAR,
        path=request.path,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
    return answer
