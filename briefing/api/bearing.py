"""Who asks: nobody in particular, or a program with a token in someone's name."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.db import DatabaseError
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import SimpleRateThrottle

from sources.models import Token

logger = logging.getLogger(__name__)


class Bearer(BaseAuthentication):
    """`Authorization: Bearer …`, and nothing else: no session, so nothing to forge."""

    def authenticate(self, request: Any) -> tuple[Any, Token] | None:
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        scheme, _, secret = header.partition(" ")
        is_bearer = scheme.lower() == "bearer"
        token = Token.objects.known_by(secret.strip()) if is_bearer else None
        if token is None:
            raise AuthenticationFailed(
                "No token in force is this one: it may have been revoked, or have "
                "expired, or its owner may not enter the desk any more."
            )
        _note_use(token)
        return token.user, token

    def authenticate_header(self, request: Any) -> str:
        return "Bearer"


def _note_use(token: Token) -> None:
    try:
        Token.objects.note_use(token)
    except DatabaseError:
        # Who only reads is not kept from it.
        logger.exception("The use of a token cannot be noted")


def token_of(request: Any) -> Token:
    """The token that came with the request. Raises NotAuthenticated without one."""
    if request.auth is None:
        raise NotAuthenticated("Send a token: Authorization: Bearer …")
    found: Token = request.auth
    return found


class ByAddress(SimpleRateThrottle):
    """So many requests from one address, or with one token.

    They are counted in files that all workers share.
    """

    scope = "address"

    @property
    def cache(self) -> BaseCache:
        return caches["rates"]

    def get_rate(self) -> str | None:
        return settings.API_RATE or None

    def get_cache_key(self, request: Any, view: Any) -> str:
        token = request.auth
        who = f"token-{token.pk}" if token else self.get_ident(request)
        return f"{self.scope}-{who}"

    def allow_request(self, request: Any, view: Any) -> bool:
        try:
            return bool(super().allow_request(request, view))
        except OSError:
            # A full disk keeps nobody from reading.
            logger.exception("The API's requests cannot be counted")
            return True


class Writes(ByAddress):
    """So many changes with one token."""

    scope = "writes"

    def get_rate(self) -> str | None:
        return settings.API_WRITE_RATE or None

    def allow_request(self, request: Any, view: Any) -> bool:
        reads = request.method in SAFE_METHODS
        return reads or super().allow_request(request, view)
