"""The desk's own admin site: its name, its order, how choices are named."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.module_loading import import_string
from django.views.decorators.cache import never_cache

TOO_MANY = 429
# The tables in the order of the work. What is not named here follows by app.
GROUPS: dict[str, list[str]] = {
    "Who and what": ["Person", "Organisation", "Event", "Alias"],
    "How we know": ["Source", "Claim", "Evidence", "Question"],
    "Decide and correct": ["Proposal", "Finding", "Correction", "Distinction"],
    "Vocabulary": ["Property"],
    "Kept by the desk": [
        *("Approach", "Note", "SourceText", "AliasUse", "Omission"),
        *("Redirect", "Merge", "SearchEntry", "Token"),
    ],
}


class Choices(AutocompleteJsonView):
    """What a relation can be set to, each named so that namesakes are told apart."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "label", str)
        return {"id": str(getattr(obj, to_field_name)), "text": label(obj)}


class DeskSite(AdminSite):
    site_header = "Briefing desk"
    site_title = "Briefing desk"
    index_title = "The desk"

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff come in; where each account must have a second factor, with one."""
        is_staff: bool = super().has_permission(request)
        return is_staff and not _factors("is_owed")(request.user)

    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The page to sign in on; who must set up a second factor is led there."""
        if super().has_permission(request) and _factors("is_owed")(request.user):
            return redirect("admin:factor")
        # It asks after accounts, whose tables are there later than this site.
        self.login_form = import_string("briefing.entrance.form.SignInForm")
        answer = super().login(request, extra_context)
        form = (getattr(answer, "context_data", None) or {}).get("form")
        if getattr(form, "is_refused", False):
            answer.status_code = TOO_MANY
        return answer

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The front of the desk: what waits, before the tables."""
        waiting = import_string("sources.desk.front.of")(request.user)
        return super().index(request, {**waiting, **(extra_context or {})})

    # Pages of the account, of which Django lets caches keep a copy.
    password_change = method_decorator(never_cache)(AdminSite.password_change)
    password_change_done = method_decorator(never_cache)(AdminSite.password_change_done)

    def get_urls(self) -> Any:
        # Its pages use the admin's forms, which register with this very site.
        desk_urls = import_string("sources.desk.urls.desk_urls")
        factor = import_string("briefing.entrance.pages.factor")
        return [
            path("second-factor/", factor, name="factor"),
            *desk_urls(self.admin_view),
            *super().get_urls(),
        ]

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return Choices.as_view(admin_site=self)(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """The tables in groups; those of one app as Django lists them."""
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        tables = {
            table["object_name"]: (app, table)
            for app in apps
            for table in app["models"]
        }
        groups = [_group(title, names, tables) for title, names in GROUPS.items()]
        named = {name for names in GROUPS.values() for name in names}
        for app in apps:
            rest = [
                table for table in app["models"] if table["object_name"] not in named
            ]
            groups.append({**app, "models": rest})
        return [group for group in groups if group["models"]]


def _factors(name: str) -> Any:
    return import_string(f"briefing.entrance.factors.{name}")


def _group(title: str, names: list[str], tables: dict[str, Any]) -> dict[str, Any]:
    found = [tables[name] for name in names if name in tables]
    app = found[0][0] if found else {}
    return {**app, "name": title, "models": [table for _, table in found]}
