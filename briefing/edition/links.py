"""The links of a page: led where a host of files can follow, and gathered for a check.

A host of files knows no query string. A further page of a list or profile becomes a
page by path; any other link that needs the server goes to the live site, or keeps its
words alone where none is named. What is read here is our own HTML.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from briefing.edition.current import Edition

ANCHOR = re.compile(r'<a\b([^>]*?)\shref="([^"]*)"([^>]*)>(.*?)</a>', re.DOTALL)
ALTERNATE = re.compile(r'<link\b[^>]*\shref="([^"]*)"[^>]*>')
TARGET = re.compile(r'(?:href|src|action|data-names)="([^"]*)"')
PLACE = re.compile(r"<loc>([^<]*)</loc>")
MARKDOWN = re.compile(r"\]\(([^)\s]+)\)|\]: (\S+)")
FURTHER = re.compile(r"\?cursor=([-\w]+)")
# What only a server answers.
SERVER = re.compile(r"^(?:/admin/|/api/|/healthz|.*/check/$|/search/suggestions/)")
# Filters that are so much asked for that the edition has their lists.
KEPT = {"/questions/?state=differ": "/questions/by/differ/"}


class Led(NamedTuple):
    """A page whose links lead somewhere, and the place where it goes on."""

    content: str
    cursor: str = ""


def led(text: str, path: str, edition: Edition, following: str) -> Led:
    """The page at that path; `following` is the address of the page after it."""
    cursors: list[str] = []

    def lead(found: re.Match[str]) -> str:
        href = html.unescape(found[2])
        further = FURTHER.fullmatch(href)
        if further:
            cursors.append(further[1])
        to = following if further else _led(href, path, edition)
        if to == href:
            return found[0]
        if not to:
            return f"<span>{found[4]}</span>"
        return f'<a{found[1]} href="{html.escape(to)}"{found[3]}>{found[4]}</a>'

    def alternate(found: re.Match[str]) -> str:
        href = html.unescape(found[1])
        to = _led(href.removeprefix(edition.base_url) or "/", path, edition)
        if not to:
            return ""
        return found[0] if not _needs_server(href, edition) else _to(found, to)

    whole = ALTERNATE.sub(alternate, ANCHOR.sub(lead, text))
    return Led(whole, cursors[0] if cursors else "")


def in_feed(text: str, edition: Edition) -> str:
    """A feed whose links to lists lead to those that the edition has."""
    for asked, path in KEPT.items():
        text = text.replace(f"{edition.base_url}{asked}", f"{edition.base_url}{path}")
    return text


def _to(found: re.Match[str], to: str) -> str:
    return found[0].replace(f'href="{found[1]}"', f'href="{html.escape(to)}"')


def _led(href: str, path: str, edition: Edition) -> str:
    """Where the link goes in the edition; empty where nothing can answer it."""
    if not _needs_server(href, edition):
        return href
    if href == "?":
        return path
    whole = f"{path}{href}" if href.startswith("?") else href
    return KEPT.get(whole) or edition.served(whole.removeprefix(edition.base_url))


def _needs_server(href: str, edition: Edition) -> bool:
    inner = href.removeprefix(edition.base_url)
    if not inner.startswith(("/", "?")) or inner.startswith("//"):
        return False
    return "?" in inner.partition("#")[0] or SERVER.match(inner) is not None


def targets(name: str, content: bytes, edition: Edition) -> set[str]:
    """The files of the edition that this one leads to, each with its problem if any.

    A link that keeps a query string is named with it, so that no file is found there.
    """
    if name.endswith((".html", ".atom", "/")):
        found = TARGET.findall(content.decode())
    elif name.endswith(".xml"):
        found = PLACE.findall(content.decode())
    elif name.endswith(".md"):
        found = [one or two for one, two in MARKDOWN.findall(content.decode())]
    else:
        return set()
    inner = (_inner(html.unescape(href), edition) for href in found)
    return {target for target in inner if target}


def _inner(href: str, edition: Edition) -> str:
    """The path of a link within the edition; empty for one that leaves it."""
    if edition.base_url and href.startswith(edition.base_url):
        href = href[len(edition.base_url) :] or "/"
    if not href.startswith("/") or href.startswith("//"):
        return href if href.startswith("?") else ""
    return href.partition("#")[0]
