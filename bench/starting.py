"""How soon the program is there, beside a bare Django project with the same packages.

The bare one is what `startproject` writes, with the same packages' applications in it
and one view; what is counted is the processor time of a whole process. Each is started
once before: what Python and Jinja2 compile is there by then, as it is on a server.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from bench.figures import Figure, figure
from bench.sizes import ROOT

TARGET = "<= 1.5"
ROUNDS = 5
OURS = ("briefing", "sources", "entities", "django.contrib")
MORE = """
INSTALLED_APPS += {apps}
ALLOWED_HOSTS = ["*"]
"""
ADDRESSES = """
from django.contrib import admin
from django.http import HttpResponse
from django.urls import path
urlpatterns = [
    path("admin/", admin.site.urls), path("", lambda request: HttpResponse("<h1>Hello"))
]
"""
# A worker's first page: the application, and one request through its middleware.
PAGE = """
from {project}.wsgi import application
from django.test import Client
answer = Client(headers={{"host": "localhost"}}).get("/")
assert answer.status_code == 200 and b"<h1" in answer.content, answer
"""


def measure(size: str) -> Iterator[Figure]:
    """The same at every size: measured at the least."""
    if size != "10k":
        return
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder)
        _bare_project(bare)
        for name, ours, theirs in (
            ("manage.py check", ["manage.py", "check"], ["manage.py", "check"]),
            ("first page after start", _page("briefing"), _page("bare")),
        ):
            pairs = [
                (_cost(ROOT, ours), _cost(bare, theirs)) for _ in range(1 + ROUNDS)
            ]
            values = [mine / other for mine, other in pairs[1:]]
            yield figure(f"{name} / a bare project's", size, values, TARGET)


def _bare_project(folder: Path) -> None:
    command = [sys.executable, "-m", "django", "startproject", "bare", str(folder)]
    subprocess.run(command, check=True)
    apps = [app for app in settings.INSTALLED_APPS if not app.startswith(OURS)]
    with (folder / "bare" / "settings.py").open("a") as file:
        file.write(MORE.format(apps=apps))
    (folder / "bare" / "urls.py").write_text(ADDRESSES)


def _page(project: str) -> list[str]:
    return ["-c", PAGE.format(project=project)]


def _cost(folder: Path, arguments: list[str]) -> float:
    """The processor time of one process, in seconds."""
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if folder != ROOT:
        environment["DJANGO_SETTINGS_MODULE"] = "bare.settings"
    before = _spent()
    command = [sys.executable, *arguments]
    subprocess.run(
        command,
        cwd=folder,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return _spent() - before


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
