"""Whether what was entered for a claim or a piece of evidence fits together.

Each function raises a ValidationError that names the field and the mend, or does
nothing. What one table alone can tell is a constraint of the database.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from sources import values

if TYPE_CHECKING:
    from sources.models.claims import Claim
    from sources.models.evidence import Evidence

TURNED = {"rewrite", "translation"}


def refuse_wrong_kind(claim: Claim) -> None:
    """The value and the subject are of the kinds that the property asks for."""
    if claim.property_id is None or claim.subject_id is None:
        return
    asked, wanted = claim.property, values.FIELD_OF_TYPE[claim.property.value_type]
    given = [name for name in values.FIELD_OF_TYPE.values() if _is_given(claim, name)]
    wrong = [name for name in given if name != wanted]
    if wrong and not claim.no_value:
        answer = asked.get_value_type_display().lower()
        raise ValidationError({wrong[0]: f"“{asked}” is answered by {answer}."})
    kinds = asked.subject_kinds
    if kinds and claim.subject.kind not in kinds:
        message = f"“{asked}” is asked of {', '.join(kinds)} only."
        raise ValidationError({"property": message})


def _is_given(claim: Claim, name: str) -> bool:
    return getattr(claim, name) not in (None, "")


def refuse_unkeepable(name: str, amount: Decimal | None) -> None:
    """The number has no more digits than every database keeps."""
    if amount is None:
        return
    digits = len("".join(map(str, amount.as_tuple().digits)).rstrip("0"))
    if digits > values.SIGNIFICANT_DIGITS:
        message = f"{amount} has {digits} significant digits: give at most "
        raise ValidationError({name: f"{message}{values.SIGNIFICANT_DIGITS}."})


def refuse_quotation_of_a_rewrite(evidence: Evidence) -> None:
    """Words that were turned before they reached us are nobody's own."""
    if evidence.form != "verbatim_speech" or evidence.source_id is None:
        return
    source = evidence.source
    if source.genre == "rewrite" or source.derivation in TURNED:
        message = "A rewritten or translated quotation is not verbatim."
        raise ValidationError({"form": message})


def refuse_unexplained(evidence: Evidence) -> None:
    """There is a quote, an inference is explained, and no source credits itself."""
    if evidence.quote and not evidence.quote.strip():
        raise ValidationError({"quote": "Quote the words that locate the passage."})
    if evidence.is_inferred and not evidence.note:
        raise ValidationError({"note": "Say what the inference is."})
    if evidence.via_id is not None and evidence.via_id == evidence.source_id:
        raise ValidationError({"via": "A source cannot be credited with itself."})


def refuse_wrong_place(evidence: Evidence, text: str | None) -> None:
    """The quote stands where it is said to; `text` is None where we cannot look."""
    start, end, quote = evidence.start, evidence.end, evidence.quote
    if start is None or end is None:
        return
    if end - start != len(quote):
        message = f"The quote is {len(quote)} characters long, the place {end - start}."
        raise ValidationError({"end": f"{message} Leave the place blank: it is found."})
    if text is not None and text[start:end] != quote:
        message = "Our copy has other words at this place."
        raise ValidationError({"start": f"{message} Leave it blank: it is found."})
