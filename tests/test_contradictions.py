from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.contradictions import (
    Answer,
    Outcome,
    Reason,
    Rule,
    compare,
    is_currency,
    pairs,
    state_of,
)
from sources.values import Value

ONE, MANY = Rule(is_single_valued=True), Rule(is_single_valued=False)
AGREE, DIFFER, CANNOT_TELL = Outcome.AGREE, Outcome.DIFFER, Outcome.CANNOT_TELL


def date(text, during=""):
    return Answer(Value(date=text), during)


def words(text, during=""):
    return Answer(Value(text=text), during)


def number(amount, bound="exactly", unit="USD", high=None):
    top = None if high is None else Decimal(high)
    return Answer(
        Value(amount=Decimal(amount), amount_high=top, unit=unit, bound=bound)
    )


NONE, ADA, BOB = Answer(Value()), Answer(Value(object_id=1)), Answer(Value(object_id=2))


DATES = [
    ("2015", "2016", DIFFER),
    ("2015", "2015", AGREE),
    ("2023", "2023-05", AGREE),
    ("2023-05", "2023-05-17", AGREE),
    ("2023-05", "2023-06", DIFFER),
    ("2015-12-31", "2016-01-01", DIFFER),
    ("2015~", "2016", AGREE),
    ("2015~", "2017", DIFFER),
    ("2015%", "2016", AGREE),
    ("2015?", "2016", DIFFER),
    ("2015-03~", "2015-04", AGREE),
    ("2015-03~", "2015-05", DIFFER),
    ("2015-03-10~", "2015-03-11", AGREE),
    ("2015-03-10~", "2015-03-12", DIFFER),
    ("198X", "1985/..", AGREE),
    ("198X", "1990/..", DIFFER),
    ("2015/2018", "2018", AGREE),
    ("2015/..", "2014", DIFFER),
    ("2015/..", "2020", AGREE),
    ("2015/", "2020", CANNOT_TELL),
    ("2015/", "2015", AGREE),
    ("2015/", "2014", DIFFER),
    ("/2015", "2010", CANNOT_TELL),
    ("/2015", "2016", DIFFER),
]


@pytest.mark.parametrize(("one", "other", "outcome"), DATES)
def test_it_works_for_dates(one, other, outcome):
    assert compare(date(one), date(other), ONE)[0] == outcome
    assert compare(date(other), date(one), ONE)[0] == outcome


AMOUNTS = [
    (number(6), number(6), AGREE),
    (number(6), number(7), DIFFER),
    (number(6, "about"), number("6.6"), AGREE),
    (number(6, "about"), number("6.61"), DIFFER),
    (number(6, "about"), number(6, "less_than"), AGREE),
    (number(6), number(6, "less_than"), DIFFER),
    (number(6), number(6, "at_most"), AGREE),
    (number(6), number(6, "more_than"), DIFFER),
    (number(6), number(6, "at_least"), AGREE),
    (number(6, "less_than"), number(6, "more_than"), DIFFER),
    (number(6, "less_than"), number(6, "at_least"), DIFFER),
    (number(6, "at_most"), number(6, "at_least"), AGREE),
    (number(6, "less_than"), number(1, "at_most"), AGREE),
    (number(10, "nearly"), number(9), AGREE),
    (number(10, "nearly"), number(10), AGREE),
    (number(10, "nearly"), number("8.9"), DIFFER),
    (number(10, "nearly"), number("10.1"), DIFFER),
    (number(2, "between", high=4), number(3), AGREE),
    (number(2, "between", high=4), number(5), DIFFER),
    (number(2, "between", high=4), number(4, "more_than"), DIFFER),
    (number(8, unit="USD"), number(8, unit="GBP"), DIFFER),
    (number(8, unit="USD"), number(6, unit="GBP"), CANNOT_TELL),
    (number(8, unit="chip"), number(8, unit="USD"), CANNOT_TELL),
    (number(8, unit="chip"), number(8, unit="percent"), CANNOT_TELL),
    (number(8, unit="chip"), number(8, unit="GPU"), CANNOT_TELL),
]


@pytest.mark.parametrize(("one", "other", "outcome"), AMOUNTS)
def test_it_works_for_amounts(one, other, outcome):
    assert compare(one, other, ONE)[0] == outcome
    assert compare(other, one, ONE)[0] == outcome


@pytest.mark.parametrize(
    ("tolerance", "outcome"), [("0.5", AGREE), ("0.1", DIFFER), ("0", DIFFER)]
)
def test_it_asks_the_property_how_far_about_reaches(tolerance, outcome):
    rule = Rule(is_single_valued=True, tolerance=Decimal(tolerance))
    assert compare(number(100, "about"), number(140), rule)[0] == outcome


def test_it_takes_about_as_exact_where_the_tolerance_is_nothing():
    rule = Rule(is_single_valued=True, tolerance=Decimal(0))
    assert compare(number(100, "about"), number(101), rule)[0] == DIFFER


