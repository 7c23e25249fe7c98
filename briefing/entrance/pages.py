"""The page on which an account sets up its second factor, or turns it off."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.contrib.admin import site
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.safestring import mark_safe

from briefing.entrance import attempts, factors

WRONG = "That is not the code that the app shows now: type the one you see."
DEEDS = ("take-up", "new-codes", "turn-off")


def factor(request: HttpRequest) -> HttpResponse:
    """Set up, spare codes, turn off: each asks for a code that is valid now."""
    user: Any = request.user
    if not (user.is_active and user.is_staff):
        return redirect("admin:login")
    codes: list[str] = []
    if request.method == "POST":
        if wait := attempts.minutes_to_wait(request, f"code of {user.pk}"):
            return _shown(request, [], f"Too many attempts. Wait {wait} minutes.", 429)
        done, codes = _do(request, user)
        if not done:
            return _shown(request, [], WRONG, 200)
        attempts.forget(request, f"code of {user.pk}")
        if not codes:
            messages.success(request, "The second factor is off.")
            return HttpResponseRedirect(request.path)
    return _shown(request, codes, "", 200)


def _do(request: HttpRequest, user: Any) -> tuple[bool, list[str]]:
    """Whether the code was right and it was done; the new spare codes."""
    code, deed = request.POST.get("code", ""), request.POST.get("deed")
    if deed == "take-up" and not factors.has_one(user):
        if not factors.take_up(user, code):
            return False, []
        factors.end_other_sessions(user, request.session.session_key)
        return True, factors.make_spare_codes(user)
    if deed not in DEEDS or not factors.accepts(user, code):
        return False, []
    if deed == "turn-off":
        factors.turn_off(user)
        return True, []
    return True, factors.make_spare_codes(user)


def _shown(
    request: HttpRequest, codes: list[str], error: str, status: int
) -> HttpResponse:
    user: Any = request.user
    context = {
        **site.each_context(request),
        "title": "Second factor",
        "is_on": factors.has_one(user),
        "is_owed": factors.is_owed(user),
        "codes": codes,
        "left": factors.spare_codes_left(user),
        "error": error,
    }
    if not context["is_on"]:
        context |= _secret(factors.proposed(user))
    response = render(request, "desk/factor.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _secret(device: Any) -> dict[str, Any]:
    """The secret for the app: as a picture, and in letters to type."""
    address = device.config_url
    letters = address.split("secret=")[1].split("&")[0]
    picture = segno.make(address, error="m").svg_inline(
        scale=5, dark="#000", light="#fff", border=3
    )
    return {
        "address": address,
        "letters": " ".join(letters[at : at + 4] for at in range(0, len(letters), 4)),
        "picture": mark_safe(picture),  # noqa: S308
    }
