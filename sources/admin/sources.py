"""Sources and our copies of their texts."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from entities.records import Status
from sources import rights
from sources.admin.base import WORK, RecordAdmin, RecordInline
from sources.admin.care import NoteInline
from sources.admin.correcting import ToldAdmin, ToldForm
from sources.admin.forms import ExactLinesField, RecordForm, VersionedForm
from sources.admin.listing import CountedFilter
from sources.models import Source, SourceText


class TextForm(VersionedForm):
    class Meta:
        field_classes = {"text": ExactLinesField}
        widgets = {"text": forms.Textarea(attrs={"rows": 24, "class": "source-text"})}


class TextRecordForm(TextForm, RecordForm):
    pass


class TextPermissions:
    """The text of a published source decides which quotes stand: an editor's matter."""

    def _may_touch(self, request, source):
        is_published = source is not None and source.status == Status.PUBLISHED
        return not is_published or rights.is_editor(request.user)


class TextInline(RecordInline, TextPermissions, admin.StackedInline):
    model = SourceText
    form = TextForm
    extra = max_num = 1
    fields = ["text", "seen_version"]
    verbose_name = verbose_name_plural = "our copy of the text"

    def has_add_permission(self, request, obj=None):
        allowed = super().has_add_permission(request, obj)
        return allowed and self._may_touch(request, obj)

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and self._may_touch(request, obj)


class SourceForm(ToldForm):
    constraint_fields = {
        "source_does_not_derive_from_itself": "derived_from",
        "only_a_derived_source_derives_from_another": "lineage",
    }


@admin.register(Source)
class SourceAdmin(ToldAdmin):
    form = SourceForm
    list_display = [
        *("__str__", "publisher", "published", "genre", "lineage", "status"),
        "read_and_cite",
    ]
    list_select_related = ["publisher"]
    list_filter = [
        ("status", CountedFilter),
        ("genre", CountedFilter),
        ("lineage", CountedFilter),
        ("standing", CountedFilter),
        ("reliability", CountedFilter),
    ]
    ordering = ["-id"]
    search_fields = ["slug"]
    search_help_text = "By words of the title, author or publisher, or by the address."
    autocomplete_fields = ["publisher", "derived_from"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["readers_see_it", "text_sha256", "read_and_cite"]
    inlines = [TextInline, NoteInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    "slug",
                    ("publisher", "author"),
                    ("genre", "language"),
                    ("published", "accessed"),
                    ("url", "archive_url", "doi"),
                ],
                "description": "Readers see all of this beside every quote.",
            },
        ),
        (
            "Where it came from",
            {
                "fields": ["lineage", "derived_from", "derivation", "note"],
                "description": "Two articles that lead to one original source count "
                "as one. What is not known is shown as not known.",
            },
        ),
        (
            "How far it holds",
            {"fields": ["reliability", "standing", "standing_date", "standing_notice"]},
        ),
        (
            "Publication",
            {
                "fields": [
                    "status",
                    "status_reason",
                    "readers_see_it",
                    ("text_sha256", "read_and_cite"),
                ],
                "description": "Evidence from an unpublished source is hidden. The "
                "text below never shows; readers see the quotes.",
            },
        ),
        WORK,
    ]

    @admin.display(description="Read and cite")
    def read_and_cite(self, obj):
        if not obj.text_sha256:
            return "No text"
        address = reverse("admin:read", args=[obj.slug])
        return format_html('<a href="{}">Read and cite</a>', address)


@admin.register(SourceText)
class SourceTextAdmin(TextPermissions, RecordAdmin):
    form = TextRecordForm
    list_display = ["source", "attached_at"]
    list_select_related = ["source"]
    ordering = ["-id"]
    search_fields = ["=source__slug", "source__title"]
    autocomplete_fields = ["source"]
    fieldsets = [(None, {"fields": ["source", "text"]})]
    view_on_site = False

    def has_change_permission(self, request, obj=None):
        source = obj.source if obj is not None else None
        allowed = super().has_change_permission(request, obj)
        return allowed and self._may_touch(request, source)
