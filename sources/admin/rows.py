"""Rows of another table on a record's page: so many at a time, each with its version.

However many hang on the record, the page opens with the same few queries, and a save
reads those rows alone that were sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict
from django.utils.functional import cached_property

from sources.admin.choosing import Typed


class RowFormSet(BaseInlineFormSet):
    """Rows of which each knows its version; one that has gone is no empty form."""

    rows_per_page = 50
    # The address's query string, which names the page of the rows.
    query = QueryDict()

    @cached_property
    def page(self) -> Page:
        """The rows to show, of all there are."""
        rows: Any = self.queryset
        rows = rows if rows.ordered else rows.order_by("pk")
        return Paginator(rows, self.rows_per_page).get_page(
            self.query.get(self.page_name)
        )

    @property
    def page_name(self) -> str:
        return f"{self.prefix}-page"

    def pages(self) -> Iterator[tuple[Any, str]]:
        """Each page's number, and the query string that leads to it."""
        for number in self.page.paginator.get_elided_page_range(self.page.number):
            query = self.query.copy()
            query[self.page_name] = str(number)
            yield number, query.urlencode()

    def get_queryset(self):
        """The page's rows; of a form that was sent, the rows that it holds."""
        if not hasattr(self, "_queryset"):
            rows = self.page.paginator.object_list
            self._queryset = (
                rows.keyed(self._sent_keys())
                if self.is_bound
                else self.page.object_list
            )
        return self._queryset

    def _sent_keys(self) -> list[str]:
        sent = range(min(self.initial_form_count(), self.total_form_count()))
        name = self.model._meta.pk.name
        keys = (self.data.get(f"{self.add_prefix(at)}-{name}", "") for at in sent)
        return [
            key for key in keys if key.isascii() and key.isdigit() and len(key) < 19
        ]

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        is_standing = i < self.initial_form_count()
        form.is_gone = self.is_bound and is_standing and form.instance.pk is None
        # A row as it stands in the database needs no checking: nothing is written.
        form.empty_permitted = form.empty_permitted or is_standing
        _hand_over(form)
        return form

    @property
    def initial_forms(self):
        """Those that stand first: the admin pairs them, in order, with their rows."""
        return sorted(super().initial_forms, key=lambda form: form.is_gone)

    def clean(self):
        super().clean()
        going = [form for form in self.forms if self._is_to_go(form)]
        for form in going:
            if getattr(form, "conflict", None) is not None:
                # Django does not ask whether a row that is to go is valid.
                self._non_form_errors.extend([form.conflict.what_happened])
        for form in self.forms:
            # What a row that goes has taken is free again.
            if not going and form.has_changed() and not form.errors:
                self._refuse_double(form)

    def _is_to_go(self, form):
        return self.can_delete and self._should_delete_form(form)

    def _refuse_double(self, form):
        """Rows that were not sent count too: Django compares those of one form."""
        for constraint in self.model._meta.total_unique_constraints:
            try:
                constraint.validate(self.model, form.instance)
            except ValidationError as error:
                form.add_error(form.field_of_constraint(constraint.name), error)

    def is_valid(self):
        # Rows to be deleted may be stale too.
        return super().is_valid() and not self.non_form_errors()


def _hand_over(form: Any) -> None:
    """Let the widgets show what the row has read along, without asking again."""
    for name, field in form.fields.items():
        widget = field.widget
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget = widget.widget
        if isinstance(widget, Typed):
            widget.at_hand = form.instance._state.fields_cache.get(name)