OTHERS = [
    (ADA, ADA, (AGREE, Reason.SAME_ENTITY)),
    (ADA, BOB, (DIFFER, Reason.OTHER_ENTITY)),
    (words("A small city"), words("a small, city"), (AGREE, Reason.SAME_WORDS)),
    (words("a city"), words("a village"), (DIFFER, Reason.OTHER_WORDS)),
    (words("!"), words("?"), (DIFFER, Reason.OTHER_WORDS)),
    (NONE, NONE, (AGREE, Reason.BOTH_NONE)),
    (NONE, number(5), (DIFFER, Reason.ONE_IS_NONE)),
    (words("many"), number(5), (CANNOT_TELL, Reason.OTHER_KIND)),
    (words("spring"), date("2015"), (CANNOT_TELL, Reason.OTHER_KIND)),
]


@pytest.mark.parametrize(("one", "other", "verdict"), OTHERS)
def test_it_works_for_other_values(one, other, verdict):
    assert compare(one, other, ONE) == verdict
    assert compare(other, one, ONE) == verdict


DURINGS = [
    ("2015", "2016", Outcome.APART),
    ("2015", "2015-06/2017", DIFFER),
    ("2015", "", DIFFER),
    ("", "", DIFFER),
    ("2015/..", "2020", DIFFER),
    ("2015/", "2020", CANNOT_TELL),
    ("/2020", "2015", CANNOT_TELL),
    ("2015/", "2014", Outcome.APART),
    ("2015~", "2016", DIFFER),
]


@pytest.mark.parametrize(("one", "other", "outcome"), DURINGS)
def test_it_compares_only_what_holds_at_one_time(one, other, outcome):
    assert compare(words("a", one), words("b", other), ONE)[0] == outcome
    assert compare(words("b", other), words("a", one), ONE)[0] == outcome


def test_it_lets_equal_answers_agree_though_an_end_is_unknown():
    assert compare(words("a", "2015/"), words("a", "2020"), ONE)[0] == AGREE


def test_it_sees_no_difference_where_many_values_may_stand():
    verdict = (Outcome.APART, Reason.MAY_BE_SEVERAL)
    assert compare(ADA, BOB, MANY) == verdict
    assert {each for _, _, each in pairs([ADA, BOB, NONE], MANY)} == {verdict}


@pytest.mark.parametrize(
    ("answers", "rule", "state"),
    [
        ([], ONE, "no_answer"),
        ([ADA], ONE, "one_answer"),
        ([ADA], MANY, "one_answer"),
        ([ADA, BOB], MANY, "several"),
        ([ADA, BOB], ONE, "differ"),
        ([date("2015"), date("2015-03")], ONE, "agree"),
        ([date("2015"), date("2016"), date("2015-03")], ONE, "differ"),
        ([number(8), number(6, unit="GBP")], ONE, "cannot_tell"),
        ([number(8), number(6, unit="GBP"), number(9)], ONE, "differ"),
        ([words("a", "2015"), words("b", "2016")], ONE, "several"),
        ([words("a", "2015"), words("b", "2016"), words("b")], ONE, "differ"),
    ],
)
def test_it_tells_the_state_of_a_question_in_any_order(answers, rule, state):
    for order in permutations(answers):
        assert state_of(list(order), rule, is_disputed=False) == state


@pytest.mark.parametrize("answers", [[ADA], [ADA, BOB], [date("2015"), date("2015")]])
def test_it_tells_a_disputed_question_from_a_quiet_one(answers):
    assert state_of(answers, MANY, is_disputed=True) == "differ"


def test_it_leaves_a_question_without_answers_alone():
    assert state_of([], ONE, is_disputed=True) == "no_answer"


@pytest.mark.parametrize(
    ("unit", "is_one"), [("USD", True), ("usd", False), ("GPUS", False), ("ÄÖÜ", False)]
)
def test_it_knows_a_currency_by_its_form(unit, is_one):
    assert is_currency(unit) is is_one


bounds = st.sampled_from(["exactly", "about", "nearly", "less_than", "at_most"])
amounts = st.builds(
    number, st.integers(-50, 50), bounds, st.sampled_from(["USD", "EUR"])
)
stretches = st.sampled_from(
    ["2015", "2016~", "2015/", "/2016", "2014/..", "201X", "2015-07"]
)
answers = st.one_of(
    amounts,
    st.builds(date, stretches, st.one_of(st.just(""), stretches)),
    st.builds(words, st.sampled_from(["a", "A!", "b"]), stretches),
    st.sampled_from([NONE, ADA, BOB]),
)


@given(answers, answers)
def test_it_says_the_same_both_ways(one, other):
    assert compare(one, other, ONE) == compare(other, one, ONE)


@given(answers)
def test_it_never_finds_an_answer_at_odds_with_itself(one):
    assert compare(one, one, ONE)[0] != DIFFER


@given(st.lists(answers, max_size=5), st.randoms(), st.booleans())
def test_it_does_not_see_the_order_of_the_answers(some, random, is_disputed):
    other = random.sample(some, len(some))
    assert state_of(some, ONE, is_disputed) == state_of(other, ONE, is_disputed)
