"""Filters by one related record, found by typing: a list of thousands helps nobody."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters

from sources.admin.choosing import Typed, label
from sources.models import Claim, Evidence


class ChosenFilter(admin.SimpleListFilter):
    """The rows that have to do with the record that was chosen."""

    template = "admin/chosen_filter.html"
    # The relation of which the choice is made, as in a form.
    relation: Any

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.admin_site = model_admin.admin_site

    def has_output(self):
        return True

    def lookups(self, request, model_admin):
        return []

    @classmethod
    def media(cls, admin_site):
        return Typed(cls.relation, admin_site).media

    def choices(self, changelist):
        """The one field, and what of the address stays when it is sent."""
        name = self.parameter_name
        kept = changelist.filter_params.items()
        yield {
            "id": f"filter-{name}",
            "field": self._field(name),
            "kept": [(key, one) for key, all_ in kept for one in all_ if key != name],
            "all": self.value() and changelist.get_query_string(remove=[name]),
        }

    def _field(self, name):
        choice: Any = forms.ModelChoiceField(
            self.relation.related_model._default_manager.all(),
            widget=Typed(self.relation, self.admin_site),
            required=False,
        )
        choice.label_from_instance = label
        return choice.widget.render(name, self.value(), {"id": f"filter-{name}"})

    def queryset(self, request, queryset):
        chosen = self.value()
        if not chosen:
            return queryset
        if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 19):
            raise IncorrectLookupParameters
        return queryset.complex_filter(self.condition(chosen))

    def condition(self, chosen: str) -> dict[str, Any]:
        return {str(self.parameter_name): chosen}


class PropertyFilter(ChosenFilter):
    title, parameter_name = "property", "property"
    relation = Claim._meta.get_field("property")


class SourceFilter(ChosenFilter):
    title, parameter_name = "source", "source"
    relation = Evidence._meta.get_field("source")


class CitedFilter(SourceFilter):
    """Claims that evidence from the source bears on."""

    title = "source that they cite"

    def condition(self, chosen: str) -> dict[str, Any]:
        cited = Evidence.objects.complex_filter({"source": chosen})
        return {"pk__in": cited.values("claim")}
