"""People, organisations, events, and the names they go by."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from entities.models import (
    Alias,
    Distinction,
    Entity,
    Event,
    Organisation,
    Person,
    Redirect,
)
from sources.admin.base import PublishableAdmin, RecordAdmin, RecordInline
from sources.admin.correcting import ToldAdmin
from sources.admin.forms import RecordForm, VersionedForm
from sources.admin.listing import CategoryFilter, CountedFilter

SUMMARY = (
    "What readers see",
    {
        "fields": ["summary", "wikidata_id"],
        "description": "The summary stands on top of the profile. Each sentence ends "
        "with the claim that carries it: readers see a footnote.",
    },
)
PUBLICATION = (
    "Publication",
    {
        "fields": ["status", "status_reason", "readers_see_it"],
        "description": "Readers meet a record everywhere or nowhere: claims about an "
        "unpublished record are hidden with it.",
    },
)


class AliasForm(VersionedForm):
    constraint_fields = {"entity_has_each_alias_once": "text"}


class AliasRecordForm(AliasForm, RecordForm):
    pass


class AliasInline(RecordInline, admin.TabularInline):
    model = Alias
    form = AliasForm
    fk_name = "entity"
    fields = ["text", "language", "kind", "status", "seen_version"]
    verbose_name = "name form"
    verbose_name_plural = "other forms of the name"


class KindAdmin(ToldAdmin):
    """One kind of entity."""

    list_display = ["name", "slug", "category", "status", "modified_at"]
    list_filter = [("status", CountedFilter), ("category", CategoryFilter)]
    ordering = ["sort_name", "id"]
    search_fields = ["folded"]
    search_help_text = "By the beginning of a name, of any alias, or of the address."
    prepopulated_fields = {"slug": ["name"]}
    inlines = [AliasInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "category"]}),
        SUMMARY,
        PUBLICATION,
    ]

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "category":
            kinds = {
                "organisation": Entity.ORGANISATION_CATEGORIES,
                "event": Entity.EVENT_CATEGORIES,
            }
            fitting = kinds.get(self.model.FIXED_KIND, {})
            kwargs["choices"] = [("", "---------"), *fitting.items()]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


@admin.register(Person)
class PersonAdmin(KindAdmin):
    list_display = ["name", "family_name", "slug", "status", "modified_at"]
    list_filter = [("status", CountedFilter)]
    fieldsets = [
        (
            None,
            {
                "fields": ["name", ("given_name", "family_name"), "slug"],
                "description": "Lists sort people by family name, then given name; "
                "without them by the name.",
            },
        ),
        SUMMARY,
        PUBLICATION,
    ]


@admin.register(Organisation)
class OrganisationAdmin(KindAdmin):
    pass


@admin.register(Event)
class EventAdmin(KindAdmin):
    list_display = ["name", "category", "date", "place", "status", "modified_at"]
    readonly_fields = ["date", "place", "readers_see_it"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "category"]}),
        (
            "When and where",
            {
                "fields": [("date", "place")],
                "description": "Follows from the published claims about the event; "
                "where their answers differ it stays blank until the desk decides.",
            },
        ),
        SUMMARY,
        PUBLICATION,
    ]


@admin.register(Entity)
class EntityAdmin(RecordAdmin):
    """All kinds in one list, for choosing; each is edited as what it is."""

    list_display = ["name", "kind", "slug", "status"]
    list_filter = [("kind", CountedFilter), ("status", CountedFilter)]
    ordering = ["-id"]
    search_fields = ["folded"]
    fieldsets = [(None, {"fields": ["name", "kind", "slug", "status"]})]

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        entity = self.get_object(request, object_id)
        if entity is None:
            return super().change_view(request, object_id, form_url, extra_context)
        query = request.GET.urlencode()
        address = self._as_what_it_is(request, entity, "change", entity.pk)
        return redirect(f"{address}?{query}" if query else address)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        entity = self.get_object(request, object_id)
        if entity is None:
            raise Http404
        return redirect(
            self._as_what_it_is(
                request, entity, "simple_history", entity.pk, version_id
            )
        )

    def _as_what_it_is(self, request, entity, page, *keys):
        if not self.has_view_permission(request, entity):
            raise PermissionDenied
        return reverse(f"admin:entities_{entity.kind}_{page}", args=keys)


@admin.register(Alias)
class AliasAdmin(PublishableAdmin):
    form = AliasRecordForm
    list_display = ["text", "entity", "kind", "language", "status"]
    list_filter = [("status", CountedFilter), ("kind", CountedFilter)]
    list_select_related = ["entity"]
    ordering = ["-id"]
    search_fields = ["folded"]
    search_help_text = "By the beginning of a name form, or by whose it is."
    autocomplete_fields = ["entity"]
    fieldsets = [
        (None, {"fields": ["entity", "text", "kind", "language"]}),
        ("Publication", {"fields": ["status", "status_reason"]}),
    ]

    def view_on_site(self, obj):
        return None


class DistinctionForm(RecordForm):
    constraint_fields = {
        "entities_are_told_apart_once": "second",
        "distinction_is_between_two_entities": "second",
    }


@admin.register(Distinction)
class DistinctionAdmin(RecordAdmin):
    form = DistinctionForm
    is_for_editors = True
    list_display = ["first", "second", "reason"]
    list_select_related = ["first", "second"]
    ordering = ["-id"]
    search_fields = ["first__slug", "second__slug", "reason"]
    autocomplete_fields = ["first", "second"]
    fieldsets = [(None, {"fields": ["first", "second", "reason"]})]


class RedirectForm(RecordForm):
    constraint_fields = {
        "old_address_leads_to_one_place": "old_slug",
        "redirect_leads_elsewhere": "slug",
    }


@admin.register(Redirect)
class RedirectAdmin(RecordAdmin):
    form = RedirectForm
    is_for_editors = True
    list_display = ["old_slug", "slug", "kind", "created_at"]
    ordering = ["-id"]
    search_fields = ["old_slug__startswith", "slug__startswith"]
    fieldsets = [
        (
            None,
            {
                "fields": ["kind", "old_slug", "slug"],
                "description": "Made whenever an address changes; seldom needed by "
                "hand.",
            },
        )
    ]
