import pytest
from django.db import connection

from sources.models import Claim


def test_it_works(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_the_deep_check_is_for_staff(client, cast):
    answer = client.get("/healthz?deep")
    assert answer.status_code == 403
    assert b"sound" not in answer.content


def test_staff_are_told_that_all_is_well(client, cast, editor):
    client.force_login(editor)
    answer = client.get("/healthz?deep")
    assert (answer.status_code, answer.json()) == (200, {"sound": True, "failures": []})
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.sqlite
def test_staff_are_told_what_is_wrong(client, cast, editor):
    client.force_login(editor)
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER sources_claim_version")
    answer = client.get("/healthz?deep")
    assert answer.status_code == 503
    table = Claim._meta.db_table
    told = ["database", table, "Its trigger is gone: run `migrate`."]
    assert answer.json() == {"sound": False, "failures": [told]}
