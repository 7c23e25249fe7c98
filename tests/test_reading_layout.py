"""Paragraphs, sentences and what of a text is covered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entities.characters import stored_form
from sources.reading.layout import (
    Paragraph,
    coverage,
    paragraph_at,
    paragraphs,
    sentences,
)

characters = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("e\u0301🙂𠮷 \n\n.!?…。“”‘’\"'(A b1"),
)
texts = st.text(characters, max_size=80).map(stored_form)


def shown(text):
    return [text[part.start : part.end] for part in paragraphs(text)]


def said(text):
    return [text[start:end] for start, end in sentences(text)]


def test_it_works():
    text = "\nA head\n\n  One. Two.\n \nThree."
    assert paragraphs(text) == [
        Paragraph(1, 1, 7),
        Paragraph(2, 11, 20),
        Paragraph(3, 23, 29),
    ]
    assert shown(text) == ["A head", "One. Two.", "Three."]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        (" \n\t\n", []),
        ("one", ["one"]),
        ("Head\nFirst line.\nSecond line.", ["Head", "First line.", "Second line."]),
        ("a\n\nb\nc", ["a", "b", "c"]),
        ("a\n \t\nb", ["a", "b"]),
        ("a\r\n\r\nb", ["a", "b"]),
        ("a\u2028b\u2029c", ["a", "b", "c"]),
    ],
)
def test_it_separates_at_blank_lines_and_at_line_ends(text, parts):
    assert shown(text) == parts


WRAPPED = """\
The harbour board of the town has decided that the new bridge
will be painted blue, and not grey as the engineers had asked
for, because blue is cheaper.

Nobody has asked the swans, which live below the bridge since
last year and are said to be of another mind in this matter.
"""


def test_it_joins_the_lines_of_a_text_wrapped_at_a_margin():
    first, second = shown(WRAPPED)
    assert first.endswith("cheaper.") and second.startswith("Nobody")
    assert len(said(WRAPPED)) == 2


def test_it_ends_a_wrapped_paragraph_where_a_sentence_ends_early():
    unspaced = WRAPPED.replace("\n\n", "\n")
    assert len(shown(unspaced)) == 2


def test_it_keeps_the_points_of_a_wrapped_list_apart():
    text = WRAPPED.replace("Nobody", "- nobody").replace("\n\n", "\n")
    assert shown(text)[1].startswith("- nobody")


@pytest.mark.parametrize(
    ("place", "number"), [(0, None), (1, 1), (6, 1), (8, 1), (11, 2), (99, 3)]
)
def test_it_says_in_which_paragraph_a_place_lies(place, number):
    found = paragraph_at(paragraphs("\nA head\n\n  One. Two.\n \nThree."), place)
    assert (found.number if found else None) == number


@given(texts)
def test_its_paragraphs_hold_every_sign_once(text):
    parts = paragraphs(text)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    gaps = [0, *(edge for part in parts for edge in (part.start, part.end)), len(text)]
    assert gaps == sorted(gaps)
    between = [text[gaps[at] : gaps[at + 1]] for at in range(0, len(gaps), 2)]
    assert "".join(between).strip() == ""
    assert paragraphs(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "One.|Two!|Three?|Four…|Five",
        "He went to the U.S. embassy.|He paid.",
        "He left the U.S. President Moll stayed.",
        "He lives in the U.S.|The house is big.",
        "Mr. Moll met Dr. Roe.|They spoke.",
        "Ida J. Moll and A. B. Roe agree.|So be it.",
        "Fruit, e.g. Apples, i.e. Red ones, is good.|It is.",
        "It was No. 5 on Jan. 28 that won.|No.|Nobody knew.",
        "Gull Inc. Shares fell.",
        "She bought Gull Inc.|The price was low.",
        "“We began small,” she said.|“It grew.”|Then she left.",
        "“Who knows?” she asked.|‘Not I.’|(He did.)|Done.",
        'He called it "big."|"Very big."|It was.',
        "It rose 1.8% to 2.2 million.|3 firms fell.",
        "Wait... what?|Yes.",
        "He waited…|Nothing came.",
        "He has one.|iPhone users have two.",
        "2. The second point.|It ends.",
        "A claim.[1]|Another one.[12]",
        "他来了。|他走了！|真的？",
        "“He came.”|“No.”",
        "It happened at 5 p.m.|The sun shone.",
        "What a day!!!|Really?!|Yes.",
        "See fig. 3 and vol. 2.|Then go.",
    ],
)
def test_it_cuts_a_text_into_sentences(text):
    whole = text.replace("|", "" if "。" in text else " ")
    assert said(whole) == text.split("|")


def test_it_ends_a_headline_with_its_line():
    assert said("Bridge opens\nThe bridge is open") == [
        "Bridge opens",
        "The bridge is open",
    ]


def test_it_passes_over_what_holds_no_word():
    assert said("One.\n:\n***\nTwo. …") == ["One.", "Two."]


@given(texts)
def test_its_sentences_are_in_order_and_hold_every_letter(text):
    found = sentences(text)
    edges = [edge for place in found for edge in place]
    assert edges == sorted(edges)
    letters = sum(char.isalnum() for char in text)
    assert letters == sum(
        char.isalnum() for start, end in found for char in text[start:end]
    )
    for start, end in found:
        assert text[start:end] == text[start:end].strip() != ""


def test_it_is_quick_with_a_sentence_that_never_ends():
    assert len(sentences("B. " * 30_000)) == 1


THREE = "Ab cd. Efgh. Ijkl mn."


def test_it_measures_what_is_left_in_letters():
    found = coverage(THREE, cited=[(0, 2)], omitted=[(7, 12)])
    assert (found.letters, found.cited, found.omitted) == (14, 4, 4)
    assert found.bare == ((13, 21),)
    assert found.share_left == pytest.approx(6 / 14)


def test_it_counts_a_sentence_that_is_cited_and_left_out_as_cited():
    found = coverage(THREE, cited=[(8, 9), (7, 9)], omitted=[(0, 21)])
    assert (found.cited, found.omitted, found.bare) == (4, 10, ())
    assert found.share_left == 0


@pytest.mark.parametrize("place", [(6, 7), (12, 13), (5, 5), (90, 99)])
def test_it_does_not_count_a_place_between_sentences(place):
    assert len(coverage(THREE, [place]).bare) == 3


def test_an_empty_text_has_nothing_left():
    assert coverage("", []).share_left == 0


@given(texts, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=5))
def test_what_is_bare_meets_no_place(text, places):
    found = coverage(text, places)
    expected = [
        (start, end)
        for start, end in sentences(text)
        if not any(a < b and a < end and start < b for a, b in places)
    ]
    assert list(found.bare) == expected
    assert 0 <= found.share_left <= 1


@pytest.mark.texts
def test_each_article_has_its_paragraphs(texts):
    counts = [
        len(paragraphs(stored_form(path.read_text("utf-8"))))
        for path in sorted(texts.glob("*.txt"))
    ]
    assert counts == [23, 11, 17, 14, 19]
