"""Every address of the desk's own pages, below /admin/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern

View = Callable[..., Any]


def desk_urls(guard: Callable[[View], View]) -> list[URLPattern]:
    """The desk's paths; `guard` lets only signed-in staff through."""
    return []
