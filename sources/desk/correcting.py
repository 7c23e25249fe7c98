"""Putting right what readers were told, and taking a record down at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Textarea, modelform_factory
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from entities.models import Entity
from entities.records import Record, StaleRecord, Status
from sources import corrections, publication, rights
from sources.admin import saving
from sources.admin.actions import say
from sources.admin.correcting import ToldForm
from sources.admin.forms import LinesField
from sources.desk import records
from sources.models import Claim, Source

# The words that are put right here; a value is changed on the record's own page.
WORDS: dict[type[Record], list[str]] = {
    Claim: ["statement"],
    Entity: ["name", "summary"],
    Source: ["title", "author", "published"],
}


class CorrectionForm(ToldForm):
    """The words as they are to be, and what readers are told of the change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("corrects", None)
        if self.may_correct:
            self.fields["correction_reason"].required = True

    @property
    def is_correction(self) -> bool:
        return True


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """What we said, what we say now and why, on one screen."""
    record = records.found(kind, slug)
    if corrections.table(record) not in WORDS:
        raise Http404
    records.require_editor(request.user, type(record))
    if not corrections.is_told(record):
        messages.warning(request, "Readers do not see it: just change it.")
        return redirect(records.page_of(record))
    form = _form(request, record)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and records.saved(form, lambda: _save(form)):
        messages.success(request, f"Corrected: readers are told. “{record}”")
        return redirect(records.page_of(record))
    context = {
        "record": record,
        "form": form,
        "page": records.page_of(record),
        "words": [form[name] for name in WORDS[corrections.table(record)]],
        "notice": [form[name] for name in ToldForm.NOTICE[1:]],
    }
    context = records.context(request, f"Correct “{record}”", **context)
    return render(
        request, "desk/correct.html", context, status=409 if _is_stale(form) else 200
    )


def _is_stale(form: Any) -> bool:
    return form.conflict is not None


def _form(request: HttpRequest, record: Any) -> Any:
    names = WORDS[corrections.table(record)]
    lines = {name: LinesField for name in names if name in ("statement", "summary")}
    made: Any = modelform_factory(
        type(record),
        form=CorrectionForm,
        fields=names,
        field_classes=lines,
        widgets={name: Textarea(attrs={"rows": 5}) for name in lines},
    )
    made.user = request.user
    told = corrections.since(record, request.GET.get("since", ""))
    said, says = corrections.in_words(told) if told else ("", "")
    initial = {"correction_said": said, "correction_says": says}
    return made(request.POST or None, instance=record, initial=initial)


def _save(form: Any) -> None:
    saving.store(saving.Outcome(), form, form.reason)
    publication.finish(form.instance, False)
    form.correct()


@require_POST
def withdraw(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Take a record down: one editor, one action, at once, everywhere."""
    record = records.found(kind, slug)
    if not rights.may_take_down(request.user, record):
        raise PermissionDenied
    reason = request.POST.get("reason", "").strip()
    try:
        publication.change_status(request.user, record, Status.WITHDRAWN, reason)
    except (ValidationError, StaleRecord) as error:
        messages.error(request, say(error))
    else:
        message = (
            f"“{record}” is withdrawn: it is gone from every page, feed and export. "
            "Its address says only that, and the date."
        )
        messages.warning(request, message)
    return redirect(records.page_of(record))
