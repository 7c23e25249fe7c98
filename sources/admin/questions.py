"""The vocabulary, and the questions that claims answer."""

from django import forms
from django.contrib import admin

from entities.models import Entity
from sources.admin.base import RecordAdmin
from sources.admin.forms import ByKindCheckboxes, RecordForm
from sources.admin.listing import CountedFilter
from sources.models import Property, Question


class PropertyForm(RecordForm):
    subject_kinds = ByKindCheckboxes(
        choices=Entity.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Which records it can be about; none ticked means all.",
    )


@admin.register(Property)
class PropertyAdmin(RecordAdmin):
    form = PropertyForm
    list_display = ["label", "key", "value_type", "is_single_valued", "order"]
    list_filter = [("value_type", CountedFilter), ("is_single_valued", CountedFilter)]
    ordering = ["order", "key"]
    sortable_by = ("label", "key", "order")
    search_fields = ["key", "label", "question"]
    fieldsets = [
        (
            None,
            {
                "fields": ["label", "inverse_label", "question", "key", "order"],
                "description": "Readers see label and question; {subject} stands for "
                "the name of whom or what it is about.",
            },
        ),
        (
            "What an answer looks like",
            {
                "fields": [
                    "value_type",
                    "subject_kinds",
                    "is_single_valued",
                    "tolerance",
                    "confers_control",
                    "fills",
                ]
            },
        ),
        ("In other vocabularies", {"fields": ["schema_org", "ftm"]}),
    ]


@admin.register(Question)
class QuestionAdmin(RecordAdmin):
    list_display = ["__str__", "state", "decision", "answer_count", "article_count"]
    list_select_related = ["subject", "property"]
    list_filter = [("state", CountedFilter), ("decision", CountedFilter)]
    ordering = ["-id"]
    search_fields = ["slug"]
    search_help_text = "By words, by a subject's whole name, or by the address."
    is_for_editors = True
    readonly_fields = [
        "subject",
        "property",
        "qualifier",
        "state",
        "decision",
        "answer_count",
        "article_count",
        "origin_count",
    ]
    fieldsets = [
        (
            None,
            {
                "fields": ["subject", "property", "qualifier", "slug"],
                "description": "Made by its first claim and gone with its last; only "
                "its address is yours to change.",
            },
        ),
        (
            "How it stands",
            {
                "fields": [
                    ("state", "decision"),
                    ("answer_count", "article_count", "origin_count"),
                ],
                "description": "Worked out from the claims that readers see.",
            },
        ),
    ]

    def has_add_permission(self, request):
        return False

    def view_on_site(self, obj):
        is_answered = obj.state != Question.State.NO_ANSWER
        return obj.get_absolute_url() if is_answered else None
