"""A program writes drafts, changes and proposals, by the rules of the desk's forms."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from entities.models import Person
from sources.models import Claim, Evidence, Proposal, Source
from tests.cast import Cast, cite, make_claim, make_person
from tests.tokens import Program, faults

FOUNDED = {"subject": "ada-vance", "property": "cost", "statement": "She spent $5."}
AMOUNT = {"amount": "5", "unit": "USD", "bound": "about"}


@pytest.fixture
def robot(cast: Cast, contributor: Any) -> Program:
    return Program(contributor)


def test_it_works(robot: Program, contributor: Any) -> None:
    answer = robot.post("/people/", {"name": "Bob Quill"})
    assert answer.status_code == 201, answer.json()
    assert answer.headers["Location"].endswith("/api/v1/people/bob-quill/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    bob = Person.objects.get(slug="bob-quill")
    assert (bob.status, bob.created_by) == ("draft", contributor)
    first = bob.history.get()
    assert (first.history_user, first.history_change_reason) == (
        contributor,
        "API: Robot",
    )


def test_each_kind_is_made(robot: Program, cast: Cast) -> None:
    quote = {"source": "post-story", "quote": "Vance set up", "claim": "ada-vance-cost"}
    made = [
        ("organisations", {"name": "Quill House", "category": "media"}),
        ("events", {"name": "A fair", "category": "other"}),
        ("sources", {"title": "A letter", "published": "2025-02"}),
        ("claims", FOUNDED | AMOUNT | {"slug": "ada-vance-cost"}),
        ("evidence", quote),
    ]
    for plural, fields in made:
        answer = robot.post(f"/{plural}/", fields)
        assert answer.status_code == 201, answer.json()
        told = answer.json()
        assert told["status"] == "draft"
        assert answer.headers["ETag"] == f'"{told["version"]}"'
        again = robot.get(f"/{plural}/{told['slug']}/").json()
        assert again | {"version": 0} == told | {"version": 0}


def test_only_what_is_given_changes(robot: Program) -> None:
    made = robot.post("/people/", {"name": "Bob", "summary": "A clerk."}).json()
    path = f"/people/{made['slug']}/"
    answer = robot.patch(path, {"name": "Robert"}, made["version"])
    assert answer.status_code == 200
    told = answer.json()
    assert (told["name"], told["summary"], told["slug"]) == (
        "Robert",
        "A clerk.",
        "bob",
    )
    assert answer.headers["ETag"] == '"2"'
    same = robot.patch(path, {"name": "Robert"}, 2)
    assert same.json()["version"] == 2
    assert Person.objects.get(slug="bob").history.count() == 2


def test_a_change_says_which_version_it_changes(robot: Program, cast: Cast) -> None:
    path = "/people/quiet-draft/"
    answer = robot.patch(path, {"name": "Loud"})
    assert answer.status_code == 428
    assert "If-Match" in answer.json()["detail"]
    stale = robot.patch(path, {"name": "Loud"}, 7)
    assert (stale.status_code, stale.json()["version"]) == (412, cast.quiet.version)
    cast.quiet.refresh_from_db()
    assert cast.quiet.name == "Quiet Draft"


def test_a_change_to_what_is_published_waits(
    robot: Program, cast: Cast, contributor: Any, client: Client
) -> None:
    version = Claim.objects.get(slug="cost-less").version
    fields = {"statement": "It spent less.", "contradicts": ["founded-2015"]}
    answer = robot.patch("/claims/cost-less/", fields, version)
    assert answer.status_code == 202
    assert answer.json()["waits"] == ["contradicts", "statement"]
    assert answer.json()["statement"] == "Claim cost-less."
    proposal = Proposal.objects.get()
    assert (proposal.created_by, proposal.reason) == (contributor, "API: Robot")
    assert "less." in client.get("/api/v1/claims/cost-less/").json()["statement"]
    assert "It spent less." not in client.get("/claims/cost-less/").text


def test_an_editors_change_is_made_as_at_the_desk(cast: Cast, editor: Any) -> None:
    robot = Program(editor)
    version = Claim.objects.get(slug="cost-less").version
    answer = robot.patch("/claims/cost-less/", {"statement": "Less."}, version)
    assert (answer.status_code, answer.json()["statement"]) == (200, "Less.")
    value = robot.patch("/claims/cost-less/", {"amount": "7"}, answer.json()["version"])
    assert (value.status_code, value.json()["waits"]) == (202, ["amount"])


@pytest.mark.parametrize(
    ("plural", "field", "value", "mend"),
    [
        ("people", "status", "published", "submit/"),
        ("people", "status_reason", "A hoax.", "taken down"),
        ("people", "merged_into", "ada-vance", "merged at the desk"),
        ("evidence", "confirmed_by", "Edith", "confirms it, at the desk"),
        ("evidence", "start", 3, "found by its words"),
        ("evidence", "end", 9, "follows from the quote"),
        ("sources", "text_sha256", "0" * 64, "attached"),
        ("claims", "is_public", True, "no such field"),
        ("people", "type", "claim", "This is the address of"),
    ],
)
def test_what_is_done_at_the_desk_is_refused(
    robot: Program, plural: str, field: str, value: Any, mend: str
) -> None:
    answer = robot.post(f"/{plural}/", {"slug": "new", field: value})
    assert answer.status_code == 422
    assert mend in faults(answer)[field]


def test_all_messages_come_at_once(robot: Program) -> None:
    fields = {"status": "published", "subject": "nobody", "date": "tomorrow", "x": 1}
    told = faults(robot.post("/claims/", fields | {"property": "founded_on"}))
    assert {"status", "subject", "date", "x"} <= told.keys()
    assert "There is no entity “nobody”." in told["subject"]
    assert not Claim.objects.filter(status="draft", slug__startswith="new").exists()


def test_a_record_is_renamed_at_the_desk(robot: Program, cast: Cast) -> None:
    path = "/people/quiet-draft/"
    answer = robot.patch(path, {"slug": "loud"}, cast.quiet.version)
    assert "renamed at the desk" in faults(answer)["slug"]


def test_a_second_of_one_slug_is_refused(robot: Program) -> None:
    for plural in ("people", "organisations"):
        fields = {"slug": "ada-vance", "name": "Another"}
        answer = robot.post(f"/{plural}/", fields)
        assert answer.status_code == 409
        assert answer.json()["record"] == "/api/v1/people/ada-vance/"
    assert Person.objects.get(slug="ada-vance").name == "Ada Vance"


def test_slugs_are_made_of_words(robot: Program) -> None:
    slugs = [robot.post("/people/", {"name": "Éva"}).json()["slug"] for _ in range(2)]
    assert slugs == ["eva", "eva-2"]


def test_a_draft_is_sent_to_review(robot: Program, cast: Cast) -> None:
    sent = robot.post("/people/quiet-draft/submit/")
    assert (sent.status_code, sent.json()["status"]) == (200, "in_review")
    cast.quiet.refresh_from_db()
    latest = cast.quiet.history.first()
    assert (cast.quiet.status, latest.history_change_reason) == (
        "in_review",
        "API: Robot",
    )
    headers = {"If-Match": '"1"'}
    assert robot.post("/people/quiet-draft/submit/", **headers).status_code == 412
    refused = robot.post("/people/ada-vance/submit/")
    assert refused.status_code == 409
    assert "only a draft" in refused.json()["detail"]
    assert robot.post("/people/nobody/submit/").status_code == 404


def test_what_an_allegation_needs_is_asked_for(cast: Cast, editor: Any) -> None:
    version = Claim.objects.get(slug="cost-less").version
    fields = {"sensitivity": "allegation"}
    answer = Program(editor).patch("/claims/cost-less/", fields, version)
    assert answer.status_code == 422
    assert "whom we asked" in str(answer.json())


def test_a_changed_passage_is_confirmed_anew(robot: Program, cast: Cast) -> None:
    value = {"date": "2011", "status": "draft"}
    claim = make_claim(cast.ada, cast.founded_on, "ada-2011", **value)
    passage = cite(claim, cast.post, "set up", slug="p", status="draft")
    answer = robot.patch("/evidence/p/", {"quote": "less than"}, passage.version)
    assert answer.status_code == 200
    assert answer.json()["confirmed_by"] == ""
    assert answer.json()["anchor"] == "verified"


def test_nothing_is_left_of_what_was_refused(robot: Program) -> None:
    before = (Person.objects.count(), Source.objects.count(), Evidence.objects.count())
    robot.post("/people/", {"name": "Bob", "status": "published"})
    robot.post("/sources/", {"title": "T", "url": "ftp://x.example"})
    now = (Person.objects.count(), Source.objects.count(), Evidence.objects.count())
    assert now == before


def test_a_namesake_is_another_record(robot: Program) -> None:
    make_person("Bob")
    assert robot.post("/people/", {"name": "Bob"}).json()["slug"] == "bob-2"
