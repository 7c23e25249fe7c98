"""Whom the desk asked for a reply, and its words to the next shift."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from entities.records import Status
from sources import publication, rights
from sources.admin.base import RecordAdmin, RecordInline
from sources.admin.forms import TEXT_FIELDS, LinesField, RecordForm, VersionedForm
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
        claim = cleaned.get("claim") or getattr(self.instance, "claim", None)
        is_published = claim is not None and claim.status == Status.PUBLISHED
        if is_published and not rights.is_editor(self.user):
            message = "Readers see this claim: an editor has to add to it."
            at = "claim" if "claim" in self.fields else None
            self.add_error(at, ValidationError(message))
        return cleaned


class ApproachInline(RecordInline, admin.StackedInline):
    model = Approach
    form = ApproachForm
    autocomplete_fields = ["asked"]
    verbose_name_plural = "whom we asked to reply"
    classes = ["collapse"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("asked", "asked_label"),
                    "what",
                    ("asked_on", "answer_by"),
                    "outcome",
                    ("replied_on", "reply"),
                    "reason",
                    "seen_version",
                ],
            },
        )
    ]


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

    def get_readonly_fields(self, request, obj=None):
        # Moved to another claim it would leave an allegation unanswered for.
        return ["claim"] if obj else []

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not publication.is_needed(obj))


class NoteForm(RecordForm):
    constraint_fields = {"note_is_about_one_record": "claim"}


class ThreadForm(VersionedForm):
    """One note of a thread: whoever wrote it may reword it, anyone may tick it off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.instance
        if note.pk is not None and note.created_by_id != self.user.pk:
            self.fields["text"].disabled = self.fields["kind"].disabled = True


class NoteInline(RecordInline, admin.TabularInline):
    """The thread on a record, the latest word on top."""

    model = Note
    form = ThreadForm
    fields = ["text", "kind", "is_done", "written", "seen_version"]
    readonly_fields = ["written"]
    formfield_overrides = {
        **TEXT_FIELDS,
        models.TextField: {
            "form_class": LinesField,
            "widget": forms.Textarea(attrs={"rows": 2, "cols": 50}),
        },
    }
    verbose_name_plural = "notes to each other: readers never see them"
    classes = ["collapse"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_author().newest_first()

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and rights.is_editor(
            request.user
        )

    @admin.display(description="Written")
    def written(self, obj):
        return written(obj) if obj.pk else "When you save"


def written(note: Note) -> str:
    """Who wrote a note, and when."""
    who = publication.name_of(note.created_by) if note.created_by else "The program"
    return f"{who}, {timezone.localtime(note.created_at):%d %B %Y, %H:%M}"


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
