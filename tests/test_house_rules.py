"""House rules that a machine can keep: on models, queries, migrations and data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.apps import apps
from django.db import models

from tests.tree import ROOMS, ROOT, fail_with, modules, templates, text

# A phrase that locates a passage, and is no more of the article than that.
QUOTE_WORDS = 8
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
AUTOMATIC_NAME = re.compile(r"_auto_|_alter_|_and_more$|_initial_")


def our_models() -> Iterator[type[models.Model]]:
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            if not model.__name__.startswith("Historical"):
                yield model


def test_every_model_says_what_one_row_is() -> None:
    offences = [
        model.__qualname__
        for model in our_models()
        # Django writes one of its own, the name and the columns, where there is none.
        if (model.__doc__ or "").startswith(f"{model.__name__}(")
    ]
    fail_with(offences, "give it a docstring of one sentence.")


def test_every_relation_is_named_from_the_other_side() -> None:
    offences = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        if not model._meta.proxy
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.is_relation and field.remote_field.related_name is None
    ]
    fail_with(offences, "state related_name, a plural noun, or “+” for none.")


def test_briefing_owns_no_table() -> None:
    assert list(apps.get_app_config("briefing").get_models()) == []


def test_pages_and_admin_ask_by_name() -> None:
    offences = [
        f"{path}:{number}: {line.strip()}"
        for path in modules(*ROOMS)
        if "pages" in path.parts or "admin" in (path.stem, path.parent.name)
        for number, line in enumerate(text(path).splitlines(), 1)
        if ".filter(" in line
    ]
    fail_with(offences, "give the query a name in the model's QuerySet.")


def test_migrations_are_named_for_what_they_do() -> None:
    offences = [
        str(path)
        for path in modules(*ROOMS, migrations=True)
        if path.parent.name == "migrations" and AUTOMATIC_NAME.search(path.stem)
    ]
    fail_with(offences, "rename it to a sentence: 0003_tell_copies_from_originals.")


def test_nothing_is_left_for_later() -> None:
    offences = [
        f"{path}:{number}: {line.strip()}"
        for path in (*modules(*ROOMS, "tests", ".ci", migrations=True), *templates())
        for number, line in enumerate(text(path).splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    fail_with(offences, "do it, or file an issue.")


def rows(name: str) -> list[dict[str, Any]]:
    path = ROOT / "fixtures" / name
    if not path.exists():
        pytest.fail(f"there is no {name}")
    return [row["fields"] for row in yaml.safe_load(path.read_text()) or []]


def test_stored_quotes_are_short() -> None:
    offences = [
        f"{row['slug']}: {field} “{row[field]}”"
        for row in rows("evidence.yaml")
        for field in ("quote", "prefix", "suffix")
        if len(str(row.get(field, "")).split()) > QUOTE_WORDS
    ]
    fail_with(offences, f"at most {QUOTE_WORDS} words; the article is not ours.")


@pytest.mark.texts
@pytest.mark.parametrize("folder", ["fixtures", "docs", "tests"])
def test_no_article_is_in_the_tree(folder: str, texts: Path) -> None:
    articles = [path.read_text() for path in texts.glob("*.txt")]
    for path in (ROOT / folder).rglob("*.*"):
        if path.suffix in {".yaml", ".md", ".py", ".txt", ".json", ".html"}:
            ours = path.read_text()
            assert not any(shares_a_passage(ours, article) for article in articles), (
                path
            )


def shares_a_passage(ours: str, article: str, words: int = 25) -> bool:
    """Whether so many words of the article stand in ours, one after the other."""
    plain = " ".join(ours.split())
    parts = article.split()
    starts = range(0, max(1, len(parts) - words), 5)
    return any(" ".join(parts[at : at + words]) in plain for at in starts)
