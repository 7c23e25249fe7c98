"""Old passages looked for in a new text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entities.characters import stored_form
from sources.anchors import Passage, fold, occurrences
from sources.reading.recheck import MOST_PLACES, Rechecked, recheck

TEXT = "Ida said so. “We began small,” Ida said. In 2015 Ida built it."
characters = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("e\u0301ﬁ🙂𠮷 \n“”'—\u00ad\u200d"),
)
texts = st.text(characters, min_size=1, max_size=50).map(stored_form)


def passage(quote, around=8):
    start = TEXT.index(quote)
    end = start + len(quote)
    before, after = TEXT[max(0, start - around) : start], TEXT[end : end + around]
    return Passage(quote, start, end, before, after)


def checked(text, old):
    (found,) = recheck(text, [(7, old)])
    assert found.id == 7
    return found


def test_it_works():
    old = passage("In 2015")
    assert checked(TEXT, old) == Rechecked(7, "kept", 41, 48, "In 2015")


def test_it_keeps_the_order_of_the_passages():
    old = [(3, passage("In 2015")), (1, passage("said so")), (2, Passage("gone"))]
    assert [one.id for one in recheck(TEXT, old)] == [3, 1, 2]


def test_it_follows_words_that_moved():
    found = checked(f"A new line.\n{TEXT}", passage("In 2015"))
    assert (found.state, found.start, found.words) == ("moved", 53, "In 2015")
    assert found.has_new_surroundings is False


def test_it_calls_a_passage_moved_that_had_no_place():
    assert checked(TEXT, Passage("In 2015")).state == "moved"


def test_it_says_when_the_surroundings_are_others():
    found = checked("Then, In 2015, Ben built it.", passage("In 2015"))
    assert (found.state, found.has_new_surroundings) == ("moved", True)


def test_it_gives_the_new_text_s_own_characters():
    text = TEXT.replace("“", '"').replace("”", '"')
    found = checked(text, passage("“We began small,”"))
    assert (found.state, found.words) == ("folded", '"We began small,"')
    assert text[found.start : found.end] == found.words
    assert found.has_new_surroundings is False


def test_it_asks_where_words_stand_more_than_once():
    found = checked(f"{TEXT} {TEXT}", Passage("In 2015", 5, 12))
    assert (found.state, found.start, found.words) == ("ambiguous", None, "")
    assert found.places == ((41, 48), (104, 111))


def test_it_asks_where_folded_words_do():
    text = '"small" and "small"'
    found = checked(text, Passage("“small”"))
    assert (found.state, found.places) == ("ambiguous", ((0, 7), (12, 19)))


def test_it_shows_no_more_places_than_anybody_reads():
    assert len(checked("Ida " * 500, Passage("Ida", 1, 4)).places) == MOST_PLACES


@pytest.mark.parametrize(
    "quote", ["In 2016", "in 2015", "In 2015 Ida built it!", "began smal,", "", " "]
)
def test_it_never_takes_what_is_merely_alike(quote):
    assert checked(TEXT, Passage(quote, 41, 48)).state == "missing"


@given(texts, texts, st.integers(0, 60), st.integers(0, 60))
def test_it_never_invents(text, quote, start, length):
    found = checked(text, Passage(quote, start, start + length))
    spots = [(found.start, found.end)] if found.start is not None else found.places
    assert (found.state == "missing") == (not spots)
    for a, b in spots:
        assert 0 <= a < b <= len(text)
        if found.state in ("kept", "moved"):
            assert text[a:b] == quote == found.words
        else:
            plain = fold(quote).strip()
            assert plain in fold(text[a:b])
    if found.state == "kept":
        assert found.start == start


@given(texts, st.data())
def test_it_loses_no_passage_of_a_text_that_stays(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    if quote.strip():
        assert checked(text, Passage(quote, start, end)).state == "kept"
        moved = checked(f"X{text}", Passage(quote, start, end))
        if moved.state == "ambiguous":
            assert len(occurrences(f"X{text}", quote)) > 1
        else:
            assert moved.words == quote
