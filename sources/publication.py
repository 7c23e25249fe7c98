"""What must hold before readers see a record."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from sources.models import Claim


def refuse_unfit_claim(claim: Claim) -> None:
    """Raise ValidationError unless a named person confirmed evidence of the claim."""
    if not claim.evidence.published().confirmed().exists():
        raise ValidationError(
            {
                "status": "To be published a claim needs evidence that someone has "
                "confirmed: read the passage and confirm that it says this."
            }
        )
