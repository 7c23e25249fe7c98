"""Writes the static edition: asks for pages, takes them in, checks them, moves them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.shortcuts import render
from django.urls import reverse

from briefing.edition import basis, links, names, reach, standing
from briefing.edition.asking import Asking
from briefing.edition.current import Edition, ListPage, asset, writing
from briefing.edition.lists import LISTS
from briefing.edition.manifest import Manifest
from briefing.edition.reach import Touched
from briefing.edition.records import TABLES, former, records
from briefing.pages.sitemaps import SECTIONS

# What shows the latest of everything, and costs less to render than to think about.
SHARED = (
    "/",
    "/changes/",
    "/feeds/changes.atom",
    "/feeds/differing.atom",
    "/robots.txt",
)
TIMELINE = "/timeline/"
# Always there, so that it does not depend on which pages were rendered last.
ASSETS = ("icon.svg", "names.js", "notes.js", "site.css")
PART = re.compile(r"(sitemap-\w+)\.xml\?p=(\d+)")
# The dates of what is drawn are those of events and claims, under these names.
DATED = {"entity", "claim", "question", "evidence"}
MOST_NAMED = 20


class Dead(NamedTuple):
    """A link that leads nowhere, and the page it stands on."""

    path: str
    target: str


class Outcome(NamedTuple):
    files: int
    written: int
    gone: int
    dead: list[Dead]
    is_whole: bool


class Publishing:
    """One run: `changed` is None where all is rendered."""

    def __init__(self, manifest: Manifest, edition: Edition, told: Callable[[], None]):
        self.manifest, self.edition, self.told = manifest, edition, told
        self.asking = Asking(edition.base_url)
        self.touched: Touched | None = None
        self.appeared: set[str] = set()
        self.changed: set[str] = set()

    def prepare(self, is_whole: bool) -> int:
        """Find out what is to be rendered; how many records that is."""
        self.manifest.begin()
        now = basis.basis(self.edition)
        changed = standing.compare(self.manifest)
        self.changed, self.appeared = set(changed), standing.appeared(self.manifest)
        is_same = now == self.manifest.fact("basis") and "property" not in changed
        if is_same and not is_whole and basis.is_continued(self.manifest):
            self.touched = reach.Reach(self.manifest, changed).follow()
        self.manifest.note("basis", now)
        basis.note_histories(self.manifest)
        standing.settle(self.manifest)
        if self.touched is not None:
            return sum(map(len, self.touched))
        return sum(model.objects.count() for model, _ in TABLES.values())

    def run(self) -> Outcome:
        """Render all of it into the manifest, and check its links."""
        with writing(self.edition):
            for kind in TABLES:
                keys = getattr(self.touched, kind) if self.touched else None
                for record in records(kind, keys):
                    self._record(record)
                    self.told()
            self._lists()
            self._shared()
            self._former()
            self._names()
            self._sitemaps()
            self._assets()
        swept = self._sweep()
        everywhere = self.touched is None or swept > 0
        found = self.manifest.dead_links(everywhere)
        dead = [Dead(*one) for one, _ in zip(found, range(MOST_NAMED), strict=False)]
        return Outcome(*self.manifest.counts(), dead, self.touched is None)

    def _record(self, record: Any) -> None:
        if self._pages(record.owner, record.path):
            for path in record.beside:
                self._page(record.owner, path)

    def _page(self, owner: str, path: str) -> bool:
        """A file as it is asked for; whether there is one."""
        page = self.asking.page(path)
        if page is None or page.location:
            return False
        self._put(owner, path, page.content)
        return True

    def _pages(self, owner: str, path: str) -> bool:
        """A page and those that follow it by a cursor, each with a path of its own."""
        asked, number, at = path, 1, path
        while asked:
            page = self.asking.page(asked)
            if page is None or page.location:
                return False
            following = f"{path}page/{number + 1}/"
            done = links.led(page.content.decode(), path, self.edition, following)
            self._take(owner, at, done.content.encode())
            asked = f"{path}?cursor={done.cursor}" if done.cursor else ""
            number, at = number + 1, following
        return True

    def _put(self, owner: str, path: str, content: bytes) -> None:
        if path.endswith("/") or path.endswith(".html"):
            led = links.led(content.decode(), path, self.edition, "")
            content = led.content.encode()
        elif path.endswith(".atom"):
            content = links.in_feed(content.decode(), self.edition).encode()
        self._take(owner, path, content)

    def _take(self, owner: str, path: str, content: bytes) -> None:
        self.manifest.put(
            owner, path, content, links.targets(path, content, self.edition)
        )

    def _lists(self) -> None:
        for one in LISTS:
            keys = getattr(self.touched, one.kind, None) if self.touched else None
            for path, page in one.pages():
                owner = f"list:{path}"
                is_same = self.manifest.fact(owner) == repr(page)
                if is_same and keys is not None and keys.isdisjoint(page.keys):
                    self.manifest.keep(owner)
                    continue
                self.manifest.note(owner, repr(page))
                self._list(owner, one.asked, path, page)

    def _list(self, owner: str, asked: str, path: str, page: ListPage) -> None:
        with writing(self.edition, page):
            found = self.asking.page(asked)
        assert found is not None, asked
        self._put(owner, path, found.content)

    def _shared(self) -> None:
        for path in SHARED:
            self._page("shared", path)
        self._put("shared", "/404.html", self._rendered("/404.html", "errors/404.html"))
        if self.touched is None or self.changed & DATED:
            self._pages("timeline", TIMELINE)
        else:
            self.manifest.keep("timeline")

    def _rendered(self, path: str, template: str, **context: Any) -> bytes:
        return render(self.asking.request(path), template, context).content

    def _former(self) -> None:
        """A small page at each former address, and one file for hosts that lead on."""
        lines = [f"/favicon.ico {asset('icon.svg')} 302"]
        for path in former():
            page = self.asking.page(path)
            if page is not None and page.location:
                to = page.location
                made = self._rendered(path, "edition/redirect.html", to=to)
                self._put("former", path, made)
                lines += [f"{path} {to} 301", f"{path}* {to}:splat 301"]
        self._take("former", "/_redirects", ("\n".join(lines) + "\n").encode())

    def _names(self) -> None:
        shards = names.shards()
        self._take("names", f"{names.FOLDER}index.json", names.index(shards))
        for shard in shards:
            self._take("names", f"{shard.path}.json", shard.content)
            path = f"{shard.path}/"
            made = self._rendered(path, "edition/names.html", shard=shard)
            self._put("names", path, made)
        path = reverse("search")
        self._put(
            "names", path, self._rendered(path, "edition/search.html", shards=shards)
        )

    def _sitemaps(self) -> None:
        """A section is written anew where a record appears or goes, or moves."""
        kind_of = {"claim": "claim", "question": "question", "source": "source"}
        is_said = {
            kind: kind_of.get(kind, "entity") in self.appeared for kind in SECTIONS
        }
        for address in self._sitemap("/sitemap.xml"):
            kind = address.removeprefix("/sitemap-").partition(".")[0]
            if self.touched is None or is_said[kind]:
                self._sitemap(address, f"sitemap:{address}")
            else:
                self.manifest.keep(f"sitemap:{address}")

    def _sitemap(self, asked: str, owner: str = "shared") -> list[str]:
        """The sitemap at that address; the addresses of its parts, if it has some."""
        page = self.asking.page(asked)
        assert page is not None, asked
        text = page.content.decode()
        self._take(
            owner, PART.sub(r"\1-\2.xml", asked), PART.sub(r"\1-\2.xml", text).encode()
        )
        return re.findall(
            rf"<loc>{re.escape(self.edition.base_url)}(/sitemap-[^<]*)", text
        )

    def _assets(self) -> None:
        """What pages use; the check of links tells if one is missing here."""
        for name in sorted({*ASSETS, *self.edition.used}):
            self._take("assets", asset(name), self.edition.content(name))

    def _sweep(self) -> int:
        if self.touched is None:
            return self.manifest.sweep(None)
        return self.manifest.sweep(self._owners(self.touched))

    def _owners(self, touched: Touched) -> Iterator[str]:
        """Whose files were all written in this run: what else they had is no more."""
        yield from ("shared", "former", "names", "assets", "timeline")
        yield from touched.owners
        for sort in ("list:", "sitemap:"):
            yield from self.manifest.owners(sort)
