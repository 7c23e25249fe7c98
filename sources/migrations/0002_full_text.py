"""The full-text index of what readers can find, in the words of each engine."""

from django.db import migrations

SQLITE = [
    """
    CREATE VIRTUAL TABLE sources_searchentry_fts USING fts5(
        words, more, content="sources_searchentry", content_rowid="id",
        tokenize="unicode61 remove_diacritics 0"
    )
    """,
    """
    CREATE TRIGGER sources_searchentry_found AFTER INSERT ON sources_searchentry BEGIN
        INSERT INTO sources_searchentry_fts (rowid, words, more)
        VALUES (new.id, new.words, new.more);
    END
    """,
    """
    CREATE TRIGGER sources_searchentry_lost AFTER DELETE ON sources_searchentry BEGIN
        INSERT INTO sources_searchentry_fts
            (sources_searchentry_fts, rowid, words, more)
        VALUES ('delete', old.id, old.words, old.more);
    END
    """,
    """
    CREATE TRIGGER sources_searchentry_changed
    AFTER UPDATE OF words, more ON sources_searchentry BEGIN
        INSERT INTO sources_searchentry_fts
            (sources_searchentry_fts, rowid, words, more)
        VALUES ('delete', old.id, old.words, old.more);
        INSERT INTO sources_searchentry_fts (rowid, words, more)
        VALUES (new.id, new.words, new.more);
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER IF EXISTS sources_searchentry_changed",
    "DROP TRIGGER IF EXISTS sources_searchentry_lost",
    "DROP TRIGGER IF EXISTS sources_searchentry_found",
    "DROP TABLE IF EXISTS sources_searchentry_fts",
]
# PostgreSQL's own parser would cut our folded words again; this takes them as they are.
POSTGRESQL = [
    """
    CREATE FUNCTION briefing_words(folded text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT coalesce(
            string_agg(quote_literal(word) || ':' || least(place, 16383), ' '), ''
        )::tsvector
        FROM unnest(string_to_array(folded, ' ')) WITH ORDINALITY AS row (word, place)
        WHERE word <> ''
    $$
    """,
    """
    CREATE INDEX sources_searchentry_words ON sources_searchentry
    USING gin (briefing_words(words || ' ' || more))
    """,
]
POSTGRESQL_BACK = [
    "DROP INDEX IF EXISTS sources_searchentry_words",
    "DROP FUNCTION IF EXISTS briefing_words",
]


def build(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL})


def drop(apps, schema_editor):
    _run(schema_editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK})


def _run(schema_editor, statements):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial")]
    operations = [migrations.RunPython(build, drop)]
