"""Style sheets, scripts and pictures, served by the same process."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

Answering = Callable[[HttpRequest], HttpResponse]


def served(get_response: Answering) -> Answering:
    """Middleware: WhiteNoise, which lists all files once the first is asked for."""

    @cache
    def files() -> Answering:
        whitenoise: Answering = WhiteNoiseMiddleware(get_response)
        return whitenoise

    def answer(request: HttpRequest) -> HttpResponse:
        is_file = request.path_info.startswith(settings.STATIC_URL)
        return (files() if is_file else get_response)(request)

    return answer
