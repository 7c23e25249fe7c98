"""What records of each kind hold: the names of docs/formats.md, and what is derived.

What people wrote comes first, then what the program worked out from it. `page` is where
readers find the record; `url` of a source is its own address.
"""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    DateTimeField,
    IntegerField,
    ListField,
    SlugField,
)

from briefing.api.shapes import (
    EntityReference,
    Quote,
    Reference,
    Shape,
    SourceReference,
)
from entities.models import Alias, Entity
from entities.records import Status
from sources.models import Claim, Evidence, Property, Source


def edtf(**more: Any) -> CharField:
    return CharField(help_text="A date in EDTF; empty if there is none.", **more)


def figure(**more: Any) -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=25,
        decimal_places=10,
        allow_null=True,
        help_text="A number in quotation marks, exactly.",
        **more,
    )


def kind(name: str, **more: Any) -> ChoiceField:
    """Of which kind the entity is that another field names."""
    return ChoiceField(Entity.Kind.choices, source=f"{name}__kind", **more)


def page() -> serializers.URLField:
    return serializers.URLField(help_text="Where readers find it.")


def not_published() -> ListField:
    return ListField(
        child=CharField(),
        help_text="Fields that are null though there is a record: readers do not see "
        "that record.",
    )


class Count(IntegerField):
    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=0, **more)


class Name(serializers.Serializer):
    """One form of a name under which a record is met."""

    text = CharField()
    kind = ChoiceField(Alias.Kind.choices)
    language = CharField(help_text="BCP 47; empty if it is not known.")


class EntityShape(Shape):
    filled = ("type", "page", "aliases", "summary")
    beside = ("kind", "summary")

    slug = SlugField()
    status = ChoiceField([Status.PUBLISHED.value])
    name = CharField()
    summary = CharField(help_text="Markdown; each sentence cites its claims: [[slug]].")
    wikidata_id = CharField()
    aliases = ListField(child=Name())
    page = page()
    modified_at = DateTimeField()


class Person(EntityShape):
    type = ChoiceField([Entity.Kind.PERSON.value])
    family_name = CharField()
    given_name = CharField()


class Organisation(EntityShape):
    type = ChoiceField([Entity.Kind.ORGANISATION.value])
    category = ChoiceField(list(Entity.ORGANISATION_CATEGORIES), allow_blank=True)


class Event(EntityShape):
    type = ChoiceField([Entity.Kind.EVENT.value])
    category = ChoiceField(list(Entity.EVENT_CATEGORIES), allow_blank=True)
    date = edtf()
    place = CharField()


class SourceShape(Shape):
    filled = ("type", "page", "not_published")

    type = ChoiceField(["source"])
    slug = SlugField()
    status = ChoiceField([Status.PUBLISHED.value])
    title = CharField()
    publisher = Reference("organisation", guard=("status",), allow_null=True)
    author = CharField()
    genre = ChoiceField(Source.Genre.choices)
    url = CharField(help_text="The source's own address.")
    archive_url = CharField()
    doi = CharField()
    published = edtf()
    accessed = edtf()
    language = CharField()
    reliability = ChoiceField(Source.Reliability.choices, allow_blank=True)
    lineage = ChoiceField(Source.Lineage.choices)
    derived_from = SourceReference(allow_null=True)
    derivation = ChoiceField(Source.Derivation.choices, allow_blank=True)
    standing = ChoiceField(Source.Standing.choices)
    standing_date = edtf()
    standing_notice = CharField()
    note = CharField()
    text_sha256 = CharField(help_text="Fingerprint of the text we hold; never the text")
    page = page()
    modified_at = DateTimeField()
    not_published = not_published()


class PropertyShape(Shape):
    filled = ("type",)

    type = ChoiceField(["property"])
    key = SlugField()
    label = CharField()
    inverse_label = CharField()
    question = CharField()
    value_type = ChoiceField(Property.ValueType.choices)
    subject_kinds = ListField(child=ChoiceField(Entity.Kind.choices))
    is_single_valued = BooleanField()
    tolerance = figure()
    confers_control = BooleanField()
    fills = ChoiceField(Property.Fills.choices, allow_blank=True)
    order = Count()
    schema_org = CharField()
    ftm = CharField()
    modified_at = DateTimeField()


class EvidenceShape(Shape):
    filled = ("type", "page", "speaker_type", "is_counted", "not_published")
    beside = ("speaker__kind", "source__standing")

    type = ChoiceField(["evidence"])
    slug = SlugField()
    status = ChoiceField([Status.PUBLISHED.value])
    claim = Reference("claim")
    source = Reference("source")
    stance = ChoiceField(Evidence.Stance.choices)
    quote = Quote(help_text="Cut where it is longer than readers are shown.")
    start = Count(allow_null=True, help_text="Its place in the text, in characters.")
    end = Count(allow_null=True)
    form = ChoiceField(Evidence.Form.choices)
    is_inferred = BooleanField()
    speaker = EntityReference(is_guarded=True, allow_null=True)
    speaker_type = ChoiceField(Entity.Kind.choices, allow_null=True)
    speaker_label = CharField()
    via = SourceReference(allow_null=True)
    via_label = CharField()
    voice = ChoiceField(Evidence.Voice.choices)
    hedge = CharField()
    note = CharField()
    confirmed_by = CharField()
    anchor = ChoiceField(Evidence.Anchor.choices)
    origin = SourceReference(allow_null=True)
    is_counted = BooleanField(help_text="Whether the counts of its claim include it.")
    page = page()
    modified_at = DateTimeField()
    not_published = not_published()


class ClaimShape(Shape):
    filled = ("type", "page", "contradicts", "evidence")
    on_request = ("evidence",)

    type = ChoiceField(["claim"])
    slug = SlugField()
    status = ChoiceField([Status.PUBLISHED.value])
    question = Reference("question")
    subject = EntityReference()
    subject_type = kind("subject")
    property = Reference("property", key="key")
    qualifier = CharField()
    object = EntityReference(allow_null=True)
    object_type = kind("object", allow_null=True)
    date = edtf()
    amount = figure()
    amount_high = figure()
    unit = CharField()
    bound = ChoiceField(Claim.Bound.choices, allow_blank=True)
    text = CharField()
    no_value = BooleanField()
    during = edtf()
    statement = CharField()
    contradicts = ListField(child=SlugField())
    is_contested = BooleanField()
    support = ChoiceField(Claim.Support.choices)
    article_count = Count()
    origin_count = Count()
    page = page()
    modified_at = DateTimeField()
    evidence = ListField(child=EvidenceShape(), help_text="With `include=evidence`.")


class CorrectionShape(Shape):
    filled = ("type", "page")
    beside = ("claim__status",)

    type = ChoiceField(["correction"])
    slug = SlugField()
    claim = Reference("claim", allow_null=True)
    entity = EntityReference(allow_null=True)
    entity_type = kind("entity", allow_null=True)
    source = Reference("source", allow_null=True)
    said = CharField()
    says = CharField()
    reason = CharField()
    made_on = DateField()
    page = page()
    modified_at = DateTimeField()
