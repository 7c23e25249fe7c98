"""Whoever writes records does so alone: what is derived counts every row, once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from io import BytesIO
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.test import Client

from entities import locking
from entities.models import Entity
from sources import rights, settling
from sources.exchange import jsonlines
from sources.exchange.importer import Importer
from sources.merging import doing, plan
from sources.models import Claim, Question
from tests.cast import cite, make_claim, make_person, make_property, make_source
from tests.rush import at_once

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = """
    SELECT count(*) FROM pg_locks
    WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""


@pytest.fixture
def claim(db: Any) -> Claim:
    """A public claim with one source."""
    made = make_claim(make_person("ada"), make_property("motto"), "says", text="Go.")
    cite(made, make_source("first"), "Go now")
    return made


def until_someone_waits() -> None:
    """Until another transaction waits for this one."""
    deadline = monotonic() + 120
    with connection.cursor() as cursor:
        while monotonic() < deadline:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
            sleep(0.01)
    raise AssertionError("nobody waits")


def in_a_thread(act: Callable[[], object]) -> Thread:
    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def cited_twice(claim: Claim) -> int:
    """Two sources come in at one moment; how many are counted in the end."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time.")
    second, third = make_source("second"), make_source("third")
    with locking.alone():
        cite(claim, second, "Go now")
        other = in_a_thread(lambda: cite(claim, third, "Go now"))
        until_someone_waits()
    other.join()
    claim.refresh_from_db()
    return claim.article_count


def test_it_works(claim: Claim) -> None:
    assert cited_twice(claim) == 3


def test_case_12_without_the_lock_one_is_lost(
    claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: else the first test would show nothing."""
    monkeypatch.setattr(locking, "_wait_for_our_turn", lambda: None)
    assert cited_twice(claim) == 2


def test_a_rolled_back_turn_is_over(claim: Claim) -> None:
    with transaction.atomic():
        with pytest.raises(ValueError), locking.alone(), locking.alone():
            raise ValueError
        if connection.vendor == "postgresql":
            writer = in_a_thread(lambda: make_person("ida"))
            writer.join(timeout=120)
            assert Entity.objects.slugged(["ida"]).exists()


def test_one_question_is_made_for_claims_of_one_moment(db: Any) -> None:
    ada, motto = make_person("ada"), make_property("motto", is_single_valued=False)

    def says(word: str) -> Any:
        return lambda: lambda: make_claim(ada, motto, f"says-{word}", text=word)

    assert at_once(*map(says, ["one", "two", "three", "four"])) == []
    assert Question.objects.get().claims.count() == 4


def merged(old: str, new: str) -> None:
    one, other = (Entity.objects.get(slug=slug) for slug in (old, new))
    doing.merge(one, other, None, "The same.", plan.of(one, other).fingerprint)


def about(slug: str) -> Claim:
    """A claim as a form leaves it: looked through, not saved."""
    claim = Claim(
        subject=Entity.objects.get(slug=slug),
        property=make_property("motto"),
        slug="says",
        text="Go.",
        statement="Says go.",
    )
    claim.full_clean(exclude={"question", "value_key"})
    return claim


def test_a_claim_about_a_record_merged_meanwhile_is_refused(db: Any) -> None:
    make_person("ada"), make_person("ida")
    claim = about("ada")
    merged("ada", "ida")
    with pytest.raises(ValidationError, match="“ada” was merged into “ida”"):
        claim.save()
    assert not Claim.objects.exists()


def test_a_claim_in_the_very_moment_of_a_merge_stands_on_what_is_kept(db: Any) -> None:
    for turn in range(5):
        make_person(f"ada-{turn}"), make_person(f"ida-{turn}")

    def merges(turn: int) -> Any:
        return lambda: lambda: merged(f"ada-{turn}", f"ida-{turn}")

    motto = make_property("motto")

    def says(turn: int) -> Any:
        ada = Entity.objects.get(slug=f"ada-{turn}")
        return lambda: lambda: make_claim(ada, motto, f"says-{turn}", text="Go.")

    for turn in range(5):
        raised = at_once(merges(turn), says(turn))
        assert len(raised) <= 1 and all(map(is_told, raised)), raised
    assert not Claim.objects.exclude(subject__merged_into=None).exists()


def is_told(error: Exception) -> bool:
    """Either came first, and the other was told why it cannot be any more."""
    told = str(error)
    return isinstance(error, ValidationError) and (
        "while you wrote" in told or "changed since" in told
    )


LINES = b'{"type": "person", "slug": "zoe", "name": "Zoe"}\n'


def imports() -> Any:
    importer = Importer()
    rows = list(jsonlines.read(jsonlines.cut(BytesIO(LINES)), "x"))
    return lambda: importer.run(iter(rows))


@pytest.mark.parametrize(
    "act",
    [
        imports,
        lambda: settling.rebuild,
        lambda: settling.end_embargoes,
        lambda: lambda: call_command("ensureadmin", verbosity=0),
    ],
)
def test_run_twice_at_one_moment_it_is_done_once(claim: Claim, act: Any) -> None:
    Group.objects.get_or_create(name=rights.ADMINISTRATORS)
    assert at_once(act, act, act) == []
    assert Entity.objects.filter(slug="zoe").count() == (act is imports)
    assert User.objects.filter(is_superuser=True).count() <= 1
    claim.refresh_from_db()
    assert claim.article_count == 1


@contextmanager
def someone_writing() -> Any:
    began, may_end = Event(), Event()

    def write() -> None:
        with locking.alone():
            began.set()
            may_end.wait(timeout=120)

    writer = in_a_thread(write)
    assert began.wait(timeout=120)
    yield
    may_end.set()
    writer.join()


def test_who_waits_too_long_keeps_what_was_typed(
    editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("test_case_13 asks it of SQLite.")
    monkeypatch.setattr(locking, "PATIENCE", "100ms")
    client = Client()
    client.force_login(editor)
    typed = {"name": "Typed meanwhile."}
    with someone_writing():
        with pytest.raises(OperationalError, match="lock timeout"), locking.alone():
            raise AssertionError("it is another's turn")
        page = client.post("/admin/entities/person/add/", typed)
        assert client.get("/people/").status_code == 200
    assert page.status_code == 503
    assert "Typed meanwhile." in page.text and "Someone else" in page.text
