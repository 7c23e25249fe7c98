"""A citation as it is typed: one passage, and the claim, old or new, it bears on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from entities.models import Entity
from sources import lookup, rights, slugs, values
from sources.admin.forms import ExactLinesField
from sources.desk import names, places, statements
from sources.models import Claim, Evidence, Property, Source

VALUES = ("object", "date", "bound", "amount", "amount_high", "unit", "text")
HIDDEN = forms.HiddenInput
# What the next citation in an article begins with.
CARRIED = ("form", "voice", "speaker", "via")
CHOOSE = "Choose one, or begin a new claim below."


def _words(label: str, most: int, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, **options)


def _key() -> forms.CharField:
    """The address of what was chosen by typing; blank where words were only typed."""
    return forms.CharField(required=False, max_length=200, widget=HIDDEN)


class CitationForm(forms.Form):
    """The panel of the reading desk: saved whole or refused with messages in place."""

    quote = ExactLinesField(
        label="Passage",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The words as they stand, as few as locate the passage.",
    )
    paragraph = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=100_000,
        help_text="Only where the words stand in several.",
    )
    start = forms.IntegerField(required=False, min_value=0, widget=HIDDEN)
    end = forms.IntegerField(required=False, min_value=0, widget=HIDDEN)
    claim = _words("Claim that exists already", 1000)
    claim_key = _key()
    subject = _words("Whom or what it is about", 200)
    subject_key = _key()
    property = _words("What is said", 100)
    property_key = _key()
    qualifier = _words("What exactly is meant", 120)
    object = _words("Who or what", 200)
    object_key = _key()
    date = _words("Date", 100, help_text="EDTF: 2015, 2023-05, 2025-01-20~.")
    bound = forms.ChoiceField(
        required=False, choices=[("", "How exact"), *Claim.Bound.choices]
    )
    amount = forms.CharField(required=False, max_length=40)
    amount_high = forms.CharField(label="to", required=False, max_length=40)
    unit = _words("Unit", 40, help_text="USD, percent, or a singular noun.")
    text = _words("In a few words of ours", 500)
    no_value = forms.BooleanField(label="Known to be none", required=False)
    during = _words("True for", 100, help_text="EDTF; blank if not bound to a time.")
    statement = forms.CharField(
        label="In one sentence of ours",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Left blank, it is made from the words above.",
    )
    stance = forms.ChoiceField(
        label="What the passage does",
        required=False,
        choices=[
            choice
            for choice in Evidence.Stance.choices
            if choice[0] != Evidence.Stance.SILENT
        ],
    )
    form = forms.ChoiceField(
        label="Whose words", required=False, choices=Evidence.Form.choices
    )
    voice = forms.ChoiceField(
        label="Who says it", required=False, choices=Evidence.Voice.choices
    )
    speaker = _words("Name, or words for who says it", 200)
    speaker_key = _key()
    via = _words("Credited to", 200)
    via_key = _key()
    hedge = _words("The source’s caveat", 200)
    note = forms.CharField(
        label="Note", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_inferred = forms.BooleanField(
        label="We infer it: the note says how", required=False
    )
    confirm = forms.BooleanField(
        label="I read the passage and it says this: publish", required=False
    )

    def __init__(self, user: Any, source: Source, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.source = user, source
        self.is_new = self.is_known = False
        if not rights.may_confirm(user, Evidence()):
            del self.fields["confirm"]

    def _post_clean(self) -> None:
        """Build the claim and its evidence, each message at the field it is about."""
        data = self.cleaned_data
        place = self._ask("quote", self._place)
        claim = self._ask("claim", self._claim)
        speaker = self._ask("speaker", lambda: self._entity("speaker"))
        via = self._ask("via", self._via)
        if self.errors or place is None or claim is None:
            return
        self.evidence = Evidence(
            source=self.source,
            quote=place.quote,
            start=place.start,
            end=place.end,
            prefix=place.prefix,
            suffix=place.suffix,
            stance=data["stance"] or Evidence.Stance.SUPPORTS,
            form=data["form"] or Evidence.Form.NARRATION,
            voice=data["voice"] or Evidence.Voice.OWN_REPORTING,
            speaker=speaker,
            speaker_label="" if speaker else data["speaker"],
            via=via,
            via_label="" if via else data["via"],
            hedge=data["hedge"],
            note=data["note"],
            is_inferred=data["is_inferred"],
            created_by=self.user,
        )
        self.answer = claim
        self._ask("quote", lambda: self.evidence.full_clean(exclude=["claim", "slug"]))

    def passage(self) -> places.Place | None:
        """The place alone, for leaving it out; None, with a message, if unsure."""
        wanted = ("quote", "paragraph", "start", "end")
        for name in set(self.fields) - set(wanted):
            del self.fields[name]
        self.cleaned_data = {}
        self._errors = forms.utils.ErrorDict()
        self._clean_fields()  # type: ignore[attr-defined]
        return self._ask("quote", self._place)

    def sketch(self) -> Claim | None:
        """The claim as far as it is typed, unsaved; None while parts are missing."""
        self.cleaned_data, self._errors = {}, forms.utils.ErrorDict()
        self._clean_fields()  # type: ignore[attr-defined]
        subject, kind = self._entity("subject"), self._property()
        if subject is None:
            return None
        claim = Claim(subject=subject, property=kind)
        claim.qualifier = self.cleaned_data.get("qualifier", "")
        self._give_value(claim, kind, self._needed_object(kind))
        claim.full_clean(exclude=["slug", "statement"], validate_constraints=False)
        return claim

    def _ask(self, name: str, read: Any) -> Any:
        """What is read; where it is refused, the message stands at its field."""
        try:
            return read()
        except ValidationError as error:
            if not hasattr(error, "error_dict"):
                self.add_error(name, error)
                return None
            for field, messages in error.error_dict.items():
                known = field in self.fields and field != NON_FIELD_ERRORS
                self.add_error(field if known else name, messages)
            return None

    def _place(self) -> places.Place | None:
        data = self.cleaned_data
        if not data.get("quote"):
            return None
        text = Source.objects.copy_of(self.source.pk).text
        return places.found(
            text,
            data["quote"],
            data.get("start"),
            data.get("end"),
            data.get("paragraph"),
        )

    def _entity(self, name: str) -> Entity | None:
        data = self.cleaned_data
        return names.one(data.get(name, ""), data.get(f"{name}_key", ""))

    def _via(self) -> Source | None:
        """The source credited, if it is one of ours; else its words are its label."""
        key = self.cleaned_data.get("via_key") or self.cleaned_data.get("via")
        return Source.objects.by_key(key).first() if key else None

    def _claim(self) -> Claim | None:
        """The claim that was chosen, or the one that these words make."""
        data = self.cleaned_data
        if data.get("claim_key") or data.get("claim"):
            return self._chosen(data.get("claim_key", ""), data.get("claim", ""))
        if not (data.get("subject") or data.get("property")):
            raise ValidationError(CHOOSE)
        return self._made()

    def _chosen(self, slug: str, words: str) -> Claim:
        if slug:
            chosen = Claim.objects.by_key(slug).first()
            if chosen is None:
                raise ValidationError("This claim has gone: choose another.")
            return chosen
        found = list(Claim.objects.keyed(lookup.claims(words))[:6])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(f"No claim is found by these words. {CHOOSE}")
        told = "; ".join(f"{one.slug} (“{one.statement}”)" for one in found[:5])
        raise ValidationError(f"Several are found. Give the address of one: {told}.")

    def _made(self) -> Claim | None:
        """A new claim; or the one that gives this answer already."""
        data = self.cleaned_data
        subject = self._ask("subject", lambda: self._needed("subject"))
        kind = self._ask("property", self._property)
        object = self._ask("object", lambda: self._needed_object(kind))
        if self.errors or subject is None or kind is None:
            return None
        claim = Claim(subject=subject, property=kind, created_by=self.user)
        claim.qualifier, claim.during = data["qualifier"], data["during"]
        self._give_value(claim, kind, object)
        claim.full_clean(exclude=["slug", "statement"], validate_constraints=False)
        known = places.same_answer(claim)
        if known is not None:
            self.is_known = True
            return known
        claim.statement = data["statement"] or statements.proposed(claim)
        claim.slug = slugs.make_slug(claim)
        claim.full_clean()
        self.is_new = True
        return claim

    def _give_value(self, claim: Claim, kind: Property, object: Entity | None) -> None:
        """Set the one value that the property asks for."""
        data = self.cleaned_data
        claim.no_value = data["no_value"]
        if claim.no_value:
            return
        match kind.value_type:
            case Property.ValueType.ENTITY:
                claim.object = object
            case Property.ValueType.DATE:
                claim.date = data["date"]
            case Property.ValueType.TEXT:
                claim.text = data["text"]
            case Property.ValueType.QUANTITY:
                claim.amount = places.number(data["amount"], "amount")
                claim.amount_high = places.number(data["amount_high"], "amount_high")
                claim.unit = data["unit"]
                claim.bound = data["bound"] or Claim.Bound.EXACTLY
        name = values.FIELD_OF_TYPE[kind.value_type]
        if getattr(claim, name) in (None, ""):
            raise ValidationError({name: "Give the answer, or “known to be none”."})

    def _needed(self, name: str) -> Entity:
        entity = self._entity(name)
        if entity is None:
            raise ValidationError(
                f"There is no record “{self.cleaned_data.get(name)}”: add it first."
                if self.cleaned_data.get(name)
                else "Say whom or what it is about."
            )
        return entity

    def _needed_object(self, kind: Property | None) -> Entity | None:
        wanted = kind is not None and kind.value_type == Property.ValueType.ENTITY
        if not wanted or self.cleaned_data.get("no_value"):
            return None
        if not (self.cleaned_data["object"] or self.cleaned_data["object_key"]):
            raise ValidationError("Give the answer, or “known to be none”.")
        return self._needed("object")

    def _property(self) -> Property:
        data = self.cleaned_data
        found = places.property_named(
            data.get("property", ""), data.get("property_key", "")
        )
        if found is None:
            raise ValidationError("Choose what is said from the list.")
        return found
