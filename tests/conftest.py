"""What tests share: the cast, and staff to sign in as."""

from __future__ import annotations

import os
from typing import Any

import hypothesis
import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User

from briefing import making
from tests import cast as casting

# A slow machine is no fault; in CI the same examples are tried every time.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "patient")

# Tests are made of the desk's tables before anybody asks for one of its addresses.
admin.autodiscover()

pytest_plugins = ["tests.postgres", "tests.needs", "tests.browser", "tests.commands"]


@pytest.fixture
def cast(db: Any) -> casting.Cast:
    return casting.build()


def _staff(name: str, group: str) -> User:
    user = User.objects.create_user(name, password="correct horse", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def contributor(db: Any) -> User:
    return _staff("cora", "Contributors")


@pytest.fixture
def editor(db: Any) -> User:
    return _staff("edith", "Editors")


@pytest.fixture
def second_editor(db: Any) -> User:
    return _staff("edgar", "Editors")


@pytest.fixture
def administrator(db: Any) -> User:
    return _staff("anna", "Administrators")


@pytest.fixture(autouse=True)
def fast_passwords(settings: Any) -> None:
    """Passwords are slow to hash on purpose; tests have nothing to protect."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """No page of another test's database stands."""
    making.forget()


@pytest.fixture(autouse=True)
def unlimited_api(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests ask more often than any reader; what limits them has its own test.

    Tests that run side by side do not count each other's requests.
    """
    settings.API_RATE = settings.API_WRITE_RATE = ""
    rates = settings.CACHES["rates"] | {
        "LOCATION": str(tmp_path_factory.getbasetemp() / "rates")
    }
    settings.CACHES = settings.CACHES | {"rates": rates}
