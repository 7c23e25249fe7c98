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


@contextmanager
def server() -> Iterator[str]:
    """Start a server; give its DATABASE_URL; stop it and remove every trace."""
    found = programs()
    if found is None:
        raise FileNotFoundError(MISSING)
    # Beside /tmp the path of a socket may grow too long for the system.
    folder = Path(tempfile.mkdtemp(prefix="briefing-pg-", dir="/tmp"))
    whom = unprivileged()
    if whom:
        os.chown(folder, whom["user"], whom["group"])
    try:
        with _running(found, folder, whom):
            yield f"postgres://briefing@{quote(str(folder), safe='')}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(found: Path, folder: Path, whom: dict[str, Any]) -> Iterator[None]:
    data, log = folder / "data", folder / "log"

    def call(program: str, *options: str) -> None:
        command = [found / program, "-D", data, *options]
        subprocess.run(
            command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **whom
        )

    call(
        "initdb",
        "-U",
        "briefing",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "-N",
        "--locale=C.UTF-8",
    )
    options = OPTIONS.format(folder=folder)
    call("pg_ctl", "start", "--wait", "--silent", "-l", str(log), "-o", options)
    try:
        yield
    finally:
        call("pg_ctl", "stop", "--wait", "--silent", "--mode=immediate")


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
