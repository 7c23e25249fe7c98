from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from sources import settling
from sources.models import Evidence, Question, Source
from sources.origins import descendants, roots, tally
from tests import cast as casting
from tests.cast import cite, make_source
from tests.rush import at_once


def origin_of(evidence):
    return Evidence.objects.get(pk=evidence.pk).origin


def derived(slug, parent, **fields):
    return make_source(slug, lineage="derived", derived_from=parent, **fields)


def test_it_works(cast):
    copy = Evidence.objects.get(slug="founded-2015-courier-copy")
    assert copy.origin == cast.herald
    assert Evidence.objects.get(slug="founded-2016-post-story").origin is None


@pytest.mark.parametrize(
    ("lineage", "is_known"),
    [("original", True), ("unknown", False), ("derived", False)],
)
def test_it_counts_a_root_only_if_it_is_original(cast, lineage, is_known):
    root = make_source("root", lineage=lineage)
    leaf = derived("leaf", derived("middle", root))
    assert roots([leaf.pk]) == {leaf.pk: root.pk if is_known else None}


def test_it_starts_from_the_credited_source(cast):
    agency = make_source("agency", lineage="original")
    evidence = cite(cast.founded_2016, cast.herald, "in 2015", via=agency)
    assert origin_of(evidence) == agency


@pytest.mark.parametrize(
    "credit", [{"via_label": "Chinese media"}, {"voice": "other_outlet"}]
)
def test_it_does_not_know_the_origin_of_what_another_outlet_said(cast, credit):
    evidence = cite(cast.founded_2016, cast.herald, "in 2015", **credit)
    assert origin_of(evidence) is None


def test_it_follows_the_credit_to_another_outlet_that_has_a_record(cast):
    evidence = cite(
        cast.cost_about, cast.post, "It spent", via=cast.herald, voice="other_outlet"
    )
    assert origin_of(evidence) == cast.herald


def test_it_follows_a_change_of_lineage_all_the_way_down(cast):
    root = make_source("root")
    leaf = derived("leaf", derived("middle", root))
    evidence = cite(cast.founded_2016, leaf, "words")
    relayed = cite(cast.cost_less, cast.post, "less", slug="relayed", via=leaf)
    assert origin_of(evidence) is None
    root.lineage = "original"
    root.save()
    assert origin_of(evidence) == origin_of(relayed) == root
    assert Question.objects.get(pk=cast.founded_2016.question_id).origin_count == 2


def test_it_follows_a_source_that_turns_out_to_be_derived(cast):
    agency = make_source("agency", lineage="original")
    cast.herald.lineage, cast.herald.derived_from = "derived", agency
    cast.herald.save()
    copy = Evidence.objects.get(slug="founded-2015-courier-copy")
    assert copy.origin == agency


def test_it_knows_all_that_derives_from_a_source(cast):
    leaf = derived("leaf", cast.courier)
    assert descendants([cast.herald.pk]) == {cast.herald.pk, cast.courier.pk, leaf.pk}


def test_it_counts_copies_as_one():
    counted = tally([(1, 1), (2, 1), (3, None), (3, 1), (4, None), (4, None)])
    assert (counted.articles, counted.origins, counted.not_established) == (4, 1, 1)
    assert tally([]).articles == 0


@pytest.mark.parametrize("standing", ["corrected", "retracted"])
def test_it_does_not_count_what_its_publisher_took_back(cast, standing):
    question = Question.objects.get(pk=cast.founded_2015.question_id)
    assert (question.article_count, question.origin_count) == (3, 1)
    cast.herald.standing = standing
    cast.herald.save()
    question.refresh_from_db()
    assert (question.article_count, question.origin_count) == (2, 1)


@pytest.mark.parametrize(
    ("quote", "stance", "is_counted"),
    [
        ("It spent", "supports", True),
        ("It\u00a0spent", "supports", False),
        ("It cost", "supports", False),
        ("It spent", "disputes", False),
        ("It spent", "questions", False),
        ("", "silent", False),
    ],
)
def test_it_counts_only_supporting_words_that_are_found(
    cast, quote, stance, is_counted
):
    text = casting.POST_TEXT + " It is small."
    source = make_source("fourth", text, lineage="original")
    cite(cast.cost_about, source, quote, stance=stance)
    cast.cost_about.refresh_from_db()
    assert cast.cost_about.article_count == 1 + is_counted
    assert cast.cost_about.origin_count == 1 + is_counted


def test_it_counts_a_source_without_a_text(cast):
    evidence = cite(cast.cost_about, make_source("post", lineage="original"), "words")
    cast.cost_about.refresh_from_db()
    assert (evidence.anchor, cast.cost_about.origin_count) == ("no_text", 2)


def circle(cast, length):
    """The first and last of a chain of sources that could be closed."""
    first = last = make_source("link-0")
    for number in range(1, length):
        last = derived(f"link-{number}", last)
    first.lineage, first.derived_from = "derived", last
    return first


@pytest.mark.parametrize("length", [2, 3, 20])
def test_case_40_it_refuses_a_circle(cast, length):
    first = circle(cast, length)
    with pytest.raises(ValidationError, match="would be a circle"):
        first.full_clean()
    with pytest.raises(ValidationError, match="would be a circle"):
        first.save()


def test_case_40_it_refuses_a_source_that_derives_from_itself(cast):
    cast.post.lineage, cast.post.derived_from = "derived", cast.post
    with pytest.raises(ValidationError):
        cast.post.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.filter(pk=cast.post.pk).update(
            lineage="derived", derived_from=cast.post
        )


def test_case_40_it_does_not_hang_on_a_circle_that_stands_in_the_database(cast):
    first = circle(cast, 3)
    Source.objects.filter(pk=first.pk).update(
        derived_from=first.derived_from, lineage="derived"
    )
    assert roots([first.pk]) == {first.pk: None}
    assert len(descendants([first.pk])) == 3
    settling.rebuild()


@pytest.mark.django_db(transaction=True)
def test_case_40_it_refuses_a_circle_that_two_editors_close_at_once():
    make_source("one"), make_source("other")

    def derive(child, parent):
        child = Source.objects.get(slug=child)
        child.lineage, child.derived_from = "derived", Source.objects.get(slug=parent)
        child.full_clean()
        return child.save

    (refusal,) = at_once(
        partial(derive, "one", "other"), partial(derive, "other", "one")
    )
    # PostgreSQL may also end one of them as a deadlock.
    assert isinstance(refusal, ValidationError | DatabaseError)
    assert Source.objects.exclude(derived_from=None).count() == 1
