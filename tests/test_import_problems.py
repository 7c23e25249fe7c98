"""What the importer says of values that cannot be kept, at whatever door."""

import pytest
from django.db import IntegrityError

from entities.models import Person
from tests.records import (
    CITED,
    COST,
    FILE,
    HERALD,
    LABS,
    PERSON,
    SPENT,
    problems,
)

pytestmark = pytest.mark.django_db

BASE = FILE[:5]
SPOILT = [
    ("claim", SPENT, "subject", ["nobody"], "There is no entity “nobody”."),
    ("claim", SPENT, "subject", None, "This field cannot be null."),
    ("claim", SPENT, "subject", {"a": "b"}, "There is no entity"),
    ("claim", SPENT, "subject", True, "There is no entity “True”."),
    ("claim", SPENT, "subject", [[["x", 1], 2]], "There is no entity"),
    ("claim", SPENT, "subject", "\0", "There is no entity “\\x00”."),
    ("claim", SPENT, "subject", "\ud800", "There is no entity “\\ud800”."),
    ("claim", SPENT, "subject", 10**30, "There is no entity"),
    ("claim", SPENT, "property", ["a", "b"], "There is no property “a / b”."),
    ("claim", SPENT, "subjects", ["ada-vance"], "There is no such field. A claim has"),
    ("claim", SPENT, "question", "q", "There is no such field."),
    ("claim", SPENT, "version", 7, "There is no such field."),
    ("claim", SPENT, "slug", "no spaces, please", "valid “slug”"),
    ("claim", SPENT, "slug", None, "This field cannot be blank."),
    ("claim", SPENT, "statement", None, "This field cannot be blank."),
    ("claim", SPENT, "statement", "a\0b", "There is a NUL character at position 1"),
    ("claim", SPENT, "statement", "a\ud800", "(a lone surrogate) stands at position 1"),
    ("claim", SPENT, "qualifier", "q" * 121, "at most 120 characters (it has 121)"),
    ("claim", SPENT, "qualifier", "a\u202eb", "turns the reading direction"),
    ("claim", SPENT, "qualifier", ["a"], "Give one value"),
    ("claim", SPENT, "qualifier", {"a": "b"}, "Give one value"),
    ("claim", SPENT, "qualifier", False, "This is true or false: put it in quotes."),
    ("claim", SPENT, "status", "finished", "Value 'finished' is not a valid choice."),
    ("claim", SPENT, "bound", "roughly", "is not a valid choice."),
    ("claim", SPENT, "amount", "many", "“many” value must be a decimal number."),
    ("claim", SPENT, "amount", True, "This is true or false"),
    ("claim", SPENT, "amount", "NaN", "“NaN” value must be a decimal number."),
    ("claim", SPENT, "amount", "sNaN", "“sNaN” value must be a decimal number."),
    ("claim", SPENT, "amount", "Infinity", "value must be a decimal number."),
    ("claim", SPENT, "amount", float("nan"), "value must be a decimal number."),
    ("claim", SPENT, "amount", float("inf"), "value must be a decimal number."),
    ("claim", SPENT, "amount", "1e999", "no more than 25 digits"),
    ("claim", SPENT, "amount", "1e99999999", "no more than 25 digits"),
    ("claim", SPENT, "amount", 10**30, "no more than 25 digits"),
    ("claim", SPENT, "amount", "1e-11", "no more than 10 decimal places"),
    ("claim", SPENT, "amount", "1234567890.1234567", "has 17 significant digits"),
    ("claim", SPENT, "amount", "\ud800", "“\\ud800” value must be"),
    ("claim", SPENT, "unit", "", "A number needs its unit"),
    ("claim", SPENT, "unit", " USD", "Take away the outer spaces."),
    ("claim", SPENT, "bound", "between", "needs a second, higher number"),
    ("claim", SPENT, "date", "2015", "answered by a number with its unit"),
    ("claim", SPENT, "no_value", True, "Give exactly one value"),
    ("claim", SPENT, "no_value", "perhaps", "must be either True or False"),
    ("claim", SPENT, "during", "2024-13", "months are 01 to 12"),
    ("claim", SPENT, "during", "yesterday", "“yesterday” is not a date"),
    ("claim", SPENT, "during", "9" * 9999, "at most 100 characters"),
    ("claim", SPENT, "contradicts", [["nobody"]], "There is no claim “nobody”."),
    ("claim", SPENT, "contradicts", "labs-cost", "Give a list of keys."),
    ("claim", SPENT, "contradicts", 7, "Give a list of keys."),
    ("claim", SPENT, "contradicts", [{"a": "b"}], "There is no claim"),
    ("source", HERALD, "published", "2023-02-30", "February 2023 has 28 days."),
    ("source", HERALD, "url", "javascript:alert(1)", "Enter a valid URL."),
    ("source", HERALD, "url", "ftp://x.example/", "begins with http:// or https://"),
    ("source", HERALD, "publisher", ["ada-vance"], "There is no organisation"),
    ("source", HERALD, "derived_from", ["nobody"], "There is no source “nobody”."),
    ("person", PERSON, "category", "company", "There is no such field."),
    ("organisation", LABS, "category", "release", "fits the kind of record"),
    ("property", COST, "subject_kinds", ["robot"], "Give a list of:"),
    ("property", COST, "subject_kinds", {"a": "b"}, "Give a list of:"),
    ("property", COST, "subject_kinds", [["person"]], "Give a list of:"),
    ("property", COST, "question", "What did it spend?", "Put {subject} where"),
    ("property", COST, "key", "Cost!", "Use small letters"),
    ("property", COST, "order", 10**30, "less than or equal to"),
    ("property", COST, "order", -1, "greater than or equal to 0"),
    ("property", COST, "tolerance", "-0.1", "Give 0, or a fraction"),
    ("property", COST, "tolerance", "1e5", "no more than 2 digits before"),
]


