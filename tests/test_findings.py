import pytest

from sources import settling, standings
from sources.models import Evidence, Finding, Question, Source
from tests.cast import cite, make_claim, make_source


@pytest.fixture
def decided(cast):
    """A finding on when Northwind Labs was founded."""
    finding = Finding(
        question=cast.founded_2015.question,
        outcome="preferred",
        reason="The founder told the Herald.",
        decided_by="Demo desk",
    )
    finding.full_clean()
    finding.save()
    settling.relate(finding, "preferred", [cast.founded_2015])
    return finding


def decision(finding):
    return Question.objects.get(pk=finding.question_id).decision


def considered(finding):
    return Finding.objects.get(pk=finding.pk).considered


def test_it_works(cast, decided):
    assert decision(decided) == "decided"
    assert considered(decided) == [
        "evidence:founded-2015-courier-copy",
        "evidence:founded-2015-herald-report",
        "evidence:founded-2016-post-story",
        "origin:herald-report",
    ]


def test_it_leaves_the_losing_answer_to_be_seen(cast, decided):
    question = Question.objects.get(pk=decided.question_id)
    assert (question.state, question.answer_count) == ("differ", 2)


def test_it_leaves_a_question_without_one_alone(cast):
    assert Question.objects.get(pk=cast.cost_about.question_id).decision == "none"


def test_it_is_reviewed_when_an_original_source_arrives(cast, decided):
    filing = make_source("filing", lineage="original", genre="filing")
    evidence = cite(cast.founded_2016, filing, "founded in 2016")
    assert decision(decided) == "under_review"
    evidence.delete()
    assert decision(decided) == "decided"


def test_it_is_reviewed_when_a_new_source_is_credited(cast, decided):
    filing = make_source("filing", lineage="original", genre="filing")
    cite(cast.founded_2016, cast.courier, "in 2015", via=filing)
    assert decision(decided) == "under_review"


def test_it_is_reviewed_when_a_known_source_proves_original(cast, decided):
    cast.post.lineage = "original"
    cast.post.save()
    assert decision(decided) == "under_review"


@pytest.mark.parametrize("standing", ["corrected", "retracted"])
def test_it_is_reviewed_when_a_source_takes_back_what_it_said(cast, decided, standing):
    cast.post.standing = standing
    cast.post.save()
    assert decision(decided) == "under_review"


def test_it_is_reviewed_when_a_correction_becomes_a_retraction(cast, decided):
    Finding.objects.filter(pk=decided.pk).update(considered=None)
    cast.post.standing = "corrected"
    cast.post.save()
    assert decision(decided) == "decided"
    cast.post.standing = "retracted"
    cast.post.save()
    assert decision(decided) == "under_review"


@pytest.mark.parametrize("parent", ["herald", "post", None])
def test_it_stands_when_copies_arrive(cast, decided, parent):
    fields = {}
    if parent:
        fields = {"lineage": "derived", "derived_from": getattr(cast, parent)}
    cite(cast.founded_2016, make_source("mirror", **fields), "in 2016")
    assert decision(decided) == "decided"


def test_it_stands_when_the_article_is_read_again(cast, decided):
    cast.herald.note = "Read again."
    cast.herald.save()
    settling.rebuild()
    assert decision(decided) == "decided"


def test_it_stands_when_another_question_gets_a_source(cast, decided):
    cite(cast.cost_about, make_source("filing", lineage="original"), "six million")
    assert decision(decided) == "decided"


def test_it_stands_though_nobody_may_see_the_new_source(cast, decided):
    draft = make_source("filing", lineage="original", status="draft")
    cite(cast.founded_2016, draft, "founded in 2016")
    assert decision(decided) == "decided"
    draft.status = "published"
    draft.save()
    assert decision(decided) == "under_review"


def test_it_is_decided_again_with_what_is_known_now(cast, decided):
    filing = make_source("filing", lineage="original")
    cite(cast.founded_2016, filing, "founded in 2016")
    finding = Finding.objects.get(pk=decided.pk)
    finding.considered = None
    finding.save()
    assert decision(decided) == "decided"
    assert "origin:filing" in considered(decided)


def test_it_is_reviewed_when_its_preferred_claim_moves_away(cast, decided):
    claim = cast.founded_2015
    claim.qualifier = "as a company"
    claim.save()
    assert decision(decided) == "under_review"
    assert Finding.objects.filter(pk=decided.pk).exists()


def test_it_is_reviewed_when_all_claims_move_away(cast, decided):
    for claim in (cast.founded_2015, cast.founded_2016):
        claim.qualifier = "as a company"
        claim.save()
    question = Question.objects.get(pk=decided.question_id)
    assert (question.state, question.decision) == ("no_answer", "under_review")
    assert not Finding.objects.public().exists()


def test_it_rests_on_public_evidence_that_counts(cast, decided):
    claim = make_claim(cast.northwind, cast.founded_on, "founded-2017", date="2017")
    cite(claim, cast.courier, "not in our copy")
    cite(claim, cast.herald, "in 2015", status="draft")
    basis = standings.basis(decided.question_id)
    assert not [key for key in basis if "2017" in key]


def test_it_names_the_standing_it_rests_on(cast, decided):
    Source.objects.filter(pk=cast.post.pk).update(standing="corrected")
    basis = standings.basis(decided.question_id)
    assert "standing:post-story:corrected" in basis
    assert "evidence:founded-2016-post-story" not in basis


def test_it_goes_with_no_evidence(cast, decided):
    Evidence.objects.filter(claim__question=decided.question).delete()
    question = Question.objects.get(pk=decided.question_id)
    assert (question.state, question.decision) == ("no_answer", "decided")
    assert not Finding.objects.public().exists()
