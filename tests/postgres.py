"""A PostgreSQL server of our own, for as long as something needs one.

It lives in a temporary folder, is reached through a Unix socket there and by nobody
else, and runs as an unprivileged user, as it must. From the shell:
`python -m tests.postgres COMMAND ...` runs a command with DATABASE_URL set to it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

MISSING = "PostgreSQL is not installed (Debian: apt-get install postgresql)."
# The data is thrown away with the server: nothing needs to survive a crash.
OPTIONS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off "
    "-c full_page_writes=off -c unix_socket_directories={folder}"
)


def programs() -> Path | None:
    """The folder with initdb and pg_ctl, of the newest version that is installed."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda path: float(path.parts[-3]), default=None)
    found = newest or shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def unprivileged() -> dict[str, Any]:
    """Whom to run as: PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return {}
    names = {user.pw_name for user in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@dataclass
class Server:
    """One server: its programs, its folder, as whom it runs, and on which port."""

    programs: Path
    folder: Path
    whom: dict[str, Any]
    port: int = 5432

    @property
    def url(self) -> str:
        """Its DATABASE_URL."""
        where = quote(str(self.folder), safe="")
        return f"postgres://briefing@{where}:{self.port}/postgres"

    @property
    def data(self) -> Path:
        return self.folder / f"data-{self.port}"

    def call(self, program: str, *options: str) -> None:
        subprocess.run(
            [self.programs / program, *options],
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            **self.whom,
        )

    def make(self) -> None:
        """An empty cluster of its own."""
        options = ["-U", "briefing", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        self.call("initdb", "-D", str(self.data), "-N", *options)

    def follow(self, other: Server) -> None:
        """A copy of the other's cluster, that goes on streaming what it writes."""
        options = ["-D", str(self.data), "-R", "-X", "stream", "-c", "fast", "-N"]
        where = ["-h", str(other.folder), "-p", str(other.port), "-U", "briefing"]
        self.call("pg_basebackup", *options, *where)

    @contextmanager
    def running(self) -> Iterator[Server]:
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def start(self) -> None:
        options = f"{OPTIONS.format(folder=self.folder)} -p {self.port}"
        log = str(self.folder / f"log-{self.port}")
        waiting = ["start", "--wait", "--silent", "-l", log, "-o", options]
        self.call("pg_ctl", "-D", str(self.data), *waiting)

    def stop(self) -> None:
        """End it at once; nothing happens to one that has ended."""
        if (self.data / "postmaster.pid").exists():
            ending = ["stop", "--wait", "--silent", "--mode=immediate"]
            self.call("pg_ctl", "-D", str(self.data), *ending)


@contextmanager
def _folder() -> Iterator[Server]:
    """Room for servers, of which every trace is removed in the end."""
    found = programs()
    if found is None:
        raise FileNotFoundError(MISSING)
    # Beside /tmp the path of a socket may grow too long for the system.
    folder = Path(tempfile.mkdtemp(prefix="briefing-pg-", dir="/tmp"))
    whom = unprivileged()
    if whom:
        os.chown(folder, whom["user"], whom["group"])
    try:
        yield Server(found, folder, whom)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def server() -> Iterator[str]:
    """Start a server; give its DATABASE_URL; stop it and remove every trace."""
    with _folder() as room:
        room.make()
        with room.running() as running:
            yield running.url


@contextmanager
def replicated() -> Iterator[tuple[Server, Server]]:
    """A server, and a hot standby that streams from it, on the next port."""
    with _folder() as primary:
        primary.make()
        with primary.running():
            standby = replace(primary, port=primary.port + 1)
            standby.follow(primary)
            with standby.running():
                yield primary, standby


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a private server; for tests marked `postgres`."""
    with server() as url:
        yield url


def main(command: list[str]) -> int:
    if programs() is None:
        print(MISSING, file=sys.stderr)
        return 1
    with server() as url:
        return subprocess.run(
            command, env=os.environ | {"DATABASE_URL": url}
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
