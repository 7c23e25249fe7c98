"""Known names found in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entities.folding import fold
from sources.reading import mentions
from sources.reading.mentions import Mention, Names, known_names

NAMES = [
    "Ida Moll",
    "Ida Moll Bridge",
    "Gull",
    "The Daily Gull",
    "Björn Åkesson",
    "High-Rise",
    "Moody's",
    "Time",
    "X",
    "WHO",
    "36Kr",
    "梁文锋",
    "adidas",
    "O'Brien & Sons",
    "St. Moll",
]


def rows(names=NAMES):
    return [(name, fold(name), at) for at, name in enumerate(names)]


KNOWN = Names(rows())


def met(text, known=KNOWN):
    return [text[one.start : one.end] for one in known.mentions_in(text)]


def test_it_works():
    text = "On Monday Ida Moll spoke."
    assert KNOWN.mentions_in(text) == [Mention(10, 18, (0,))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Ida Moll Bridge fell", ["Ida Moll Bridge"]),
        ("The Daily Gull, a Gull", ["The Daily Gull", "Gull"]),
        ("IDA MOLL and ida\nmoll", ["IDA MOLL"]),
        ("Idas Moll, Gulls, aGull", []),
        ("Bjorn Akesson, BJÖRN  ÅKESSON", ["Bjorn Akesson", "BJÖRN  ÅKESSON"]),
        ("Bjo\u0308rn A\u030akesson", ["Bjo\u0308rn A\u030akesson"]),
        ("Ｇｕｌｌ 🙂 Gull", ["Ｇｕｌｌ", "Gull"]),
        ("Gull’s and Gull's, Gulls’", ["Gull", "Gull"]),
        ("Ida Moll’s house", ["Ida Moll"]),
        ("Moody’s said, Moody said", ["Moody’s"]),
        ("Moody’s’s", ["Moody’s"]),
        ("High Rise, high-rise, high Rise", ["High Rise", "high Rise"]),
        ("Gull-based, non-Gull", ["Gull", "Gull"]),
        ("by OBrien and Sons, O’Brien & Sons", ["O’Brien & Sons"]),
        ("“Gull”", ["Gull"]),
        ("(梁文锋) 说梁文锋是", ["梁文锋", "梁文锋"]),
        ("36kr and 36KR", ["36kr", "36KR"]),
    ],
)
def test_it_finds_names_however_they_are_written(text, found):
    assert met(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It is Time for time.", ["Time"]),
        ("Who is in the WHO?", ["WHO"]),
        ("X has an X-ray, and a b.X of AT&X", ["X"]),
        ("He wears adidas and ADIDAS.", ["adidas", "ADIDAS"]),
        ("nobody writes capitals for gull", ["gull"]),
        ("It may be gull or ida moll", []),
    ],
)
def test_it_tells_names_from_words(text, found):
    assert met(text) == found


def test_it_takes_a_shorter_name_where_the_longer_is_no_name():
    known = Names(rows(["Time", "Time Will"]))
    assert met("Time will tell, says A Time Will.", known)[0] == "Time will"


def test_it_names_everybody_whom_a_name_may_mean():
    known = Names([("Li Moll", "li moll", 5), ("Li Möll", "li moll", 2)])
    (found,) = known.mentions_in("Then Li Moll came.")
    assert found.entities == (2, 5)
    assert found.is_ambiguous


def test_one_entity_with_two_such_names_is_not_ambiguous():
    known = Names([("Li Moll", "li moll", 5), ("LI MOLL", "li moll", 5)])
    assert not known.mentions_in("Li Moll")[0].is_ambiguous


def test_it_passes_over_names_without_words():
    assert len(Names([("…", "", 1)])) == 0


def test_it_splits_no_sign():
    assert met("½ A", Names(rows(["1", "2"]))) == []


def test_it_reads_the_names_once_for_a_version(monkeypatch):
    monkeypatch.setattr(mentions, "_built", {})
    read = []

    def names():
        read.append(1)
        return rows()

    first = known_names("v1", names)
    assert known_names("v1", names) is first
    assert len(read) == 1
    for version in range(10):
        known_names(version, names)
    assert len(mentions._built) <= 4
    assert known_names("v1", names) is not first


words = st.sampled_from(
    ["Ida", "Moll", "Gull’s", "é", "x", "梁文", ",", "\n", "🙂", "Ö"]
)


@given(st.lists(words, max_size=12).map(" ".join), st.lists(words, max_size=5))
def test_its_places_hold_the_names(text, names):
    known = Names(rows(names))
    found = known.mentions_in(text)
    folded = [fold(name) for name in names]
    for one in found:
        form = fold(text[one.start : one.end])
        assert one.entities == tuple(
            at for at, name in enumerate(folded) if name == form
        )
    edges = [edge for one in found for edge in (one.start, one.end)]
    assert edges == sorted(edges)


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=10),
)
def test_it_finds_any_name_between_spaces(name, around):
    known = Names([(name, fold(name), 1)])
    text = f"{around} {name.upper()} {around}"
    found = known.mentions_in(text)
    for one in found:
        assert fold(text[one.start : one.end]) == fold(name)
