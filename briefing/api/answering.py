"""What all answers of the API share: how they are asked for, kept, limited and sent."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from briefing.api import problems

READ_BY = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link, Retry-After",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
# Kept by anyone, but asked after each time: what is withdrawn is gone at once.
KEPT = "public, no-cache"
logger = logging.getLogger(__name__)


class ByAddress(AnonRateThrottle):
    """So many requests from one address; counted in files that all workers share."""

    cache = caches["rates"]

    def get_rate(self) -> str | None:
        return settings.API_RATE or None

    def allow_request(self, request: Any, view: Any) -> bool:
        try:
            return bool(super().allow_request(request, view))
        except OSError:
            # A full disk keeps nobody from reading.
            logger.exception("The API's requests cannot be counted")
            return True


class Answering(APIView):
    """A view that reads: for all, from anywhere, without a session."""

    http_method_names = ["get", "head", "options"]
    throttle_classes = [ByAddress]
    request: Any

    def get_exception_handler(self) -> Any:
        return problems.handled

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(status=204, headers=PREFLIGHT)

    def finalize_response(
        self, request: HttpRequest, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        answer = super().finalize_response(request, response, *args, **kwargs)
        for name, value in READ_BY.items():
            answer[name] = value
        answer["Vary"] = "Accept"
        return answer

    def answer(self, data: Any, modified_at: datetime | None = None) -> HttpResponse:
        """The data as JSON, or that it has not changed since it was last fetched."""
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        return self.sent(body, "application/json", modified_at)

    def sent(
        self, body: bytes, media_type: str, modified_at: datetime | None = None
    ) -> HttpResponse:
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Cache-Control": KEPT}
        if modified_at is not None:
            headers["Last-Modified"] = http_date(modified_at.timestamp())
        response = HttpResponse(body, content_type=media_type, headers=headers)
        since = int(modified_at.timestamp()) if modified_at else None
        kept = get_conditional_response(self.request._request, etag, since, response)
        return kept or response
