"""A server that says it saved before it did: only the judge of case 14 is on trial."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterable
from typing import Any

from briefing.wsgi import application as careful

# A server is killed sooner than this after what it said.
LATER = 0.5


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    if environ["REQUEST_METHOD"] != "POST":
        return careful(environ, start)
    body = environ["wsgi.input"].read()
    kept = {**environ, "wsgi.input": io.BytesIO(body)}
    save = threading.Timer(LATER, lambda: list(careful(kept, lambda *told: None)))
    save.start()
    start("302 Found", [("Location", "/")])
    return [b""]
