"""How a form offers records to choose from: found by typing, told apart by name."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.widgets import (
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    RelatedFieldWidgetWrapper,
)
from django.contrib.auth.models import User

from entities.models import Entity
from sources import publication
from sources.admin.forms import TEXT_FIELDS
from sources.models import Claim, Source

# Whom work can be given to.
STAFF = {"is_staff": True, "is_active": True}


def label(record: Any) -> str:
    """A record as a list of choices names it: namesakes are told apart."""
    match record:
        case Entity():
            return f"{record} — {record.get_kind_display().lower()} · {record.slug}"
        case Source():
            parts = [str(record), record.published, record.slug]
            return " · ".join(filter(None, parts))
        case Claim():
            return f"{record} · {record.slug}"
    return str(record)


class Readable:
    """Shows what was chosen; Django's own fails on what no key could be."""

    def optgroups(self, name, value, attr=None):
        keys = [key for key in value if str(key).isdecimal() and len(str(key)) < 19]
        return super().optgroups(name, keys, attr)


class Typed(Readable, AutocompleteSelect):
    """One record, found by typing."""

    # The chosen record, where it has been read already.
    at_hand: Any = None

    def optgroups(self, name, value, attr=None):
        if self.at_hand is None or value != [str(self.at_hand.pk)]:
            return super().optgroups(name, value, attr)
        words = self.choices.field.label_from_instance(self.at_hand)
        options = [self.create_option(name, self.at_hand.pk, words, True, 0)]
        if not self.is_required:
            options.insert(0, self.create_option(name, "", "", False, 0))
        return [(None, options, 0)]


class SeveralTyped(Readable, AutocompleteSelectMultiple):
    pass


class Choosing:
    """Relations are chosen by typing; each choice says which record it is."""

    formfield_overrides: Any = TEXT_FIELDS

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            # Beside a choice, deleting what was chosen is a slip waiting to happen.
            field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = Typed(db_field, self.admin_site)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.remote_field.model is User:
            field.queryset = field.queryset.complex_filter(STAFF)
            field.label_from_instance = publication.name_of
        else:
            field.label_from_instance = label
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = SeveralTyped(db_field, self.admin_site)
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.label_from_instance = label
        return field
