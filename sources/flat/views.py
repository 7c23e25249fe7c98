"""The four views that docs/sql.md describes: on the live database, and in an edition.

Each is one SELECT over the public tables. An edition has those; the live database has
them as the first part of each view. SQLite does not rebuild a table on which a view
stands, and PostgreSQL changes no column of it: `migrate` takes the views away before
it starts and makes them when it has ended.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from sources.checks import is_behind
from sources.flat.tables import TABLES

# What the engines say in different words.
WORDS = {
    "sqlite": {
        "amount": "rtrim(rtrim(printf('%.10f', c.amount), '0'), '.')",
        "amount_high": "rtrim(rtrim(printf('%.10f', c.amount_high), '0'), '.')",
        "other_names": "SELECT group_concat(text, '; ') FROM "
        "(SELECT text FROM names WHERE entity = e.slug ORDER BY text) AS sorted",
    },
    "postgresql": {
        "amount": "trim_scale(c.amount)::text",
        "amount_high": "trim_scale(c.amount_high)::text",
        "other_names": """SELECT string_agg(text, '; ' ORDER BY text COLLATE "C")
            FROM names WHERE entity = e.slug""",
    },
}
VALUE = """CASE
        WHEN c.object IS NOT NULL THEN o.name
        WHEN c.date <> '' THEN c.date
        WHEN c.bound = 'between'
        THEN 'between ' || {amount} || ' and ' || {amount_high} || ' ' || c.unit
        WHEN c.bound = 'exactly' THEN {amount} || ' ' || c.unit
        WHEN c.bound <> ''
        THEN replace(c.bound, '_', ' ') || ' ' || {amount} || ' ' || c.unit
        WHEN c.text <> '' THEN c.text
        ELSE 'none'
    END"""
FACTS = """
SELECT
    c.slug AS claim, c.statement,
    c.subject, s.name AS subject_name, s.kind AS subject_kind,
    c.property, p.label AS property_label, c.qualifier,
    {value} AS value,
    c.object, o.kind AS object_kind, c.date, c.amount, c.amount_high, c.unit, c.bound,
    c.text, c.no_value, c.during,
    c.support, c.is_contested, c.article_count, c.origin_count,
    c.question, q.asks, c.changed_at
FROM claims AS c
JOIN entities AS s ON s.slug = c.subject
JOIN properties AS p ON p.key = c.property
JOIN questions AS q ON q.slug = c.question
LEFT JOIN entities AS o ON o.slug = c.object
"""
ANSWERS = """
SELECT
    q.slug AS question, q.asks, q.subject, s.name AS subject_name,
    q.property, q.qualifier, q.state, q.answer_count,
    c.slug AS claim, {value} AS value, c.statement, c.during,
    c.support, c.is_contested, c.article_count, c.origin_count,
    q.decision, CASE WHEN w.claim IS NULL THEN 0 ELSE 1 END AS is_preferred,
    d.outcome, d.reason, d.would_change_it, d.decided_by, d.decided_at
FROM questions AS q
JOIN entities AS s ON s.slug = q.subject
JOIN claims AS c ON c.question = q.slug
LEFT JOIN entities AS o ON o.slug = c.object
LEFT JOIN decisions AS d ON d.question = q.slug
LEFT JOIN preferred AS w ON w.claim = c.slug AND w.question = q.slug
"""
PROFILE = """
SELECT
    e.slug AS entity, e.kind, e.name, ({other_names}) AS other_names,
    e.category, e.date, e.place, e.wikidata_id,
    coalesce(a.claims, 0) AS claim_count,
    coalesce(n.claims, 0) AS named_in_count,
    coalesce(a.questions, 0) AS question_count,
    coalesce(a.contested, 0) AS contested_count,
    coalesce(t.spoken, 0) AS spoken_count,
    CASE WHEN a.changed_at > e.changed_at THEN a.changed_at ELSE e.changed_at END
        AS changed_at
FROM entities AS e
LEFT JOIN (
    SELECT subject, count(*) AS claims, count(DISTINCT question) AS questions,
        sum(is_contested) AS contested, max(changed_at) AS changed_at
    FROM claims GROUP BY subject
) AS a ON a.subject = e.slug
LEFT JOIN (
    SELECT object, count(*) AS claims FROM claims GROUP BY object
) AS n ON n.object = e.slug
LEFT JOIN (
    SELECT speaker, count(*) AS spoken FROM evidence GROUP BY speaker
) AS t ON t.speaker = e.slug
"""
EVIDENCE = """
SELECT
    e.slug AS evidence, e.claim, c.statement, c.question, c.subject,
    e.stance, e.quote, e.form, e.voice,
    e.speaker, coalesce(w.name, nullif(e.speaker_label, '')) AS speaker_name,
    e.via, coalesce(v.title, nullif(e.via_label, '')) AS via_name,
    e.hedge, e.is_inferred, e.note,
    e.source, s.title AS source_title, s.publisher, p.name AS publisher_name,
    s.author, s.genre, s.published, s.reliability, s.standing, s.url,
    e.origin, r.title AS origin_title,
    e.anchor, e.quote_start, e.quote_end, e.is_counted, e.confirmed_by, e.changed_at
FROM evidence AS e
JOIN claims AS c ON c.slug = e.claim
JOIN sources AS s ON s.slug = e.source
LEFT JOIN entities AS p ON p.slug = s.publisher
LEFT JOIN entities AS w ON w.slug = e.speaker
LEFT JOIN sources AS v ON v.slug = e.via
LEFT JOIN sources AS r ON r.slug = e.origin
"""


class View(NamedTuple):
    """One view: its name, the tables it stands on, what it selects."""

    name: str
    tables: tuple[str, ...]
    select: str

    def sql(self, vendor: str) -> str:
        """What it selects, in the words of that engine."""
        words = WORDS[vendor]
        return self.select.format(value=VALUE.format(**words), **words).strip()


VIEWS = [
    View("facts", ("entities", "properties", "questions", "claims"), FACTS),
    View(
        "answers",
        ("entities", "questions", "claims", "decisions", "preferred"),
        ANSWERS,
    ),
    View("profile", ("entities", "names", "claims", "evidence"), PROFILE),
    View("evidence_flat", ("entities", "sources", "claims", "evidence"), EVIDENCE),
]


def statement(view: View) -> str:
    """What makes the view on the live database."""
    parts = ",\n".join(
        f"{table.name}({', '.join(table.quoted)}) AS ({table.sql()})"
        for table in TABLES
        if table.name in view.tables
    )
    vendor = connections[DEFAULT_DB_ALIAS].vendor
    return f"CREATE VIEW {view.name} AS WITH {parts}\n{view.sql(vendor)}"


def make(plan: Any = None, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Make the views as the code has them; told after each `migrate`."""
    # Emptying the tables is no change of them; midway, columns may be missing.
    if plan is None or is_behind(using):
        return
    with transaction.atomic(using), connections[using].cursor() as cursor:
        for view in VIEWS:
            cursor.execute(f"DROP VIEW IF EXISTS {view.name}")
            cursor.execute(statement(view))


def drop(plan: Any = True, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Take them away while tables are rebuilt; told before each `migrate`."""
    if plan:
        with connections[using].cursor() as cursor:
            for view in VIEWS:
                cursor.execute(f"DROP VIEW IF EXISTS {view.name}")
