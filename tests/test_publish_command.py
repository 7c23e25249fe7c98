"""The static edition as the command writes it: whole, checked, and nothing else."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.urls import get_resolver
from django.utils import timezone

from briefing.edition.current import edition
from briefing.edition.manifest import Manifest
from briefing.edition.publishing import Publishing
from entities.models import Redirect
from sources.models import Note, Source
from tests.cast import Cast, cite, make_claim, make_event, make_person, make_source
from tests.edition import BASE, files, publish

# Views that ask for a reader's words, or for an account.
NEEDS_A_SERVER = {"source-check", "suggestions", "health"}
HIDDEN = ("Canaria", "canaria", "Marmalade", "Quagmire", "Xylophone")


def test_it_works(cast: Cast, tmp_path: Path) -> None:
    told = publish(tmp_path / "site")
    assert "everything rendered" in told
    found = files(tmp_path / "site")
    assert b"<h1>Ada Vance</h1>" in found["people/ada-vance/index.html"]
    for name in ("briefing/index.html", "briefing.md", "briefing.docx", "cite.bib"):
        assert f"people/ada-vance/{name}" in found
    for name in ("robots.txt", "404.html", "sitemap.xml", "_redirects"):
        assert name in found
    assert edition() is None


def test_every_address_is_in_it_or_needs_a_server(cast: Cast, tmp_path: Path) -> None:
    make_event("Opening Day")
    publish(tmp_path / "site")
    names = {f"/{name}".replace("index.html", "") for name in files(tmp_path / "site")}
    for pattern in get_resolver().url_patterns:
        route = re.sub(r"<[^>]*>", "([-\\\\w]+)", str(pattern.pattern))
        name = getattr(pattern, "name", None)
        if name and name not in NEEDS_A_SERVER:
            missing = not any(re.fullmatch(f"/{route}", one) for one in names)
            assert not missing, f"{name}: write it, or say that it needs a server"


def test_its_own_addresses_begin_with_the_base(cast: Cast, tmp_path: Path) -> None:
    publish(tmp_path / "site")
    found = files(tmp_path / "site")
    page = found["people/ada-vance/index.html"].decode()
    assert f'<link rel="canonical" href="{BASE}/people/ada-vance/">' in page
    assert f"{BASE}/sitemap.xml" in found["robots.txt"].decode()
    assert b"as_of" not in b"".join(found.values())


def test_nothing_in_it_asks_for_a_server(cast: Cast, tmp_path: Path) -> None:
    publish(tmp_path / "site")
    for name, content in files(tmp_path / "site").items():
        if name.endswith(".html"):
            assert not re.findall(r'(?:href|action)="[^"]*\?[^"]*"', content.decode())
            assert b'method="post"' not in content


def test_with_a_live_site_it_leads_there(cast: Cast, tmp_path: Path) -> None:
    publish(tmp_path / "site", live_url="https://live.example")
    page = files(tmp_path / "site")["sources/herald-report/index.html"].decode()
    assert "https://live.example/sources/herald-report/check/" in page


def test_again_nothing_is_written(cast: Cast, tmp_path: Path) -> None:
    publish(tmp_path / "site")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.html")}
    assert "0 written, 0 deleted" in publish(tmp_path / "site")
    assert "0 written, 0 deleted" in publish(tmp_path / "site", "--all")
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_a_former_address_leads_on(cast: Cast, tmp_path: Path) -> None:
    Redirect(kind="person", old_slug="ada", slug="ada-vance").save()
    publish(tmp_path / "site")
    found = files(tmp_path / "site")
    page = found["people/ada/index.html"].decode()
    assert 'content="0; url=/people/ada-vance/"' in page
    assert b"/people/ada/ /people/ada-vance/ 301\n" in found["_redirects"]


def hide(cast: Cast) -> None:
    """Records of which no reader may learn, each in its own way."""
    make_person("Canaria Draft", status="draft")
    make_person("Canaria Gone", status="withdrawn")
    later = timezone.now() + datetime.timedelta(days=1)
    held = make_source("canaria-held", hold="Xylophone lawyer", title="Marmalade Post")
    late = make_source("canaria-late", "Quagmire text", status="draft")
    Source.objects.filter(pk=late.pk).update(status="published", not_before=later)
    for source in (held, late):
        claim = make_claim(
            cast.northwind,
            cast.founded_on,
            f"canaria-{source.pk}",
            date=str(1000 + source.pk % 1000),
        )
        cite(claim, source, "Quagmire")
    Note(claim=cast.founded_2015, text="Xylophone note").save()


def test_what_is_hidden_is_in_no_file_and_no_name(cast: Cast, tmp_path: Path) -> None:
    hide(cast)
    publish(tmp_path / "site")
    found = files(tmp_path / "site")
    everything = b"\n".join([*found.values(), *(name.encode() for name in found)])
    for word in (*HIDDEN, "quiet-draft", "Quiet Draft", "quiet-claim"):
        assert word.encode() not in everything, word


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_is_taken_down_goes(cast: Cast, tmp_path: Path, status: str) -> None:
    publish(tmp_path / "site")
    cast.ada.refresh_from_db()
    cast.ada.status = status
    cast.ada.save()
    assert "only what changed" in publish(tmp_path / "site")
    found = files(tmp_path / "site")
    assert not (tmp_path / "site" / "people" / "ada-vance").exists()
    for name, content in found.items():
        assert b"Ada Vance" not in content, name
        assert "ada-vance" not in name


def test_what_we_no_longer_stand_by_has_its_notice(cast: Cast, tmp_path: Path) -> None:
    cast.ada.status, cast.ada.status_reason = "retracted", "Not a person."
    cast.ada.save()
    publish(tmp_path / "site")
    page = (tmp_path / "site" / "people" / "ada-vance" / "index.html").read_text()
    assert "Not a person." in page


def test_a_dead_link_stops_it(cast: Cast, tmp_path: Path, monkeypatch: Any) -> None:
    publish(tmp_path / "site")
    before = files(tmp_path / "site")
    whole = Publishing._shared

    def planted(self: Publishing) -> None:
        whole(self)
        self._put("shared", "/planted.html", b'<a href="/nowhere/">Nowhere</a>')

    monkeypatch.setattr(Publishing, "_shared", planted)
    with pytest.raises(CommandError, match="Nothing was published"):
        publish(tmp_path / "site")
    assert files(tmp_path / "site") == before


def test_a_filled_folder_is_refused(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.txt").write_text("Mine")
    with pytest.raises(CommandError, match="not empty, and no edition"):
        publish(tmp_path / "site")
    assert files(tmp_path / "site") == {"mine.txt": b"Mine"}


def test_ctrl_c_leaves_it_as_it_was(
    cast: Cast, tmp_path: Path, monkeypatch: Any
) -> None:
    publish(tmp_path / "site")
    before = files(tmp_path)

    def stop(self: Publishing) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Publishing, "_names", stop)
    with pytest.raises(SystemExit):
        publish(tmp_path / "site")
    after = files(tmp_path)
    assert {name for name in after if name.startswith("site/")} == {
        name for name in before if name.startswith("site/")
    }


def test_an_interrupted_move_is_ended_by_the_next_run(
    cast: Cast, tmp_path: Path, monkeypatch: Any
) -> None:
    def stop(self: Manifest, *told: Any) -> None:
        if self.is_whole:
            raise KeyboardInterrupt
        finish(self, *told)

    finish = Manifest.finish
    monkeypatch.setattr(Manifest, "finish", stop)
    with pytest.raises(SystemExit):
        publish(tmp_path / "site")
    assert files(tmp_path / "site") == {}
    monkeypatch.undo()
    publish(tmp_path / "site")
    assert "people/ada-vance/index.html" in files(tmp_path / "site")


def test_files_of_others_stay(cast: Cast, tmp_path: Path) -> None:
    publish(tmp_path / "site")
    mine = tmp_path / "site" / "people" / "mine.txt"
    mine.write_text("Mine")
    cast.ada.status = "draft"
    cast.ada.save()
    publish(tmp_path / "site")
    assert mine.read_text() == "Mine"
    theirs = tmp_path / "site" / "people" / "bo-lund" / "index.html"
    theirs.parent.mkdir()
    theirs.write_text("Theirs")
    make_person("Bo Lund")
    with pytest.raises(CommandError, match="not the edition's own"):
        publish(tmp_path / "site")
    assert theirs.read_text() == "Theirs"
