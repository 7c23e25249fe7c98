"""What some tests need of the machine: where it is missing, they say so aloud."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """The browser to drive; CHROMIUM names another."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ([named] if named else BROWSERS))
    return next((path for path in found if path), None)


def texts_folder() -> Path | None:
    """The folder with the five articles, which are not ours to give away."""
    named = os.environ.get("BRIEFING_TEXTS")
    folder = Path(named) if named else ROOT.parent / "shared" / "seeds"
    return folder if folder.is_dir() else None


@dataclass(frozen=True)
class Need:
    """One thing that tests with a marker need, and how to come by it."""

    marker: str
    what: str
    how: str
    is_met: Callable[[], bool]
    # Whether a machine without it is at fault when CI runs.
    is_owed: Callable[[], bool] = lambda: True

    @property
    def reason(self) -> str:
        return f"needs {self.what}: {self.how}"


NEEDS = (
    Need(
        "browser",
        "Chromium",
        "apt-get install chromium, or CHROMIUM=/path/to/it",
        lambda: chromium() is not None,
    ),
    Need(
        "postgres",
        "PostgreSQL",
        "apt-get install postgresql",
        lambda: postgres.programs() is not None,
    ),
    Need(
        "nginx",
        "nginx and openssl",
        "apt-get install nginx-light openssl",
        lambda: bool(shutil.which("nginx") and shutil.which("openssl")),
    ),
    Need(
        "texts",
        "the article texts",
        "name their folder with BRIEFING_TEXTS=DIR",
        lambda: texts_folder() is not None,
        is_owed=lambda: "BRIEFING_TEXTS" in os.environ,
    ),
    Need(
        "ftm",
        "FollowTheMoney's library",
        "apt-get install libicu-dev pkg-config g++, then pip install followthemoney",
        lambda: find_spec("followthemoney") is not None,
        is_owed=lambda: False,
    ),
    Need(
        "sqlite",
        "SQLite",
        "it runs in `make test`",
        lambda: connection.vendor == "sqlite",
        is_owed=lambda: False,
    ),
)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    for need in NEEDS:
        if item.get_closest_marker(need.marker) is None or need.is_met():
            continue
        if os.environ.get("CI") and need.is_owed():
            pytest.fail(need.reason, pytrace=False)
        pytest.skip(need.reason)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: Any) -> Iterator[None]:
    yield
    skipped = [
        str(report.longrepr) for report in terminalreporter.getreports("skipped")
    ]
    for need in NEEDS:
        count = sum(need.reason in reason for reason in skipped)
        if count:
            told = f"NOT RUN: {count} × {need.marker}; {need.reason}"
            terminalreporter.write_line(told, yellow=True)


@pytest.fixture(scope="session")
def texts() -> Path:
    """The folder with the five articles; for tests marked `texts`."""
    folder = texts_folder()
    assert folder is not None, "mark the test with `texts`"
    return folder
