"""What becomes of desk decisions, and what stops a merge from being undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from entities.models import Alias, Entity
from sources import reopening, settling
from sources.merging import undoing
from sources.models import Finding, Question
from tests.cast import cite, make_claim, make_organisation, make_person
from tests.tables import contents, differences
from tests.test_merging import decide, merge

pytestmark = pytest.mark.django_db


@pytest.fixture
def rivals(cast: Any) -> Any:
    labs = make_organisation("Labs Inc")
    claim = make_claim(labs, cast.founded_on, "labs-2011", date="2011")
    cite(claim, cast.herald, "in 2011")
    return claim


def question(slug: str) -> Question:
    found: Question = Question.objects.get(slug=slug)
    return found


def test_one_decision_goes_along_with_its_answer(cast: Any, rivals: Any) -> None:
    finding = decide(rivals.question, rivals)
    before = contents()
    done = merge(rivals.subject, cast.northwind)
    finding.refresh_from_db()
    assert finding.question == cast.founded_2015.question
    assert not Question.objects.filter(slug="labs-inc-founded-on").exists()
    undoing.undo(done)
    assert differences(before, contents()) == []


def test_two_decisions_are_both_kept_and_the_question_reopens(
    cast: Any, rivals: Any, editor: Any, client: Any
) -> None:
    old = decide(rivals.question, rivals)
    standing = decide(cast.founded_2015.question, cast.founded_2015)
    before = contents()
    done = merge(rivals.subject, cast.northwind)
    kept = question("northwind-labs-founded-on")
    assert kept.decision == "under_review"
    assert set(Finding.objects.all()) == {old, standing}
    assert list(Question.objects.under_review()) == [kept]
    standing.refresh_from_db()
    (why, *_) = reopening.since_decided(kept, standing)
    assert "was decided as well" in why.words and why.reopens
    assert client.get("/questions/labs-inc-founded-on/").status_code == 301
    undoing.undo(done)
    assert differences(before, contents()) == []


def stopped(done: Any) -> str:
    before = contents()
    with pytest.raises(ValidationError) as raised:
        undoing.undo(done)
    assert differences(before, contents()) == []
    return " ".join(raised.value.messages)


def test_undoing_names_what_was_changed_since(cast: Any, rivals: Any) -> None:
    labs = rivals.subject
    done = merge(labs, cast.northwind)
    rivals.refresh_from_db()
    rivals.subject = make_organisation("Third")
    rivals.save()
    Alias.objects.get(text="Labs Inc").delete()
    assert "“Claim labs-2011.”: “subject” was changed since." in stopped(done)
    rivals.evidence.first().delete()
    rivals.delete()
    assert "A claim that it moved is gone." in stopped(done)


def test_undoing_leaves_other_changes_alone(cast: Any, rivals: Any) -> None:
    done = merge(rivals.subject, cast.northwind)
    rivals.refresh_from_db()
    rivals.statement = "Reworded since."
    rivals.save()
    later = make_claim(cast.northwind, cast.founded_on, "later", date="2020")
    undoing.undo(done)
    rivals.refresh_from_db()
    assert rivals.statement == "Reworded since."
    assert (rivals.question.slug, later.question.slug) == (
        *("labs-inc-founded-on", "northwind-labs-founded-on"),
    )


def test_a_question_that_came_along_leaves_what_was_claimed_since(cast: Any) -> None:
    ada = make_person("Ada V")
    make_claim(ada, cast.founded_on, "ada-2001", date="2001")
    done = merge(ada, cast.ada)
    later = make_claim(cast.ada, cast.founded_on, "later", date="2020")
    assert later.question.slug == "ada-v-founded-on"
    undoing.undo(done)
    later.refresh_from_db()
    assert later.question.slug == "ada-vance-founded-on"
    settling.rebuild()
    assert question("ada-v-founded-on").claims.count() == 1


def test_later_merges_are_undone_first(cast: Any, rivals: Any) -> None:
    before = contents()
    third = make_organisation("Third")
    first = merge(rivals.subject, cast.northwind)
    second = merge(cast.northwind, third)
    assert Entity.objects.get(slug="labs-inc").merged_into == third
    assert "was merged into “Third” since: undo that first" in stopped(first)
    undoing.undo(second)
    undoing.undo(first)
    assert stopped(first) == "This merge was undone already."
    third.delete()
    assert differences(before, contents()) == []


def test_undone_it_can_be_done_again(cast: Any, rivals: Any) -> None:
    for _ in range(2):
        undoing.undo(merge(rivals.subject, cast.northwind))
    assert merge(cast.northwind, rivals.subject).undone_at is None


def test_undoing_names_a_name_form_in_use_and_a_summary_rewritten(
    cast: Any, rivals: Any
) -> None:
    labs = rivals.subject
    same = make_claim(labs, cast.founded_on, "same", date="2015")
    cite(same, cast.post, "in 2015")
    cast.ada.summary = "It began in 2015. [[same]]"
    cast.ada.save()
    done = merge(labs, cast.northwind)
    alias = Alias.objects.get(text="Labs Inc")
    alias.language = "en"
    alias.save()
    cast.ada.refresh_from_db()
    cast.ada.summary = "It began."
    cast.ada.save()
    words = stopped(done)
    assert "alias “Labs Inc”, which it made, was changed or used since." in words
    assert "The summary of “Ada Vance” was changed since." in words


def test_a_decision_for_an_equal_claim_is_for_the_other_now(
    cast: Any, rivals: Any
) -> None:
    labs = rivals.subject
    founder = make_claim(cast.ada, cast.founder_of, "ada-labs", object=labs)
    cite(founder, cast.post, "Vance set up")
    founder.sensitivity = "family"
    founder.save()
    finding = decide(founder.question, founder)
    settling.relate(finding, "preferred", [founder, cast.ada_founded])
    before = contents()
    done = merge(labs, cast.northwind)
    assert list(finding.preferred.all()) == [cast.ada_founded]
    cast.ada_founded.refresh_from_db()
    assert cast.ada_founded.sensitivity == "family"
    settling.relate(finding, "preferred", [rivals])
    assert "“preferred” was changed since" in stopped(done)
    settling.relate(finding, "preferred", [cast.ada_founded])
    undoing.undo(done)
    assert differences(before, contents()) == []
    finding.delete()


def test_what_is_gone_cannot_come_back(cast: Any, rivals: Any) -> None:
    founder = make_claim(cast.ada, cast.founder_of, "ada-labs", object=rivals.subject)
    cite(founder, cast.post, "Vance set up")
    finding = decide(founder.question, founder)
    done = merge(rivals.subject, cast.northwind)
    finding.delete()
    assert "A desk decision that it moved is gone." in stopped(done)
    assert undoing.record_of(done, "kept") == Entity.objects.get(pk=cast.northwind.pk)
    done.moved = {}
    assert undoing.record_of(done, "kept") is None
