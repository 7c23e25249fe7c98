"""A quote that a program sends is found by the server, or it is told why not."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User

from sources.models import Evidence
from tests.cast import Cast, make_source
from tests.tokens import Program, faults

TEXT = "Vance came in May. Vance left in May. “We began,” Vance said."
GIVEN = {"claim": "ada-founded", "source": "diary", "slug": "new"}


@pytest.fixture
def robot(cast: Cast, contributor: Any) -> Program:
    make_source("diary", TEXT)
    return Program(contributor)


def cited(robot: Program, **fields: Any) -> Any:
    return robot.post("/evidence/", GIVEN | fields)


def test_words_that_stand_once_are_placed(robot: Program) -> None:
    answer = cited(robot, quote="left in May")
    assert answer.status_code == 201
    told = answer.json()
    assert (told["anchor"], told["start"], told["end"]) == ("verified", 25, 36)


def test_words_apart_from_punctuation_become_the_sources_own(robot: Program) -> None:
    told = cited(robot, quote='"We began,"').json()
    assert (told["anchor"], told["quote"]) == ("verified", "“We began,”")


def test_words_that_stand_twice_are_told_apart(robot: Program) -> None:
    answer = cited(robot, quote="in May")
    assert (answer.status_code, answer.json()["type"]) == (422, "ambiguous")
    assert "more than once" in faults(answer)["quote"]
    places = answer.json()["places"]
    assert [place["prefix"] for place in places] == [
        "Vance came ",
        "Vance came in May. Vance left ",
    ]
    chosen = cited(robot, quote="in May", prefix=places[1]["prefix"])
    assert (chosen.status_code, chosen.json()["start"]) == (201, 30)
    after = cited(robot, quote="in May", suffix=places[0]["suffix"], slug="other")
    assert (after.status_code, after.json()["start"]) == (201, 11)


def test_places_are_told_to_who_may_read_the_text(robot: Program) -> None:
    user = User.objects.create_user("half", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="add_evidence"))
    answer = cited(Program(user), quote="in May")
    assert (answer.status_code, answer.json()["type"]) == (422, "ambiguous")
    assert "places" not in answer.json()
    assert "Vance" not in answer.content.decode()


def test_case_34_words_that_are_not_there_are_refused(robot: Program) -> None:
    answer = cited(robot, quote="left in June", stance="nonsense")
    assert answer.status_code == 422
    told = faults(answer)
    assert "not in our copy" in told["quote"]
    assert "Choose one of: supports" in told["stance"]
    assert not Evidence.objects.filter(slug="new").exists()


def test_without_a_copy_the_words_stand_as_given(robot: Program) -> None:
    make_source("letter")
    told = cited(robot, source="letter", quote="Come at once").json()
    assert (told["anchor"], told["start"]) == ("no_text", None)


def test_silence_has_no_place(robot: Program) -> None:
    told = cited(robot, stance="silent", quote="").json()
    assert (told["anchor"], told["start"]) == ("unchecked", None)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quote", ""),
        ("quote", "   "),
        ("quote", "in\0May"),
        ("quote", "\ud800"),
        ("quote", 7),
        ("quote", ["in May"]),
        ("prefix", {}),
        ("source", "nowhere"),
        ("source", ["diary", "post-story"]),
        ("source", None),
    ],
)
def test_what_is_no_passage_is_refused_by_name(
    robot: Program, field: str, value: Any
) -> None:
    answer = cited(robot, **{"quote": "left in May"} | {field: value})
    assert answer.status_code == 422
    told = faults(answer)
    assert field in told or "Quote the words" in str(told), told


def test_other_words_are_placed_anew(robot: Program) -> None:
    cited(robot, quote="left in May")
    told = robot.patch("/evidence/new/", {"quote": "came in May"}, 1).json()
    assert (told["start"], told["anchor"]) == (6, "verified")
    noted = robot.patch("/evidence/new/", {"note": "Seen."}, told["version"])
    assert noted.json()["start"] == 6
    same = {"quote": "came in May", "stance": "supports"}
    kept = robot.patch("/evidence/new/", same, noted.json()["version"])
    assert (kept.status_code, kept.json()["version"]) == (200, noted.json()["version"])
    moved = {"source": "post-story", "quote": "Vance set up"}
    there = robot.patch("/evidence/new/", moved, noted.json()["version"]).json()
    assert (there["anchor"], there["start"]) == ("verified", 9)


def test_a_published_passage_waits(robot: Program) -> None:
    standing = Evidence.objects.get(slug="founded-2016-post-story")
    path = "/evidence/founded-2016-post-story/"
    answer = robot.patch(path, {"quote": "Vance set up"}, standing.version)
    assert (answer.status_code, answer.json()["waits"]) == (202, ["quote"])
    assert answer.json()["quote"] == "In 2016"
