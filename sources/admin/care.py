"""Whom the desk asked for a reply, and its words to the next shift."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError

from entities.records import Status
from sources import rights
from sources.admin.base import RecordAdmin
from sources.admin.forms import RecordForm
from sources.admin.listing import CountedFilter
from sources.models import Approach, Note


class ApproachForm(RecordForm):
    constraint_fields = {
        "an_approach_has_a_day": "asked_on",
        "not_asking_has_a_reason": "reason",
        "a_reply_has_words": "reply",
        "approach_names_whom_we_asked_one_way": "asked_label",
    }

    def clean(self) -> Any:
        cleaned: Any = super().clean()
        claim = cleaned.get("claim")
        is_published = claim is not None and claim.status == Status.PUBLISHED
        if is_published and not rights.is_editor(self.user):
            message = "Readers see this claim: an editor has to add to it."
            self.add_error("claim", ValidationError(message))
        return cleaned


@admin.register(Approach)
class ApproachAdmin(RecordAdmin):
    form = ApproachForm
    list_display = ["__str__", "claim", "asked_on", "answer_by", "outcome"]
    list_select_related = ["claim", "asked"]
    list_filter = [("outcome", CountedFilter)]
    ordering = ["-id"]
    search_fields = ["=slug", "=claim__slug", "asked_label", "what"]
    autocomplete_fields = ["claim", "asked"]
    fieldsets = [
        (
            None,
            {
                "fields": ["claim", ("asked", "asked_label"), "what", "slug"],
                "description": "Readers see this under the claim, so that they know "
                "the other side was heard.",
            },
        ),
        ("When", {"fields": [("asked_on", "answer_by")]}),
        ("What came of it", {"fields": ["outcome", ("replied_on", "reply"), "reason"]}),
    ]


class NoteForm(RecordForm):
    constraint_fields = {"note_is_about_one_record": "claim"}


@admin.register(Note)
class NoteAdmin(RecordAdmin):
    form = NoteForm
    list_display = ["__str__", "kind", "created_by", "created_at", "is_done"]
    list_select_related = ["created_by"]
    list_filter = [("kind", CountedFilter), ("is_done", CountedFilter)]
    ordering = ["-id"]
    search_fields = ["text", "=claim__slug", "=source__slug"]
    autocomplete_fields = ["claim", "source", "evidence"]
    fieldsets = [
        (None, {"fields": ["text", ("kind", "is_done")]}),
        ("About one of these", {"fields": ["claim", "source", "evidence"]}),
    ]
