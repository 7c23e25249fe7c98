"""Who may read and write what with a token, in each state; what nobody is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from entities.models import Person
from sources.models import Claim, Note, Property, Source
from tests.cast import Cast, make_claim, make_person, make_source
from tests.tokens import API, Program, faults

STATES = ("draft", "in_review", "published", "retracted", "withdrawn")
CANARY = "Zebulon"
# By role, what each state answers to: reading, changing, sending to review.
READERS = ("404 404 200 200 410", "401 " * 5, "401 " * 5)
MATRIX = {
    "anonymous": READERS,
    "disabled": ("401 " * 5, "401 " * 5, "401 " * 5),
    "bystander": (READERS[0], "403 " * 5, "403 " * 5),
    "contributor": ("200 " * 5, "200 200 202 200 200", "200 200 409 409 409"),
    "editor": ("200 " * 5, "200 " * 5, "200 200 409 409 409"),
    "administrator": ("200 " * 5, "200 " * 5, "200 200 409 409 409"),
}
MAKES = {"anonymous": 401, "disabled": 401, "bystander": 403}


@pytest.fixture
def program(request: Any, cast: Cast) -> Any:
    """A program by the role of its owner."""

    def of(role: str) -> Program:
        if role == "anonymous":
            return Program()
        if role in ("disabled", "bystander"):
            is_active = role == "bystander"
            user = User.objects.create_user(role, is_staff=True, is_active=is_active)
            return Program(user)
        return Program(request.getfixturevalue(role))

    return of


def in_state(state: str) -> Person:
    more = {"status_reason": "A hoax."} if state == "retracted" else {}
    return make_person("Bob Quill", status=state, **more)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", MATRIX)
def test_case_56_each_role_in_each_state(program: Any, role: str, state: str) -> None:
    robot, bob, place = program(role), in_state(state), STATES.index(state)
    reads, changes, sends = (int(row.split()[place]) for row in MATRIX[role])
    assert robot.get("/people/bob-quill/").status_code == reads
    sent = robot.patch("/people/bob-quill/", {"name": "Robert"}, bob.version)
    assert sent.status_code == changes
    name = Person.objects.get(pk=bob.pk).name
    assert name == ("Robert" if changes == 200 else "Bob Quill")
    assert robot.post("/people/bob-quill/submit/").status_code == sends


@pytest.mark.parametrize("role", MATRIX)
@pytest.mark.parametrize(
    "plural", ["people", "organisations", "events", "sources", "claims", "evidence"]
)
def test_each_role_makes_each_kind(program: Any, role: str, plural: str) -> None:
    answer = program(role).post(f"/{plural}/", {"status": "published"})
    assert answer.status_code == MAKES.get(role, 422)


@pytest.mark.parametrize("plural", ["properties", "questions", "corrections"])
def test_what_is_made_at_the_desk_takes_nothing(program: Any, plural: str) -> None:
    answer = program("administrator").post(f"/{plural}/", {"key": "age"})
    assert answer.status_code == 405
    assert not Property.objects.filter(key="age").exists()


@pytest.mark.parametrize("role", ["editor", "administrator"])
@pytest.mark.parametrize("status", ["published", "retracted", "withdrawn", "draft"])
def test_nobody_publishes_or_takes_down(program: Any, role: str, status: str) -> None:
    bob = make_person("Bob", status="draft")
    answer = program(role).patch("/people/bob/", {"status": status}, bob.version)
    assert "at the desk" in faults(answer)["status"]
    bob.refresh_from_db()
    assert bob.status == "draft"


def test_case_46_who_may_not_write_is_not_told_what_there_is(program: Any) -> None:
    for role in ("anonymous", "bystander"):
        robot = program(role)
        told = {
            robot.patch(f"/people/{slug}/", {"name": "X"}, 1).content
            for slug in ("quiet-draft", "ada-vance", "nobody")
        }
        assert len(told) == 1


def test_texts_and_notes_are_told_to_no_program(
    program: Any, cast: Cast, client: Client
) -> None:
    make_source("canary-source", f"{CANARY} wrote this.", status="draft")
    value = {"amount": 1, "unit": "USD", "bound": "about", "status": "draft"}
    make_claim(cast.ada, cast.cost, "canary", **value)
    Note(claim=cast.founded_2015, text=f"{CANARY} note").save()
    robot = program("administrator")
    told = [
        robot.get(f"/{plural}/{one.slug}/").text
        for plural, rows in (("claims", Claim.objects), ("sources", Source.objects))
        for one in rows.all()
    ]
    assert len(told) > 8
    assert CANARY not in "".join(told)
    for path in ("sources/canary-source", "claims/canary"):
        assert client.get(f"{API}/{path}/").status_code == 404


def test_lists_are_the_readers_lists(program: Any, client: Client) -> None:
    robot = program("administrator")
    for path in ("/people/", "/claims/", "/search/?q=quiet", "/changes/"):
        assert robot.get(path).json() == client.get(f"{API}{path}").json()
        assert robot.get(path).headers["Cache-Control"] == "private, no-store"


def test_a_record_with_a_token_is_whole(program: Any) -> None:
    answer = program("contributor").get("/people/ada-vance/?fields=name")
    assert answer.status_code == 400
    assert "Ask without one" in faults(answer)["fields"]
    bystander = program("bystander").get("/people/ada-vance/?fields=name")
    assert bystander.json() == {"name": "Ada Vance"}


def test_where_a_record_has_gone_is_told(program: Any, cast: Cast) -> None:
    cast.ada.slug = "ada-quill"
    cast.ada.save()
    robot = program("contributor")
    assert robot.get("/people/ada-vance/").status_code == 301
    assert robot.patch("/people/ada-vance/", {"name": "X"}, 1).status_code == 404


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ("{", 400, "This is not JSON:"),
        ("[]", 400, "Send one record"),
        ('{"name": "a", "name": "b"}', 400, "stands twice"),
        ('{"name": NaN}', 400, "no number"),
        (b"\xff", 400, "not UTF-8"),
        ("[" * 100_000, 400, "nested too deeply"),
        ('{"amount": 1e999999999}', 400, "too big a number"),
        ('{"name": "' + "x" * 1_000_001 + '"}', 413, "at most"),
        ('{"name": "\\u0000"}', 422, "NUL"),
        ('{"name": "\\ud800"}', 422, "surrogate"),
        ('{"name": ["a"]}', 422, "one value"),
        ('{"name": true}', 422, "quotes"),
        ('{"slug": "a\\u0000b", "name": "a"}', 422, "slug"),
        ('{"slug": ["a"], "name": "a"}', 422, "slug"),
    ],
)
def test_what_is_no_record_is_refused(
    program: Any, body: Any, status: int, told: str
) -> None:
    answer = program("contributor").post("/people/", body)
    assert answer.status_code == status, answer.text[:500]
    assert told in answer.text


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("2030-01-01T00:00:00", 201),
        ("2030-01-01T00:00:00Z", 201),
        ("2030-01-01", 201),
        ("soon", 422),
        ("2030-13-01T00:00:00Z", 422),
        (12, 422),
    ],
)
def test_a_moment_is_read_or_refused(program: Any, moment: Any, status: int) -> None:
    fields = {"title": "A letter", "not_before": moment}
    answer = program("contributor").post("/sources/", fields)
    assert answer.status_code == status
    assert "not_before" in answer.text


def test_only_json_is_read(program: Any) -> None:
    robot = program("contributor")
    answer = robot.client.post(f"{API}/people/", {"name": "Bob"}, headers=robot.headers)
    assert answer.status_code == 415
    assert answer.headers["Content-Type"] == "application/problem+json"
