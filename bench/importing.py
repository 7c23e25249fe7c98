"""Importing and exporting: the time beside plain SQL, and the most memory it takes.

The importer reads JSON Lines, validates, writes history and all that is derived. Beside
it the rows that it has written go into an empty database of the same tables by
`executemany` alone. Each import is a process with a database of its own.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench.collection import lines
from bench.figures import Figure, figure
from bench.sizes import ROOT

# How many claims are imported at each size: an import of all would take too long.
CLAIMS = {"10k": 500, "100k": 2_000, "1m": 10_000}
MEMORY = "<= 200"
OURS = ("sources_", "entities_")


def measure(size: str) -> Iterator[Figure]:
    claims = CLAIMS[size]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "records.jsonl").write_text("".join(lines(claims)))
        told = _run(folder, "load", folder / "into.sqlite3")
        assert told["claims"] == claims, told
        shares = [100 * _plain(folder) / told["seconds"] for _ in range(3)]
        name = f"import of {claims} claims: speed of executemany"
        yield figure(name, size, shares, ">= 55", "%")
        yield figure("memory while importing", size, [told["memory"]], MEMORY, "MB")
    if size == "1m":
        # Each export reads the whole database: the greatest size tells all.
        with tempfile.TemporaryDirectory() as name:
            told = _run(
                Path(name), "export", Path(settings.DATABASES["default"]["NAME"])
            )
            yield figure("memory while exporting", size, [told["memory"]], MEMORY, "MB")


def _run(folder: Path, what: str, database: Path | str) -> dict[str, float]:
    """What a process that loads or exports tells of itself."""
    command = [sys.executable, "-m", "bench.importing", what, str(folder)]
    environment = {**os.environ, "BRIEFING_DB": str(database)}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True
    )
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def _plain(folder: Path) -> float:
    """The processor time in which all rows of the import go in by themselves."""
    full = sqlite3.connect(folder / "into.sqlite3")
    empty = sqlite3.connect(folder / "empty.sqlite3", isolation_level=None)
    tables = [
        name
        for (name,) in full.execute("SELECT name FROM sqlite_master WHERE type='table'")
        if name.startswith(OURS) and "_fts" not in name
    ]
    rows = {name: full.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}  # noqa: S608
    began = time.process_time()
    empty.execute("BEGIN IMMEDIATE")
    for name, kept in rows.items():
        if kept:
            places = ", ".join("?" * len(kept[0]))
            empty.executemany(f'INSERT INTO "{name}" VALUES ({places})', kept)  # noqa: S608
    spent = time.process_time() - began
    empty.execute("ROLLBACK")
    return spent


def _load(folder: Path) -> dict[str, float]:
    call_command("migrate", verbosity=0)
    connection.cursor().execute("VACUUM INTO %s", [str(folder / "empty.sqlite3")])
    began = time.process_time()
    call_command("importdata", str(folder / "records.jsonl"), stdout=sys.stderr)
    spent = time.process_time() - began
    claims = connection.cursor().execute("SELECT count(*) FROM sources_claim")
    return {"seconds": spent, "claims": claims.fetchone()[0]}


def _export(folder: Path) -> dict[str, float]:
    call_command("exportdata", str(folder / "out.jsonl"), stdout=sys.stderr)
    with (folder / "out.jsonl").open() as file:
        assert sum(1 for _ in file) > 0
    return {}


def _most() -> float:
    """The most memory that this process held, in MB, without what its parent did."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no VmHWM")


if __name__ == "__main__":
    django.setup()
    done = {"load": _load, "export": _export}[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({**done, "memory": _most()}))
