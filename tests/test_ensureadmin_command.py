"""`manage.py ensureadmin`: one administrator, whose password is told once."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

pytestmark = pytest.mark.django_db


def told(**options: str) -> str:
    out = StringIO()
    call_command("ensureadmin", stdout=out, stderr=out, **options)
    return out.getvalue()


def test_it_works(client: Client) -> None:
    password = re.search(r"password {2,}(\S+)", told())
    assert password is not None
    assert client.login(username="admin", password=password[1]) is True
    assert client.get("/admin/").status_code == 200


def test_it_makes_a_member_of_the_administrators() -> None:
    told()
    admin = User.objects.get()
    assert admin.is_superuser is True
    assert [group.name for group in admin.groups.all()] == ["Administrators"]


def test_it_says_nothing_where_there_is_one(administrator: User) -> None:
    assert told() == ""
    assert User.objects.get() == administrator


def test_it_takes_no_account_that_cannot_sign_in_for_one(administrator: User) -> None:
    User.objects.update(is_active=False)
    assert "An administrator was made" in told()


def test_it_leaves_a_taken_name_alone(contributor: User) -> None:
    assert "the name “cora” is taken" in told(username="cora")
    assert User.objects.get().is_superuser is False
