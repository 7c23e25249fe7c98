"""The site as `make run` serves it, on a port and a database of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.tree import ROOT

PATIENCE = 240


@dataclass
class Site:
    """A running site: where it is, and what it told the terminal."""

    url: str
    process: subprocess.Popen[str]
    log: Path

    def told(self) -> str:
        return self.log.read_text()

    def stop(self) -> int:
        """End it as Ctrl-C does; give its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=20)


@contextmanager
def serving(folder: Path, **environment: str) -> Iterator[Site]:
    """Serve from that folder's database, made if it is not there, or from another."""
    port, log = free_port(), folder / "served.log"
    env = os.environ | {
        "BRIEFING_DB": str(folder / "served.sqlite3"),
        "PORT": str(port),
        "SECRET_KEY": "for-one-test-only",
    }
    env.pop("DATABASE_URL", None)
    env |= environment
    with log.open("w") as out:
        command = ["sh", ".ci/serve"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, text=True, stdout=out, stderr=out
        )
    site = Site(f"http://127.0.0.1:{port}", process, log)
    try:
        _wait_for(site, port)
        yield site
    finally:
        if process.poll() is None:
            site.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(site: Site, port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and site.process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"The site did not start:\n{site.told()}")
