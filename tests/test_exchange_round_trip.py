"""Records out and in again: nothing is lost, nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from entities.models import Alias, Person
from sources.exchange import cells, files, jsonlines, outgoing, tables, workbook
from sources.exchange.importer import Importer
from sources.exchange.kinds import BY_NAME, ORDER, Kind
from sources.exchange.records import Report, Row
from sources.models import AliasUse, Claim, Evidence, Finding, Property

FORMS = {"csv": tables.write, "jsonl": jsonlines.write}


def written(form: str, kind: Kind) -> str:
    found = outgoing.records(kind, kind.model.objects.all())
    return "".join(FORMS[form](kind, found)).removeprefix("\ufeff")


def files_of_all(form: str) -> dict[str, str]:
    """What is exported of each kind of which there are records."""
    return {
        kind.name: written(form, kind) for kind in ORDER if kind.model.objects.exists()
    }


def rows_of(texts: dict[str, str]) -> Iterator[Row]:
    for name, text in texts.items():
        yield from files.read(name, text).rows


def load(texts: dict[str, str]) -> Report:
    return Importer(update=True).run(rows_of(texts))


@pytest.fixture
def more(cast: Any, editor: Any) -> None:
    """What the cast has none of: lists, keys of two parts, formulas, line ends."""
    alias = Alias(entity=cast.ada, text="A. / Vance; “Ada”", status="draft")
    alias.save()
    AliasUse(alias=alias, source=cast.herald).save()
    cast.founded_2015.contradicts.set([cast.cost_less, cast.cost_about])
    finding = Finding(question=cast.founded_2015.question, reason="=1+1\nTwo lines.")
    finding.outcome, finding.decided_by = "preferred", "Edith"
    finding.save()
    finding.preferred.set([cast.founded_2015])
    Person.objects.filter(pk=cast.ada.pk).update(summary="=cmd|' /C calc'!A0")
    Property.objects.filter(key="cost").update(subject_kinds=["person", "event"])
    Claim.objects.filter(pk=cast.quiet_claim.pk).update(
        not_before="2031-01-02T03:04:05Z", statement="'=SUM(A1) \U0001f4d6"
    )


@pytest.mark.parametrize("form", FORMS)
def test_it_works(more: None, form: str) -> None:
    texts = files_of_all(form)
    assert len(texts) == 10
    report = load(texts)
    assert not report.added and not report.changed
    assert sum(report.unchanged.values()) == sum(
        BY_NAME[name].model.objects.count() for name in texts
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", FORMS)
def test_the_data_set_comes_back_the_same_in_an_empty_database(form: str) -> None:
    call_command("loaddemo", verbosity=0)
    before = files_of_all(form)
    assert not load(before).changed
    call_command("flush", interactive=False, verbosity=0)
    assert not Evidence.objects.exists()
    load(before)
    assert files_of_all(form) == before


def test_json_lines_leave_out_what_is_blank(cast: Any) -> None:
    lines = written("jsonl", BY_NAME["claim"]).splitlines()
    assert lines[1] == (
        '{"type": "claim", "slug": "cost-about", "status": "published", '
        '"subject": "northwind-labs", "property": "cost", "amount": "6000000", '
        '"unit": "USD", "bound": "about", "statement": "Claim cost-about.", '
        '"contradicts": []}'
    )


def test_a_table_begins_with_the_key(cast: Any) -> None:
    first, ada, *_ = written("csv", BY_NAME["person"]).split("\r\n")
    assert first == (
        "type,slug,status,status_reason,name,summary,wikidata_id,merged_into,"
        "family_name,given_name"
    )
    assert ada == "person,ada-vance,published,,Ada Vance,,,,Vance,Ada"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
@example("=1+1")
@example("'=1+1")
@example("''@x")
@example("'tis")
@example("-5 degrees")
@example("\t=1")
@example("＝1")
def test_case_50_no_cell_is_a_formula_and_each_comes_back(text: str) -> None:
    cell = cells.guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋"))
    assert cells.unguarded(cell) == text


def test_a_number_stays_a_number() -> None:
    assert cells.written(BY_NAME["claim"], "amount", "-5") == "-5"
    assert cells.written(BY_NAME["claim"], "date", "-0044") == "'-0044"


@pytest.mark.django_db
def test_ten_thousand_are_written_a_chunk_at_a_time(
    django_assert_max_num_queries: Any,
) -> None:
    Person.objects.bulk_create(
        Person(kind="person", name=f"Ada {n:05}", slug=f"ada-{n:05}")
        for n in range(10_000)
    )
    found = outgoing.records(BY_NAME["person"], Person.objects.all())
    with django_assert_max_num_queries(2):
        lines = jsonlines.write(BY_NAME["person"], found)
        assert '"ada-00000"' in next(lines)
        assert sum(1 for _ in lines) == 9_999


def test_a_workbook_holds_words_and_numbers(more: None, monkeypatch: Any) -> None:
    kind = BY_NAME["claim"]
    found = outgoing.records(kind, Claim.objects.all())
    sheet = load_workbook(workbook.write(kind, found)).active
    head, *rows = sheet.iter_rows()
    names = [cell.value for cell in head]
    assert names == tables.header(kind)
    by_slug = {row[1].value: row for row in rows}
    assert by_slug["cost-about"][names.index("amount")].value == 6_000_000
    statement = by_slug["quiet-claim"][names.index("statement")]
    assert (statement.value, statement.data_type) == ("''=SUM(A1) \U0001f4d6", "s")
    assert sheet.freeze_panes == "A2"


def test_a_workbook_says_what_it_cannot_hold(cast: Any, monkeypatch: Any) -> None:
    Person.objects.filter(pk=cast.ada.pk).update(summary="a\x01b" + "c" * 40_000)
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    kind = BY_NAME["person"]
    found = outgoing.records(kind, Person.objects.all())
    book = load_workbook(workbook.write(kind, found))
    assert book.sheetnames == ["person", "incomplete"]
    summary = book["person"]["F2"].value
    assert summary.startswith("a\ufffdbccc")
    assert summary.endswith(workbook.CUT)
    assert len(summary) == workbook.MOST_CHARACTERS


def test_a_list_that_cannot_be_joined_is_json() -> None:
    kind = BY_NAME["finding"]
    for value in (["a;b"], ["[a"], [" a"], ["a", ["b"]], {"a": 1}):
        cell = cells.written(kind, "considered", value)
        assert cells.read(kind, {"considered": cell}) == {"considered": value}
    assert cells.read(kind, {"considered": "[broken"}) == {"considered": "[broken"}
    assert cells.read(kind, {"considered": "one; two"})["considered"] == ["one", "two"]


def test_the_order_is_by_code_point(cast: Any) -> None:
    herald = cast.herald
    for text in ("Zed", "ada", "Émile"):
        Alias(entity=cast.ada, text=text).save()
    AliasUse(alias=Alias.objects.get(text="ada"), source=herald).save()
    lines = written("csv", BY_NAME["alias"]).splitlines()[1:]
    assert [line.split(",")[2] for line in lines] == ["Zed", "ada", "Émile"]
    assert ",ada-vance / ada,herald-report" in written("csv", BY_NAME["alias_use"])
