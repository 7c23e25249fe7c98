"""Cite this page: as text, BibTeX and CSL-JSON, each read by a library for it."""

from __future__ import annotations

import json
import warnings
from typing import Any

import bibtexparser
import pytest
from citeproc.source.json import CiteProcJSON
from django.utils import timezone

from sources import settling
from sources.models import Claim, Correction, Evidence, Source
from tests import cast as casting
from tests.cast import Cast
from tests.pages import links, read

ADA, CLAIM = "/people/ada-vance/", "/claims/founded-2015/"
HOSTILE = "100% \\{odd} & $1 #a_b ~c^d \"q\" } {{ @misc{x, y = {z}} 'é'"


def records(cast: Cast) -> dict[str, str]:
    question = cast.founded_2015.question.get_absolute_url()
    asked = "When was Northwind Labs founded?"
    return {ADA: "Ada Vance", CLAIM: "Claim founded-2015.", question: asked}


def bibtex(client: Any, record: str) -> Any:
    answer = client.get(f"{record}cite.bib")
    assert answer.headers["Content-Type"].startswith("application/x-bibtex")
    library = bibtexparser.parse_string(answer.content.decode())
    assert not library.failed_blocks
    (entry,) = library.entries
    return entry


def csl(client: Any, record: str) -> Any:
    answer = client.get(f"{record}cite.json")
    kind = "application/vnd.citationstyles.csl+json; charset=utf-8"
    assert answer.headers["Content-Type"] == kind
    rows = json.loads(answer.content)
    with warnings.catch_warnings():
        # The library warns of every field that it does not know.
        warnings.simplefilter("error")
        read = CiteProcJSON(rows)
    assert list(read) == [rows[0]["id"].lower()]
    return rows[0]


def test_it_works(client: Any, cast: Cast) -> None:
    today = timezone.localdate().isoformat()
    for record, title in records(cast).items():
        page = read(client, record)
        permanent = f"http://testserver{record}?as_of={today}"
        assert f"Briefing, “{title}”, version of " in page
        assert permanent in page
        assert {permanent, f"{record}cite.bib", f"{record}cite.json"} <= set(
            links(client, record)
        )


def test_a_library_reads_the_bibtex(client: Any, cast: Cast) -> None:
    for record, title in records(cast).items():
        entry = bibtex(client, record)
        assert entry.entry_type == "misc"
        assert entry["title"].strip("{}") == title
        assert entry["url"].startswith(f"http://testserver{record}?as_of=20")


def test_a_library_reads_the_csl_json(client: Any, cast: Cast) -> None:
    for record, title in records(cast).items():
        row = csl(client, record)
        assert (row["title"], row["type"]) == (title, "webpage")
        assert row["issued"]["date-parts"][0][0] == timezone.localdate().year


def test_hostile_titles_stay_titles(client: Any, cast: Cast) -> None:
    cast.ada.refresh_from_db()
    cast.ada.name = HOSTILE
    cast.ada.save()
    title = bibtex(client, ADA)["title"]
    assert title.count("{") == title.count("}")
    for escaped in ("100\\%", "\\&", "\\$1", "\\#a\\_b", "\\textbackslash{}"):
        assert escaped in title
    assert csl(client, ADA)["title"] == HOSTILE


@pytest.mark.parametrize("change", ["evidence", "source", "correction"])
def test_the_version_is_of_the_last_change_shown(
    client: Any, cast: Cast, change: str
) -> None:
    old = timezone.now() - timezone.timedelta(days=900)
    for model in (Claim, Source, Evidence):
        model.objects.update(modified_at=old)
    before = bibtex(client, CLAIM)["url"]
    assert f"as_of={timezone.localdate(old)}" in before
    with settling.together():
        if change == "evidence":
            casting.cite(cast.founded_2015, cast.post, "In 2016")
        elif change == "source":
            Source.objects.get(pk=cast.herald.pk).save()
        else:
            words = {"said": "2014.", "says": "2015.", "reason": "A slip."}
            Correction(slug="slip", claim=cast.founded_2015, **words).save()
    assert f"as_of={timezone.localdate()}" in bibtex(client, CLAIM)["url"]


def test_there_is_nothing_to_cite_of_what_is_not_public(
    client: Any, cast: Cast
) -> None:
    for form in ("bib", "json"):
        assert client.get(f"/people/quiet-draft/cite.{form}").status_code == 404
        assert client.get(f"/claims/quiet-claim/cite.{form}").status_code == 404
    claim = Claim.objects.get(pk=cast.founded_2015.pk)
    claim.status, claim.status_reason = "retracted", "A slip."
    claim.save()
    answer = client.get(f"{CLAIM}cite.bib")
    assert "Withdrawn by us" in answer.content.decode()
    assert "@misc" not in answer.content.decode()
