"""Merging two records: what moves, what falls together, what comes back."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from entities.models import Alias, Distinction, Entity, Redirect
from sources import settling
from sources.merging import doing, plan, undoing
from sources.models import (
    AliasUse,
    Approach,
    Claim,
    Correction,
    Evidence,
    Finding,
    Merge,
    Note,
    Question,
    Source,
)
from tests.cast import cite, make_claim, make_organisation, make_person, make_source
from tests.tables import contents, differences

pytestmark = pytest.mark.django_db


def merge(old: Entity, new: Entity, user: Any = None) -> Merge:
    old, new = Entity.objects.get(pk=old.pk), Entity.objects.get(pk=new.pk)
    seen = plan.of(old, new).fingerprint
    return doing.merge(old, new, user, "The same firm.", seen)


@pytest.fixture
def labs(cast: Any) -> Any:
    """Northwind Laboratories: a second record of Northwind Labs, named everywhere."""
    with settling.together():
        return _labs(cast)


def _labs(cast: Any) -> Entity:
    labs = make_organisation("Northwind Laboratories", slug="laboratories")
    wire = make_source("wire", lineage="original", publisher=labs)
    _name(cast, labs, wire)
    # The same answer, another answer, an answer to what nobody asked of the other.
    same = make_claim(labs, cast.founded_on, "labs-2015", date="2015")
    other = make_claim(labs, cast.founded_on, "labs-2014", date="2014")
    spent = {"amount": 9, "unit": "ship", "bound": "about", "qualifier": "ships"}
    alone = make_claim(labs, cast.cost, "labs-ships", **spent)
    named = make_claim(cast.ada, cast.founder_of, "ada-labs", object=labs)
    settling.relate(same, "contradicts", [cast.founded_2016])
    for claim in (same, other, alone, named):
        cite(claim, wire, f"Words of {claim.slug}", speaker=labs, voice="named")
        cite(claim, cast.herald, "in 2015")
    Approach(claim=same, slug="asked", asked=labs, asked_on="2025-02-01").save()
    Note(claim=same, text="Ring again.").save()
    Correction(
        claim=same, slug="c-1", said="2013", says="2015", reason="A slip."
    ).save()
    Correction(
        entity=labs, slug="c-2", said="Inc", says="Labs", reason="A slip."
    ).save()
    Distinction(first=cast.quiet, second=labs, reason="No firm.").save()
    make_organisation("NL", slug="nl", merged_into=labs)
    cast.ada.summary = "She founded it in 2015. [[labs-2015]]"
    cast.ada.save()
    return labs


def _name(cast: Any, labs: Entity, wire: Source) -> None:
    """A form of its own, and one that both have; both met in the wire's report."""
    Alias(entity=cast.northwind, text="The Labs").save()
    for text in ("NWL", "The Labs"):
        alias = Alias(entity=labs, text=text, status="published")
        alias.save()
        AliasUse(alias=alias, source=wire).save()


def slugs(rows: Any) -> set[str]:
    return set(rows.values_list("slug", flat=True))


def test_it_works(cast: Any, labs: Any, editor: Any) -> None:
    merge(labs, cast.northwind, editor)
    labs.refresh_from_db()
    assert labs.merged_into_id == cast.northwind.pk
    about = slugs(Claim.objects.about(cast.northwind))
    assert {"labs-2014", "labs-ships", "founded-2015"} <= about
    assert slugs(Claim.objects.about(labs)) == {"labs-2015"}
    assert Claim.objects.get(slug="labs-2015").status == "draft"
    names = Alias.objects.of(cast.northwind).published().values_list("text", flat=True)
    assert set(names) == {"NWL", "Northwind Laboratories"}
    question = cast.founded_2015.question
    question.refresh_from_db()
    assert (question.state, question.answer_count) == ("differ", 3)
    assert question.origin_count == 2
    assert slugs(cast.founded_2015.evidence) >= {"labs-2015-wire"}
    (log,) = Merge.objects.all()
    assert (log.created_by, log.reason) == (editor, "The same firm.")


