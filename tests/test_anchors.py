import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from entities.characters import stored_form
from sources.anchors import (
    SAME,
    Found,
    Passage,
    find,
    fold,
    occurrences,
    places_folded,
)

TEXT = "Liang said so. “We began small,” Liang said. In 2015 Liang founded it."
# Text with what makes counting hard: marks, other planes, both line ends.
characters = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("e\u0301ﬁ🙂𠮷 \n“”'—\u00ad\u200d"),
)
texts = st.text(characters, min_size=1, max_size=60).map(stored_form)


def test_it_works():
    at = TEXT.index("In 2015")
    assert find(TEXT, Passage("In 2015")) == Found("verified", at, at + 7)


def test_case_36_it_prefers_the_stored_place():
    second = TEXT.index("Liang said.")
    found = find(TEXT, Passage("Liang", second, second + 5))
    assert found == Found("verified", second, second + 5)


def test_case_36_it_does_not_choose_between_two_occurrences():
    assert find(TEXT, Passage("Liang")) == Found("ambiguous")


@pytest.mark.parametrize(
    ("prefix", "suffix", "start"),
    [
        ("In 2015", "", TEXT.index("Liang founded")),
        ("In 2015 ", "", TEXT.index("Liang founded")),
        ("", "founded", TEXT.index("Liang founded")),
        ("small,”", "said", TEXT.index("Liang said.")),
        ("", "said so", 0),
    ],
)
def test_it_lets_prefix_and_suffix_decide(prefix, suffix, start):
    found = find(TEXT, Passage("Liang", prefix=prefix, suffix=suffix))
    assert found == Found("verified", start, start + 5)


def test_it_stays_ambiguous_when_no_surroundings_fit():
    assert find(TEXT, Passage("Liang", prefix="Mr")) == Found("ambiguous")


def test_it_finds_words_that_stand_once_though_their_surroundings_changed():
    assert find(TEXT, Passage("founded", prefix="then")).state == "verified"


def test_it_follows_words_that_moved():
    at = TEXT.index("founded")
    found = find(f"New first line.\n{TEXT}", Passage("founded", at, at + 7))
    assert found == Found("verified", at + 16, at + 23)


@pytest.mark.parametrize("quote", ["", " ", "\n", "—\u200b"])
def test_it_finds_no_empty_quote(quote):
    assert find("Some words.", Passage(quote)) == Found("missing")


@pytest.mark.parametrize(
    "quote", ["In 2016", "in 2015", "Lian founded", "In 2015 Liang founded it!"]
)
def test_case_35_it_never_takes_what_is_merely_alike(quote):
    assert find(TEXT, Passage(quote)) == Found("missing")


@pytest.mark.parametrize(
    ("text", "quote", "own"),
    [
        ("so “we began” here", '"we began"', "“we began”"),
        ("it’s 2015—16 now", "it's 2015-16", "it’s 2015—16"),
        ("the ﬁrst oﬃce", "first office", "ﬁrst oﬃce"),
        ("20\u00a0000 chips", "20 000 chips", "20\u00a0000 chips"),
        ("two\n\n  lines", "two lines", "two\n\n  lines"),
        ("hy\u00adphen", "hyphen", "hy\u00adphen"),
        ("ｗｉｄｅ", "wide", "ｗｉｄｅ"),
        ("wait… what", "wait... what", "wait… what"),
        ("the 5´ rule", "5' rule", "5´ rule"),
        ("a 5″ gun", '5" gun', "5″ gun"),
        ("🙂🙂 “hi”", '"hi"', "“hi”"),
    ],
)
def test_it_finds_words_apart_from_punctuation(text, quote, own):
    found = find(text, Passage(quote))
    assert found.state == "folded"
    assert text[found.start : found.end] == own


@pytest.mark.parametrize("char", [chr(point) for point in SAME])
def test_it_folds_each_sign_to_its_plain_one(char):
    assert fold(char) == SAME[ord(char)]


def test_it_does_not_choose_between_two_folded_occurrences():
    assert find("“a b” “a b”", Passage('"a b"')) == Found("ambiguous")


def test_it_lets_the_surroundings_decide_between_folded_occurrences():
    text = "first “a b”, then “a b” again"
    found = find(text, Passage('"a b"', prefix="then", suffix="again"))
    assert found == Found("folded", text.rindex("“"), text.rindex("”") + 1)


def test_it_finds_overlapping_occurrences():
    assert occurrences("aaaa", "aa") == [0, 1, 2]


def test_it_is_quick_with_a_letter_that_stands_everywhere():
    assert find("a b " * 100_000, Passage("a", prefix="c")) == Found("ambiguous")


@given(texts, st.data())
def test_it_finds_every_passage_of_any_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    assume(quote.strip())
    assert find(text, Passage(quote, start, end)) == Found("verified", start, end)
    found = find(text, Passage(quote))
    if found.state == "verified":
        assert text[found.start : found.end] == quote
    else:
        assert found.state == "ambiguous"
        assert len(occurrences(text, quote)) > 1


@given(texts, texts)
def test_it_finds_only_what_is_there(text, quote):
    found = find(text, Passage(quote))
    if found.state == "verified":
        assert text[found.start : found.end] == quote
    elif found.state == "folded":
        passage = fold(text[found.start : found.end])
        assert fold(quote).strip() in passage
        assert quote not in text


@given(texts)
def test_each_folded_character_has_its_place(text):
    places = places_folded(text)
    assert len(places) == len(fold(text))
    assert places == sorted(places)
    for place, char in zip(places, fold(text), strict=True):
        assert char in fold(text[place])


@given(texts)
def test_case_37_it_counts_code_points_whatever_the_line_ends(text):
    pasted = text.replace("\n", "\r\n")
    assert stored_form(pasted) == stored_form(text) == text


@given(st.text())
@example("\ufeff\ufeffa")
def test_it_keeps_a_stored_text_as_it_is(text):
    once = stored_form(text)
    assert stored_form(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once and not once.startswith("\ufeff")
