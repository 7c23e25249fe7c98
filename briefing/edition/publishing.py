"""Writes the static edition: asks for pages, takes them in, checks them, moves them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.urls import reverse

from briefing.edition import basis, links, names, reach, standing, timeline
from briefing.edition.asking import Asking
from briefing.edition.current import Edition, ListPage, asset, writing
from briefing.edition.lists import LISTS
from briefing.edition.manifest import Manifest
from briefing.edition.reach import Touched
from briefing.edition.records import TABLES, former, records
from briefing.pages.sitemaps import SECTIONS
from briefing.rendering import render

# What shows the latest of everything, and costs less to render than to think about.
SHARED = (
    "/",
    "/changes/",
    "/feeds/changes.atom",
    "/feeds/differing.atom",
    "/robots.txt",
)
# What the index of names is made of.
NAMED = {"entity", "alias"}
# Always there, so that it does not depend on which pages were rendered last.
ASSETS = ("icon.svg", "names.js", "notes.js", "site.css")
PART = re.compile(r"(sitemap-\w+)\.xml\?p=(\d+)")
# Owners of which there is one for each page.
PAGED = ("list:", "sitemap:", "timeline:", "names:")
MOST_NAMED = 20
# Told what is done now and how much of it there is, it gives what is told of each.
Telling = Callable[[str, int | None], Callable[[], None]]


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
    """One run: `touched` is None where all is rendered."""

    def __init__(self, manifest: Manifest, edition: Edition, telling: Telling):
        self.manifest, self.edition, self.telling = manifest, edition, telling
        self.asking = Asking(edition.base_url)
        self.touched: Touched | None = None
        self.appeared: set[str] = set()
        self.changed: set[str] = set()

    def prepare(self, is_whole: bool) -> None:
        """Find out what is to be rendered."""
        self.manifest.begin()
        now = basis.basis(self.edition)
        is_same = now == self.manifest.fact("basis") and not is_whole
        if not is_same:
            self.manifest.distrust()
        told = self.telling("thousand rows compared", None)
        changed = standing.compare(self.manifest, told)
        self.changed, self.appeared = set(changed), standing.appeared(self.manifest)
        is_same = is_same and "property" not in changed
        if is_same and basis.is_continued(self.manifest):
            self.touched = reach.Reach(self.manifest, changed).follow()
        self.manifest.note("basis", now)
        basis.note_histories(self.manifest)
        standing.settle(self.manifest)

    def run(self) -> Outcome:
        """Render all of it into the manifest, and check its links."""
        with writing(self.edition):
            self._records()
            self._lists()
            self._shared()
            self._timeline()
            self._former()
            self._names()
            self._sitemaps()
            self._assets()
        swept = self._sweep()
        told = self.telling("files whose links are checked", None)
        found = self.manifest.dead_links(self.touched is None or swept > 0, told)
        dead = [Dead(*one) for one, _ in zip(found, range(MOST_NAMED), strict=False)]
        return Outcome(*self.manifest.counts(), dead, self.touched is None)

    def _records(self) -> None:
        if self.touched is None:
            total = sum(model.objects.count() for model, _ in TABLES.values())
        else:
            total = sum(map(len, self.touched))
        told = self.telling("records", total)
        for kind in TABLES:
            for record in records(kind, self._keys(kind)):
                self._record(record)
                told()

    def _keys(self, kind: str) -> set[int] | None:
        """Which records of a kind may say something else; None: all of them."""
        return None if self.touched is None else getattr(self.touched, kind, None)

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
        number, cursor = 1, self._paged(owner, path)
        while cursor:
            number += 1
            cursor = self._paged(owner, path, number, cursor)
        return cursor is not None

    def _paged(
        self, owner: str, path: str, number: int = 1, cursor: str = ""
    ) -> str | None:
        """One of those pages; the cursor of the next, None if this one is not there."""
        page = self.asking.page(f"{path}?cursor={cursor}" if cursor else path)
        if page is None or page.location:
            return None
        text, following = page.content.decode(), _numbered(path, number + 1)
        led = links.led(text, path, self.edition, following)
        self._take(owner, _numbered(path, number), led.content.encode())
        return led.cursor

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
        told = self.telling("pages of lists", None)
        for one in LISTS:
            keys = self._keys(one.kind)
            for path, page in one.pages():
                told()
                owner = f"list:{path}"
                is_same = keys is not None and keys.isdisjoint(page.keys)
                if is_same and self._stands(owner, repr(page)):
                    continue
                self.manifest.note(owner, repr(page))
                self._list(owner, one.asked, path, page)

    def _stands(self, owner: str, said: str) -> bool:
        """Whether that is what an owner's files were made of; they are then kept."""
        is_same = self.touched is not None and self.manifest.fact(owner) == said
        return is_same and self.manifest.keep(owner)

    def _list(self, owner: str, asked: str, path: str, page: ListPage) -> None:
        with writing(self.edition, page):
            found = self.asking.page(asked)
        assert found is not None, asked
        self._put(owner, path, found.content)

    def _shared(self) -> None:
        for path in SHARED:
            self._page("shared", path)
        self._put("shared", "/404.html", self._rendered("/404.html", "errors/404.html"))

    def _timeline(self) -> None:
        """Page by page, and of these only what is made of something else."""
        told = self.telling("pages of the timeline", None)
        cursor = ""
        for number, said in enumerate(timeline.said(), 1):
            told()
            owner = f"timeline:{_numbered(timeline.PATH, number)}"
            if not self._stands(owner, said):
                further = self._paged(owner, timeline.PATH, number, cursor)
                self.manifest.note(owner, said)
                self.manifest.note(f"after {owner}", further or "")
            cursor = self.manifest.fact(f"after {owner}")

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
        if self.touched is not None and not self.changed & NAMED:
            for owner in self.manifest.owners("names"):
                self.manifest.keep(owner)
            return
        shards = names.shards()
        told = self.telling("files of names", len(shards))
        for shard in shards:
            told()
            self._shard(shard)
        self._take("names", f"{names.FOLDER}index.json", names.index(shards))
        path = reverse("search")
        made = self._rendered(path, "edition/search.html", shards=shards)
        self._put("names", path, made)

    def _shard(self, shard: names.Shard) -> None:
        owner, content = f"names:{shard.path}", shard.content
        said = hashlib.sha256(content).hexdigest()
        if not self._stands(owner, said):
            self.manifest.note(owner, said)
            self._take(owner, f"{shard.path}.json", content)
            path = f"{shard.path}/"
            made = self._rendered(path, "edition/names.html", shard=shard)
            self._put(owner, path, made)

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
        yield from ("shared", "former", "names", "assets")
        yield from touched.owners
        for sort in PAGED:
            yield from self.manifest.owners(sort)


def _numbered(path: str, number: int) -> str:
    """The address of one of the pages that a page goes on with."""
    return f"{path}page/{number}/" if number > 1 else path
