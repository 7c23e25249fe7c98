"""Style sheets and scripts: listed once the first is asked for, and only then."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from briefing import static_files


def test_they_are_served_and_what_is_no_file_is_not_found(
    client: Client, db: None
) -> None:
    answer = client.get("/static/icon.svg")
    assert answer.status_code == 200
    assert b"<svg" in b"".join(answer)  # type: ignore[arg-type]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/static/none.svg").status_code == 404


def test_they_are_listed_once_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []

    def whitenoise(get_response: Any) -> Any:
        made.append(get_response)
        return lambda request: HttpResponse("a file")

    monkeypatch.setattr(static_files, "WhiteNoiseMiddleware", whitenoise)
    answer = static_files.served(lambda request: HttpResponse("a page"))
    asked = RequestFactory().get
    assert answer(asked("/claims/")).content == b"a page" and not made
    assert answer(asked("/static/a.css")).content == b"a file"
    assert answer(asked("/static/b.css")).content == b"a file" and len(made) == 1
