"""Every page that readers reach, and what it answers, to be held against another's.

`python -m tests.crawl FILE` follows all links from the front page on the database that
the environment names, at one moment, and writes what was found as JSON.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import sys
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

import django
from django.conf import settings
from django.test import Client

# The front, the lists, what is searched and the API come first; PAGES=all takes all.
MOST = 100_000 if os.environ.get("PAGES") == "all" else 400
# Later than anything in the data, and the same for all.
NOW = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
HOST = "http://testserver"
LINK = re.compile(r'(?:href|src|action)="([^"#]+)')
ADDRESS = re.compile(rf'"{HOST}(/[^"#]*)"|<loc>{HOST}([^<]+)</loc>')
WORDS = [
    "deepseek",
    "liang",
    "梁文锋",
    "open source",
    "6 million",
    "h800",
    "zhejiang",
    "é",
]
STARTS = [
    *("/", "/api/v1/", "/sitemap.xml", "/robots.txt"),
    *(f"/search/?q={quote(word)}" for word in WORDS),
    *(f"/search/suggestions/?q={quote(word)}" for word in WORDS),
    *(f"/people/?q={quote(word)}" for word in WORDS),
]
# The desk is no reader's; files and looks are no database's.
LEFT = ("/admin", "/static", "/favicon.ico")
# Lists have filters, of which one at a time is taken; each record has many views.
LISTS = re.compile(r"/(api/v1/)?[-a-z.]*/?")


def is_followed(address: str) -> bool:
    parts = urlsplit(address)
    return (
        not parts.netloc
        and parts.path.startswith("/")
        and not parts.path.startswith(LEFT)
        and len(parse_qsl(parts.query)) <= bool(LISTS.fullmatch(parts.path))
    )


def leads_to(address: str, kind: str, body: bytes) -> list[str]:
    """The addresses on a page that are followed."""
    if not re.match(r"text/|application/(.*\+)?(json|xml)", kind):
        return []
    text = body.decode()
    found = [html.unescape(one) for one in LINK.findall(text)]
    found += [html.unescape(one or other) for one, other in ADDRESS.findall(text)]
    whole = (urljoin(HOST + address, one).removeprefix(HOST) for one in found)
    return [one.partition("#")[0] for one in whole if is_followed(one)]


def crawled() -> dict[str, Any]:
    client, seen, found = Client(), set(STARTS), {}
    waiting = deque(STARTS)
    while waiting and len(found) < MOST:
        address = waiting.popleft()
        answer: Any = client.get(address)
        body = answer.getvalue()
        digest = hashlib.sha256(body).hexdigest()
        found[address] = [answer.status_code, answer.get("Location", ""), digest]
        kind = answer.get("Content-Type", "")
        leads = [*leads_to(address, kind, body), answer.get("Location", "")]
        new = dict.fromkeys(
            one for one in leads if is_followed(one) and one not in seen
        )
        seen |= new.keys()
        waiting.extend(new)
    return found


def main(name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "briefing.settings")
    os.environ["ALLOWED_HOSTS"] = "testserver"
    django.setup()
    settings.API_RATE = ""
    with mock.patch("django.utils.timezone.now", lambda: NOW):
        found = crawled()
    Path(name).write_text(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
