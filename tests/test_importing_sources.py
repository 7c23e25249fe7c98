"""Sources from CSL-JSON, BibTeX, RIS and saved web pages."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import bibtexparser
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from briefing.formats import bibtex, csl
from entities.characters import stored_form
from sources.models import Source, SourceText
from sources.references import reading
from sources.references.known import same_address, same_doi
from tests import cast as casting

RIS = """TY  - NEWS
ID  - one
TI  - Ada Vance, founder
AU  - Bell, Ann
AU  - Cole, Bo
DA  - 2025/01/28/
PY  - 2025
JO  - The Herald
UR  - https://herald.example/a?utm_source=x
SP  - 12
ER  -
"""
BIBTEX = """@article{one,
  title = {The {Northwind} \\& others: 50\\% caf\\'e},
  author = {Bell, Ann and Cole, Bo},
  year = 2025, month = jan, volume = {7},
  doi = {10.1000/ABC},
}
"""
HTML = """<html lang="en"><head><title>Ada Vance and the kitchen</title>
<link rel="canonical" href="https://herald.example/kitchen"></head><body><article>
<h1>Ada Vance and the kitchen</h1><p>The firm of Ada Vance began in a small kitchen, and
nobody thought that it would ever leave it.</p><p>It did, and the kitchen is for sale;
the buyer is said to be a museum of small beginnings.</p></article></body></html>"""
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.just(" "),
    min_size=1,
    max_size=60,
).map(lambda words: stored_form(" ".join(words.split())))
DATES = st.sampled_from(
    ["", "2015", "2015~", "2015-03", "2015-03-01", "2015/2016-02", "2015-22", "0800"]
)


def row(title: str, author: str, published: str, genre: str, doi: str) -> Any:
    blank = dict.fromkeys(
        ("standing_date", "standing_notice", "note", "accessed", "archive_url"), ""
    )
    return SimpleNamespace(
        **blank,
        slug="one",
        title=title,
        author=author,
        published=published,
        genre=genre,
        doi=doi,
        url="https://a.example/b_c?d=%20e&f=~g#h",
        language="en-GB",
        standing="good",
        publisher_name=None,
        publisher_status=None,
        publisher_slug=None,
    )


ROWS = st.builds(
    row,
    WORDS.filter(lambda words: any(map(str.isalnum, words))),
    WORDS,
    DATES,
    st.sampled_from(Source.Genre.values),
    st.sampled_from(["", "10.1000/a_b"]),
)


def returned(name: str, text: str) -> dict[str, str]:
    found = reading.read(name, text)
    assert not found.problems
    (one,) = found.references
    return one.values


def expected(one: Any) -> dict[str, str]:
    names = ("title", "author", "published", "genre", "doi", "url", "language")
    return {name: getattr(one, name) for name in names if getattr(one, name)}


def run(path: Path, **options: Any) -> str:
    out = StringIO()
    call_command("importsources", path, stdout=out, **options)
    return out.getvalue()


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@given(ROWS)
def test_csl_json_comes_back_as_it_went(one: Any) -> None:
    assert returned("x.json", json.dumps([csl.item(one)])) == expected(one)


@given(ROWS)
def test_bibtex_comes_back_as_it_went(one: Any) -> None:
    text = bibtex.entry(one)
    library = bibtexparser.parse_string(text)
    assert len(library.entries) == 1 and not library.failed_blocks
    assert returned("x.bib", text) == expected(one)


def test_it_works(db: Any, tmp_path: Path) -> None:
    casting.make_organisation("The Herald")
    told = run(file(tmp_path, "x.ris", RIS))
    assert "no place for SP: 12" in told and "1 added" in told
    source = Source.objects.get()
    assert (source.status, source.genre, source.published) == (
        *("draft", "report", "2025-01-28"),
    )
    assert source.author == "Ann Bell, Bo Cole"
    assert source.publisher is not None and source.publisher.name == "The Herald"


def test_bibtex_of_others_is_read() -> None:
    values = returned("x.bib", BIBTEX)
    assert values["title"] == "The Northwind & others: 50% café"
    assert values["author"] == "Ann Bell, Bo Cole"
    assert values["published"] == "2025-01"
    assert reading.read("x", BIBTEX).references[0].left == ["volume: 7"]


def test_a_saved_page_comes_with_its_text(db: Any, tmp_path: Path) -> None:
    path = file(tmp_path, "kitchen.html", HTML)
    run(path)
    source = Source.objects.get()
    assert source.title == "Ada Vance and the kitchen"
    assert source.url == "https://herald.example/kitchen"
    assert "museum" in SourceText.objects.get(source=source).text
    Source.objects.update(url="")
    assert "kitchen), by text" in run(path) and Source.objects.count() == 1


@pytest.mark.parametrize(
    ("held", "given"),
    [
        ({"url": "http://www.herald.example/a/"}, "UR  - https://herald.example/a#top"),
        ({"url": "https://herald.example/a"}, "UR  - http://herald.example/a?fbclid=1"),
        ({"doi": "10.1000/abc"}, "DO  - https://doi.org/10.1000/ABC"),
        ({"url": "https://doi.org/10.1000/abc"}, "DO  - doi:10.1000/abc"),
    ],
)
def test_what_is_here_is_not_made_again(
    db: Any, tmp_path: Path, held: dict[str, str], given: str
) -> None:
    casting.make_source("held", title="Held", **held)
    path = file(tmp_path, "x.ris", f"TY  - NEWS\nTI  - Other\n{given}\nER  - \n")
    assert "is already here: Held (held), by " in run(path)
    assert Source.objects.count() == 1
    run(path, duplicates=True)
    assert Source.objects.count() == 2


def test_what_stands_twice_in_the_file_is_made_once(db: Any, tmp_path: Path) -> None:
    told = run(file(tmp_path, "x.ris", RIS + RIS), dry_run=False)
    assert "in this file" in told and Source.objects.count() == 1


def test_addresses_and_dois_have_one_form() -> None:
    assert same_address("https://a.example/?b=2&a=1") == "a.example?a=1&b=2"
    assert same_address("http://[bad") == same_address("") == ""
    assert same_address("https://a.example:8443/x") == "a.example:8443/x"
    assert same_doi("HTTPS://DX.DOI.ORG/10.1/X/") == "10.1/x"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("x.bib", "@misc{a, title = {open\n@misc{b, title={x}}", "line 1"),
        ("x.bib", "@misc{a, title={x}}\n@misc{a, title={y}}", "x.bib, line 2"),
        ("x.json", "[{]", "This is not JSON"),
        ("x.json", "[3]", "no CSL item"),
        ("x.json", "[" * 9000, "x.json, line 1"),
        ("x.json", '[{"id": "a"}]', "names no source"),
        ("x.json", '[{"title": "\\u0000 \\ud800", "id": "\\ud800"}]', "x.json, line"),
        ("x.ris", "TI  - No beginning", "No record begins"),
        ("x.ris", "TY  - NEWS\nTI  - x\nTY  - NEWS", "does not end"),
        ("x.txt", "words", "none of these"),
        ("x.bib", "words", "no reference in it"),
        ("x.bib", " ", "empty"),
        ("x.html", "<html></html>", "x.html"),
    ],
)
def test_a_broken_file_is_refused_by_name(
    db: Any, tmp_path: Path, name: str, text: str, words: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        run(file(tmp_path, name, text))
    assert words in str(refusal.value)
    assert not Source.objects.exists()


def test_a_file_has_limits(db: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "MOST_REFERENCES", 1)
    with pytest.raises(CommandError, match="divide it"):
        run(file(tmp_path, "x.ris", RIS + RIS))
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "none.ris")
