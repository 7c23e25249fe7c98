"""Actions on many records: said first, then done to each that the rules allow."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.response import TemplateResponse

from entities.records import StaleRecord, Status
from sources import publication, rights, settling
from sources.publication import UNPUBLISHED

# More would hold up everyone else who is saving.
MOST_AT_ONCE = 200


def say(error: Exception) -> str:
    """Why one record was left as it was."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    return str(error)


def do_to_each(modeladmin: Any, request: Any, records: Any, do: Any, done: str) -> None:
    """Do it to each record by itself; say how many, and why not to the others."""
    count, left = 0, []
    with settling.together():
        for record in records:
            try:
                with transaction.atomic():
                    count += bool(do(record))
            except (ValidationError, StaleRecord) as error:
                left.append(f"“{record}”: {say(error)}")
    modeladmin.message_user(request, f"{count} {done}.", messages.INFO)
    for words in left:
        modeladmin.message_user(request, f"Left as it was: {words}", messages.WARNING)


def is_too_much(modeladmin: Any, request: Any, queryset: Any) -> bool:
    """Whether more records are selected than one action may hold; then says so."""
    if queryset[: MOST_AT_ONCE + 1].count() <= MOST_AT_ONCE:
        return False
    message = f"Select at most {MOST_AT_ONCE} at a time. Nothing was done."
    modeladmin.message_user(request, message, messages.ERROR)
    return True


def is_told(request: Any) -> bool:
    """Whether they have seen what the action does, and to what, and go ahead."""
    return "apply" in request.POST


def ask(
    modeladmin: Any, request: Any, records: Any, done: str, **more: Any
) -> TemplateResponse:
    """The page that says what an action will do, and to how many."""
    context = {
        **modeladmin.admin_site.each_context(request),
        "title": f"{len(records)} to be {done}",
        "opts": modeladmin.opts,
        "media": modeladmin.media,
        "records": records,
        "done": done,
        "action": request.POST["action"],
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/change_status.html", context | more)


class StatusActions:
    """Publishing and taking down from the list, after a page that says what happens."""

    actions = ["publish", "send_to_review", "retract", "withdraw"]

    def has_publish_permission(self, request):
        return self.has_change_permission(request) and rights.is_editor(request.user)

    @admin.action(description="Publish", permissions=["publish"])
    def publish(self, request, queryset):
        return self._change_status(request, queryset, Status.PUBLISHED, "published")

    @admin.action(description="Send to review", permissions=["change"])
    def send_to_review(self, request, queryset):
        return self._change_status(
            request, queryset, Status.IN_REVIEW, "sent to review"
        )

    @admin.action(
        description="Withdraw, with a notice that says why", permissions=["publish"]
    )
    def retract(self, request, queryset):
        done = "withdrawn, with a notice"
        return self._change_status(request, queryset, Status.RETRACTED, done)

    @admin.action(
        description="Take down at once, without a trace", permissions=["publish"]
    )
    def withdraw(self, request, queryset):
        return self._change_status(request, queryset, Status.WITHDRAWN, "taken down")

    def _change_status(self, request, queryset, status, done):
        if is_too_much(self, request, queryset):
            return None
        reason = request.POST.get("reason", "").strip()
        missing = status == Status.RETRACTED and not reason
        if missing or not is_told(request):
            return ask(
                *(self, request, queryset, done),
                is_reason_required=status == Status.RETRACTED,
                is_reason_missing=is_told(request),
                is_withdrawal=status == Status.WITHDRAWN,
            )

        def change(record):
            if status == Status.IN_REVIEW and record.status not in UNPUBLISHED:
                raise ValidationError("It has left the desk already.")
            return publication.change_status(request.user, record, status, reason)

        return do_to_each(self, request, queryset, change, done)
