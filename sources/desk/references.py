"""Bringing sources in: what each reference would be, which are here, which to make."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sources.desk import records
from sources.desk.incoming import given
from sources.desk.uploads import Upload
from sources.exchange import files
from sources.exchange.hands import Member
from sources.exchange.importer import Importer
from sources.exchange.records import ImportRefused, Problem, Report, printable
from sources.models import Source
from sources.references import drafts, known, reading
from sources.references.known import Match
from sources.references.reading import MOST_BYTES, MOST_REFERENCES, PAGES, Found
from sources.references.reference import Reference

FIELDS = ("author", "published", "url", "doi")


@dataclass(frozen=True)
class Line:
    """One reference in the preview, with the source that it is, if we have it."""

    number: int
    reference: Reference
    match: Match | None
    is_chosen: bool

    @property
    def title(self) -> str:
        return self.reference.values.get("title") or self.reference.key

    @property
    def about(self) -> list[str]:
        values = self.reference.values
        return [values[name] for name in FIELDS if values.get(name)]


class ReferencesForm(forms.Form):
    """A file of another program, or the one that the page carries."""

    file = forms.FileField(
        label="The file",
        required=False,
        allow_empty_file=True,
        help_text=f"CSL-JSON, BibTeX or RIS; at most {MOST_BYTES // 1_000_000} MB and "
        f"{MOST_REFERENCES:,} references.",
    )
    _held = forms.CharField(required=False, widget=forms.HiddenInput)

    # What was sent, once the form is valid.
    upload: Upload

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> Any:
        cleaned: Any = super().clean()
        sent, held = cleaned.get("file"), cleaned.get("_held")
        if not (sent or held):
            raise ValidationError({"file": "Choose a file."})
        try:
            self.upload = _received(sent) if sent else Upload.unpacked(held, self.user)
        except ImportRefused as refusal:
            told = [problem.message for problem in refusal.problems]
            raise ValidationError({"file": told}) from refusal
        return cleaned


def _received(file: Any) -> Upload:
    """The file as text; raises ValidationError or ImportRefused if it is none."""
    name = printable(PurePath(file.name).name)[:100]
    if file.size > MOST_BYTES:
        message = f"It has {file.size / 1e6:.1f} MB: divide it."
        raise ValidationError({"file": message})
    if PurePath(name).suffix.lower() in PAGES:
        message = "It is a web page: bring it in with “Put a text in”, with its text."
        raise ValidationError({"file": message})
    return Upload(name, *files.decode(name, file.read()))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("sources.add_source", raise_exception=True)
def bring(request: HttpRequest) -> HttpResponse:
    """Upload, choose, make; a page of its own for each."""
    form = ReferencesForm(request.user, *given(request))
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        found = reading.read(form.upload.name, form.upload.text)
        problems, is_meant = found.problems, "apply" in request.POST
        lines = _lines(found, request.POST.getlist("make") if is_meant else None)
        chosen = [line.reference for line in lines if line.is_chosen]
        if is_meant and chosen and not problems:
            report, problems = _make(request.user, chosen)
            if not problems:
                return _done(request, report)
        context |= _shown(form, found, lines, problems)
        context["is_unchosen"] = is_meant and not chosen
    page = records.context(request, "Bring sources in", **context)
    return render(request, "desk/references.html", page)


def _lines(found: Found, chosen: list[str] | None) -> list[Line]:
    """The references; chosen are those named, else those that are not here."""
    if found.problems:
        return []
    matches = known.matches(found.references)
    drafts.publishers(found.references)
    return [
        Line(
            number,
            one,
            match,
            match is None if chosen is None else str(number) in chosen,
        )
        for number, (one, match) in enumerate(
            zip(found.references, matches, strict=True), 1
        )
    ]


def _make(user: Any, chosen: list[Reference]) -> tuple[Report, list[Problem]]:
    importer = Importer(reason="Imported from a file of references", hand=Member(user))
    try:
        return importer.run(drafts.rows(chosen)), []
    except ImportRefused as refusal:
        return importer.report, refusal.problems


def _shown(
    form: ReferencesForm, found: Found, lines: list[Line], problems: list[Problem]
) -> dict[str, Any]:
    return {
        "upload": form.upload,
        "held": form.upload.packed(form.user),
        "found": found,
        "lines": lines,
        "problems": problems,
        "known_count": sum(line.match is not None for line in lines),
    }


def _done(request: HttpRequest, report: Report) -> HttpResponse:
    messages.success(request, f"Imported as drafts: {report}.")
    return redirect(f"admin:sources_{Source._meta.model_name}_changelist")
