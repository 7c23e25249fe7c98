"""The site as `make run` serves it, on a port and a database of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.commands import Place
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
        return self.process.wait(timeout=120)


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


@contextmanager
def server(
    place: Place, program: str = "briefing.wsgi", **settings: str
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Gunicorn with two workers, in a group of its own that is killed as one."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", program, "--workers=2"]
    process = subprocess.Popen(
        [*command, "--threads=8", f"--bind=127.0.0.1:{port}", "--log-level=error"],
        cwd=ROOT,
        env={**place.environment, "DEBUG": "1", **settings},
        start_new_session=True,
    )
    try:
        _wait_until_well(port)
        yield port, process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_until_well(port: int) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=120)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The server did not start.")


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
