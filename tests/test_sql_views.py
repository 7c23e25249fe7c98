"""The four views: what readers see, by SQL, on the database and in an edition."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from entities.models import Alias
from sources.flat import edition, views
from sources.models import Claim, Finding, Question
from tests.cast import Cast, cite, make_organisation, make_person
from tests.tree import text

pytestmark = pytest.mark.django_db
DOCUMENT = text(Path("docs/sql.md"))
QUERIES = re.findall(r"```sql\n(.*?)```", DOCUMENT, re.DOTALL)


def ask(sql: str, *given: Any) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given or None)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def fact(claim: Claim) -> dict[str, Any]:
    (row,) = ask("SELECT * FROM facts WHERE claim = %s", claim.slug)
    return row


def standing(view: str) -> bool:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_list(cursor)
    return ("v", view) in {(one.type, one.name) for one in found}


def test_it_works(cast: Cast) -> None:
    row = fact(cast.founded_2015)
    assert (row["subject"], row["subject_name"]) == ("northwind-labs", "Northwind Labs")
    assert (row["value"], row["date"], row["object"]) == ("2015", "2015", None)
    assert (row["article_count"], row["origin_count"]) == (2, 1)
    assert row["asks"] == "When was Northwind Labs founded?"
    assert row["is_contested"] == 1


def test_values_are_said_in_words(cast: Cast) -> None:
    assert fact(cast.cost_about)["value"] == "about 6000000 USD"
    assert fact(cast.cost_less)["value"] == "less than 6000000 USD"
    assert fact(cast.ada_founded)["value"] == "Northwind Labs"
    between = {"bound": "between", "amount": "0.25", "amount_high": "1234567.5"}
    Claim.objects.by_key("cost-about").update(**between)
    assert fact(cast.cost_about)["value"] == "between 0.25 and 1234567.5 USD"


def test_a_question_says_what_exactly_is_meant(cast: Cast) -> None:
    Question.objects.by_key("northwind-labs-cost").update(qualifier="first year")
    asked = "What did Northwind Labs spend (first year)?"
    assert {row["asks"] for row in ask("SELECT asks FROM answers")} >= {asked}


def test_an_answer_stands_beside_the_decision(cast: Cast) -> None:
    question = cast.founded_2015.question
    finding = Finding(question=question, outcome="preferred", reason="Two.")
    finding.decided_by = "Edith"
    finding.save()
    finding.preferred.set([cast.founded_2015])
    sql = "SELECT * FROM answers WHERE question = %s ORDER BY claim"
    first, second = ask(sql, question.slug)
    assert (first["is_preferred"], second["is_preferred"]) == (1, 0)
    assert (first["decided_by"], first["state"]) == ("Edith", "differ")


def test_a_profile_counts_what_is_public(cast: Cast) -> None:
    Alias(entity=cast.northwind, text="NL", status="published").save()
    Alias(entity=cast.northwind, text="Hidden", status="draft").save()
    (row,) = ask("SELECT * FROM profile WHERE entity = 'northwind-labs'")
    assert (row["claim_count"], row["named_in_count"]) == (4, 1)
    assert (row["question_count"], row["contested_count"]) == (2, 2)
    assert row["other_names"] == "NL"
    assert ask("SELECT * FROM profile WHERE entity = 'quiet-draft'") == []


def test_nobody_unpublished_is_named(cast: Cast) -> None:
    hidden = make_person("Hidden Voice", status="draft")
    cast.post.publisher = make_organisation("Hidden Press", status="draft")
    cast.post.save()
    cite(cast.cost_less, cast.post, "It spent", speaker=hidden, slug="spoken")
    cast.herald.status = "draft"
    cast.herald.save()
    rows = ask("SELECT * FROM evidence_flat ORDER BY evidence")
    assert {row["source"] for row in rows} == {"courier-copy", "post-story"}
    named = {row[name] for row in rows for name in ("speaker", "via", "publisher")}
    assert named == {None}
    assert "Hidden" not in str(rows)


def test_a_quote_is_as_long_as_readers_see_it(cast: Cast, settings: Any) -> None:
    settings.PUBLIC_QUOTE_LENGTH = 8
    views.make(plan=[])
    try:
        sql = "SELECT quote FROM evidence_flat WHERE evidence = %s"
        assert ask(sql, "founded-2015-herald-report") == [{"quote": "in 2015"}]
        assert ask(sql, "ada-founded-post-story") == [{"quote": "Vance se…"}]
    finally:
        settings.PUBLIC_QUOTE_LENGTH = 300
        views.make(plan=[])


def test_they_are_away_while_tables_are_rebuilt(cast: Cast) -> None:
    views.drop(plan=["a migration"])
    assert not any(standing(view.name) for view in views.VIEWS)
    views.make(plan=["a migration"])
    assert all(standing(view.name) for view in views.VIEWS)
    views.drop(plan=[])
    assert all(standing(view.name) for view in views.VIEWS)


def test_they_wait_for_the_last_migration(cast: Cast, monkeypatch: Any) -> None:
    views.drop()
    monkeypatch.setattr(views, "is_behind", lambda using: True)
    views.make(plan=["a migration"])
    assert not standing("facts")
    monkeypatch.undo()
    views.make(plan=[])


def test_each_column_is_explained(cast: Cast) -> None:
    for view in views.VIEWS:
        section = DOCUMENT.split(f"| `{view.name}` | |")[1].split("\n\n")[0]
        explained = set(re.findall(r"`(\w+)`", section))
        columns = list(ask(f"SELECT * FROM {view.name}")[0])
        assert [name for name in columns if name not in explained] == []


def test_the_queries_of_the_document_have_answers(tmp_path: Path) -> None:
    call_command("loaddemo", verbosity=0)
    edition.write(str(tmp_path / "e.sqlite3"), lambda count: None)
    file = sqlite3.connect(tmp_path / "e.sqlite3")
    assert len(QUERIES) == 10
    for query in QUERIES:
        # Here as there: the document promises it.
        found = [tuple(row.values()) for row in ask(query)]
        assert found, query
        assert sorted(map(str, found)) == sorted(map(str, file.execute(query)))
    file.close()
