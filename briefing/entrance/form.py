"""The form to sign in with: a name, a password, and a code where one is asked for.

There is no session before all three were right, so nothing can go round the code.
"""

from __future__ import annotations

import logging
from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from briefing.entrance import attempts, factors

logger = logging.getLogger("briefing.entrance")


class SignInForm(AdminAuthenticationForm):
    code = forms.CharField(
        required=False,
        max_length=100,
        label="Code",
        help_text="From your app, or a spare one; leave it empty if you set up none.",
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text"}
        ),
    )
    # Whether too many attempts came before this one.
    is_refused = False

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username") or ""
        assert self.request is not None
        if wait := attempts.minutes_to_wait(self.request, name):
            self.is_refused = True
            logger.warning("sign-in refused: too many attempts")
            minutes = "a minute" if wait == 1 else f"{wait} minutes"
            raise ValidationError(
                f"Too many attempts. Wait {minutes}, then try again; an administrator "
                "can give you a new password."
            )
        try:
            cleaned = super().clean()
        except ValidationError:
            logger.warning("sign-in refused: wrong name or password")
            raise
        self._ask_for_code()
        attempts.forget(self.request, name)
        logger.info("signed in", extra={"account": getattr(self.get_user(), "pk", "")})
        return cleaned

    def _ask_for_code(self) -> None:
        """Raise ValidationError unless the account's code was given."""
        user: Any = self.get_user()
        if user is None or not factors.has_one(user):
            return
        code = self.cleaned_data.get("code") or ""
        if not code:
            raise ValidationError("This account asks for a code as well: type it too.")
        if not factors.accepts(user, code):
            logger.warning("sign-in refused: wrong code")
            raise ValidationError(
                "That is no code of this account now. Each is taken once: wait for the "
                "next one of your app, or use a spare code."
            )
