"""The databases to measure on: made once for each size and each state of the code."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".make" / "bench"
SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
# What a made database follows from.
MAKERS = ("bench/building.py", "bench/collection.py", "bench/tables.py")
TABLES = ("entities/migrations", "sources/migrations")


def database(size: str) -> Path:
    """The database of that size, made unless it is there; nobody writes to it."""
    path = KEPT / f"{size}-{state()}.sqlite3"
    if not path.exists():
        for old in KEPT.glob(f"{size}-*"):
            old.unlink()
        _make(path, SIZES[size])
    return path


def state() -> str:
    """A fingerprint of the code that makes the databases."""
    files = [ROOT / name for name in MAKERS]
    for folder in TABLES:
        files += sorted((ROOT / folder).glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:8]


def _make(path: Path, claims: int) -> None:
    print(f"Making a database of {claims} claims ...", file=sys.stderr, flush=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    environment = {
        **os.environ,
        "BRIEFING_DB": str(unfinished),
        "DJANGO_SETTINGS_MODULE": "briefing.settings",
    }
    command = [sys.executable, "-m", "bench.building", str(claims)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    unfinished.rename(path)
