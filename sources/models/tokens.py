"""By what a program is known to the API, and in whose name it writes."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

# So much of a token is kept in clear: enough to tell which one it is.
PREFIX_LENGTH = 12
# Nobody needs the use of a token more exactly, and each note of it is a write.
NOTED_EVERY = timedelta(hours=1)


def digest(secret: str) -> str:
    """What is kept of a token: as long and random as it is, it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


class TokenQuerySet(models.QuerySet[Any]):
    def of(self, users: Any) -> Self:
        return self.filter(user__in=users)

    def in_force(self) -> Self:
        """Neither revoked nor expired, and of someone who may enter the desk."""
        now = timezone.now()
        lasting = Q(expires_at=None) | Q(expires_at__gt=now)
        return self.filter(
            lasting, revoked_at=None, user__is_active=True, user__is_staff=True
        )

    def known_by(self, secret: str) -> Any:
        """The token with this secret, if it is in force; None otherwise."""
        found = self.in_force().filter(digest=digest(secret))
        return found.select_related("user").first()

    def note_use(self, token: Token) -> None:
        """Keep when it was last used, to the hour."""
        now = timezone.now()
        if token.used_at is None or now - token.used_at > NOTED_EVERY:
            self.filter(pk=token.pk).update(used_at=now)


class Token(models.Model):
    """One program's leave to write to the API in someone's name."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="tokens",
        help_text="In whose name the program writes, and by whose rights.",
    )
    label = models.CharField(
        max_length=80,
        help_text="What uses it. The history says it beside the name.",
    )
    prefix = models.CharField("begins with", max_length=PREFIX_LENGTH, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("made", auto_now_add=True)
    used_at = models.DateTimeField("last used", null=True, editable=False)
    expires_at = models.DateTimeField(
        "expires", null=True, blank=True, help_text="Blank: only when it is revoked."
    )
    revoked_at = models.DateTimeField("revoked", null=True, editable=False)

    objects: ClassVar[Any] = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = "API token"
        verbose_name_plural = "API tokens"

    def __str__(self) -> str:
        return f"{self.label} ({self.prefix}…)"

    def make_secret(self) -> str:
        """The token itself, which nobody can be shown again."""
        secret = f"briefing_{secrets.token_urlsafe(32)}"
        self.prefix, self.digest = secret[:PREFIX_LENGTH], digest(secret)
        return secret

    def revoke(self) -> None:
        """Let it never be used again."""
        if self.revoked_at is None:
            self.revoked_at = timezone.now()
            self.save(update_fields=["revoked_at"])
