"""“Check this yourself”: a reader's copy of an article against what we cite from it.

Nothing is stored, nothing is logged, no cookie is set; the copy leaves memory with the
answer. What comes back of the article is only what the reader sent.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from briefing.pages import sources
from briefing.pages.addresses import absent, is_shown
from briefing.rendering import render
from entities.characters import stored_form
from entities.rows import Rows
from sources.anchors import Passage
from sources.models import Evidence
from sources.models.sources import fingerprint
from sources.reading.recheck import Rechecked, recheck

MOST = 1_000_000
MOST_QUOTES = 500
AROUND = 60
CITED = Rows(
    lambda source: (
        Evidence.objects.public()
        .from_source(source)
        .exclude(quote="")
        .order_by("place", "id")
        .values_list(
            *("id", "slug", "quote", "start", "end", "prefix", "suffix"),
            *("claim__statement", "claim__slug"),
        )[:MOST_QUOTES]
    )
)


class Result(NamedTuple):
    """One quote, what became of it in the reader's copy, and what stands around it."""

    row: Any
    found: Rechecked
    before: str
    after: str


class Copy(forms.Form):
    """A reader's copy of an article: pasted, or as a text file."""

    text = forms.CharField(required=False, strip=False)
    file = forms.FileField(required=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        file = given.get("file")
        if file is not None and file.size > MOST:
            raise ValidationError(f"The file is larger than {MOST:,} bytes.")
        words = _decoded(file.read()) if file is not None else given.get("text", "")
        if not words.strip():
            raise ValidationError("Paste the article’s words, or choose a text file.")
        if len(words) > MOST:
            raise ValidationError(f"The text is longer than {MOST:,} characters.")
        return {**given, "words": stored_form(words)}


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "The file is not a text in UTF-8: paste the article’s words instead."
        raise ValidationError(message) from error


# Nothing is changed by it, so nobody can be made to change anything; and a token
# would set a cookie on readers.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, slug: str) -> HttpResponse:
    source = next(iter(sources.ONE(slug=slug)), None)
    if source is None or not is_shown(source):
        return absent(request, "source", slug, source)
    is_sent = request.method == "POST"
    form = Copy(request.POST, request.FILES) if is_sent else Copy()
    words = form.cleaned_data["words"] if form.is_valid() else None
    rows = CITED(source=source.id)
    context = {
        "source": source,
        "name": sources.name_of(source),
        "typed": request.POST.get("text", ""),
        "errors": [message for each in form.errors.values() for message in each],
        "size": len(rows),
        "results": None if words is None else results(words, rows),
        "is_same": words is not None and fingerprint(words) == source.text_sha256,
    }
    return render(request, "sources/yourself.html", context)


def results(words: str, rows: Any) -> list[Result]:
    """Each quote looked for in the copy, in the order of our article."""
    passages = [
        (row.id, Passage(row.quote, row.start, row.end, row.prefix, row.suffix))
        for row in rows
    ]
    found = recheck(words, passages)
    return [
        Result(row, one, *_around(words, one))
        for row, one in zip(rows, found, strict=True)
    ]


def _around(words: str, one: Rechecked) -> tuple[str, str]:
    if one.start is None or one.end is None:
        return "", ""
    before = words[max(0, one.start - AROUND) : one.start]
    return before, words[one.end : one.end + AROUND]
