"""The same pages as Datasette serves them: the same file, over HTTP, a process each.

Datasette gets what it can use: an immutable file whose counts were made beforehand, the
same cache of pages, and no count where it can do without. Both answer one at a time.
"""

from __future__ import annotations

import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from bench.collection import _vocabulary
from bench.figures import Figure, figure, ratios
from bench.reading import TURNS
from briefing.filters import Cursor
from sources.models import Claim, Property

ROWS = 50
WORD = _vocabulary(random.Random(1))[300]
CLAIMS = f"sources_claim?_size={ROWS}&is_public=1"
SEARCH = f"sources_searchentry?_size=20&_search={WORD}&_fts_table="
SEARCH += "sources_searchentry_fts&_fts_pk=id"


class Pair(NamedTuple):
    """One page of ours, and the page of Datasette's that shows the same rows."""

    name: str
    ours: str
    theirs: str
    word: str


def pairs() -> list[Pair]:
    key = Property.objects.get(key="p_4").pk
    newest = Claim.objects.order_by("-id")[0]
    middle = Claim.objects.order_by("id").filter(pk__gte=newest.pk // 2)[0]
    place = Cursor(middle.pk, middle.pk).encoded()
    order = "_sort_desc=id"
    return [
        Pair("list", "/claims/", f"{CLAIMS}&{order}", newest.statement),
        Pair(
            "list with a filter",
            "/claims/?property=p_4&support=supported",
            f"{CLAIMS}&{order}&property_id={key}&support=supported",
            "</html>",
        ),
        Pair(
            "list with facets",
            "/claims/",
            f"{CLAIMS}&{order}&_facet=support&_facet=property_id",
            newest.statement,
        ),
        Pair(
            "deep list",
            f"/claims/?cursor={place}",
            f"{CLAIMS}&{order}&_next={middle.pk}",
            "</html>",
        ),
        Pair("search", f"/search/?q={WORD}", SEARCH, WORD),
    ]


def measure(size: str) -> Iterator[Figure]:
    path = Path(settings.DATABASES["default"]["NAME"])
    with tempfile.TemporaryDirectory() as folder, _ours() as ours:
        file = _copied(path, Path(folder))
        with _datasette(file) as theirs:
            for pair in pairs():
                ask = _asking(ours, pair.ours, pair.word)
                rival = _asking(theirs, f"/{file.stem}/{pair.theirs}", pair.word)
                found = ratios(rival, ask, TURNS, time.perf_counter)
                name = f"{pair.name}: Datasette against it, over HTTP"
                yield figure(name, size, found, ">= 1")


def _copied(path: Path, folder: Path) -> Path:
    """A copy that nobody writes to, as Datasette asks of an immutable file."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = folder / "bench.sqlite3"
    shutil.copyfile(path, copy)
    return copy


@contextmanager
def _ours() -> Iterator[int]:
    command = [sys.executable, "-m", "gunicorn", "briefing.wsgi", "--workers", "1"]
    with _served([*command, "--bind", "127.0.0.1:{port}"]) as port:
        yield port


@contextmanager
def _datasette(file: Path) -> Iterator[int]:
    inspected = file.with_suffix(".json")
    program = [sys.executable, "-m", "datasette"]
    subprocess.run(
        [*program, "inspect", str(file), "--inspect-file", str(inspected)], check=True
    )
    command = [*program, "serve", "-i", str(file), "--inspect-file", str(inspected)]
    for name, value in (("cache_size_kb", 65536), ("facet_time_limit_ms", 20_000)):
        command += ["--setting", name, str(value)]
    command += ["--setting", "sql_time_limit_ms", "20000"]
    command += ["--setting", "suggest_facets", "off"]
    with _served([*command, "--port", "{port}"]) as port:
        yield port


@contextmanager
def _served(command: list[str]) -> Iterator[int]:
    """The port of a server that runs as long as the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    words = [word.replace("{port}", str(port)) for word in command]
    server = subprocess.Popen(words, cwd=settings.BASE_DIR, **quiet)
    try:
        _wait(port, server)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait(port: int, server: subprocess.Popen[Any]) -> None:
    for _ in range(600):
        assert server.poll() is None, server.args
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(server.args)


def _asking(port: int, path: str, word: str) -> Callable[[], Any]:
    """Ask for that page, over one connection; it is checked once."""
    connected = HTTPConnection("127.0.0.1", port, timeout=60)
    turn = count()

    def ask() -> str:
        # Nobody has accepted just this before: ours has no page of it kept.
        connected.request("GET", path, headers={"Accept": f"*/*;turn={next(turn)}"})
        answer = connected.getresponse()
        text = answer.read().decode()
        assert answer.status == 200, (path, answer.status, text[:200])
        return text

    assert word in ask(), (path, word)
    return ask
