"""The JSON Schemas in docs/schemas: what the code would write, and what files hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from jsonschema import Draft202012Validator as Validator

from sources.exchange import schemas
from sources.exchange.kinds import BY_NAME
from tests.records import CITED, FILE, FOUNDED, HERALD, PERSON, SPENT
from tests.tree import ROOT, fail_with

FOLDER = ROOT / "docs" / "schemas"


def problems(record: dict[str, Any]) -> list[str]:
    validator = Validator(schemas.schema(BY_NAME[record["type"]]))
    return [error.message for error in validator.iter_errors(record)]


def test_it_works() -> None:
    for name, record in FILE:
        assert problems({"type": name, **record}) == []


def test_each_file_is_what_the_code_would_write() -> None:
    written = {path.name: path.read_text() for path in FOLDER.glob("*")}
    made = dict(schemas.files())
    stale = [
        name
        for name in made.keys() | written.keys()
        if made.get(name) != written.get(name)
    ]
    fail_with(sorted(stale), "make schemas.")
    for content in made.values():
        Validator.check_schema(json.loads(content))


def test_the_command_writes_them(tmp_path: Path) -> None:
    call_command("exportschemas", str(tmp_path / "schemas"))
    assert len(list((tmp_path / "schemas").iterdir())) == len(BY_NAME)
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="cannot be written to"):
        call_command("exportschemas", str(tmp_path / "file"))


@pytest.mark.django_db
def test_every_line_of_the_demonstration_fits(tmp_path: Path) -> None:
    call_command("loaddemo", verbosity=0)
    call_command("exportdata", str(tmp_path / "all.jsonl"), verbosity=0)
    lines = (tmp_path / "all.jsonl").read_text().splitlines()
    records = [json.loads(line) for line in lines]
    assert len(records) > 900
    ill = {record["type"]: problems(record) for record in records if problems(record)}
    assert ill == {}


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        ("person", PERSON | {"nickname": "Ada"}),
        ("person", PERSON | {"status": "public"}),
        ("person", PERSON | {"name": None}),
        ("person", {"name": "Ada Vance"}),
        ("source", HERALD | {"slug": "The Herald"}),
        ("claim", FOUNDED | {"subject": None}),
        ("claim", FOUNDED | {"contradicts": "other"}),
        ("claim", SPENT | {"amount": "about 6"}),
        ("claim", SPENT | {"no_value": "no"}),
        ("evidence", CITED | {"start": -1}),
        ("evidence", CITED | {"claim": ["a", "b"]}),
        ("evidence", CITED | {"stance": ""}),
    ],
)
def test_hostile_lines_do_not_fit(kind: str, record: dict[str, Any]) -> None:
    assert problems({"type": kind, **record})