def test_case_41_undone_it_leaves_every_table_as_it_was(cast: Any, labs: Any) -> None:
    for old, new in ((labs, cast.northwind), (cast.northwind, labs)):
        before = contents()
        done = merge(old, new)
        assert differences(before, contents()) != []
        undoing.undo(done)
        assert differences(before, contents()) == []
        settling.rebuild()
        assert differences(before, contents()) == []
        call_command("verify")


def test_settled_once_more_it_stands_as_it_did(cast: Any, labs: Any) -> None:
    merge(labs, cast.northwind)
    after = contents()
    settling.rebuild()
    assert differences(after, contents()) == []
    call_command("verify")


def test_nothing_names_the_old_record_but_what_is_left_with_it(
    cast: Any, labs: Any
) -> None:
    merge(labs, cast.northwind)
    left = {
        f"{one.related_model.__name__}.{one.field.name}": slugs(rows)
        for one in plan.relations()
        if hasattr(one.related_model, "slug")
        if (rows := one.related_model._base_manager.filter(**{one.field.name: labs}))
    }
    # The claim that the other record had as well; its question keeps it.
    assert left == {
        "Claim.subject": {"labs-2015"},
        "Claim.object": {"ada-labs"},
        "Question.subject": {"laboratories-founded-on"},
    }
    assert not Distinction.objects.of(labs).exists()
    # The other one is met under this name already, and now in the wire's report too.
    assert [alias.text for alias in labs.aliases.all()] == ["The Labs"]
    assert not AliasUse.objects.filter(alias__entity=labs).exists()


def test_every_relation_to_an_entity_is_known(db: Any) -> None:
    found = {
        f"{one.related_model.__name__}.{one.field.name}" for one in plan.relations()
    }
    assert found == {
        *("Alias.entity", "Distinction.first", "Distinction.second"),
        *("Claim.subject", "Claim.object", "Question.subject"),
        *("Evidence.speaker", "Source.publisher", "Approach.asked"),
        *("Correction.entity", "Entity.merged_into"),
    }, "a new relation is carried as it is: is that right for it?"


def test_who_confirmed_a_passage_still_does(cast: Any, labs: Any) -> None:
    before = set(Evidence.objects.values_list("slug", "confirmed_by", "status"))
    merge(labs, cast.northwind)
    assert set(Evidence.objects.values_list("slug", "confirmed_by", "status")) == before


def test_what_hung_on_an_equal_claim_hangs_on_the_other(cast: Any, labs: Any) -> None:
    merge(labs, cast.northwind)
    kept = cast.founded_2015
    assert (
        kept.approaches.count() == kept.notes.count() == kept.corrections.count() == 1
    )
    assert list(kept.contradicts.all()) == [cast.founded_2016]
    cast.ada.refresh_from_db()
    assert cast.ada.summary == "She founded it in 2015. [[founded-2015]]"
    assert Redirect.objects.target("claim", "labs-2015") == "founded-2015"
    # The same passage of the same article is not shown twice.
    assert "labs-2015-herald" not in slugs(kept.evidence)


def test_history_says_why(cast: Any, labs: Any) -> None:
    merge(labs, cast.northwind)
    words = "Merged “Northwind Laboratories” into “Northwind Labs”: The same firm."
    for record in (
        labs,
        Claim.objects.get(slug="labs-2014"),
        Source.objects.get(slug="wire"),
    ):
        assert record.history.latest().history_change_reason == words


def refusal(old: Entity, new: Entity) -> str:
    before = contents()
    with pytest.raises(ValidationError) as raised:
        merge(old, new)
    assert differences(before, contents()) == []
    assert not Merge.objects.exists()
    return " ".join(raised.value.messages)


def test_case_41_it_refuses_itself_other_kinds_and_what_was_told_apart(
    cast: Any,
) -> None:
    assert "into itself" in refusal(cast.ada, cast.ada)
    assert "kind person, the other organisation" in refusal(cast.ada, cast.northwind)
    other = make_person("Ada V")
    Distinction(first=other, second=cast.ada, reason="Born later.").save()
    assert "told apart: Born later." in refusal(cast.ada, other)


