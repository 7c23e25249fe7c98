import pytest
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from django.urls import path

from briefing import errors
from tests.pages import read, visible

handler500 = "briefing.errors.server_error"


def broken(request):
    raise RuntimeError("on purpose")


def out_of_reach(request):
    raise DatabaseError("database disk image is malformed")


urlpatterns = [path("broken/", broken), path("out-of-reach/", out_of_reach)]


def test_it_works(client, db):
    page = read(client, "/no-such-page/", 404)
    assert "There is no such page" in page


def test_it_asks_the_database_nothing_when_something_went_wrong():
    def refuse(*args):
        raise AssertionError("a query was made")

    request = RequestFactory().get("/")
    with connection.execute_wrapper(refuse):
        answer = errors.server_error(request)
    assert answer.status_code == 500
    assert "Something went wrong" in visible(answer.content.decode())


@pytest.mark.urls("tests.test_error_page")
def test_a_page_that_breaks_is_our_own():
    answer = Client(raise_request_exception=False).get("/broken/")
    assert answer.status_code == 500
    assert "The fault is ours" in visible(answer.content.decode())


@pytest.mark.urls("tests.test_error_page")
def test_case_26_where_the_database_is_damaged_nothing_is_shown():
    answer = Client(raise_request_exception=False).get("/out-of-reach/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, errors.RETRY)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Our records are out of reach" in visible(answer.content.decode())
    assert "malformed" not in answer.content.decode()


def test_all_have_words_of_our_own():
    request = RequestFactory().get("/")
    for page, status in (
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.not_found, 404),
    ):
        answer = page(request)
        assert answer.status_code == status
        assert "the front page" in visible(answer.content.decode())
