"""A real server that is killed, and many at one record on it: what was told, stands."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException
from types import SimpleNamespace
from typing import Any

import pytest

from tests.commands import Place
from tests.serving import server
from tests.soak import times
from tests.typing_in import fields

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]
EDITORS = 8
KILLS = times(2, int(os.environ.get("ROUNDS", "100")))
HISTORY = "SELECT summary FROM entities_historicalentity"
# So many people, and a session for whoever edits each.
PREPARE = """
import json
from django.contrib.auth.models import User
from django.test import Client
from entities.models import Person
user = User.objects.create_superuser("edith", password="correct horse")
made = []
for n in range(16):
    client = Client()
    client.force_login(user)
    person = Person(slug=f"k-{n}", name=f"K {n}", status="draft")
    person.save()
    made.append((person.pk, client.cookies["sessionid"].value))
print(json.dumps(made))
"""


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: it acknowledges the save."""

    def redirect_request(self, *args: Any) -> None:
        return None


class Editor:
    """Somebody signed in, with a record of their own or one for all."""

    def __init__(self, port: int, session: str, key: int) -> None:
        self.address = f"http://127.0.0.1:{port}/admin/entities/person/{key}/change/"
        self.cookies = {"sessionid": session, "csrftoken": "c" * 32}
        self.opener = urllib.request.build_opener(_Stay)

    def ask(self, data: dict[str, Any] | None = None) -> tuple[int, str]:
        body = urllib.parse.urlencode(data, doseq=True).encode() if data else None
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        request = urllib.request.Request(
            self.address, body, {"Cookie": cookies, "Referer": self.address}
        )
        try:
            with self.opener.open(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def opened(self, **typed: str) -> dict[str, Any]:
        status, text = self.ask()
        assert status == 200, text[:500]
        sent = fields(SimpleNamespace(text=text)) | typed
        return sent | {"csrfmiddlewaretoken": "c" * 32}


def prepared(place: Place) -> list[tuple[int, str]]:
    done = place.run("shell", "--no-imports", "-c", PREPARE)
    assert done.returncode == 0, done.stderr
    made: list[tuple[int, str]] = json.loads(done.stdout)
    return made


def keep_saving(editor: Editor, name: str, told: list[str]) -> None:
    """Save until the server is gone; what it said it saved."""
    number = 0
    while True:
        number += 1
        words = f"{name} save {number}."
        try:
            if editor.ask(editor.opened(summary=words))[0] == 302:
                told.append(words)
        except (OSError, HTTPException):
            # It is gone, or was cut off in the middle of an answer.
            return


def killed_once(
    place: Place, made: list[tuple[int, str]], turn: int, program: str = "briefing.wsgi"
) -> list[str]:
    """What the server said it had saved, before it was killed."""
    told: list[str] = []
    enough = times(20, 110)
    with server(place, program) as (port, process):
        editors = [
            threading.Thread(
                target=keep_saving,
                args=[Editor(port, session, key), f"Turn {turn} editor {key}", told],
            )
            for key, session in made[:EDITORS]
        ]
        for one in editors:
            one.start()
        while len(told) < enough and any(one.is_alive() for one in editors):
            time.sleep(0.005)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for one in editors:
            one.join()
    return told


def test_case_14_what_a_killed_server_acknowledged_is_there(place: Place) -> None:
    made, told = prepared(place), []
    for turn in range(KILLS):
        now = killed_once(place, made, turn)
        assert now
        told += now
        kept = {words for (words,) in place.ask(HISTORY)}
        assert set(told) <= kept
        assert place.ask("PRAGMA integrity_check") == [("ok",)]
    print(f"{KILLS} kills, {len(told)} acknowledged saves, 0 missing")


def test_case_14_a_server_that_acknowledges_too_early_is_found_out(
    place: Place,
) -> None:
    """The control."""
    told = killed_once(place, prepared(place), 0, "tests.careless")
    kept = {words for (words,) in place.ask(HISTORY)}
    assert not set(told) <= kept


def test_case_02_of_sixteen_on_a_real_server_one_wins(place: Place) -> None:
    made = prepared(place)
    key, rounds, answers = made[0][0], times(2, 100), []
    with server(place) as (port, _):
        editors = [Editor(port, session, key) for _, session in made]
        for turn in range(rounds):
            start = threading.Barrier(len(editors))

            def save(editor: Editor, words: str, start: Any = start) -> None:
                form = editor.opened(summary=words)
                start.wait(timeout=120)
                answers.append(editor.ask(form)[0])

            threads = [
                threading.Thread(target=save, args=[one, f"Turn {turn} number {n}."])
                for n, one in enumerate(editors)
            ]
            for one in threads:
                one.start()
            for one in threads:
                one.join()
    told = (answers.count(302), answers.count(409), len(answers))
    print(f"{told[0]} wins, {told[1]} conflicts of {told[2]}")
    assert told == (rounds, 15 * rounds, 16 * rounds)
