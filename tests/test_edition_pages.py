"""Lists, the timeline and the names page by page: only what shifts is written anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefing.edition import lists, names, timeline
from briefing.pages import moments
from tests.cast import Cast, cite, make_claim, make_person
from tests.edition import differing, files, publish
from tests.test_edition_changes import changed


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: Any) -> None:
    monkeypatch.setattr(lists, "PAGE", 1)
    monkeypatch.setattr(moments, "MOST", 2)
    monkeypatch.setattr(names, "MOST_IN_FILE", 1)


@pytest.fixture
def dated(cast: Cast) -> Cast:
    """More dates than two pages of the timeline hold, several of one day."""
    for number, date in enumerate(("2001", "2003", "2003", "2009-05", "2012")):
        person = make_person(f"Bo Lund {number}")
        claim = make_claim(person, cast.founded_on, f"began-{number}", date=date)
        cite(claim, cast.post, "set up")
    return cast


@pytest.mark.slow
def test_pages_that_go_come_back(dated: Cast, tmp_path: Path) -> None:
    grown, whole = tmp_path / "grown", tmp_path / "whole"
    publish(grown)
    assert "timeline/page/3/index.html" in files(grown)
    for status in ("draft", "published"):
        for record in (dated.ada, dated.founded_2015):
            changed(record, status=status)
        assert "only what changed" in publish(grown)
        publish(whole, "--all")
        assert differing(grown, whole) == []


@pytest.mark.slow
def test_a_date_that_moves_shifts_what_lies_between(
    dated: Cast, tmp_path: Path
) -> None:
    grown, whole = tmp_path / "grown", tmp_path / "whole"
    publish(grown)
    for date in ("1999", "2020", "2003"):
        changed(dated.founded_2016, date=date)
        assert "only what changed" in publish(grown)
        publish(whole, "--all")
        assert differing(grown, whole) == []


def test_a_timeline_without_a_date_has_its_page(db: Any, tmp_path: Path) -> None:
    publish(tmp_path / "site")
    assert len(list(timeline.said())) == 1
    assert "timeline/index.html" in files(tmp_path / "site")
