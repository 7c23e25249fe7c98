"""A question with its answers, what stands behind each, and what the desk decided."""

from __future__ import annotations

from rest_framework import serializers
from rest_framework.serializers import (
    BooleanField,
    CharField,
    ChoiceField,
    DateTimeField,
    ListField,
    SlugField,
)

from briefing.api.records import Count, edtf, figure, kind, page
from briefing.api.shapes import EntityReference, Reference, Shape
from sources.models import Claim, Finding, Question


class Stances(serializers.Serializer):
    """How much public evidence there is on a claim, by what it does for it."""

    supports = Count()
    disputes = Count()
    questions = Count()
    silent = Count()


class Answer(serializers.Serializer):
    """One claim that answers the question, with what stands behind it."""

    claim = SlugField()
    statement = CharField()
    object = SlugField(allow_null=True)
    date = edtf()
    amount = figure()
    amount_high = figure()
    unit = CharField()
    bound = ChoiceField(Claim.Bound.choices, allow_blank=True)
    text = CharField()
    no_value = BooleanField()
    during = edtf()
    is_preferred = BooleanField()
    is_contested = BooleanField()
    support = ChoiceField(Claim.Support.choices)
    evidence_count = Stances()
    article_count = Count()
    origin_count = Count()
    not_established_count = Count(
        help_text="Articles of which we do not know where they have it."
    )
    origins = ListField(
        child=SlugField(), help_text="The original sources, as far as readers see them."
    )


class Decision(serializers.Serializer):
    """What the desk decided, and why."""

    outcome = ChoiceField(Finding.Outcome.choices)
    preferred = ListField(child=SlugField())
    reason = CharField()
    would_change_it = CharField()
    decided_by = CharField()
    decided_at = DateTimeField()


class QuestionShape(Shape):
    filled = ("type", "page", "asks", "answers", "finding")
    beside = ("property__question", "subject__name")

    type = ChoiceField(["question"])
    slug = SlugField()
    subject = EntityReference()
    subject_type = kind("subject")
    property = Reference("property", key="key")
    qualifier = CharField()
    asks = CharField(help_text="The question in words.")
    state = ChoiceField(Question.State.choices)
    decision = ChoiceField(Question.Decision.choices)
    answer_count = Count()
    article_count = Count()
    origin_count = Count()
    answers = ListField(
        child=Answer(),
        allow_null=True,
        help_text="The preferred first, then those with most articles. Null in a list "
        "where there are very many: the question's own address has them.",
    )
    finding = Decision(allow_null=True)
    page = page()
    modified_at = DateTimeField()
