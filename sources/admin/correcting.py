"""Words that readers were told, put right in the same save that changes them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from sources import corrections, proposals, rights
from sources.admin.base import PublishableAdmin
from sources.admin.forms import LinesField, RecordForm
from sources.differences import Difference
from sources.models import Correction

SECTION = (
    "This corrects what readers were told",
    {
        "fields": [
            "corrects",
            "correction_said",
            "correction_says",
            "correction_reason",
        ],
        "description": "Readers find it under the record and among the corrections. "
        "Left blank, what we said and say now is taken from your change. Where the "
        "change waits for another editor, this waits with it.",
        "classes": ["collapse"],
    },
)


def _words(label: str, help_text: str = "") -> LinesField:
    widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
    return LinesField(label=label, required=False, help_text=help_text, widget=widget)


class ToldForm(RecordForm):
    """The form of a record that readers were told of."""

    NOTICE = ("corrects", "correction_said", "correction_says", "correction_reason")
    BESIDE = {*RecordForm.BESIDE, *NOTICE}

    corrects = forms.BooleanField(
        label="It was wrong, and we say so",
        required=False,
        help_text="Not for better words that say the same.",
    )
    correction_said = _words("What we said")
    correction_says = _words("What we say now")
    correction_reason = _words(
        "Why", "What was wrong, and how we know. Readers see it."
    )

    # What readers are told otherwise by this save.
    told: list[Difference]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told = []
        if not self.may_correct:
            for name in self.NOTICE:
                del self.fields[name]

    @property
    def may_correct(self) -> bool:
        record = self.instance
        is_told = record.pk is not None and corrections.is_told(record)
        return is_told and rights.is_editor(self.user)

    @property
    def is_correction(self) -> bool:
        return bool(self.cleaned_data.get("corrects"))

    def rules(self) -> list[Any]:
        return [*super().rules(), self._weigh_words]

    def _weigh_words(self) -> None:
        """Note what readers are told otherwise; refuse half a correction."""
        if not self.may_correct:
            return
        record = self.instance
        before = type(record)._default_manager.get(pk=record.pk)
        self.told = corrections.changes(before, record)
        if self.is_correction:
            self._refuse_half()

    def _refuse_half(self) -> None:
        given = self.cleaned_data
        if not given.get("correction_reason"):
            message = "Say what was wrong: readers see it."
            raise ValidationError({"correction_reason": message})
        said = given.get("correction_said")
        if not self.told and not (said and given.get("correction_says")):
            message = "Nothing changes that readers were told: say what we said."
            raise ValidationError({"correction_said": message})

    @property
    def notice(self) -> proposals.Notice | None:
        """What readers are told, if this is a correction; as typed, or from it."""
        if not self.is_correction:
            return None
        given = self.cleaned_data
        said, says = corrections.in_words(self.told)
        return proposals.Notice(
            given["correction_said"] or said,
            given["correction_says"] or says,
            given["correction_reason"],
        )

    def correct(self) -> Correction | None:
        """The correction that goes with the save, once that is made.

        With a change that waits it waits too, and is made when that is accepted.
        """
        if self.notice is None or self.waits:
            return None
        return corrections.make(self.user, self.instance, *self.notice)


class ToldAdmin(PublishableAdmin):
    """A table whose words readers take from us."""

    form = ToldForm

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        may_change = obj is not None and self.has_change_permission(request, obj)
        if may_change and corrections.is_told(obj) and rights.is_editor(request.user):
            fieldsets.insert(-1, SECTION)
        return fieldsets

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        made = form.correct()
        if made is not None:
            request.outcome.saved.append(made)
            request.outcome.is_unchanged = False
            message = "Readers are told of the correction, under the record too."
            self.message_user(request, message, messages.INFO)
        elif form.told and not form.waits and corrections.is_told(form.instance):
            self._ask_whether_it_was_wrong(request, form)

    def _ask_whether_it_was_wrong(self, request, form):
        """Words that readers have read were changed, and no correction made."""
        record = form.instance
        seen = form.cleaned_data.get("seen_version", "")
        address = reverse(
            "admin:correct", args=[proposals.kind_of(record), record.slug]
        )
        self.message_user(
            request,
            format_html(
                "Readers were told something else before. If that was wrong: "
                '<a href="{}?since={}">say what we said, and why</a>.',
                address,
                seen,
            ),
            messages.WARNING,
        )
