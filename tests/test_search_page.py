import pytest
from django.utils.http import urlencode
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests import cast as casting
from tests.pages import links, read


def test_it_works(client, cast):
    page = read(client, "/search/?q=vance")
    assert "Person Ada Vance" in page


def test_it_puts_names_first_and_counts_by_kind(client, cast):
    page = read(client, "/search/?q=northwind")
    assert page.index("Organisation Northwind Labs") < page.index("Question ")
    assert "Kind All 4 Organisations 1 Questions 2 Claims 1" in page


def test_it_narrows_down_by_kind(client, cast):
    assert "?q=northwind&kind=question" in links(client, "/search/?q=northwind")
    page = read(client, "/search/?q=northwind&kind=question")
    assert "2 results" in page


def test_it_folds_accents_and_case(client, cast):
    casting.make_person("Zoë Brown", slug="zoe")
    assert "Zoë Brown" in read(client, "/search/?q=ZOE+brown")


def test_it_finds_no_draft(client, cast):
    assert "0 results" in read(client, "/search/?q=quiet")


def test_it_says_what_to_do_when_nothing_is_found(client, cast):
    assert "Try fewer words, another spelling" in read(client, "/search/?q=zzzz")


def test_it_asks_for_words(client, cast):
    assert "Type a name" in read(client, "/search/")


@pytest.mark.parametrize("query", ["kind=odd", "q=" + "x" * 400, "q=%00"])
def test_it_names_what_cannot_be_used(client, cast, query):
    source = client.get(f"/search/?{query}").content.decode()
    assert 'role="alert"' in source


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=80))
@example('" OR 1=1 --')
@example("NEAR(a b)")
@example("*:^-")
@example("' | & ! ( ) <-> \\")
@example("梁文锋")
@example("%s %(q)s {q}")
def test_case_52_no_input_causes_an_error(client, text):
    answer = client.get(f"/search/?{urlencode({'q': text})}")
    assert answer.status_code == 200
