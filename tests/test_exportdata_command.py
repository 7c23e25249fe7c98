"""`manage.py exportdata`: every record, as it stands at one moment."""

from __future__ import annotations

import io
import json
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from entities.models import Person
from sources.exchange import outgoing
from sources.exchange.kinds import ORDER
from sources.models import Source, SourceText
from tests.cast import Cast, make_person

pytestmark = pytest.mark.django_db


def export(path: Any, **options: Any) -> str:
    err = io.StringIO()
    call_command("exportdata", str(path), stderr=err, **options)
    return err.getvalue()


def test_it_works(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    said = export(file)
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert said == f"{len(rows)} records written.\n"
    counts = {kind.name: kind.model.objects.count() for kind in ORDER}
    assert {row["type"] for row in rows} == {name for name in counts if counts[name]}
    assert len(rows) == sum(counts.values())
    assert list(tmp_path.iterdir()) == [file]


def test_it_writes_to_standard_output(cast: Cast, tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "all.jsonl"
    export(file)
    capsys.readouterr()
    export("-")
    assert capsys.readouterr().out == file.read_text()


def test_texts_are_written_only_when_asked_for(cast: Cast, tmp_path: Path) -> None:
    source = Source(slug="bare")
    source.save()
    SourceText(source=source, text="Private words.").save()
    file = tmp_path / "all.jsonl"
    export(file)
    assert "Private words" not in file.read_text()
    export(file, with_texts=True)
    assert '"text": "Private words."' in file.read_text()


def test_one_type_can_be_chosen(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "people.jsonl"
    export(file, type=["person", "source"])
    types = [json.loads(line)["type"] for line in file.read_text().splitlines()]
    assert set(types) == {"person", "source"}


def test_a_file_that_cannot_be_written_is_told(cast: Cast) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        export("/no/such/folder/all.jsonl")


def test_an_old_file_stays_until_the_new_one_is_whole(
    cast: Cast, tmp_path: Path, monkeypatch: Any
) -> None:
    def stop(*args: Any) -> Any:
        raise KeyboardInterrupt
        yield

    file = tmp_path / "all.jsonl"
    file.write_text("of yesterday")
    monkeypatch.setattr(outgoing, "records", stop)
    with pytest.raises(SystemExit):
        export(file)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["of yesterday"]


@pytest.mark.django_db(transaction=True)
def test_it_holds_one_moment_while_others_write(
    tmp_path: Path, monkeypatch: Any
) -> None:
    make_person("Ada Vance")
    read = outgoing.records

    def records(kind: Any, rows: Any) -> Any:
        if kind.model is Person:
            writer = Thread(target=_write)
            writer.start()
            writer.join()
        return read(kind, rows)

    monkeypatch.setattr(outgoing, "records", records)
    export(tmp_path / "all.jsonl")
    assert '"ada-vance"' in (tmp_path / "all.jsonl").read_text()
    assert '"late"' not in (tmp_path / "all.jsonl").read_text()
    assert Person.objects.filter(slug="late").exists()


def _write() -> None:
    """Somebody saves meanwhile, and does not have to wait."""
    make_person("Late", slug="late")
    connection.close()
