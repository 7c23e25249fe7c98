"""What every page rests on beside the rows: if any of it changed, all is rendered."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max

from briefing.edition.current import Edition
from briefing.edition.manifest import Manifest
from entities.models import Entity
from sources.models import Claim, Correction, Evidence, Finding, Question, Source

CODE = ("briefing", "sources", "entities", "templates/site", "static")
SETTINGS = (
    *("PUBLIC_QUOTE_LENGTH", "TIME_ZONE", "LANGUAGE_CODE", "ONE_PERSON_DESK"),
    "INSTALLED_APPS",
)
LIBRARIES = ("django", "jinja2", "markdown-it-py", "python-docx", "django-filter")
# Whose histories tell readers what changed.
TOLD = (Claim, Entity, Source, Question, Evidence, Finding, Correction)


def basis(edition: Edition) -> str:
    """A fingerprint of the code, the settings, the libraries and the addresses."""
    parts = hashlib.sha256(repr(edition).encode())
    for line in _stated():
        parts.update(line.encode())
    for path in _files():
        parts.update(str(path.relative_to(settings.BASE_DIR)).encode())
        parts.update(path.read_bytes())
    return parts.hexdigest()


def _stated() -> Iterator[str]:
    yield f"{platform.python_version()} {connection.vendor}"
    yield from (f"{name} {getattr(settings, name)!r}" for name in SETTINGS)
    yield from (f"{name} {version(name)}" for name in LIBRARIES)


def _files() -> Iterator[Path]:
    for folder in CODE:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


def is_continued(manifest: Manifest) -> bool:
    """Whether the histories hold all that they held, and what came since."""
    return all(_is_continued(manifest, model) for model in TOLD)


def _is_continued(manifest: Manifest, model: Any) -> bool:
    last, count = (int(one) for one in (manifest.fact(_fact(model)) or "0 0").split())
    rows = model.history.all().order_by()
    since = rows.filter(history_id__gt=last).count()
    return bool(rows.count() == count + since)


def note_histories(manifest: Manifest) -> None:
    ends = {"last": Max("history_id"), "count": Count("history_id")}
    for model in TOLD:
        found = model.history.all().order_by().aggregate(**ends)
        manifest.note(_fact(model), f"{found['last'] or 0} {found['count']}")


def _fact(model: Any) -> str:
    return f"history of {model._meta.model_name}"
