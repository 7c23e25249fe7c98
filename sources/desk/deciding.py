"""Desk decisions: rival answers against their sources, an outcome and its reason."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from entities import edtf
from sources import origins, publication, reopening, rights, settling
from sources.admin.claims import in_words
from sources.admin.decisions import FindingForm
from sources.admin.forms import LinesField
from sources.desk import records
from sources.models import Claim, Evidence, Finding, Question

# No editor weighs more against each other; the tables have the rest.
MOST_ANSWERS, MOST_PASSAGES = 100, 500
FIELDS = ["outcome", "preferred", "reason", "would_change_it"]


class DecisionForm(FindingForm):
    """A decision on one question, by whoever is signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question: Question = self.instance.question
        # That there was none is what they saw: another may be first.
        self.initial.setdefault("seen_version", "0")
        field: Any = self.fields["preferred"]
        field.queryset = Claim.objects.public().answering([self.question.pk]).in_order()
        field.label_from_instance = _label
        field.widget.choices = field.choices
        outcome: Any = self.fields["outcome"]
        outcome.choices = Finding.Outcome.choices

    def clean(self) -> Any:
        self.cleaned_data["question"] = self.question
        cleaned: Any = super().clean()
        if self.question.state == Question.State.NO_ANSWER:
            raise ValidationError(
                "Readers see no answer to it yet: there is no choice."
            )
        return cleaned

    def decide(self) -> None:
        """Save it as a decision made now, on what is known now."""
        finding: Any = self.instance
        finding.decided_by = publication.name_of(self.user)
        finding.decided_at = timezone.now()
        # Filled again when the question is settled.
        finding.considered = None
        if finding.pk is None:
            finding.created_by = self.user
        finding._change_reason = self.reason or "Decided"
        finding.save()
        settling.relate(finding, "preferred", self.cleaned_data["preferred"])


def _label(claim: Claim) -> str:
    return f"{in_words(claim)} — {claim.statement}"


class Rival(NamedTuple):
    """One answer with the passages for and against it."""

    claim: Claim
    value: Any
    passages: list[tuple[Evidence, str]]
    has_more: bool
    tally: origins.Tally
    is_preferred: bool


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("sources.view_question", raise_exception=True)
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """The answers to one question side by side, and what the desk makes of them."""
    question = get_object_or_404(Question.objects.asked().by_key(slug))
    finding = Finding.objects.on([question]).first()
    form: Any = None
    if rights.is_editor(request.user):
        form = _form(request, question, finding)
    if request.method == "POST":
        records.require_editor(request.user, Finding)
        if form.is_valid() and records.saved(form, form.decide):
            messages.success(request, f"Decided: {question}")
            return redirect("admin:decide", slug=question.slug)
        # What stands, not what was refused.
        finding = Finding.objects.on([question]).first()
    context = {
        "question": question,
        "finding": finding,
        "preferred": list(finding.preferred.all()) if finding else [],
        "rivals": rivals(question, finding),
        "since": reopening.since_decided(question, finding) if finding else [],
        "form": form,
        "fields": [form[name] for name in FIELDS] if form else [],
        "most": MOST_PASSAGES,
    }
    status = 409 if form is not None and form.conflict else 200
    context = records.context(request, str(question), **context)
    return render(request, "desk/decide.html", context, status=status)


def _form(request: HttpRequest, question: Question, finding: Finding | None) -> Any:
    made: Any = modelform_factory(
        Finding,
        form=DecisionForm,
        fields=FIELDS,
        field_classes={"reason": LinesField, "would_change_it": LinesField},
        labels={
            "preferred": "Which answer or answers we prefer",
            "reason": "Why",
            "would_change_it": "What would change it",
        },
        widgets={
            "outcome": forms.RadioSelect,
            "preferred": forms.CheckboxSelectMultiple,
            "reason": forms.Textarea(attrs={"rows": 4}),
            "would_change_it": forms.Textarea(attrs={"rows": 3}),
        },
    )
    made.user = request.user
    return made(request.POST or None, instance=finding or Finding(question=question))


def _day(published: str) -> str:
    return edtf.say_point(published) if published else "undated"


def rivals(question: Question, finding: Finding | None) -> list[Rival]:
    """Each answer with its passages, those that readers see first."""
    claims = list(Claim.objects.answering([question]).for_decision()[:MOST_ANSWERS])
    passages = Evidence.objects.on(claims).for_decision()[: MOST_PASSAGES + 1]
    preferred = set(finding.preferred.values_list("pk", flat=True)) if finding else ()
    by_claim: dict[int, list[Evidence]] = {claim.pk: [] for claim in claims}
    for one in passages:
        by_claim[one.claim_id].append(one)
    return [
        Rival(
            claim,
            in_words(claim),
            [(one, _day(one.source.published)) for one in by_claim[claim.pk]],
            len(passages) > MOST_PASSAGES,
            origins.tally(
                (one.source_id, one.origin_id)
                for one in by_claim[claim.pk]
                if one.counts
            ),
            claim.pk in preferred,
        )
        for claim in claims
    ]
