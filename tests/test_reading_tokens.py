"""Folded words with their places."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from entities.folding import words
from sources.reading.tokens import Token, tokens, without_possessive

characters = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from(
        "'’-½ﬁe\u0301\u3099かｶﾞ가ᄀ\u1161ㄱㅏ㉠\uffa1\uffc2梁´\u0345ß\u05b0 sA"
    ),
)


def test_it_works():
    assert tokens("Über O’Brien!") == [Token("uber", 0, 4), Token("obrien", 5, 12)]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("e\u0301t\u00e9 x", ["e\u0301t\u00e9", "x"]),
        ("High-Flyer's", ["High", "Flyer's"]),
        ("梁文锋said", ["梁", "文", "锋", "said"]),
        ("ＡＩ labs’", ["ＡＩ", "labs"]),
        ("🙂𠮷🙂", ["𠮷"]),
        ("36Kr (2024)", ["36Kr", "2024"]),
        ("… — “”", []),
    ],
)
def test_it_gives_the_place_of_each_word(text, forms):
    assert [text[one.start : one.end] for one in tokens(text)] == forms


@given(st.text(characters, max_size=20))
@example("ᄀ\u1161")
@example("か\u3099")
@settings(max_examples=400)
def test_it_has_the_words_that_folding_has(text):
    found = tokens(text)
    assert [one.word for one in found] == words(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert [one.end for one in found] == sorted(one.end for one in found)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Meta's", "Meta"),
        ("Meta’s", "Meta"),
        ("META’S", "META"),
        ("Labs’", "Labs"),
        ("Labs", "Labs"),
        ("’s", "s"),
        ("O’s’s", "O’s"),
    ],
)
def test_it_takes_the_possessive_away(text, bare):
    one = without_possessive(text, tokens(text)[0])
    assert text[one.start : one.end] == bare
    assert [one.word] == words(bare)
