"""What all answers of the API share: how they are asked for, kept, limited and sent."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from briefing.api import problems
from briefing.api.bearing import Bearer, ByAddress, Writes

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
NOT_KEPT = "private, no-store"


class Answering(APIView):
    """A view that reads: for all, from anywhere, without a session."""

    http_method_names = ["get", "head", "options"]
    authentication_classes = [Bearer]
    # What may be written, `rights` decides.
    permission_classes = [AllowAny]
    throttle_classes = [ByAddress, Writes]
    request: Any

    def get_exception_handler(self) -> Any:
        return problems.handled

    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(status=204, headers=PREFLIGHT)

    def finalize_response(
        self, request: Any, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if request.auth is None:
            for name, value in READ_BY.items():
                answer[name] = value
        else:
            answer["Cache-Control"] = NOT_KEPT
        answer["Vary"] = "Accept, Authorization"
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
