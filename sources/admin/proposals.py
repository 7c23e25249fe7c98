"""Changes to published records that wait for a second person."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse

from sources import proposals, rights
from sources.admin.actions import ask, do_to_each, is_told, is_too_much
from sources.admin.base import RecordAdmin
from sources.admin.forms import RecordForm
from sources.admin.listing import CountedFilter
from sources.models import Proposal

# A word to whoever proposed it is no longer than this.
WORD = 300


class ProposalForm(RecordForm):
    """The difference, and what becomes of it."""

    ACCEPT, DECLINE = "accept", "decline"

    decision = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", "Leave it open"),
            (ACCEPT, "Accept: I read it, with the passage, and it says this"),
            (DECLINE, "Decline"),
        ],
    )

    def clean(self) -> Any:
        cleaned: Any = super().clean()
        if cleaned.get("decision"):
            try:
                self._refuse(cleaned["decision"])
            except ValidationError as error:
                self.add_error("decision", ValidationError(error.messages))
        return cleaned

    def _refuse(self, decision: str) -> None:
        if self.instance.state != Proposal.State.OPEN:
            raise ValidationError("This proposal has been decided already.")
        if decision == self.DECLINE:
            return
        if not rights.may_decide(self.user, self.instance):
            raise ValidationError("Another editor has to accept this change.")
        proposals.applied(self.instance)


@admin.register(Proposal)
class ProposalAdmin(RecordAdmin):
    form = ProposalForm
    list_display = ["__str__", "changed", "created_by", "created_at", "reason", "state"]
    list_select_related = ["created_by"]
    list_filter = [("state", CountedFilter)]
    ordering = ["-id"]
    search_fields = ["reason", "=created_by__username"]
    readonly_fields = [
        "record",
        "difference",
        "created_by",
        "created_at",
        "reason",
        "state",
        "decided_by",
    ]
    actions = ["accept", "decline"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "record",
                    "difference",
                    ("created_by", "created_at"),
                    "reason",
                    ("state", "decided_by"),
                ],
                "description": "Readers see the published version until an editor "
                "accepts the change.",
            },
        ),
        ("Decision", {"fields": ["decision", "word"]}),
    ]

    def has_add_permission(self, request):
        return False

    def has_decide_permission(self, request):
        return rights.is_editor(request.user)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="What changes")
    def changed(self, obj):
        return ", ".join(one.label.lower() for one in proposals.differences(obj))

    @admin.display(description="Record")
    def record(self, obj):
        try:
            record = proposals.record_of(obj)
        except ValidationError:
            return "Deleted since"
        meta = record._meta
        address = f"admin:{meta.app_label}_{meta.model_name}_change"
        context = {"record": record, "address": reverse(address, args=[record.pk])}
        return render_to_string("admin/record_link.html", context)

    @admin.display(description="Change")
    def difference(self, obj):
        context = {"differences": proposals.differences(obj)}
        return render_to_string("admin/differences.html", context)

    def save_model(self, request, obj, form, change):
        decision = form.cleaned_data.get("decision")
        if not decision:
            return super().save_model(request, obj, form, change)
        decide = {
            form.ACCEPT: proposals.accept,
            form.DECLINE: proposals.decline,
        }[decision]
        decide(obj, request.user, form.cleaned_data["word"])
        request.outcome.saved.append(obj)
        return None

    @admin.action(
        description="Accept: I read each, with its passage", permissions=["decide"]
    )
    def accept(self, request, queryset):
        words = "Each change is made in your name: you read it, with its passage."
        return self._decide_each(request, queryset, proposals.accept, "accepted", words)

    @admin.action(description="Decline", permissions=["decide"])
    def decline(self, request, queryset):
        words = "What readers see stays as it is. Whoever proposed it sees your word."
        return self._decide_each(
            request, queryset, proposals.decline, "declined", words
        )

    def _decide_each(self, request, queryset, decide, done, words):
        if is_too_much(self, request, queryset):
            return None
        if not is_told(request):
            return ask(self, request, queryset, done, words=words)
        word = request.POST.get("reason", "").strip()[:WORD]

        def settle(proposal):
            decide(proposal, request.user, word)
            return True

        return do_to_each(self, request, queryset, settle, done)
