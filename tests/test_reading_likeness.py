"""Texts that are copies of each other, in whole or in part."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entities.folding import words
from sources.reading.likeness import THRESHOLD, overlaps


def made_up(seed, length=200):
    """Words in an order of their own."""
    chosen = random.Random(seed)
    return " ".join(f"w{chosen.randrange(500)}" for _ in range(length))


TEXT = made_up(1)


def test_it_works():
    (found,) = overlaps(TEXT, [(1, made_up(2)), (2, TEXT), (3, "")])
    assert (found.id, found.share, found.is_near_copy) == (2, 1, True)
    (passage,) = found.passages
    assert (passage.start, passage.end, passage.words) == (0, len(TEXT), 200)


def test_it_finds_a_copy_whatever_its_case_and_punctuation():
    copy = TEXT.upper().replace(" ", " — ")
    (found,) = overlaps(TEXT, [(1, copy)])
    assert found.share == 1
    assert copy[found.passages[0].other_start :].startswith(TEXT[:4].upper().strip())


def test_it_measures_against_the_shorter_text():
    part = " ".join(TEXT.split()[50:100])
    for one, other in ((TEXT, part), (part, TEXT)):
        assert overlaps(one, [(1, other)])[0].share == 1


def test_it_gives_the_passages_of_both_longest_first():
    parts = TEXT.split()
    other = " ".join(["alpha"] * 3 + parts[100:160] + ["beta"] + parts[:40])
    (found,) = overlaps(TEXT, [(1, other)])
    assert [one.words for one in found.passages] == [60, 40]
    for one in found.passages:
        ours, theirs = TEXT[one.start : one.end], other[one.other_start : one.other_end]
        assert words(ours) == words(theirs)


def test_it_reports_one_long_quotation_in_texts_that_share_no_more():
    quotation = made_up(3, 30)
    one = f"{made_up(4, 600)} {quotation} {made_up(5, 600)}"
    other = f"{made_up(6, 600)} {quotation} {made_up(7, 600)}"
    (found,) = overlaps(one, [(1, other)])
    assert found.share < THRESHOLD and not found.is_near_copy
    assert found.passages[0].words == 30


def test_it_does_not_report_a_short_one():
    quotation = made_up(3, 12)
    one = f"{made_up(4, 600)} {quotation}"
    assert overlaps(one, [(1, f"{quotation} {made_up(6, 600)}")]) == []


def test_it_puts_the_likest_first():
    half = f"{' '.join(TEXT.split()[:100])} {made_up(9, 100)}"
    found = overlaps(TEXT, [(7, half), (4, TEXT), (3, TEXT)])
    assert [one.id for one in found] == [3, 4, 7]
    assert 0.4 < found[2].share < 0.6


@pytest.mark.parametrize("text", ["", "…", "two words"])
def test_a_text_too_short_is_like_its_equal_only(text):
    assert [one.id for one in overlaps(text, [(1, TEXT), (2, "two words")])] == (
        [2] if words(text) else []
    )


def test_it_is_quick_with_refrains():
    text = "la li lu " * 20_000
    assert overlaps(text, [(1, text)])[0].share == 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_it_shares_no_more_than_there_is(one, other):
    for found in overlaps(one, [(1, other)], threshold=0):
        assert 0 < found.share <= 1
        for part in found.passages:
            assert words(one[part.start : part.end]) == words(
                other[part.other_start : part.other_end]
            )


@pytest.mark.texts
def test_no_article_is_a_copy_of_another(texts):
    held = [path.read_text("utf-8") for path in sorted(texts.glob("*.txt"))]
    found = {
        (at, other.id): other
        for at, text in enumerate(held)
        for other in overlaps(text, list(enumerate(held))[at + 1 :])
    }
    # Two of them give the same words of a business partner, found elsewhere.
    assert list(found) == [(1, 4)]
    assert not found[1, 4].is_near_copy
    assert found[1, 4].passages[0].words == 33
