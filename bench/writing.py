"""Many at one database: sixteen processes that save claims, and two that read.

Each transaction reads a claim and saves it through the project's own way: version,
history, everything that follows. Whoever finds a newer version reads again.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import OperationalError
from django.test import Client

if __name__ == "__main__":
    django.setup()

from bench.figures import Figure, figure
from bench.sizes import ROOT
from sources.models import Claim

WRITERS, READERS = 16, 2
# Transactions of each writer; the greater sizes say the same of the same queue.
EACH = {"10k": 4, "100k": 500}
FIRST = 100


def measure(size: str) -> Iterator[Figure]:
    if size not in EACH:
        return
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy.sqlite3"
        shutil.copyfile(settings.DATABASES["default"]["NAME"], copy)
        told = _run(copy, EACH[size])
    wanted = WRITERS * EACH[size]
    kept = sum(one["kept"] for one in told)
    locked = sum(one["locked"] for one in told)
    waits = [wait for one in told for wait in one["waits"]]
    name = f"{WRITERS} writers x {EACH[size]} saves"
    yield figure(f"{name}: lost", size, [wanted - kept - locked], "<= 0", "saves")
    yield figure(f"{name}: locked out", size, [locked], "<= 0", "saves")
    yield figure(f"{name}: longest wait", size, [max(waits)], "<= 2", "s")


def _run(copy: Path, each: int) -> list[dict[str, Any]]:
    """What the writers tell, while the readers read; each has a claim of its own."""
    environment = {**os.environ, "BRIEFING_DB": str(copy)}

    def start(*arguments: Any) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "bench.writing", *map(str, arguments)]
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE
        )

    readers = [start("read", 0, 0) for _ in range(READERS)]
    writers = [start("write", FIRST + nth, each) for nth in range(WRITERS)]
    told = [json.loads(writer.communicate()[0]) for writer in writers]
    for reader in readers:
        reader.terminate()
        reader.communicate()
    return told


def _write(key: int, each: int) -> dict[str, Any]:
    """Save a claim so often; how many of the saves its history has."""
    waits, locked = [], 0
    before = Claim.history.filter(id=key).count()
    for nth in range(each):
        began = time.monotonic()
        try:
            claim = Claim.objects.get(pk=key)
            claim.statement = f"Sentence {nth} of claim {key}."
            claim.full_clean()
            claim.save()
        except OperationalError:
            locked += 1
        waits.append(time.monotonic() - began)
    kept = Claim.history.filter(id=key).count() - before
    return {"kept": kept, "locked": locked, "waits": waits}


def _read() -> None:
    reader = Client(headers={"host": "localhost"})
    while True:
        assert reader.get("/organisations/e-0/").status_code == 200


if __name__ == "__main__":
    if sys.argv[1] == "read":
        _read()
    print(json.dumps(_write(int(sys.argv[2]), int(sys.argv[3]))))
