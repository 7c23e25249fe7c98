"""A clock that is set back changes no order: versions and numbers count, not time."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from typing import Any
from unittest import mock

from django.test import Client
from django.utils import timezone

from entities.models import Person
from sources import rights
from sources.models import Claim
from tests.tree import ROOT
from tests.typing_in import fill, save

ZONES = ("UTC", "Pacific/Kiritimati", "America/St_Johns")


def a_day_earlier() -> Any:
    """The clock as it was yesterday."""
    earlier = timezone.now() - timedelta(days=1)
    return mock.patch("django.utils.timezone.now", return_value=earlier)


def test_case_44_a_save_under_an_earlier_clock_is_the_last_one(
    cast: Any, editor: Any, second_editor: Any, client: Client
) -> None:
    address = f"/admin/entities/person/{cast.ada.pk}/change/"
    client.force_login(editor)
    save(client, address, summary="Said first.")
    stale = fill(client, address, summary="Typed meanwhile.")
    with a_day_earlier():
        client.force_login(second_editor)
        save(client, address, summary="Said second.")
    client.force_login(editor)
    page = client.post(address, stale)
    assert page.status_code == 409 and "Typed meanwhile." in page.text
    assert "edgar" in page.text and "A program that writes" not in page.text
    assert Person.objects.get(pk=cast.ada.pk).summary == "Said second."


def test_case_44_who_wrote_it_does_not_hang_on_the_clock(
    cast: Any, editor: Any, second_editor: Any, client: Client
) -> None:
    claim = Claim.objects.published().first()
    address = f"/admin/sources/claim/{claim.pk}/change/"
    client.force_login(editor)
    save(client, address, statement="Said first.")
    with a_day_earlier():
        client.force_login(second_editor)
        save(client, address, statement="Said second.")
    claim.refresh_from_db()
    assert claim.statement == "Said second."
    columns = ("statement",)
    assert rights._author(editor, claim, columns) == second_editor.pk


def test_case_44_no_page_breaks_under_an_earlier_clock(
    cast: Any, client: Client
) -> None:
    with a_day_earlier():
        for address in ("/", "/changes/", "/people/ada-vance/", "/api/v1/changes/"):
            assert client.get(address).status_code == 200, address


def test_case_44_the_zone_of_the_machine_changes_nothing() -> None:
    code = (
        "import django; django.setup(); from datetime import datetime, UTC; "
        "from django.utils import timezone; "
        "print(timezone.localtime(datetime(2031, 3, 30, 1, 30, tzinfo=UTC)))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "TZ": zone, "SECRET_KEY": "for-tests"}
            | {"DJANGO_SETTINGS_MODULE": "briefing.settings"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone in ZONES
    }
    assert len(told) == 1
