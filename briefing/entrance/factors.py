"""The second factor of an account: codes of an app (TOTP, RFC 6238), and spare ones.

A spare code works once. Of it only a digest is kept: whoever reads the database cannot
come in with what stands there.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

SPARE_CODES, GROUPS, LETTERS = 10, 5, "abcdefghjkmnpqrstuvwxyz23456789"


def has_one(user: Any) -> bool:
    """Whether the account asks for a code."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def is_owed(user: Any) -> bool:
    """Whether the account must set one up before anything else."""
    return bool(settings.REQUIRE_SECOND_FACTOR) and not has_one(user)


def accepts(user: Any, code: str) -> bool:
    """Whether it is a code of the account now; a code is taken once."""
    typed = "".join(code.split()).replace("-", "").lower()
    with transaction.atomic():
        for device in _held(TOTPDevice, user):
            if typed.isdigit() and device.verify_token(typed):
                return True
        spare = [] if typed.isdigit() else _held(StaticDevice, user)
        return any(device.verify_token(digest(typed)) for device in spare)


def proposed(user: Any) -> TOTPDevice:
    """The secret that the account may take up; the same until it does."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "app"}
    )
    return device


def take_up(user: Any, code: str) -> bool:
    """Turn the factor on if the code shows that the app has the secret."""
    device = proposed(user)
    # One wrong digit is no guessing: the secret is on the screen.
    device.throttle_reset()
    if not device.verify_token("".join(code.split())):
        return False
    device.confirmed = True
    device.save()
    return True


def make_spare_codes(user: Any) -> list[str]:
    """New spare codes, to be shown this once; the old ones end."""
    codes = ["-".join(_group() for _ in range(GROUPS)) for _ in range(SPARE_CODES)]
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="spare")
        StaticToken.objects.bulk_create(
            StaticToken(device=device, token=digest(code.replace("-", "")))
            for code in codes
        )
    return codes


def spare_codes_left(user: Any) -> int:
    return StaticToken.objects.filter(device__user=user).count()


def turn_off(user: Any) -> None:
    """Forget the factor and all spare codes."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()


def end_other_sessions(user: Any, kept: str | None) -> int:
    """Sign the account out everywhere else; how many sessions ended."""
    others = [
        session.pk
        for session in Session.objects.exclude(pk=kept)
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    Session.objects.filter(pk__in=others).delete()
    return len(others)


def digest(code: str) -> str:
    """What is kept of a spare code: as much of its SHA-256 as the column takes."""
    return base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()[:16]


def _group() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(GROUPS))


def _held(model: Any, user: Any) -> list[Any]:
    """The account's own, held so that no code is taken twice at once."""
    return list(model.objects.select_for_update().filter(user=user, confirmed=True))
