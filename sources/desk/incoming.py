"""The forms of a text that comes in: where it is taken from, and what it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from entities.models import Organisation
from sources import settling, slugs
from sources.admin.forms import ExactLinesField
from sources.models import Source, SourceText
from sources.models.sources import fingerprint
from sources.reading import intake
from sources.reading.received import MOST_BYTES, storable
from sources.references import known

PROPOSED = ("title", "author", "publisher", "published", "language", "url")


def given(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is given: nothing, unless something was sent, be it empty."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


class TextForm(forms.Form):
    """One of three doors: pasted words, a file, or the source of a page."""

    pasted = ExactLinesField(
        label="Paste the text",
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "source-text"}),
    )
    file = forms.FileField(label="or choose a file", required=False)
    page = ExactLinesField(
        label="or paste the page’s source",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="In a browser: “View page source”, then select and copy all.",
    )
    url = forms.URLField(
        label="Address of the page", required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "file"
        ].help_text = f"{intake.READ}; at most {MOST_BYTES // 1_000_000} MB."

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        doors = [name for name in ("pasted", "file", "page") if data.get(name)]
        if self.errors:
            return data
        if len(doors) != 1:
            message = "Use one of the three: words, a file, or a page’s source."
            raise ValidationError({doors[-1] if doors else "pasted": message})
        try:
            self.received = self._read(doors[0], data)
        except intake.IntakeError as error:
            raise ValidationError({doors[0]: str(error)}) from error
        return data

    def _read(self, door: str, data: dict[str, Any]) -> intake.Intake:
        match door:
            case "file":
                return intake.from_file(data["file"].name, data["file"].read())
            case "page":
                return intake.from_page(data["page"], data["url"])
        return intake.from_text(data["pasted"])

    def proposed(self) -> dict[str, Any]:
        """What the next form begins with."""
        known = {name: getattr(self.received, name) for name in PROPOSED}
        known["url"] = known["url"] or self.cleaned_data["url"]
        return {
            **known,
            "text": self.received.text,
            "extractor": self.received.extractor,
            "warnings": self.received.warnings,
        }


class SourceForm(forms.ModelForm):
    """A draft source with its text, as it was read: accepted or changed."""

    url = forms.URLField(
        label="Address", required=False, max_length=1000, assume_scheme="https"
    )
    publisher = forms.CharField(
        max_length=200,
        required=False,
        help_text="A body that we have no record of is made a draft.",
    )
    text = ExactLinesField(
        label="The text",
        widget=forms.Textarea(attrs={"rows": 20, "class": "source-text"}),
        help_text="What is kept, and what quotes are checked against. Take away what "
        "is not the article’s.",
    )
    extractor = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    is_another = forms.BooleanField(
        label="It is another text: make a source of its own",
        required=False,
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Source
        fields = ["title", "author", "published", "genre", "language", "url"]

    field_order = ["title", "author", "publisher", "published", "genre"]

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_text(self) -> str:
        try:
            text = storable(self.cleaned_data["text"], "The text")
        except intake.IntakeError as error:
            raise ValidationError(str(error)) from error
        twin = Source.objects.filter(text_sha256=fingerprint(text)).first()
        if twin is not None:
            address = reverse("admin:read", args=[twin.slug])
            link = format_html('<a href="{}">“{}”</a>', address, twin)
            raise ValidationError(
                format_html(
                    "We hold this very text already, as {}: read it there.", link
                )
            )
        return text

    def clean(self) -> Any:
        cleaned: Any = super().clean()
        twin = known.at(cleaned.get("url", ""))
        if twin is not None and not cleaned.get("is_another"):
            self.fields["is_another"].widget = forms.CheckboxInput()
            address = reverse("admin:read", args=[twin.slug])
            link = format_html('<a href="{}">“{}”</a>', address, twin.name)
            message = "We have a source with this address already: {}. Read it there."
            self.add_error("is_another", ValidationError(format_html(message, link)))
        return cleaned

    def clean_publisher(self) -> Organisation | None:
        name = self.cleaned_data["publisher"].strip()
        if not name:
            return None
        found = list(Organisation.objects.named(name).filter(merged_into=None)[:5])
        found = found or list(Organisation.objects.by_key(name))
        if len(found) > 1:
            slugs_of = ", ".join(one.slug for one in found)
            message = f"Several go by this name. Give the address of one: {slugs_of}."
            raise ValidationError(message)
        return found[0] if found else Organisation(name=name, category="media")

    def save(self, commit: bool = True) -> Any:
        """The draft and its text, or nothing."""
        source = self.instance
        with settling.together():
            if source.publisher is not None and source.publisher.pk is None:
                self._add_publisher(source.publisher)
                source.publisher = source.publisher
            source.created_by = self.user
            source.slug = slugs.make_slug(source)
            source._change_reason = "Put in with its text"
            source.save()
            text = SourceText(
                source=source, text=self.cleaned_data["text"], created_by=self.user
            )
            read_by = self.cleaned_data["extractor"] or "pasted"
            text._change_reason = f"Read by {read_by}"[:100]
            text.save()
        source.refresh_from_db()
        return source

    def _add_publisher(self, publisher: Organisation) -> None:
        publisher.slug = slugs.make_slug(publisher)
        publisher.created_by = self.user
        publisher.full_clean()
        publisher._change_reason = "Publisher of a source"
        publisher.save()

    def _post_clean(self) -> None:
        publisher = self.cleaned_data.pop("publisher", None)
        super()._post_clean()  # type: ignore[misc]
        self.instance.publisher = publisher
        self.cleaned_data["publisher"] = publisher
