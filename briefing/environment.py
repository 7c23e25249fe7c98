"""Variables of the environment, each with its type; a wrong one is one line at start.

A variable that is empty is as good as missing. What was given is told only where it
cannot be a secret.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import NoReturn, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from briefing.databases import refuse

Value = TypeVar("Value")
YES = {"1", "true", "t", "yes", "y", "on"}
NO = {"0", "false", "f", "no", "n", "off"}
RATE = re.compile(r"[1-9]\d*/(sec|min|hour|day)")
WEB = ("http", "https")
# As long as Django asks for; what it makes itself is longer.
SHORTEST_KEY = 50


class Environment:
    """What the environment says, or the end of the program."""

    def text(self, name: str, default: str) -> str:
        return os.environ.get(name, "").strip() or default

    def flag(self, name: str, default: bool) -> bool:
        return self._read(_flag, name, default, "1 or 0")

    def number(self, name: str, default: int, least: int = 0) -> int:
        found = self._read(int, name, default, "a whole number")
        return found if found >= least else wrong(name, f"{least} or more")

    def words(self, name: str, default: list[str]) -> list[str]:
        parts = self.text(name, "").split(",")
        return [word.strip() for word in parts if word.strip()] or default

    def rate(self, name: str, default: str) -> str:
        """How many in which time; an empty one is no limit, and a missing one ours."""
        given = os.environ.get(name, default).strip()
        return (
            given if not given or RATE.fullmatch(given) else wrong(name, "as 600/min")
        )

    def one_of(self, name: str, *choices: str) -> str:
        """One of these words; the first where nothing is said."""
        given = self.text(name, choices[0])
        return given if given in choices else wrong(name, " or ".join(choices))

    def zone(self, name: str, default: str) -> str:
        given = self.text(name, default)
        try:
            ZoneInfo(given)
        except (ValueError, OSError, KeyError):
            wrong(name, "a time zone, as Europe/Berlin")
        return given

    def _read(
        self, read: Callable[[str], Value], name: str, default: Value, form: str
    ) -> Value:
        given = self.text(name, "")
        try:
            return read(given) if given else default
        except ValueError:
            wrong(name, form)


def _flag(given: str) -> bool:
    if given.lower() not in YES | NO:
        raise ValueError
    return given.lower() in YES


def origin(name: str, address: str) -> str:
    """The address, if it is one that a browser can open."""
    try:
        parts = urlsplit(address)
        is_whole = parts.scheme in WEB and parts.port != 0 and bool(parts.hostname)
    except ValueError:
        is_whole = False
    return address if is_whole else wrong(name, "as https://briefing.example")


def wrong(name: str, form: str) -> NoReturn:
    refuse(f"{name} is wrong: give {form}. README.md, “Settings”, lists the variables.")


def insist_for_the_public(key: str, hosts: list[str], debug: bool) -> None:
    """What a site that is served over https cannot do without."""
    if len(key) < SHORTEST_KEY:
        refuse(
            f"HTTPS=1 needs a SECRET_KEY of {SHORTEST_KEY} characters or more: python3 "
            "-c 'import secrets; print(secrets.token_urlsafe(50))' makes one."
        )
    if not hosts or "*" in hosts:
        refuse("HTTPS=1 needs ALLOWED_HOSTS: the names of the site, commas between.")
    if debug:
        refuse("DEBUG=1 shows everybody the inside of the program: not with HTTPS=1.")
