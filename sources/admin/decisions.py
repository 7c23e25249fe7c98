"""Desk decisions and corrections."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone

from sources import publication
from sources.admin.base import RecordAdmin, has_page
from sources.admin.forms import RecordForm
from sources.admin.listing import CountedFilter
from sources.models import Correction, Finding, Question

# What is decided: a change to one of these is a decision made anew.
DECISION = {"question", "outcome", "preferred", "reason"}


class FindingForm(RecordForm):
    def clean(self) -> Any:
        cleaned: Any = super().clean()
        preferred = list(cleaned.get("preferred") or ())
        question = cleaned.get("question")
        is_preferred = cleaned.get("outcome") == Finding.Outcome.PREFERRED
        if any(claim.question_id != question.pk for claim in preferred if question):
            message = "Choose claims that answer this question."
            self.add_error("preferred", ValidationError(message))
        elif cleaned.get("outcome") and is_preferred != bool(preferred):
            message = "“Preferred” needs an answer; the other outcomes have none."
            self.add_error("preferred", ValidationError(message))
        return cleaned

    def prepare(self) -> None:
        """A decision rests on what is known when it is made."""
        if DECISION & {*self.changed_data}:
            self.instance.decided_at = timezone.now()
            self.instance.considered = None


@admin.register(Finding)
class FindingAdmin(RecordAdmin):
    form = FindingForm
    is_for_editors = True
    list_display = ["question", "outcome", "decided_by", "decided_at"]
    list_select_related = ["question__subject", "question__property"]
    list_filter = [("outcome", CountedFilter)]
    ordering = ["-id"]
    search_fields = ["=question__slug", "reason"]
    autocomplete_fields = ["question", "preferred"]
    readonly_fields = ["decided_at"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "question",
                    "outcome",
                    "preferred",
                    "reason",
                    "would_change_it",
                ],
                "description": "Readers see the decision and its reason; the answers "
                "that were not preferred stay visible beside it.",
            },
        ),
        (None, {"fields": [("decided_by", "decided_at")]}),
    ]

    def get_changeform_initial_data(self, request):
        name = publication.name_of(request.user)
        return {"decided_by": name} | super().get_changeform_initial_data(request)

    def view_on_site(self, obj):
        is_answered = obj.question.state != Question.State.NO_ANSWER
        return obj.get_absolute_url() if is_answered else None


class CorrectionForm(RecordForm):
    constraint_fields = {"correction_is_about_one_record": "claim"}


@admin.register(Correction)
class CorrectionAdmin(RecordAdmin):
    form = CorrectionForm
    is_for_editors = True
    list_display = ["__str__", "made_on", "said", "says"]
    list_select_related = ["claim", "entity", "source"]
    ordering = ["-made_on", "-id"]
    search_fields = ["said", "says", "reason", "=slug"]
    autocomplete_fields = ["claim", "entity", "source"]
    fieldsets = [
        (
            None,
            {
                "fields": ["claim", "entity", "source"],
                "description": "Choose the one record that was put right.",
            },
        ),
        (None, {"fields": ["said", "says", "reason", ("made_on", "slug")]}),
    ]

    def view_on_site(self, obj):
        return obj.get_absolute_url() if has_page(obj.about) else None
