"""Words that do something where they are not escaped, in every text of every table.

They are written past all forms and rules, wherever a field of its own would take them:
whatever a page shows is then hostile. A new field is taken without a word here.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

# Long enough for no field; of each, a shorter one below.
ALL = (
    "</script><script>alert(1)</script><!--<script>"
    "\"><img src=x onerror=alert(2)>'><svg/onload=alert(3)>"
    "</textarea></title><iframe srcdoc='<script>alert(4)</script>'>"
    " [x](javascript:alert(5)) ![y](javascript:alert(6)) <javascript:alert(7)> "
    "{{ 7*7 }}{% x %} &lt;b&gt; ]]><a href=javascript:alert(8)>z</a>"
    "<style>*{display:none}</style> =cmd|'/c calc'!A0 \u202e\u2066\u200d"
)
# What is refused in a single line: a mark that turns the reading direction.
LINE = ALL.translate({0x202E: None, 0x2066: None})
SHORT = [
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "'><svg/onload=alert(3)>",
    "[x](javascript:alert(5))",
    "<script>alert(6)//",
    "=1+1",
]
# By these the program finds rows, or makes them of others; nobody types them there.
MADE = {
    *("kind", "table", "slug", "old_slug", "kept_slug", "merged_slug", "to", "key"),
    *("folded", "sort_name", "value_key", "text_sha256", "verified_sha256", "digest"),
    *("mark", "history_type"),
}


def plant() -> set[str]:
    """Write hostile words into every text that takes any; which they were."""
    return {
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ("entities", "sources") and not model._meta.proxy
        for field in model._meta.local_fields
        if takes_text(field) and _plant(model, field)
    }


def takes_text(field: Any) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and not field.choices and field.name not in MADE


def _plant(model: Any, field: Any) -> bool:
    """Whether there was a row for it, and words that the field would take."""
    is_planted = False
    for number, row in enumerate(model._base_manager.order_by("pk")):
        words = _words(field, row, number)
        # What is on hold is nowhere shown but at the desk.
        is_hidden = field.name == "hold" and row.status == "published"
        if words is None or is_hidden:
            continue
        # A rule between two columns may keep it from a row: from one without the other.
        with suppress(IntegrityError), transaction.atomic():
            model._base_manager.filter(pk=row.pk).update(**{field.name: words})
            is_planted = True
    return is_planted


def _words(field: Any, row: Any, number: int) -> str | None:
    """What the field takes: behind its own words if there is room for all."""
    old = getattr(row, field.attname) or ""
    short = SHORT[number % len(SHORT) :] + SHORT
    tried = [f"{old} {ALL}"] if field.max_length is None else [f"{LINE} {number}"]
    for words in [*tried, *(f"{one} {number}" for one in short), *short]:
        try:
            return str(field.clean(words, row))
        except ValidationError:
            continue
    return None
