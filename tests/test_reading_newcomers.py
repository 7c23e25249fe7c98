"""Names that nobody is known by yet."""

from itertools import product

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from entities.characters import stored_form
from entities.folding import fold
from sources.reading.mentions import Names
from sources.reading.newcomers import newcomers
from tests.tree import ROOT

KNOWN = Names([("Ida Moll", "ida moll", 1), ("Gull", "gull", 2)])


def listed(text):
    return newcomers(text, KNOWN.mentions_in(text))


def names(text):
    return [one.text for one in listed(text)]


def test_it_works():
    text = "Yesterday Ida Moll met Ben Roe. Later Ben Roe’s friend Pia left."
    roe, pia = listed(text)
    assert (roe.text, roe.count, roe.start) == ("Ben Roe", 2, 23)
    assert [text[start:end] for start, end in roe.places] == ["Ben Roe", "Ben Roe"]
    assert (pia.text, pia.count) == ("Pia", 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The bridge is open. But it leaks. Nobody cares.", []),
        ("Analysts doubt it. “Engineers do not,” he said.", []),
        ("It is Roe’s. Roe says so.", ["Roe"]),
        (
            "The firm of Roe & Sons, of the Bank of Elbonia.",
            ["Roe & Sons", "Bank of Elbonia"],
        ),
        (
            "Then J. B. Roe and Pia van der Berg left.",
            ["J. B. Roe", "Pia van der Berg"],
        ),
        ("He met Dr. Pia Berg and Mr Roe.", ["Pia Berg", "Roe"]),
        ("The Danish Premier Ida Moll left.", []),
        ("The Danish Academy of Arts is here.", ["Danish Academy of Arts"]),
        ("Former US President Pia Berg came.", ["Pia Berg"]),
        ("On Monday in May the CEO used AI in the US.", []),
        ("They made R1, H800 and GPT-4 there.", []),
        ("The Oslo-based firm, the Roe-led one.", ["Oslo", "Roe"]),
        ("ByteShed grew. Then it fell.", ["ByteShed"]),
        ("- Hares run.\n- Foxes do too.", []),
        ("The Moon is a thing; a moon is too. It is the Moon.", []),
        ("I met (Pia Berg) there.", ["Pia Berg"]),
        ("They asked 36Kr and eBay.", ["36Kr", "eBay"]),
        ("他说 (梁文锋) 来了 in the Roe house.", ["Roe"]),
        ("So Hedge fund supervisor Pia Berg, of the hedge, left.", ["Pia Berg"]),
    ],
)
def test_it_lists_names_and_not_the_starts_of_sentences(text, found):
    assert names(text) == found


@pytest.mark.parametrize(
    "headline",
    [
        "Roe Bridge Opens At Last",
        "Leave a Reply",
        "Ben Roe Turns Old Bridge Into New Harbour.",
    ],
)
def test_it_does_not_believe_the_capitals_of_a_headline(headline):
    assert names(f"{headline}\n\nThe bridge over there is open.") == []


def test_it_counts_a_headline_for_a_name_that_the_text_has_too():
    (roe,) = listed("Roe Opens\n\nIt is a bridge, says the engineer Roe.") or [None]
    assert roe.text == "Roe"


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        ("We met Mr Roe there.", "person"),
        ("We met engineer and investor Pia Berg there.", "person"),
        ("He was at the University of Roe then.", "organisation"),
        ("It was Roe Energy then.", "organisation"),
        ("They live in Roeville and work.", "place"),
        ("They came to Roe province.", "place"),
        ("He went to Roe Island.", "place"),
        ("He invested in Roe for long.", ""),
        ("They saw Roe.", ""),
    ],
)
def test_it_guesses_what_a_name_may_be(text, guess):
    assert [one.guess for one in listed(text)] == [guess]


def test_it_says_to_whom_a_part_of_a_known_name_may_belong():
    moll, press = listed("So Ida Moll came. Then Moll left the Gull Press.")
    assert (moll.text, moll.like) == ("Moll", (1,))
    assert (press.text, press.like) == ("Gull Press", (2,))


def test_it_names_both_whom_a_part_may_belong_to():
    both = Names([("Ida Moll", "ida moll", 1), ("Ida Moll", "ida moll", 9)])
    text = "So Ida Moll came. Then Moll left."
    (moll,) = newcomers(text, both.mentions_in(text))
    assert moll.like == (1, 9)


characters = st.one_of(
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from(
        ["Ida Moll", " Roe ", "Gull", ". ", "\n", "’s ", " of ", "-", "İ", "ǅ"]
    ),
)


@given(st.lists(characters, max_size=25).map("".join).map(stored_form))
def test_its_places_hold_what_it_lists(text):
    for one in listed(text):
        assert one.text == text[slice(*one.places[0])]
        assert list(one.places) == sorted(set(one.places))
        assert {fold(text[start:end]) for start, end in one.places} == {fold(one.text)}
        assert one.text != one.text.lower()


def test_it_is_quick_with_many_names():
    names = ("".join(letters) for letters in product("abcdefghijklmnop", repeat=3))
    text = " ".join(f"There Na{name} came." for name in names)
    assert len(listed(text)) > 4_000


def recorded():
    """The names and aliases of the demonstration data."""
    for kind in ("people", "organisations", "events", "aliases"):
        for row in yaml.safe_load((ROOT / "fixtures" / f"{kind}.yaml").read_text()):
            name = row["fields"].get("name") or row["fields"]["text"]
            yield name, fold(name), 1


@pytest.mark.texts
def test_it_lists_few_in_the_articles(texts):
    known = Names(recorded())
    for path in sorted(texts.glob("*.txt")):
        text = stored_form(path.read_text("utf-8"))
        found = newcomers(text, known.mentions_in(text))
        assert len([one for one in found if one.guess != "place"]) <= 8
        assert not {one.text for one in found} & {"DeepSeek", "Liang Wenfeng"}
