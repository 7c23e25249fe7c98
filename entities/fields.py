"""Model fields of our own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from entities import edtf


def validate_edtf(text: str) -> None:
    """Raise ValidationError, in the parser's own words, unless the text is EDTF."""
    try:
        edtf.parse(text)
    except edtf.EdtfError as error:
        raise ValidationError(str(error), code="edtf") from error


class EdtfField(models.CharField):
    """A date as EDTF (ISO 8601-2, levels 0 and 1), kept as it was written."""

    default_validators = [validate_edtf]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)
