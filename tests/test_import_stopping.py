"""Ctrl-C during an import, a load or a rebuild leaves everything as it was."""

from __future__ import annotations

import json
import signal
import time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from entities.models import Person
from sources import indexing
from sources.exchange import importer
from sources.models import SearchEntry
from tests.cast import Cast
from tests.commands import Place


def people(file: Path, count: int) -> Path:
    """A file of so many people."""
    rows = (
        {"type": "person", "slug": f"p-{n}", "name": f"P {n}"} for n in range(count)
    )
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


def has_begun(part: Path) -> bool:
    """Whether something was told already of what became of the records."""
    return part.exists() and part.stat().st_size > 0


@pytest.mark.slow
def test_ctrl_c_leaves_nothing_half_imported(place: Place, tmp_path: Path) -> None:
    file, report = people(tmp_path / "people.jsonl", 3_000), tmp_path / "report"
    running = place.start("importdata", file, f"--report={report}")
    while not has_begun(tmp_path / ".report.part") and running.poll() is None:
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=120)
    assert (running.returncode, told) == (130, "Stopped: nothing was imported.\n")
    assert not report.exists() and not (tmp_path / ".report.part").exists()
    assert place.ask("SELECT 1 FROM entities_entity WHERE slug LIKE 'p-%'") == []
    # The database is free: whoever comes next waits for nobody.
    done = place.run("importdata", people(file, 3))
    assert done.stdout == "3 added, 0 changed, 0 unchanged.\n"


def stop(*args: Any, **options: Any) -> None:
    raise KeyboardInterrupt


def told(*args: Any, **options: Any) -> tuple[str, Any]:
    err = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(*args, stdout=StringIO(), stderr=err, **options)
    return err.getvalue(), ended.value.code


@pytest.mark.django_db
def test_ctrl_c_leaves_nothing_half_loaded(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(importer.Importer, "_finish", stop)
    file = people(tmp_path / "people.jsonl", 3)
    assert told("loaddata", str(file)) == ("Stopped: nothing was loaded.\n", 130)
    assert not Person.objects.exists()


def test_ctrl_c_leaves_what_was_derived(cast: Cast, monkeypatch: Any) -> None:
    SearchEntry.objects.all().delete()
    monkeypatch.setattr(indexing, "forget_what_has_gone", stop)
    assert told("rebuild") == ("Stopped: all is as it was.\n", 130)
    assert not SearchEntry.objects.exists()
