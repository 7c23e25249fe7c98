"""A wrong or missing variable is one line at start, which says what to give."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from briefing.environment import Environment
from tests.test_databases import start
from tests.tree import ROOT

KEY = "for-one-test-only-0123456789-abcdefghijklmnopqrstuvwxyz"
# What one gives, what is wrong with it, and what the line says to give.
WRONG = {
    "DEBUG=maybe": "DEBUG is wrong: give 1 or 0",
    "HTTPS=si": "HTTPS is wrong: give 1 or 0",
    "ONE_PERSON_DESK=2": "ONE_PERSON_DESK is wrong: give 1 or 0",
    "REQUIRE_SECOND_FACTOR=perhaps": "REQUIRE_SECOND_FACTOR is wrong: give 1 or 0",
    "PUBLIC_QUOTE_LENGTH=long": "PUBLIC_QUOTE_LENGTH is wrong: give a whole number",
    "PUBLIC_QUOTE_LENGTH=0": "PUBLIC_QUOTE_LENGTH is wrong: give 1 or more",
    "SLOW_REQUEST_MS=-1": "SLOW_REQUEST_MS is wrong: give 0 or more",
    "SLOW_REQUEST_MS=1.5": "SLOW_REQUEST_MS is wrong: give a whole number",
    "API_RATE=lots": "API_RATE is wrong: give as 600/min",
    "API_WRITE_RATE=0/min": "API_WRITE_RATE is wrong: give as 600/min",
    "LOG_FORMAT=xml": "LOG_FORMAT is wrong: give plain or json",
    "TIME_ZONE=Mars/Olympus": "TIME_ZONE is wrong: give a time zone",
    "TIME_ZONE=../../etc/passwd": "TIME_ZONE is wrong: give a time zone",
    "EDITION_URL=javascript:alert(1)": "EDITION_URL is wrong: give as https://",
    "EDITION_URL=http://host:port": "EDITION_URL is wrong: give as https://",
    "CSRF_TRUSTED_ORIGINS=briefing.example": "CSRF_TRUSTED_ORIGINS is wrong: give as",
    "DATABASE_URL=nonsense": "DATABASE_URL is no address of SQLite or PostgreSQL",
    "DATABASE_REPLICA_URL=nonsense": "DATABASE_REPLICA_URL is no address of SQLite",
    "HTTPS=1 ALLOWED_HOSTS=a.example SECRET_KEY=": "HTTPS=1 needs a SECRET_KEY of 50",
    "HTTPS=1 ALLOWED_HOSTS=a.example SECRET_KEY=short": "HTTPS=1 needs a SECRET_KEY",
    f"HTTPS=1 SECRET_KEY={KEY}": "HTTPS=1 needs ALLOWED_HOSTS",
    f"HTTPS=1 SECRET_KEY={KEY} ALLOWED_HOSTS=,": "HTTPS=1 needs ALLOWED_HOSTS",
    f"HTTPS=1 SECRET_KEY={KEY} ALLOWED_HOSTS=*": "HTTPS=1 needs ALLOWED_HOSTS",
    f"HTTPS=1 SECRET_KEY={KEY} ALLOWED_HOSTS=a.example DEBUG=1": "DEBUG=1 shows",
}


@pytest.mark.parametrize("given", WRONG)
def test_what_is_wrong_is_one_line(given: str) -> None:
    variables = dict(word.split("=", 1) for word in given.split())
    told = start("-c", "import briefing.settings", **variables)
    assert told.startswith(f"Briefing cannot start. {WRONG[given]}")
    assert "short" not in told and KEY not in told


def test_a_folder_that_is_not_there_is_named(tmp_path: object) -> None:
    file = f"{tmp_path}/none/b.sqlite3"
    told = start("manage.py", "migrate", BRIEFING_DB=file, DATABASE_URL="")
    assert f"The database “{file}” on this machine could not be used" in told


def test_the_server_ends_with_the_same_line() -> None:
    """gunicorn reads the settings before it has workers, so none is started anew."""
    given = os.environ | {"DEBUG": "maybe"}
    command = [sys.executable, "-m", "gunicorn", "--preload", "briefing.wsgi"]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True)
    assert done.returncode == 1
    assert "Briefing cannot start. DEBUG is wrong" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_empty_is_as_good_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ONE", "TWO", "THREE", "FOUR"):
        monkeypatch.setenv(name, " ")
    env = Environment()
    assert (env.flag("ONE", True), env.number("TWO", 7)) == (True, 7)
    assert (env.words("THREE", ["a"]), env.text("FOUR", "b")) == (["a"], "b")
    # But for a rate, where it says that there is none.
    assert env.rate("FOUR", "600/min") == "" and env.rate("FIVE", "6/min") == "6/min"


def test_what_is_right_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME", " a.example, ,b.example ")
    monkeypatch.setenv("HOW_MANY", "12")
    env = Environment()
    assert env.words("SOME", []) == ["a.example", "b.example"]
    assert env.number("HOW_MANY", 0) == 12
    assert env.zone("WHERE", "Europe/Berlin") == "Europe/Berlin"


def test_yes_and_no_in_the_usual_words(monkeypatch: pytest.MonkeyPatch) -> None:
    env = Environment()
    for words, is_on in (("1 true Yes ON", True), ("0 False no off", False)):
        for word in words.split():
            monkeypatch.setenv("SO", word)
            assert env.flag("SO", not is_on) is is_on
