"""`manage.py importdata`: any number of records, all of them or none."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from entities.models import Alias, Entity, Person
from sources.exchange import importer, jsonlines, spool
from sources.models import Claim, Evidence, Question, Source, SourceText
from tests.records import FILE, HERALD, PERSON, counts

pytestmark = pytest.mark.django_db


def lines(*records: Any) -> str:
    """Records as their type and values, as JSON Lines."""
    rows = ({"type": name, **values} for name, values in records)
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text(lines(*FILE))
    return path


def told(*args: Any, **options: Any) -> str:
    out = io.StringIO()
    call_command("importdata", *map(str, args), stdout=out, **options)
    return out.getvalue()


def refused(*args: Any, **options: Any) -> str:
    """Why it was refused; nothing may have been written."""
    before = counts()
    with pytest.raises(CommandError) as error:
        told(*args, **options)
    assert counts() == before
    return str(error.value)


def test_it_works(file: Path) -> None:
    assert told(file) == "8 added, 0 changed, 0 unchanged.\n"
    assert Claim.objects.public().get().slug == "ada-founded"
    assert told(file) == "0 added, 0 changed, 8 unchanged.\n"


def test_each_record_has_its_history(file: Path) -> None:
    told(file)
    row = Person.objects.get().history.get()
    assert (row.history_type, row.history_change_reason) == (
        "+",
        "imported from a file",
    )
    question = Question.objects.get(slug="ada-vance-founder-of")
    assert question.history.count() == 1


def test_it_reads_standard_input(monkeypatch: Any) -> None:
    content = io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + lines(*FILE).encode()))
    monkeypatch.setattr("sys.stdin", content)
    assert told("-").startswith("8 added")


def test_a_dry_run_writes_nothing(file: Path) -> None:
    before = counts()
    report = file.with_name("report.jsonl")
    assert told(file, dry_run=True, report=str(report)) == (
        "Nothing was written; it would be: 8 added, 0 changed, 0 unchanged.\n"
    )
    assert counts() == before
    rows = [json.loads(line) for line in report.read_text().splitlines()]
    assert rows[0] == {
        "outcome": "added",
        "file": "records.jsonl",
        "line": 4,
        "type": "property",
        "key": "founder_of",
    }
    assert len(rows) == 8


def test_case_21_every_problem_is_named_in_one_run(file: Path, tmp_path: Path) -> None:
    with file.open("a") as more:
        more.write("{no json\n")
        more.write(lines(("person", {"slug": "Bad Slug", "name": "B"})))
        more.write(lines(("claim", {"slug": "c", "subject": "nobody"})))
    file.write_bytes(file.read_bytes() + b'{"type": "person", "slug": "\xff"}\n')
    report = tmp_path / "report.jsonl"
    message = refused(file, report=str(report))
    assert message.startswith("Nothing was imported. 6 problems:\n")
    for part in ("line 9", "line 10", "There is no entity “nobody”", "byte 29"):
        assert part in message
    rows = [json.loads(line) for line in report.read_text().splitlines()]
    assert {row["outcome"] for row in rows} == {"refused"}
    assert {row["line"] for row in rows} == {9, 10, 11, 12}


def test_it_stops_at_the_limit_that_was_given(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text(lines(*(("person", {"slug": f"p-{n}"}) for n in range(9))))
    message = refused(file, most_problems=3)
    assert "3 problems (and perhaps more: --most-problems tells more)" in message


def test_case_31_a_line_without_an_end_is_refused(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(jsonlines, "LONGEST", 100)
    file = tmp_path / "long.jsonl"
    file.write_text(lines(("person", PERSON)) + '{"type": "' + "x" * 500)
    assert "line 2: record: This line is too long" in refused(file)


@pytest.mark.parametrize(
    ("args", "options", "why"),
    [
        ((), {}, "Name a file"),
        (("gone.jsonl",), {}, "gone.jsonl, line 1: file: It cannot be read"),
        (("gone.csv",), {}, "gone.csv, line 1: file: It cannot be read"),
        ((), {"texts": Path("gone")}, "There is no folder “gone”"),
    ],
)
def test_it_says_what_it_needs(args: Any, options: Any, why: str) -> None:
    assert why in refused(*args, **options)


def test_a_report_that_cannot_be_written_is_told(file: Path) -> None:
    assert "cannot be written" in refused(file, report="/no/such/folder/report")


def test_it_is_told_that_nothing_stays_when_interrupted(
    file: Path, monkeypatch: Any
) -> None:
    def stop(*args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(importer.Importer, "_finish", stop)
    with pytest.raises(SystemExit) as stopped:
        call_command("importdata", file)
    assert stopped.value.code == 130


class TestTexts:
    TEXT = "They founded Northwind Labs in spring."

    def test_a_folder_gives_each_source_its_text(
        self, file: Path, tmp_path: Path
    ) -> None:
        folder = tmp_path / "texts"
        folder.mkdir()
        (folder / "herald.txt").write_text(self.TEXT)
        assert told(file, texts=folder).startswith("9 added")
        evidence = Evidence.objects.get()
        assert (evidence.anchor, evidence.start) == ("verified", 5)
        assert Source.objects.get().text_sha256

    def test_they_come_as_records_too(self, tmp_path: Path) -> None:
        file = tmp_path / "texts.jsonl"
        text = {"source": "bare", "text": self.TEXT}
        file.write_text(lines(("source_text", text), ("source", {"slug": "bare"})))
        assert told(file).startswith("2 added")
        # A source without title, date or author is one.
        assert SourceText.objects.get().source.slug == "bare"

    def test_a_text_of_no_source_is_refused_by_name(self, tmp_path: Path) -> None:
        (tmp_path / "nobody.txt").write_text(self.TEXT)
        (tmp_path / "torn.txt").write_bytes(b"\xff\xfe\xfd")
        message = refused(texts=tmp_path)
        assert "nobody.txt, line 1: source_text “nobody”, source" in message
        assert "torn.txt, line 1: file: It cannot be read as UTF-8" in message


class TestChunks:
    """The same comes of it wherever a chunk of records ends."""

    @pytest.fixture(autouse=True)
    def small(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(spool, "CHUNK", 2)

    def test_records_follow_what_they_point_at(self, tmp_path: Path) -> None:
        file = tmp_path / "chain.jsonl"
        chain = [
            ("source", {"slug": f"s-{n}", "derived_from": f"s-{n + 1}"})
            for n in range(6)
        ]
        more = {"derivation": "copy", "lineage": "derived"}
        rows = [(name, values | more) for name, values in chain]
        file.write_text(lines(*rows, ("source", {"slug": "s-6"})))
        assert told(file).startswith("7 added")
        assert Source.objects.get(slug="s-0").derived_from.slug == "s-1"

    def test_a_circle_is_refused_by_name(self, tmp_path: Path) -> None:
        file = tmp_path / "circle.jsonl"
        ends = [("a", "b"), ("b", "a"), ("c", "a")]
        rows = [("source", {"slug": one, "derived_from": to}) for one, to in ends]
        file.write_text(lines(*rows))
        message = refused(file)
        assert message.count("This leads round in a circle.") == 3

    def test_names_may_be_shared(self, tmp_path: Path) -> None:
        file = tmp_path / "names.jsonl"
        people = [("person", {"slug": f"ada-{n}", "name": "Ada"}) for n in range(3)]
        names = [
            ("alias", {"entity": f"ada-{n % 3}", "text": f"A. {n // 3}"})
            for n in range(6)
        ]
        uses = [
            ("alias_use", {"alias": [f"ada-{n}", "A. 1"], "source": "herald"})
            for n in range(3)
        ]
        file.write_text(lines(*uses, *names, *people, ("source", HERALD)))
        assert told(file).startswith("13 added")
        assert (Entity.objects.count(), Alias.objects.count()) == (3, 6)
        assert told(file).startswith("0 added, 0 changed, 13 unchanged")

    def test_one_that_the_database_refuses_is_named_alone(self, file: Path) -> None:
        again = {**dict(FILE)["claim"], "slug": "labs-cost-again"}
        with file.open("a") as more:
            more.write(lines(("claim", again)))
        (problem,) = refused(file).splitlines()[1:]
        assert "line 9: claim “labs-cost-again”: This claim exists already" in problem


def test_two_new_questions_can_want_one_address(file: Path) -> None:
    cost = dict(FILE)["claim"]
    rows = [
        ("claim", {**cost, "slug": f"cost-{n}", "qualifier": qualifier})
        for n, qualifier in enumerate(["of chips", "of chips!"])
    ]
    with file.open("a") as more:
        more.write(lines(*rows))
    told(file)
    slugs = Question.objects.filter(property__key="cost").order_by("slug")
    assert list(slugs.values_list("slug", flat=True)) == [
        "northwind-labs-cost",
        "northwind-labs-cost-of-chips",
        "northwind-labs-cost-of-chips-2",
    ]
