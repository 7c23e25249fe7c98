"""What the desk keeps for itself: names met, passages left out, merges, search."""

from django.contrib import admin

from entities.models import LastWrite
from sources.admin.base import RecordAdmin
from sources.admin.forms import RecordForm
from sources.admin.listing import CappedPaginator
from sources.models import (
    AliasUse,
    Merge,
    Omission,
    PublicChange,
    SearchEntry,
    Suppression,
)


class AliasUseForm(RecordForm):
    constraint_fields = {"alias_is_met_once_in_a_source": "source"}


@admin.register(AliasUse)
class AliasUseAdmin(RecordAdmin):
    form = AliasUseForm
    list_display = ["alias", "source"]
    list_select_related = ["alias", "source"]
    ordering = ["-id"]
    search_fields = ["=alias__folded", "=source__slug"]
    autocomplete_fields = ["alias", "source"]
    fieldsets = [(None, {"fields": ["alias", "source"]})]


class OmissionForm(RecordForm):
    constraint_fields = {
        "passage_is_left_out_once": "start",
        "passage_left_out_ends_after_it_starts": "end",
    }


@admin.register(Omission)
class OmissionAdmin(RecordAdmin):
    form = OmissionForm
    list_display = ["source", "start", "end", "reason"]
    list_select_related = ["source"]
    ordering = ["-id"]
    search_fields = ["=source__slug", "reason"]
    autocomplete_fields = ["source"]
    fieldsets = [
        (
            None,
            {
                "fields": ["source", ("start", "end"), "reason"],
                "description": "A passage that was read and carries no claim. Readers "
                "do not see this.",
            },
        )
    ]


class ReadOnly:
    """A table that the program writes."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Merge)
class MergeAdmin(ReadOnly, RecordAdmin):
    list_display = ["__str__", "kind", "created_at", "undone_at"]
    ordering = ["-id"]
    search_fields = ["=kept_slug", "=merged_slug"]
    fields = ["kind", "kept_slug", "merged_slug", "reason", "moved", "undone_at"]


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnly, admin.ModelAdmin):
    """What readers can find, kept by the program; for looking up why not."""

    list_display = ["title", "kind", "slug"]
    ordering = ["-id"]
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    sortable_by = ()
    search_fields = ["words"]
    fields = ["kind", "slug", "title", "excerpt", "words", "more"]

    def get_search_results(self, request, queryset, search_term):
        found = queryset.matching(search_term) if search_term else queryset
        return found, False


@admin.register(PublicChange)
class PublicChangeAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["at", "kind", "slug", "what", "to"]
    list_filter = ["what", "kind"]
    search_fields = ["slug", "to"]
    ordering = ["-id"]
    show_full_result_count = False


@admin.register(LastWrite)
class LastWriteAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["at", "mark"]


@admin.register(Suppression)
class SuppressionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["suppressed_at", "table", "reason", "suppressed_by"]
    ordering = ["-suppressed_at"]
