"""Forms of the desk: the version that was opened, the rules, messages in place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.functional import cached_property

from entities.records import PublishableRecord, Status
from sources import conflicts, proposals, publication, rights


class LinesField(forms.CharField):
    """A text of several lines, in which a browser's line ends are no change."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if text else text

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.to_python(initial), data)


class ExactLinesField(LinesField):
    """The same with every space kept, at its ends too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "strip": False})


class VersionedForm(forms.ModelForm):
    """A record as it was opened: saved by right, or refused with a message in place."""

    # What the form carries beside the record's own fields.
    BESIDE = {"seen_version", "change_reason", "restores"}
    # By name of a constraint, the field at which its message belongs.
    constraint_fields: dict[str, str] = {}

    seen_version = forms.CharField(required=False, widget=forms.HiddenInput)

    # Set for each request by the admin.
    user: Any = None
    refusal: ValidationError | None = None
    # Worked out by validation.
    waits = False
    becomes_published = False
    conflict: conflicts.Conflict | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.initial["seen_version"] = str(self.instance.version)
        elif "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text += " Left blank, it is made from the words."
        if "status" in self.fields and not rights.is_editor(self.user):
            self._limit_status(self.fields["status"])

    def _limit_status(self, field: Any) -> None:
        """Offer a contributor what they may choose."""
        allowed = {Status.DRAFT, Status.IN_REVIEW, self.instance.status}
        field.choices = [choice for choice in field.choices if choice[0] in allowed]
        field.error_messages["invalid_choice"] = (
            "Only an editor publishes or takes down: choose draft or in review."
        )

    @cached_property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name not in self.BESIDE]

    def _post_clean(self):
        super()._post_clean()
        self._place_messages_of_constraints()
        if self.instance.pk is not None:
            self._refuse_stale()
        if not self.errors:
            self._apply_rules()
        if self.refusal is not None:
            self.refuse(self.refusal)

    def _place_messages_of_constraints(self) -> None:
        """Move each message of the database's rules to the field it is about."""
        for error in self.errors.pop(
            NON_FIELD_ERRORS, forms.utils.ErrorList()
        ).as_data():
            name = self._constraint(error)
            field = self.field_of_constraint(name) if name else None
            self.add_error(field if field in self.fields else None, error)

    def _constraint(self, error: ValidationError) -> str:
        """The name of the constraint that a message belongs to, if it does to one."""
        unique = (error.params or {}).get("unique_check")
        for constraint in self._meta.model._meta.constraints:
            is_unique = unique and getattr(constraint, "fields", ()) == unique
            if is_unique or constraint.get_violation_error_message() == error.message:
                return constraint.name
        return ""

    def field_of_constraint(self, name: str) -> str | None:
        return self.constraint_fields.get(name)

    def _refuse_stale(self) -> None:
        """Refuse to write over what someone saved after the form was opened."""
        seen = self.cleaned_data.get("seen_version", "")
        if seen == str(self.instance.version):
            return
        self.conflict = conflicts.describe(self.instance, seen)
        self.add_error(None, ValidationError(str(self.conflict), code="stale"))
        # Whoever has read this and saves again means it.
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix("seen_version")] = str(self.instance.version)
        self.data = data

    def _apply_rules(self) -> None:
        record = self.instance
        if not isinstance(record, PublishableRecord):
            return
        for rule in self.rules():
            try:
                rule()
            except ValidationError as error:
                self.refuse(error)
        self.becomes_published = (
            record.status == Status.PUBLISHED != record.stored("status")
        )
        self.waits = rights.must_wait(self.user, record, self.confirms())

    def rules(self) -> list[Any]:
        """What may refuse the record as it is now; each raises ValidationError."""
        return [
            lambda: publication.refuse_status(self.user, self.instance),
            lambda: publication.refuse_unexplained(self.instance),
            lambda: publication.refuse_held(self.instance),
        ]

    def confirms(self) -> bool:
        """Whether this save also confirms that a passage says so."""
        return False

    @property
    def notice(self) -> proposals.Notice | None:
        """What readers are told with the change, where it corrects something."""
        return None

    def refuse(self, error: ValidationError) -> None:
        """Show a refusal at its fields, or on top where the form has no such field."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, messages in error.error_dict.items():
            self.add_error(name if name in self.fields else None, messages)

    def prepare(self) -> None:
        """Complete the record just before it is saved."""


class RecordForm(VersionedForm):
    """The form of a record on its own page."""

    change_reason = forms.CharField(
        label="Why this change",
        required=False,
        max_length=publication.REASON_LENGTH,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Kept in the history, beside your name. Readers do not see it.",
    )
    restores = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def reason(self) -> str:
        """What the history says of the save."""
        if self.cleaned_data.get("change_reason"):
            return self.cleaned_data["change_reason"]
        return "Restored an earlier version" if self.cleaned_data["restores"] else ""


class ByKindCheckboxes(forms.MultipleChoiceField):
    """Several of a few words, kept as a list."""

    widget = forms.CheckboxSelectMultiple

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(initial or ()) != set(data or ())


TEXT_FIELDS: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.TextField: {"form_class": LinesField},
    models.URLField: {"assume_scheme": "https"},
}
