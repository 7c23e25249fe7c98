"""Evidence: the passages, on a page of their own and within their claim."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from sources import publication, rights
from sources.admin import copying
from sources.admin.actions import (
    StatusActions,
    ask,
    do_to_each,
    is_told,
    is_too_much,
)
from sources.admin.base import PublishableAdmin, RecordInline
from sources.admin.chosen import SourceFilter
from sources.admin.forms import RecordForm, VersionedForm
from sources.admin.listing import CountedFilter
from sources.models import Evidence


class EvidenceForm(VersionedForm):
    """Evidence with a box for the second person who reads the passage."""

    constraint_fields = {
        "evidence_ends_after_it_starts": "end",
        "silence_has_no_quote": "quote",
        "evidence_quotes_its_passage": "quote",
        "evidence_names_its_speaker_one_way": "speaker_label",
        "evidence_credits_one_way": "via_label",
    }

    confirm = forms.BooleanField(
        label="I read the passage and it says this",
        required=False,
        help_text="Your name stands beside it until value or passage change.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not rights.is_editor(self.user):
            self.fields["confirm"].disabled = True
            self.fields["confirm"].help_text = "Editors confirm evidence."

    def rules(self) -> list[Any]:
        return [*super().rules(), self._refuse_confirmation]

    def _refuse_confirmation(self) -> None:
        if not self.confirms():
            return
        try:
            publication.refuse_confirmation(self.user, self.instance)
        except ValidationError as error:
            raise ValidationError({"confirm": error.messages}) from error

    def confirms(self) -> bool:
        return bool(self.cleaned_data.get("confirm"))

    def prepare(self) -> None:
        if self.confirms():
            publication.confirm(self.user, self.instance)


class EvidenceRecordForm(EvidenceForm, RecordForm):
    pass


PASSAGE: Any = {
    "fields": [
        ("source", "stance"),
        "quote",
        ("prefix", "suffix"),
        ("start", "end", "anchor_in_words"),
        ("form", "is_inferred"),
    ],
    "description": "Quote as few words as locate the passage, exactly as they stand. "
    "Leave the place blank: it is found.",
}
WHO: Any = {
    "fields": [
        "voice",
        ("speaker", "speaker_label"),
        ("via", "via_label"),
        "hedge",
        "note",
    ],
}
PUBLICATION: Any = {
    "fields": [("status", "status_reason"), "confirmed", "confirm"],
    "description": "Readers see published evidence of a published claim from a "
    "published source, and whether someone confirmed it.",
}


class InWords:
    """What the program and other people know of a passage, as words."""

    readonly_fields: Any = ["anchor_in_words", "confirmed"]

    @admin.display(description="In our copy")
    def anchor_in_words(self, obj):
        return obj.get_anchor_display() if obj.pk else "Looked for when you save"

    @admin.display(description="Confirmed")
    def confirmed(self, obj):
        if not obj.confirmed_by:
            return "Not yet: someone has to read the passage"
        at = f" on {obj.confirmed_at:%d %B %Y}" if obj.confirmed_at else ""
        return f"by {obj.confirmed_by}{at}"


class EvidenceInline(InWords, RecordInline, admin.StackedInline):
    model = Evidence
    form = EvidenceForm
    fk_name = "claim"
    autocomplete_fields = ["source", "speaker", "via"]
    # Each has many fields: more of them take a second to open.
    rows_per_page = 25
    show_change_link = True
    verbose_name_plural = "evidence"
    fieldsets = [
        (None, PASSAGE),
        ("Who says it", WHO),
        (None, {"fields": [*PUBLICATION["fields"], "seen_version", "slug"]}),
    ]

    def offered(self, request):
        """The passages with which a copy of a claim begins."""
        claim = copying.copied(request) if request.method == "GET" else None
        return [] if claim is None else copying.passages(claim, self.rows_per_page)

    def get_extra(self, request, obj=None, **kwargs):
        return len(self.offered(request)) if obj is None else self.extra


@admin.register(Evidence)
class EvidenceAdmin(InWords, PublishableAdmin):
    form = EvidenceRecordForm
    list_display = ["__str__", "claim", "stance", "anchor", "confirmed_by", "status"]
    list_select_related = ["source", "claim"]
    list_filter = [
        ("status", CountedFilter),
        ("anchor", CountedFilter),
        ("stance", CountedFilter),
        SourceFilter,
    ]
    ordering = ["-id"]
    search_fields = ["slug"]
    search_help_text = "By words of the quote, by claim or source, or by the address."
    autocomplete_fields = ["claim", "source", "speaker", "via"]
    readonly_fields = [*InWords.readonly_fields, "origin_in_words", "readers_see_it"]
    actions = [*StatusActions.actions, "confirm_all"]
    fieldsets = [
        (None, {"fields": ["claim", "slug"]}),
        ("The passage", PASSAGE),
        ("Who says it", {"fields": [*WHO["fields"], "origin_in_words"]}),
        (
            "Publication",
            PUBLICATION | {"fields": [*PUBLICATION["fields"], "readers_see_it"]},
        ),
    ]

    @admin.display(description="Original source")
    def origin_in_words(self, obj):
        return obj.origin or "Not known"

    @admin.action(
        description="Confirm: I read each passage and it says this",
        permissions=["publish"],
    )
    def confirm_all(self, request, queryset):
        if is_too_much(self, request, queryset):
            return None
        if not is_told(request):
            words = "Your name will stand beside each as who read the passage."
            return ask(self, request, queryset, "confirmed", words=words)

        def confirm(evidence):
            publication.refuse_confirmation(request.user, evidence)
            publication.confirm(request.user, evidence)
            evidence.save()
            return True

        return do_to_each(self, request, queryset, confirm, "confirmed")
