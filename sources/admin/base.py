"""What every table's admin does alike: who may, what is saved, what it is told."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from entities.records import PublishableRecord, StaleRecord, Status
from sources import lookup, proposals, publication, rights, settling
from sources.admin import exporting, history, onward, rows, saving, stale, tools
from sources.admin.actions import StatusActions
from sources.admin.choosing import Choosing, label
from sources.admin.chosen import ChosenFilter
from sources.admin.forms import RecordForm, VersionedForm
from sources.admin.listing import CappedPaginator, CountedFilter
from sources.models import Evidence

WORK = (
    "The desk's work on it",
    {
        "fields": [
            ("assignee", "due_on"),
            "not_before",
            "hold",
            "sensitivity",
        ],
        "classes": ["collapse"],
        "description": "Staff only. While it is on hold or under embargo readers do "
        "not see it, whatever its status.",
    },
)


class RecordInline(Choosing):
    """Rows of another table on a record's page, under the same rules."""

    form = VersionedForm
    formset: Any = rows.RowFormSet
    extra = 0
    view_on_site = False
    # So many rows stand on the page; links lead to the others.
    rows_per_page = 50

    # Django's own, stacked or tabular, between the links.
    template: Any = "admin/rows.html"

    @property
    def rows_template(self):
        return super().template

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.user = request.user
        formset.query, formset.rows_per_page = request.GET, self.rows_per_page
        return formset

    def get_queryset(self, request):
        found = super().get_queryset(request)
        # Else each row would ask for what it shows as chosen. Without names Django
        # reads every relation along.
        names = self.autocomplete_fields
        return found.select_related(*names) if names else found


class RecordAdmin(Choosing, stale.SeenVersions, history.HistoryPages):
    """One table: searched, filtered, saved whole or not at all, with its history."""

    form = RecordForm
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    sortable_by: tuple[str, ...] = ()
    # How lists of choices name a record.
    label = staticmethod(label)
    # What only an editor adds and changes: it has no draft that could wait.
    is_for_editors = False

    class Media:
        css = {"all": ["desk/desk.css"]}

    @property
    def media(self):
        """With what the filters of the list need."""
        found = super().media
        for one in self.list_filter:
            if isinstance(one, type) and issubclass(one, ChosenFilter):
                found += one.media(self.admin_site)
        return found

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        form.refusal = getattr(request, "refusal", None)
        return form

    def get_fieldsets(self, request, obj=None):
        fieldsets = list(super().get_fieldsets(request, obj))
        if self.has_change_permission(request, obj):
            names = ("change_reason", "seen_version", "restores")
            fieldsets.append((None, {"fields": names}))
        return fieldsets

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_actions(self, request):
        actions = super().get_actions(request)
        is_popup = IS_POPUP_VAR in request.GET
        return actions if is_popup else actions | exporting.actions_of(self.model)

    def get_search_results(self, request, queryset, search_term):
        if not search_term or not lookup.knows(self.model):
            return super().get_search_results(request, queryset, search_term)
        return lookup.among(queryset, search_term), False

    def has_add_permission(self, request):
        return super().has_add_permission(request) and self._is_theirs(request)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_theirs(request)

    def _is_theirs(self, request):
        return not self.is_for_editors or rights.is_editor(request.user)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Save all or nothing; what the database refuses comes back as a message."""
        open_form = super().changeform_view
        if request.method != "POST":
            self._tell_of_proposals(request, object_id)
            return open_form(request, object_id, form_url, extra_context)
        if onward.is_asked(request) and object_id:
            request.following = onward.following(self, request, object_id)
        try:
            response = self._save_whole(
                open_form, request, object_id, form_url, extra_context
            )
        except (ValidationError, IntegrityError, StaleRecord) as error:
            request.refusal = _in_words(error)
            request.is_stale = isinstance(error, StaleRecord)
            # The same form again, with what was typed and why it was refused.
            response = open_form(request, object_id, form_url, extra_context)
        return self.with_conflicts(request, response)

    def _save_whole(self, open_form, request, *args):
        request.outcome = saving.Outcome()
        with settling.together():
            return open_form(request, *args)

    def _tell_of_proposals(self, request, object_id):
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if isinstance(record, PublishableRecord):
            waiting = proposals.waiting_for(record).count()
            if waiting:
                message = f"Proposed changes that wait for an editor: {waiting}."
                self.message_user(request, message, messages.WARNING)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context["desk_tools"] = tools.of(obj, request.user)
            context["withdrawal"] = tools.withdrawal(obj, request.user)
            context["shows_save_and_next"] = not context["is_popup"]
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        if onward.is_asked(request):
            return onward.lead(self, request, response)
        return response

    def save_model(self, request, obj, form, change):
        saving.store(request.outcome, form, form.reason)

    def save_related(self, request, form, formsets, change):
        for formset in formsets:
            self.save_formset(request, form, formset, change)
        publication.finish(form.instance, form.becomes_published)
        outcome = request.outcome
        outcome.is_unchanged = change and not (outcome.saved or outcome.waiting)
        for words in outcome.doubts():
            self.message_user(request, words, messages.WARNING)

    def save_formset(self, request, form, formset, change):
        kept = formset.save(commit=False)
        for record in formset.deleted_objects:
            record.delete()
            request.outcome.saved.append(record)
        for row in formset.forms:
            if row.instance in kept:
                saving.catch_up(row)
                saving.store(request.outcome, row, form.reason)

    def message_user(self, request, message, level=messages.INFO, **kwargs):
        """Say what really came of a save: Django calls every one a success."""
        outcome = getattr(request, "outcome", None)
        if level == messages.SUCCESS and outcome is not None and outcome.say():
            message, level = outcome.say(), messages.WARNING
        super().message_user(request, message, level, **kwargs)

    def log_change(self, request, obj, message):
        if request.outcome.saved:
            return super().log_change(request, obj, message)
        return None

    def delete_model(self, request, obj):
        with settling.together():
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with settling.together():
            super().delete_queryset(request, queryset)


def _in_words(error: Exception) -> ValidationError:
    """Why the database refused, as a form can show it."""
    if isinstance(error, ValidationError):
        return error
    if isinstance(error, StaleRecord):
        return ValidationError(f"{error} Nothing was saved: open it again.")
    return ValidationError(f"The database refuses this: {error}. Nothing was saved.")


class PublishableAdmin(StatusActions, RecordAdmin):
    """A table whose records are drafted, published and taken down."""

    list_filter = [("status", CountedFilter)]
    readonly_fields = ["readers_see_it"]

    def view_on_site(self, obj):
        return obj.get_absolute_url() if has_page(obj) else None

    @admin.display(description="Readers see it")
    def readers_see_it(self, obj):
        if obj.pk is None:
            return "Not yet"
        reasons = publication.hidden_because(obj)
        return f"No: {'; '.join(reasons)}." if reasons else "Yes"


def has_page(record: PublishableRecord) -> bool:
    """Whether the record's address shows readers more than that it is not there."""
    if isinstance(record, Evidence):
        return record.is_public
    return record.status == Status.RETRACTED or not publication.hidden_because(record)
