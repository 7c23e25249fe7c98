"""Publishing shows how far it has come, and Ctrl-C leaves what was there as it was."""

from __future__ import annotations

import signal
import subprocess
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from sources import progress
from sources.flat import edition as database
from tests.cast import Cast
from tests.commands import Place
from tests.edition import files, publish
from tests.test_progress import Terminal


def stopped(running: subprocess.Popen[str], aside: Path) -> list[str]:
    """Let it lay its first file aside, then press Ctrl-C; what it told."""
    while not list(aside.glob("*/*")) and running.poll() is None:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=120)
    assert running.returncode == 130, told
    return told.splitlines()


@pytest.mark.slow
def test_ctrl_c_removes_what_was_begun(place: Place, tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    running = place.start("publish", tmp_path / "site")
    told = stopped(running, tmp_path / "site.edition.new")
    assert told == ["Stopped: the edition is as it was."]
    kept = {one.name for one in tmp_path.iterdir()}
    assert not [name for name in kept if name.startswith("site")]
    assert {one.name for one in before} <= kept


@pytest.mark.slow
def test_ctrl_c_leaves_the_old_edition_whole(place: Place, tmp_path: Path) -> None:
    site, base = tmp_path / "site", "--base-url=https://other.example"
    assert place.run("publish", site).returncode == 0
    before = files(site)
    told = stopped(place.start("publish", site, base), tmp_path / "site.edition.new")
    assert told == ["Stopped: the edition is as it was."]
    assert files(site) == before
    done = place.run("publish", site)
    assert "0 written, 0 deleted" in done.stdout


def stop(*args: Any, **options: Any) -> None:
    raise KeyboardInterrupt


def told_and_code(*args: Any, **options: Any) -> tuple[str, Any]:
    err = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(*args, stdout=StringIO(), stderr=err, **options)
    return err.getvalue(), ended.value.code


def test_ctrl_c_leaves_the_database_that_was_there(
    cast: Cast, tmp_path: Path, monkeypatch: Any
) -> None:
    file = tmp_path / "public.sqlite3"
    call_command("publish", sqlite=str(file), stdout=StringIO())
    before = files(tmp_path)
    monkeypatch.setattr(database, "_finish", stop)
    told = told_and_code("publish", sqlite=str(file))
    assert told == (f"Stopped: {file} is as it was.\n", 130)
    assert files(tmp_path) == before


def test_ctrl_c_leaves_the_export_that_was_there(
    cast: Cast, tmp_path: Path, monkeypatch: Any
) -> None:
    name, file = "jsonld", tmp_path / "export"
    call_command("exportformat", name, str(file), stderr=StringIO())
    before = files(tmp_path)
    monkeypatch.setattr(progress.Progress, "step", stop)
    told = told_and_code("exportformat", name, str(file))
    assert told == (f"Stopped: {file} is as it was.\n", 130)
    assert files(tmp_path) == before
    to_pipe = told_and_code("exportformat", name, "-")
    assert to_pipe == ("Stopped: what was written is not whole.\n", 130)


def test_each_part_of_the_work_shows_itself(
    cast: Cast, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(progress, "EVERY", 0)
    out = Terminal()
    publish(tmp_path / "site", stderr=out)
    told = out.getvalue()
    for noun in ("thousand rows compared", "pages of lists", "pages of the timeline"):
        assert f" {noun}, " in told
    for noun in ("records", "files of names", "files moved"):
        assert f" {noun}, " in told and " left" in told
    assert told.rstrip("\n").endswith("\r\x1b[K")
    quiet = StringIO()
    publish(tmp_path / "site", stderr=quiet)
    assert quiet.getvalue() == ""
