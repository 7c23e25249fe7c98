"""Real Chromium for the tests that are marked `browser`."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from tests.needs import chromium

if TYPE_CHECKING:
    from django.contrib.auth.models import User

# Playwright keeps an event loop running in the tests' thread, and Django then
# refuses the database there. Nothing is awaited in it while a test runs.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

# Milliseconds: a machine may have more to do than this. What is awaited is told as
# soon as it is there.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

# Nothing of the browser's own may call home: there is no network to call over.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium(), "args": FLAGS}


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """What is not there after that long is not coming."""
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def sign_in(page: Page, live_server: Any, client: Client) -> Callable[[User], Page]:
    """Give a page whose session is that user's."""

    def sign_in(user: User) -> Page:
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        session = client.cookies[name].value
        page.context.add_cookies(
            [{"name": name, "value": session, "url": live_server.url}]
        )
        return page

    return sign_in
