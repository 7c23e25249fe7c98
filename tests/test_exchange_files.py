"""Files of records: told apart, decoded, and each problem of their form named."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from entities.models import Organisation, Person
from sources.exchange import files
from sources.exchange.importer import Importer
from sources.exchange.kinds import BY_NAME, ORDER, Kind
from sources.exchange.records import ImportRefused
from sources.models import Claim
from tests.records import FILE, load
from tests.tree import text

PEOPLE = "slug,name,family_name\nada-vance,Ada Vance,Vance\n"
LINE = '{"type": "person", "slug": "ada-vance", "name": "Ada Vance"}\n'


def read(text: str | bytes, kind: str = "") -> files.File:
    content = text if isinstance(text, bytes) else text.encode()
    return files.read("x", files.decode("x", content)[0], BY_NAME.get(kind))


def problems(text: str | bytes, kind: str = "") -> list[str]:
    with pytest.raises(ImportRefused) as refusal:
        read(text, kind)
    return [str(problem) for problem in refusal.value.problems]


def test_it_works() -> None:
    (row,) = read(PEOPLE).rows
    assert (row.kind.name, row.place.line) == ("person", 2)
    assert row.values == {
        "slug": "ada-vance",
        "name": "Ada Vance",
        "family_name": "Vance",
    }
    (row,) = read(LINE).rows
    assert (row.kind.name, row.values["name"]) == ("person", "Ada Vance")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1252"]
)
@pytest.mark.parametrize(
    ("delimiter", "word"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")]
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_case_31_it_tells_encoding_and_delimiter(
    encoding: str, delimiter: str, word: str, line_end: str
) -> None:
    text = "slug,name,family_name\nzoe,Zoë “Z” Vance,Vance\n"
    text = text.replace(",", delimiter).replace("\n", line_end)
    content = text.encode(encoding)
    decoded, told = files.decode("x", content)
    assert told == ("utf-8" if encoding == "utf-8-sig" else encoding)
    file = files.read("x", decoded)
    assert file.form == f"a table, {word} between cells"
    assert file.rows[0].values["name"] == "Zoë “Z” Vance"


def test_it_takes_what_a_spreadsheet_adds() -> None:
    text = "\nslug , name,category,,\nlabs,Labs,,,\n,,,,\n\n"
    (row,) = read(text, "organisation").rows
    assert row.values == {"slug": "labs", "name": "Labs", "category": ""}
    assert row.place.line == 3


def test_it_asks_where_columns_do_not_tell() -> None:
    file = read("slug,name,category\nlabs,Labs,company\n")
    assert [kind.name for kind in file.kinds] == ["organisation", "event"]
    assert file.rows == []
    text = "type,slug,name\nevent,opening,Opening\n"
    assert read(text, "person").rows[0].kind.name == "event"


def test_it_reads_a_cell_of_several_lines() -> None:
    text = 'slug,name,summary\r\nada,Ada,"One, “two”\r\nthree"\r\nbob,Bob,\r\n'
    ada, bob = read(text, "person").rows
    assert ada.values["summary"] == "One, “two”\nthree"
    assert bob.place.line == 4


@pytest.mark.django_db
def test_a_column_that_is_not_there_keeps_what_stands() -> None:
    load(*FILE)
    text = "slug,statement,status,unit\nlabs-cost,It spent some.,,\n"
    with pytest.raises(ImportRefused, match="A number needs its unit"):
        Importer().run(read(text).rows)
    Importer().run(read(text.replace(",unit", "").replace(",,", ",")).rows)
    claim = Claim.objects.get(slug="labs-cost")
    assert (claim.statement, claim.unit, claim.amount) == ("It spent some.", "USD", 6e6)
    assert claim.status == "draft"


@pytest.mark.django_db
def test_the_command_loads_each_form(tmp_path: Any, capsys: Any) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-16")
    (tmp_path / "more.jsonl").write_text(LINE.replace("ada", "bob"), encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("people.csv", "more.jsonl")]
    call_command("loaddata", *paths)
    assert capsys.readouterr().out == "2 added, 0 changed, 0 unchanged.\n"
    assert Person.objects.get(slug="ada-vance").family_name == "Vance"


@pytest.mark.django_db
def test_the_command_says_what_it_cannot_tell(tmp_path: Any) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text("slug,name,category\nlabs,Labs,company\n")
    with pytest.raises(CommandError, match="fit organisation and event: add a column"):
        call_command("loaddata", str(path))
    path.write_text("type,slug,name,category\norganisation,labs,Labs,company\n")
    call_command("loaddata", str(path), verbosity=0)
    assert Organisation.objects.get().name == "Labs"


BAD_TABLES = [
    ("slug,slug,name\na,b,c\n", "line 1: first line, slug = 'slug': This name stands"),
    ("slug,nom,name\na,b,c\n", "nom = 'nom': There is no such field in any kind"),
    ("type,slug,nom\nperson,a,b\n", "There is no such field. Person has: type, slug"),
    (
        "type,name\nperson,Ada\n",
        "line 1: first line, slug = 'slug': This column is missing",
    ),
    ("amount,family_name\n1,2\n", "These names together fit no kind of record"),
    ("slug,name,family_name\na,b\n", "line 2: row: This row has 2 cells and the first"),
    ("slug,name,family_name\na,b,c,d\n", "line 2: row: This row has 4 cells"),
    ('slug,name,family_name\na,"b,c\n', "line 2: row: From here on it cannot be read"),
    ('slug,name,family_name\na,"b"c,d\n', "a quotation mark that is not closed"),
    ("type,slug\nperson,a\nclaim,b\n", "line 3: row: “claim” is another type, or none"),
    ("type,slug\nperson,a\npersn,b\n", "line 3: row: “persn” is another type, or none"),
    ("just words\nno table\n", "just words = 'just words': There is no such field"),
    ("\n\n", "It is empty"),
    ("\0\0", "It is empty"),
    ("[{}]", "It is a list: give each record on a line of its own"),
    (b"PK\x03\x04rest", "It is a workbook: save it as CSV, in UTF-8."),
    (b"\xd0\xcf\x11\xe0rest", "It is a workbook"),
    ("slug,name\na,b\0c\n", "It is not text: it has a control character"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "line 1: file: It is not text"),
    (b"\x81\x8d\x8f\x90\x9d slug", "It is not text in UTF-8, UTF-16 or Windows-1252"),
]


@pytest.mark.parametrize(("text", "message"), BAD_TABLES)
def test_case_31_it_names_what_is_wrong_with_a_table(text: Any, message: str) -> None:
    assert message in "\n".join(problems(text))


BAD_LINES = [
    ("{\n", "line 1: record: This is not JSON on one line"),
    ('{"type": "person", "slug": "a",}\n', "This is not JSON on one line"),
    (LINE + "[1]\n", "line 2: record: This is not a record"),
    (LINE + "ada\n", "line 2: record: This is not JSON on one line"),
    ('{"slug": "a"}\n', "This record has no `type`. Choose one of: property, person"),
    ('{"type": "robot"}\n', "There is no type 'robot'. Choose one of"),
    ('{"type": ["person"]}\n', "There is no type ['person']."),
    ('{"type": "person", "slug": "a", "slug": "b"}\n', "“slug” stands twice."),
    ('{"type": "claim", "amount": NaN}\n', "NaN is no number."),
    ('{"type": "claim", "amount": -Infinity}\n', "-Infinity is no number."),
    ('{"type": "claim", "amount": 1e999999999}\n', "too big a number to be any use"),
    ('{"type": "claim", "amount": 1e99999999999999999999}\n', "too big a number"),
    ('{"type": "claim", "order": %s}\n' % ("9" * 5000), "too big a number"),
    ('{"type": "person", "name": "a\0b"}\n', "It is not text: it has a control"),
    ('{"a":' * 100_000 + "\n", "nested too deeply"),
]


@pytest.mark.parametrize(("text", "message"), BAD_LINES)
def test_case_33_it_names_what_is_wrong_with_a_line(text: str, message: str) -> None:
    assert message in "\n".join(problems(text))


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Any) -> None:
    with pytest.raises(ImportRefused, match="gone.csv, line 1: file: It cannot be"):
        files.rows(tmp_path / "gone.csv")


def test_a_blank_line_is_nothing() -> None:
    assert len(read(f"{LINE}\n  \n{LINE}").rows) == 2


def test_every_bad_line_is_named_at_once() -> None:
    assert len(problems("{\n" + LINE + "7\n" + "{}\n")) == 3
    assert len(problems("slug,name,family_name\na\nb\n" + "c,d,e\n")) == 2


@pytest.mark.parametrize("kind", ORDER, ids=str)
def test_every_field_is_documented(kind: Kind) -> None:
    lines = text(Path("docs/formats.md")).splitlines()
    (row,) = [line for line in lines if line.startswith(f"| {kind} |")]
    assert re.findall(r"`(\w+)`", row) == kind.names


def test_the_example_in_the_documentation_is_read() -> None:
    example = re.findall(r"^    (\{.*\})$", text(Path("docs/formats.md")), re.MULTILINE)
    assert [row.kind.name for row in read("\n".join(example)).rows] == [
        "person",
        "claim",
    ]
