"""The history of a record: who, when, why, what differs; any version restored."""

from __future__ import annotations

from django.contrib.admin.utils import unquote
from django.http import Http404, HttpResponseNotAllowed
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from sources import differences, rights, suppressing


class HistoryPages(SimpleHistoryAdmin):
    """Shows every version with what it changed; restoring one is an ordinary save."""

    history_list_per_page = 50
    object_history_template = "admin/history.html"
    object_history_list_template = "admin/history_list.html"
    object_history_form_template = "admin/history_version.html"

    def history_form_view_title(self, request, obj):
        return f"How “{obj}” stood"

    def history_view_title(self, request, obj):
        return f"History of “{obj}”"

    def set_history_delta_changes(self, request, historical_records, **kwargs):
        """Give each version the fields in which it differs from the one before."""
        versions = list(historical_records)
        if not versions:
            return
        before = [*versions[1:], versions[-1].prev_record]
        for version, older in zip(versions, before, strict=True):
            version.differences = older and differences.between(older, version)

    def history_view(self, request, object_id, extra_context=None):
        """With what an administrator may suppress, and what was suppressed."""
        key, table = unquote(object_id), self.model._meta.concrete_model
        if not (key.isascii() and key.isdigit()):
            raise Http404
        context = {
            "may_suppress": rights.is_administrator(request.user),
            "current_version": suppressing.current(table, int(key)),
            "suppressed": suppressing.suppressed(table, int(key)),
        }
        return super().history_view(request, object_id, context | (extra_context or {}))

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        standing = self.get_object(request, unquote(object_id))
        may_restore = standing and self.has_change_permission(request, standing)
        meta = self.opts
        change = f"admin:{meta.app_label}_{meta.model_name}_change"
        context = {
            "form_url": reverse(change, args=[object_id]),
            "standing": standing,
            "version_id": version_id,
            "revert_disabled": not may_restore,
        }
        return super().history_form_view(
            request, object_id, version_id, context | (extra_context or {})
        )

    def render_history_view(self, request, template, context, **kwargs):
        if context.get("standing") is not None:
            form = context["adminform"].form
            form.initial["seen_version"] = context["standing"].version
            form.initial["restores"] = context["version_id"]
            _restore_relations(form)
        return super().render_history_view(request, template, context, **kwargs)

    def get_inline_instances(self, request, obj=None):
        """A version is of the record alone; what hangs on it has its own."""
        if request.POST.get("restores"):
            return []
        return super().get_inline_instances(request, obj)


def _restore_relations(form):
    """Show the records that the version was related to, not those of today."""
    version = form.instance._history
    for field in version._history_m2m_fields:
        name = field.m2m_reverse_field_name()
        links = getattr(version, field.name).select_related(name)
        form.initial[field.name] = [getattr(link, name) for link in links]
