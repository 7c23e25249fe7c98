"""Claims with their evidence as one table: out, and in again through the importer."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from entities.characters import stored_form
from sources.exchange import evidenced, files, tables
from sources.exchange.evidenced import CLAIM, EVIDENCE, SOURCE
from sources.exchange.importer import Importer
from sources.exchange.records import ImportRefused
from sources.models import Claim, Evidence, Source
from tests.cast import Cast, make_claim, make_property
from tests.records import FOUNDER, LABS, PERSON, load

HEAD = (
    "claim_slug,claim_subject,claim_property,claim_object,claim_statement,"
    "source_slug,source_title,evidence_slug,evidence_quote\n"
)
ROW = (
    "one,ada-vance,founder_of,northwind-labs,She did.,herald,Herald,one-herald,did it\n"
)


def read(text: str) -> files.File:
    return files.read("x.csv", text)


def problems(text: str) -> list[str]:
    with pytest.raises(ImportRefused) as refusal:
        read(text)
    return [str(problem) for problem in refusal.value.problems]


@pytest.mark.django_db
def test_it_works() -> None:
    known = ("person", PERSON), ("organisation", LABS), ("property", FOUNDER)
    load(*known)
    second = "one,,,,,post,Post,one-post,she did\n"
    file = read(HEAD + ROW + second)
    assert file.form == "a table of claims with evidence, comma between cells"
    Importer().run(file.rows)
    assert Claim.objects.get().statement == "She did."
    assert {one.source.slug for one in Evidence.objects.all()} == {"herald", "post"}


@pytest.mark.django_db
def test_what_goes_out_comes_back_unchanged(cast: Cast, tmp_path: Path) -> None:
    words = {"text": "=1+1", "status": "draft"}
    make_claim(cast.northwind, make_property("aim"), "bare", **words)
    path = tmp_path / "all.csv"
    told = io.StringIO()
    call_command("exportdata", str(path), format="evidence-csv", stderr=told)
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
    assert told.getvalue() == f"{len(rows)} rows written.\n"
    assert len(rows) == Evidence.objects.count() + 1
    assert [row["claim_text"] for row in rows if row["claim_slug"] == "bare"] == [
        "'=1+1"
    ]
    out = io.StringIO()
    call_command("importdata", str(path), stdout=out, stderr=told)
    count = sum(model.objects.count() for model in (Claim, Source, Evidence))
    assert out.getvalue() == f"0 added, 0 changed, {count} unchanged.\n"
    assert "all.csv: UTF-8, a table of claims with evidence, comma" in told.getvalue()


@pytest.mark.django_db
def test_it_brings_all_of_it_into_an_empty_database(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "all.csv"
    call_command("exportdata", str(path), format="evidence-csv", verbosity=0)
    before = path.read_bytes()
    for model in (Evidence, Claim):
        model.objects.all().delete()
    Source.objects.by_key("courier-copy").delete()
    call_command("importdata", str(path), verbosity=0)
    call_command("exportdata", str(path), format="evidence-csv", verbosity=0)
    assert path.read_bytes() == before


def test_the_table_holds_one_kind_of_row(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="holds just these"):
        path = str(tmp_path / "all.csv")
        call_command("exportdata", path, format="evidence-csv", type=["claim"])


def test_other_values_are_refused_with_both_lines() -> None:
    other = ROW.replace("She did.", "She did not.").replace("one-herald", "one-b")
    assert problems(HEAD + ROW + other) == [
        "x.csv, line 3: claim “one”, claim_statement = 'She did not.': On line 2 this "
        "claim has another value: 'She did.'."
    ]
    other = ROW.replace("Herald", "Times").replace("one-herald", "one-b")
    (problem,) = problems(HEAD + ROW + other)
    assert "source “herald”, source_title = 'Times': On line 2" in problem


def test_what_exists_may_be_named_by_its_slug_only() -> None:
    kinds = [row.kind.name for row in read(HEAD + ROW).rows]
    assert kinds == ["claim", "source", "evidence"]
    bare = "one,,,,,herald,,one-herald,did it\n"
    (evidence,) = read(HEAD + bare).rows
    assert evidence.values["claim"] == ["one"]
    assert evidence.values["source"] == ["herald"]
    (claim,) = read(HEAD + "one,ada-vance,founder_of,,She did.,,,,\n").rows
    assert claim.kind is CLAIM


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + ROW.replace("one,ada", ",ada"), "Give the claim of this row its slug"),
        (HEAD + ",,,,,herald,,one-b,did it\n", "Say which claim it is"),
        (
            HEAD + ROW.replace("one-herald", ""),
            "Give the evidence of this row its slug",
        ),
        (HEAD + "one,,,,,,,one-herald,did it\n", "Say in which source"),
        (HEAD + ROW.replace("did it", "did, it"), "This row has 10 cells"),
        (HEAD + ROW.replace("did it", '"did it'), "quotation mark that is not closed"),
        ("claim_slug,evidence_quote\none,x\n", "each evidence is known by it"),
        ("claim_slug,evidence_slug\none,x\n", "it says where the evidence stands"),
        ("claim_slug,claim_nickname\none,x\n", "There is no such column"),
        ("claim_slug,claim_slug\none,one\n", "stands twice"),
    ],
)
def test_what_breaks_the_format_is_told(text: str, told: str) -> None:
    assert any(told in problem for problem in problems(text)), problems(text)


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"),
    max_size=30,
).map(stored_form)
SLUGS = st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)


def record(kind: Any, name: str) -> st.SearchStrategy[dict[str, Any]]:
    """A record with any words in its texts, as it is exported."""
    texts = {
        one: WORDS
        for one in evidenced.FIELDS[kind]
        if one
        in ("quote", "note", "title", "statement", "text", "hedge", "status_reason")
    }
    return st.fixed_dictionaries(
        {
            "slug": SLUGS.map(lambda slug: f"{name}-{slug}"),
            "status": st.just("draft"),
            **texts,
        }
    )


@given(
    st.lists(
        st.tuples(record(CLAIM, "c"), record(SOURCE, "s"), record(EVIDENCE, "e")),
        unique_by=tuple((lambda row, at=at: row[at]["slug"]) for at in range(3)),
        max_size=5,
    )
)
def test_any_words_come_back(made: list[Any]) -> None:
    rows = (evidenced.cells_of(*row) for row in made)
    text = "".join(tables.lines(evidenced.HEADER, rows)).removeprefix("\ufeff")
    if made:
        found = iter(read(text).rows)
        for row in made:
            for given_record in row:
                values = next(found).values
                assert {name: values[name] for name in given_record} == given_record
        assert next(found, None) is None


@pytest.mark.django_db
def test_the_admin_gives_and_takes_it(cast: Cast, editor: Any, client: Any) -> None:
    client.force_login(editor)
    sent = {"action": "export_evidence_csv", "_selected_action": [cast.ada_founded.pk]}
    response = client.post("/admin/sources/claim/", sent)
    content = b"".join(response.streaming_content)
    assert content.count(b"\r\n") == 3
    assert ".evidence.csv" in response["Content-Disposition"]
    changed = content.replace(b"Claim ada-founded.", b"She founded it.")
    file = SimpleUploadedFile("claims.csv", changed)
    page = client.post("/admin/tables/", {"file": file})
    assert "0 added, 1 changed, 4 unchanged" in page.text
    assert "a table of claims with evidence, comma" in page.text
