"""Programs with a token, as tests send them to the API."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from sources.models import Token

API = "/api/v1"


def make_token(user: Any, **fields: Any) -> str:
    """A token in force in someone's name; what the program sends."""
    token = Token(user=user, **{"label": "Robot", **fields})
    secret = token.make_secret()
    token.save()
    return secret


class Program:
    """A program that writes in someone's name; in nobody's without one."""

    def __init__(self, user: Any = None, **fields: Any) -> None:
        self.client = Client()
        self.headers: dict[str, str] = {}
        if user is not None:
            self.headers["Authorization"] = f"Bearer {make_token(user, **fields)}"

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"{API}{path}", headers=self.headers | headers)

    def post(self, path: str, given: Any = None, **headers: str) -> Any:
        return self._send("post", path, given, headers)

    def patch(self, path: str, given: Any, version: Any = None) -> Any:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return self._send("patch", path, given, headers)

    def _send(self, method: str, path: str, given: Any, headers: Any) -> Any:
        body = given if isinstance(given, str | bytes) else json.dumps(given or {})
        return getattr(self.client, method)(
            f"{API}{path}",
            body,
            content_type="application/json",
            headers=self.headers | headers,
        )


def faults(answer: Any) -> dict[str, str]:
    """The first message at each field of a problem."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    told = reversed(answer.json()["errors"])
    return {fault["field"]: fault["message"] for fault in told}
