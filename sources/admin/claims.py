"""Claims with their evidence."""

import re
from typing import Any

from django.conf import settings
from django.contrib import admin, messages

from sources import values
from sources.admin import copying
from sources.admin.base import WORK
from sources.admin.care import ApproachInline, NoteInline
from sources.admin.chosen import CitedFilter, PropertyFilter
from sources.admin.correcting import ToldAdmin, ToldForm
from sources.admin.evidence import EvidenceInline
from sources.admin.listing import CountedFilter
from sources.models import Claim

CONFIRMS = re.compile(r"evidence-\d+-confirm")


class ClaimForm(ToldForm):
    """A claim; a message about its value stands at the field that fits the property."""

    def field_of_constraint(self, name: str) -> str | None:
        claim = self.instance
        if name == "claim_with_an_amount_has_a_unit_and_a_bound":
            if claim.amount is None:
                return "amount"
            return "bound" if claim.unit else "unit"
        if name == "only_between_has_a_second_and_higher_amount":
            return "amount_high"
        if name == "claim_has_exactly_one_value" and claim.no_value:
            return "no_value"
        if claim.property_id is None:
            return None
        return values.FIELD_OF_TYPE[claim.property.value_type]

    def confirms(self) -> bool:
        """One person may confirm a changed value in the same save, in its evidence."""
        ticked = any(CONFIRMS.fullmatch(name) for name in self.data)
        return settings.ONE_PERSON_DESK and ticked


@admin.register(Claim)
class ClaimAdmin(ToldAdmin):
    form = ClaimForm
    list_display = ["__str__", "subject", "property", "answer", "support", "status"]
    list_select_related = ["subject", "property", "object"]
    list_filter = [
        ("status", CountedFilter),
        ("is_public", CountedFilter),
        ("support", CountedFilter),
        ("is_contested", CountedFilter),
        PropertyFilter,
        CitedFilter,
    ]
    ordering = ["-id"]
    search_fields = ["slug"]
    search_help_text = (
        "By words of the statement or of a published quote, by a subject's whole name, "
        "or by the address."
    )
    autocomplete_fields = ["subject", "property", "object", "contradicts"]
    readonly_fields = ["question", "stands", "readers_see_it"]
    inlines = [EvidenceInline, ApproachInline, NoteInline]
    fieldsets = [
        (
            "The question",
            {
                "fields": [("subject", "property"), "qualifier", "question"],
                "description": "Claims with the same subject, property and qualifier "
                "answer one question; readers see them side by side.",
            },
        ),
        (
            "The answer",
            {
                "fields": [
                    "object",
                    "date",
                    ("bound", "amount", "amount_high", "unit"),
                    "text",
                    "no_value",
                    "during",
                ],
                "description": "Fill in the one kind of value that the property asks "
                "for; leave the others blank.",
            },
        ),
        ("In our words", {"fields": ["statement", "slug", "contradicts"]}),
        (
            "Publication",
            {
                "fields": ["status", "status_reason", "stands", "readers_see_it"],
                "description": "To be published a claim needs a confirmed piece of "
                "evidence; its confirmed evidence is published with it.",
            },
        ),
        WORK,
    ]

    def add_view(self, request, form_url="", extra_context=None):
        claim = copying.copied(request)
        if request.method == "GET" and claim is not None:
            message = (
                f"A copy of “{claim}”, not saved yet: change what is different, and "
                "remove the passages that do not say it."
            )
            self.message_user(request, message, messages.INFO)
        return super().add_view(request, form_url, extra_context)

    def get_changeform_initial_data(self, request):
        claim = copying.copied(request)
        given = super().get_changeform_initial_data(request)
        return given if claim is None else copying.fields(claim)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, EvidenceInline) and not obj.pk:
            given |= {"initial": inline.offered(request)}
        return given

    @admin.display(description="Answer")
    def answer(self, obj):
        return in_words(obj)

    @admin.display(description="How it stands")
    def stands(self, obj):
        if obj.pk is None or not obj.is_public:
            return "Worked out once it is public"
        contested = "; other answers differ" if obj.is_contested else ""
        return (
            f"{obj.get_support_display()}{contested}. Articles: {obj.article_count}; "
            f"original sources identified: {obj.origin_count}"
        )


def in_words(claim: Claim) -> Any:
    """The value of a claim in a list's cell."""
    if claim.amount is None:
        return claim.object or claim.date or claim.text or "known to be none"
    bound = "" if claim.bound in ("exactly", "between") else claim.get_bound_display()
    amounts = [one for one in (claim.amount, claim.amount_high) if one is not None]
    amount = " to ".join(f"{one.normalize():,f}" for one in amounts)
    return " ".join(filter(None, [bound, amount, claim.unit]))
