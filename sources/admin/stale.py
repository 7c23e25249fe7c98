"""Every door of a table asks which version was seen: form, deletion, action."""

from __future__ import annotations

import hashlib
from contextlib import nullcontext
from typing import Any

from django.contrib.admin import helpers
from django.contrib.admin.utils import NestedObjects, unquote
from django.db import router
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from simple_history.admin import SimpleHistoryAdmin

from entities.locking import alone
from entities.records import Record
from sources import conflicts, protecting, publication
from sources.admin import standing
from sources.admin.compared import Section, section
from sources.desk import rescue

BAD_REQUEST, CONFLICT = 400, 409


class SeenVersions(SimpleHistoryAdmin):
    """Refuses with 409, and says what happened, where others were faster."""

    delete_confirmation_template = "desk/delete.html"
    delete_selected_confirmation_template = "desk/delete_selected.html"

    def with_conflicts(self, request, response):
        """The page of a form: with what differs, where it is stale."""
        context = getattr(response, "context_data", None) or {}
        if request.method != "POST" or "adminform" not in context:
            return response
        found = _sections(context)
        if found or getattr(request, "is_stale", False):
            known = [one for one in found if not _is_unversioned(one)]
            response.status_code = BAD_REQUEST if found and not known else CONFLICT
            response.template_name = "desk/conflict.html"
            context["sections"] = known
            context["is_only_stale"] = _is_only_stale(context)
        return response

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        if request.method != "POST":
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)
        by = "It was deleted"
        last = self._last_version(unquote(object_id))
        if last is not None and last.history_user is not None:
            by = f"{publication.name_of(last.history_user)} deleted it"
        recover = f"{reverse('admin:deleted')}?kind={opts.model_name}"
        return rescue.deleted(request, opts.verbose_name, by, recover)

    def _last_version(self, key):
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            return None
        return self.model.history.complex_filter({"id": int(key)}).first()

    def get_deleted_objects(self, objs, request):
        # Before all that would go is gathered: much may cite what is not deleted.
        if found := protecting.in_the_way(list(objs)):
            return [], {}, set(), list(standing.told(found))
        return super().get_deleted_objects(objs, request)

    def delete_view(self, request, object_id, extra_context=None):
        # What was compared may not change before it is deleted.
        with alone() if request.method == "POST" else nullcontext():
            return self._delete_as_seen(request, object_id, extra_context)

    def _delete_as_seen(self, request, object_id, extra_context):
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_delete_permission(request, record):
            return super().delete_view(request, object_id, extra_context)
        now = what_would_go(self, record)
        seen = request.POST.get("seen", "")
        is_stale = request.method == "POST" and seen != now
        context: Any = {"seen": now}
        if is_stale:
            version = seen.split(".")[0]
            context["conflict"] = (
                conflicts.describe(record, version)
                if version != str(record.version)
                else None
            )
            context["is_stale"] = True
            # Ask again, with what stands now.
            request.method, request.POST = "GET", QueryDict()
        context |= extra_context or {}
        response = super().delete_view(request, object_id, context)
        if is_stale:
            response.status_code = CONFLICT
        return response

    def action_checkbox(self, obj):
        box = super().action_checkbox(obj)
        seen = f"{obj.pk}:{obj.version}"
        return format_html('{}<input type="hidden" name="seen" value="{}">', box, seen)

    def response_action(self, request, queryset):
        with alone():
            stale = self._stale(request, queryset)
            if not stale:
                return super().response_action(request, queryset)
        context = {
            **self.admin_site.each_context(request),
            "title": "Changed since you saw the list: nothing was done",
            "opts": self.opts,
            "stale": stale,
            "address": request.get_full_path(),
        }
        template = "desk/stale_action.html"
        return TemplateResponse(request, template, context, status=CONFLICT)

    def _stale(self, request, queryset):
        """Of the selected records those that are not as the page showed them."""
        pairs = (one.split(":", 1) for one in request.POST.getlist("seen"))
        seen = {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
        keys = set(request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)) & {*seen}
        keys = {
            key for key in keys if key.isascii() and key.isdigit() and len(key) < 19
        }
        standing = {str(one.pk): one for one in queryset.keyed(keys)}
        found = [
            (record, conflicts.describe(record, seen[key]))
            for key, record in standing.items()
            if str(record.version) != seen[key]
        ]
        return found + [(self._gone(key), None) for key in sorted(keys - {*standing})]

    def _gone(self, key):
        return self._last_version(key) or f"{self.opts.verbose_name} {key}"


def _forms(context: Any) -> list[Any]:
    forms = [context["adminform"].form]
    for inline in context.get("inline_admin_formsets", ()):
        forms += inline.formset.forms if inline.formset.is_bound else []
    return forms


def _is_only_stale(context: Any) -> bool:
    """Whether nothing is amiss but that others were faster."""
    errors = [
        error.code
        for form in _forms(context)
        for of_field in form.errors.as_data().values()
        for error in of_field
    ]
    return bool(errors) and set(errors) == {"stale"}


def _sections(context: Any) -> list[Section]:
    found = []
    for form in _forms(context):
        if getattr(form, "conflict", None) is not None:
            found.append(section(form))
        elif getattr(form, "is_gone", False) and form.errors:
            found.append(_row_that_went(form))
    return found


def _row_that_went(form: Any) -> Section:
    """What was typed into it; the next save goes without the row."""
    names = [name for name in form.fields if name not in form.BESIDE]
    typed = [(str(form[name].label), form[name].data) for name in names]
    lost = [(label, str(text)) for label, text in typed if text and label != "Id"]
    name = form.instance._meta.verbose_name
    return Section(name, None, [], lost, form.add_prefix("DELETE"))


def _is_unversioned(one: Section) -> bool:
    return one.conflict is not None and one.conflict.is_unversioned


def what_would_go(modeladmin: Any, record: Record) -> str:
    """The version of a record, and a fingerprint of all that is deleted with it."""
    if protecting.in_the_way([record]):
        return f"{record.version}.stays"
    collector = NestedObjects(using=router.db_for_write(modeladmin.model))
    collector.collect([record])
    rows = sorted(
        (model._meta.label, one.pk, getattr(one, "version", 0))
        for model, found in collector.data.items()
        for one in found
    )
    return f"{record.version}.{hashlib.sha256(repr(rows).encode()).hexdigest()[:16]}"