def test_case_41_it_refuses_circles_and_what_is_merged_already(cast: Any) -> None:
    ada, second = cast.ada, make_person("Ada V")
    merge(ada, second)
    for pair in ((second, ada), (ada, second), (ada, cast.quiet)):
        with pytest.raises(ValidationError, match="merged into “Ada V” already"):
            merge(*pair)


def test_it_refuses_what_was_taken_down(cast: Any) -> None:
    gone = make_person("Ada V", status="withdrawn")
    assert "its address has to go on saying so" in refusal(gone, cast.ada)
    assert "its address has to go on saying so" in refusal(cast.ada, gone)


def test_it_refuses_to_hide_what_readers_see(cast: Any) -> None:
    assert "let the other one stay" in refusal(cast.ada, cast.quiet)


@pytest.mark.parametrize("field", ["hold", "not_before"])
def test_it_refuses_equal_claims_of_which_one_is_held_back(
    field: str, cast: Any, labs: Any
) -> None:
    value = {"hold": "A judge.", "not_before": "2090-01-01T00:00:00Z"}[field]
    Claim.objects.filter(slug="labs-2015").update(**{field: value})
    assert "and the other record has the same claim" in refusal(labs, cast.northwind)


def test_it_refuses_an_equal_claim_that_was_taken_down(cast: Any, labs: Any) -> None:
    Claim.objects.filter(slug="founded-2015").update(status="withdrawn")
    assert "which was taken down" in refusal(labs, cast.northwind)


def test_a_claim_taken_down_stays_where_it_is(cast: Any, labs: Any) -> None:
    claim = Claim.objects.get(slug="labs-2015")
    claim.status, claim.status_reason = "retracted", "Wrong."
    claim.save()
    before = contents()
    done = merge(labs, cast.northwind)
    claim.refresh_from_db()
    assert (claim.subject_id, claim.status) == (labs.pk, "retracted")
    undoing.undo(done)
    assert differences(before, contents()) == []


def test_it_refuses_a_plan_that_is_no_longer_true(cast: Any, labs: Any) -> None:
    seen = plan.of(labs, cast.northwind).fingerprint
    make_claim(labs, cast.cost, "new", amount=1, unit="ship", bound="exactly")
    with pytest.raises(ValidationError, match="has changed since"):
        doing.merge(labs, cast.northwind, None, "Same.", seen)


def test_it_refuses_two_claims_that_would_say_the_same(cast: Any, labs: Any) -> None:
    for slug, subject, answer in (
        ("one", labs, cast.northwind),
        ("two", cast.northwind, labs),
    ):
        make_claim(subject, cast.founder_of, slug, object=answer)
    assert "“Claim two.” and “Claim one.” would say the same" in refusal(
        labs, cast.northwind
    )


def test_it_refuses_what_is_not_in_order_or_not_there(cast: Any, labs: Any) -> None:
    Source.objects.filter(slug="wire").update(url="no address")
    assert "source “Wire”: Enter a valid URL." in refusal(labs, cast.northwind)
    gone = make_person("Gone")
    seen = plan.of(gone, cast.ada).fingerprint
    kept = Entity.objects.get(pk=gone.pk)
    gone.delete()
    with pytest.raises(ValidationError, match="has been deleted"):
        doing.merge(kept, cast.ada, None, "Same.", seen)


def test_a_retracted_claim_of_a_draft_stops_it(cast: Any) -> None:
    fallen = {"status": "retracted", "status_reason": "Wrong.", "date": "1960"}
    make_claim(cast.quiet, cast.founded_on, "born", **fallen)
    assert "would have its notice shown" in refusal(cast.quiet, cast.ada)


def decide(question: Question, *claims: Claim) -> Finding:
    finding = Finding(question=question, outcome="preferred", reason="So.")
    finding.decided_by = "Edith"
    finding.save()
    settling.relate(finding, "preferred", claims)
    finding.refresh_from_db()
    return finding