@pytest.mark.parametrize(("kind", "record", "name", "value", "message"), SPOILT)
def test_case_21_it_names_what_is_wrong_with_a_value(
    kind, record, name, value, message
):
    others = [row for row in BASE if row[1] is not record]
    found = problems(*others, (kind, record | {name: value}))
    (problem,) = [problem for problem in found if message in problem]
    assert problem.startswith(f"test.yaml, line {len(others) + 1}: {kind} “")
    problem.encode()


def test_it_shortens_a_long_value():
    (problem,) = problems(("person", PERSON | {"name": "A" * 5000}))
    assert len(problem) < 300


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"start": "5", "end": "9"}, "The quote is 22 characters long, the place 4."),
        ({"start": "5", "end": None}, "The passage must end after it starts."),
        ({"start": "9", "end": "5"}, "The quote is 22 characters long"),
        ({"start": "-5", "end": "17"}, "greater than or equal to 0"),
        ({"quote": ""}, "Quote the words that locate the passage."),
        ({"quote": " "}, "Quote the words that locate the passage."),
        ({"stance": "silent"}, "cannot be quoted on"),
        ({"is_inferred": True}, "Say what the inference is."),
        ({"via": ["herald"]}, "cannot be credited with itself"),
        ({"speaker": ["ada-vance"], "speaker_label": "she"}, "not both"),
        ({"claim": None}, "This field cannot be null."),
        ({"source": None}, "This field cannot be null."),
    ],
)
def test_case_34_it_names_what_is_wrong_with_a_passage(fields, message):
    found = problems(*FILE[:-1], ("evidence", CITED | fields))
    assert [problem for problem in found if message in problem]


@pytest.mark.parametrize("key", [{"a": "b"}, ["a", ["b"]], {"set"}, b"x", None, True])
def test_it_names_a_record_whose_key_is_no_key(key):
    assert problems(("person", PERSON | {"slug": key}))


def test_it_refuses_the_same_answer_twice():
    (problem,) = problems(*FILE, ("claim", SPENT | {"slug": "again"}))
    assert "claim “again”: This claim exists already: add evidence to it" in problem


def test_case_21_it_names_a_record_that_the_database_refuses(monkeypatch):
    def refuse(record):
        raise IntegrityError("disk full\nor worse")

    monkeypatch.setattr(Person, "derive", refuse)
    (problem,) = problems(("person", PERSON))
    assert problem == (
        "test.yaml, line 1: person “ada-vance”: The database refuses it: disk full"
        "\\nor worse."
    )


@pytest.mark.parametrize(
    "alias", [["nobody", "Ada"], ["ada-vance", "Ada"], "ada-vance"]
)
def test_it_names_a_key_of_several_parts_that_leads_nowhere(alias):
    use = {"alias": alias, "source": ["herald"]}
    (problem,) = problems(*BASE, ("alias_use", use))
    assert "alias = " in problem and "There is no alias “" in problem
