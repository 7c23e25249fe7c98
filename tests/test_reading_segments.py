"""Overlapping highlights, cut into pieces side by side."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entities.characters import stored_form
from sources.reading.segments import Segment, Span, lay_out, segments

TEXT = "Ada founded Northwind."
QUOTE = Span(0, 11, "evidence", 1)
NAME = Span(0, 3, "mention", 7)
OTHER = Span(4, 22, "evidence", 2)

characters = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("e\u0301🙂🏽\u200d👩🇩🇪ᄀ\u1161각 \n"),
)
texts = st.text(characters, min_size=1, max_size=40).map(stored_form)
places = st.tuples(st.integers(0, 45), st.integers(0, 45))


def spans_at(found):
    return [Span(start, end, "k", at) for at, (start, end) in enumerate(found)]


def test_it_works():
    found = segments(TEXT, [OTHER, NAME, QUOTE])
    assert [(one.start, one.end, one.spans) for one in found] == [
        (0, 3, (QUOTE, NAME)),
        (3, 4, (QUOTE,)),
        (4, 11, (QUOTE, OTHER)),
        (11, 22, (OTHER,)),
    ]


def test_it_shows_where_each_span_begins_and_ends():
    found = segments(TEXT, [QUOTE, NAME, OTHER])
    assert [one.opening for one in found] == [(QUOTE, NAME), (), (OTHER,), ()]
    assert [one.closing for one in found] == [(NAME,), (), (QUOTE,), (OTHER,)]


def test_it_says_how_many_kinds_and_how_many_lie_over_each_other():
    found = segments(TEXT, [QUOTE, NAME, OTHER])
    assert [one.depth for one in found] == [2, 1, 2, 1]
    assert found[0].kinds == ("evidence", "mention")


def test_a_text_without_spans_is_one_segment():
    assert segments(TEXT, []) == [Segment(0, len(TEXT))]
    assert segments("", []) == []


@pytest.mark.parametrize("place", [(-1, 3), (3, 3), (5, 2), (0, 99), (30, 31)])
def test_it_leaves_out_what_lies_outside_the_text(place):
    assert segments(TEXT, [Span(*place, "k", 1)]) == [Segment(0, len(TEXT))]


@pytest.mark.parametrize(
    "sign",
    [
        "q\u0301",
        "👩🏽",
        "👩\u200d🚀",
        "🇩🇪",
        "ᄀ\u1161",
        "क\u093f",
        "ｶﾞ",
        "❤\ufe0f",
    ],
)
def test_it_does_not_cut_a_sign_apart(sign):
    text = f"a{sign}b"
    inside = Span(0, 2, "k", 1)
    assert [text[one.start : one.end] for one in segments(text, [inside])] == [
        f"a{sign}",
        "b",
    ]
    after = Span(2, len(text), "k", 1)
    assert [text[one.start : one.end] for one in segments(text, [after])] == [
        "a",
        f"{sign}b",
    ]


def test_it_cuts_between_two_flags():
    text = "🇩🇪🇫🇷"
    found = segments(text, [Span(2, 4, "k", 1)])
    assert [(one.start, one.end) for one in found] == [(0, 2), (2, 4)]


@given(texts, st.lists(places, max_size=6))
def test_its_segments_are_the_text(text, found):
    made = segments(text, spans_at(found))
    assert "".join(text[one.start : one.end] for one in made) == text
    assert all(one.start < one.end for one in made)


@given(texts, st.lists(places, max_size=6))
def test_each_span_is_on_all_its_signs(text, found):
    spans = spans_at(found)
    for one in segments(text, spans):
        for span in spans:
            fits = 0 <= span.start < span.end <= len(text)
            if fits and one.start < span.end and span.start < one.end:
                assert span in one.spans
            elif not fits:
                assert span not in one.spans


@given(texts, st.lists(places, max_size=6))
def test_each_span_opens_and_closes_once(text, found):
    made = segments(text, spans_at(found))
    opened = [span for one in made for span in one.opening]
    closed = [span for one in made for span in one.closing]
    assert (
        sorted(opened) == sorted(closed) == sorted({s for o in made for s in o.spans})
    )
    assert len(opened) == len(set(opened))


@given(texts, st.lists(places, max_size=6))
def test_its_paragraphs_are_made_of_their_segments(text, found):
    for laid in lay_out(text, spans_at(found)):
        part = laid.paragraph
        assert laid.segments[0].start == part.start
        assert laid.segments[-1].end == part.end
        pairs = zip(laid.segments, laid.segments[1:], strict=False)
        assert all(one.end == other.start for one, other in pairs)


def test_a_span_over_two_paragraphs_is_in_both():
    both = Span(1, 7, "k", 1)
    first, second = lay_out("One.\n\nTwo.", [both])
    assert [one.spans for one in first.segments] == [(), (both,)]
    assert [one.spans for one in second.segments] == [(both,), ()]
