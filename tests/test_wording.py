import datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from briefing import wording
from sources.contradictions import Reason
from sources.origins import Tally


def answer(**fields):
    blank = {"object_id": None, "object_name": None, "date": "", "amount": None}
    more = {"amount_high": None, "unit": "", "bound": "", "text": "", "no_value": False}
    return SimpleNamespace(**(blank | more | fields))


def amount(number, unit, bound="exactly", high=None):
    numbers = {"amount": Decimal(number), "amount_high": high and Decimal(high)}
    return answer(**numbers, unit=unit, bound=bound)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (answer(object_id=1, object_name="Northwind Labs"), "Northwind Labs"),
        (answer(date="2015"), "2015"),
        (answer(date="198X"), "the 1980s"),
        (answer(date="1985/.."), "1985 or later"),
        (answer(date="../2023"), "2023 or earlier"),
        (answer(text="a small city"), "a small city"),
        (answer(no_value=True), "none"),
        (amount("6000000", "USD", "about"), "about $6 million"),
        (amount("6000000", "USD", "less_than"), "less than $6 million"),
        (amount("5576000", "USD"), "$5.576 million"),
        (amount("1234567", "USD"), "$1,234,567"),
        (amount("1000000000000", "GBP"), "£1 trillion"),
        (amount("8000000000", "USD", "nearly"), "nearly $8 billion"),
        (amount("20000000", "CNY"), "20 million yuan"),
        (amount("5", "CHF"), "CHF 5"),
        (amount("-3.5", "USD"), "−$3.5"),
        (amount("17", "percent"), "17%"),
        (amount("10000.0000000000", "chip"), "10,000 chips"),
        (amount("1", "chip"), "1 chip"),
        (amount("1", "rank"), "number 1"),
        (amount("140", "person", "nearly"), "nearly 140 people"),
        (amount("2", "company", "at_least"), "at least 2 companies"),
        (amount("2", "hour of training", "more_than"), "more than 2 hours of training"),
        (
            amount("5000000", "USD", "between", "6000000"),
            "between 5 million and $6 million",
        ),
    ],
)
def test_it_says_values_as_a_person_would(claim, words):
    assert wording.value(claim) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "no articles"),
        (1, "one article"),
        (3, "three articles"),
        (12, "12 articles"),
    ],
)
def test_it_counts_in_words_up_to_ten(count, words):
    assert wording.counted(count, "article") == words


@pytest.mark.parametrize(
    ("tally", "words"),
    [
        (Tally(0, 0, 0), "no article that counts"),
        (Tally(1, 0, 1), "1 article; original source not established"),
        (Tally(1, 1, 0), "1 article; 1 original source identified"),
        (Tally(3, 0, 3), "3 articles; we do not know whether they share a source"),
        (Tally(3, 1, 0), "3 articles; 1 original source identified"),
        (
            Tally(3, 2, 1),
            "3 articles; 2 separate original sources identified, 1 not established",
        ),
    ],
)
def test_it_says_what_stands_behind_an_answer(tally, words):
    assert wording.backing(tally) == words


@pytest.mark.parametrize(
    ("tally", "origin", "words"),
    [
        (Tally(0, 0, 0), "", ""),
        (Tally(1, 0, 1), "", "We do not know where it got the date."),
        (Tally(4, 0, 4), "", "We do not know where any of them got the date."),
        (
            Tally(2, 1, 0),
            "Herald report",
            "Both go back to one original source: Herald report.",
        ),
        (
            Tally(3, 1, 1),
            "Herald report",
            "One original source is identified; for one article none is established.",
        ),
        (Tally(5, 2, 0), "", "Two separate original sources are identified."),
    ],
)
def test_it_says_where_the_articles_have_it(tally, origin, words):
    assert wording.where_from(tally, "the date", origin) == words


def test_it_never_calls_anything_independent():
    for tally in (Tally(2, 2, 0), Tally(3, 1, 2), Tally(9, 0, 9)):
        said = wording.backing(tally) + wording.where_from(tally, "this")
        assert "independent" not in said


def test_it_sums_up_what_sources_say():
    pairs = [("2015", 3), ("2016", 1)]
    lead, rest = wording.summed_up("differ", pairs)
    assert (lead, rest) == (
        "Sources differ.",
        ["2015: three articles.", "2016: one article."],
    )
    assert wording.summed_up("one_answer", [("a small city", 1)]) == (
        "A small city.",
        ["One article says so."],
    )
    assert wording.summed_up("agree", pairs)[0] == "Sources agree."
    assert wording.summed_up("several", [("x", 1)] * 9)[1][-1] == "And three more."


@pytest.mark.parametrize(
    ("reason", "one", "other", "words"),
    [
        (
            Reason.DATES_APART,
            answer(date="2015"),
            answer(date="2016"),
            "2015 and 2016 do not overlap.",
        ),
        (
            Reason.TWO_CURRENCIES,
            amount("1000000000000", "USD"),
            amount("1000000000000", "GBP"),
            "The same number stands in two currencies: $1 trillion and £1 trillion.",
        ),
        (
            Reason.ONE_IS_NONE,
            answer(no_value=True),
            answer(text="a patent"),
            "One says that there is none, another names a patent.",
        ),
    ],
)
def test_it_says_why_answers_differ(reason, one, other, words):
    assert wording.why(reason, one, other) == words


@pytest.mark.parametrize("reason", list(Reason))
def test_it_has_a_sentence_for_every_reason(reason):
    said = wording.why(reason, answer(text="a"), answer(text="b"))
    assert said.endswith(".")


def test_it_keeps_the_capitals_of_names():
    assert wording.opened("iPhone chart") == "iPhone chart"
    assert wording.opened("nearly half") == "Nearly half"
    assert wording.lowered("Founded by") == "founded by"
    assert wording.lowered("AI fully in use") == "AI fully in use"


def test_it_says_days_as_a_person_would():
    assert wording.day(datetime.date(2026, 11, 2)) == "2 November 2026"
    assert wording.day(None) == ""
