"""How often one may try to sign in: counted where all workers of the machine see it.

An attempt is counted before it is judged, so that many at once gain nothing. It is
counted for the name at that address, for the address, and for the name wherever it is
tried from: guessing one password, one machine's guessing, and many machines'.
"""

from __future__ import annotations

import hashlib
import math
import time

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.http import HttpRequest
from rest_framework.throttling import BaseThrottle

# For so many seconds attempts are remembered; a success forgets those of the name.
WINDOW = 15 * 60
HERE, ADDRESS, NAME = 5, 50, 100


def minutes_to_wait(request: HttpRequest, name: str) -> int:
    """Count one more attempt; how many minutes must pass first, 0 if it may be made."""
    wait = 0.0
    for key, most in _counted(request, name).items():
        tried = _recent(key)
        if len(tried) >= most:
            wait = max(wait, tried[-most] + WINDOW - time.time())
        else:
            _store().set(key, [*tried, time.time()], WINDOW)
    return math.ceil(wait / 60)


def forget(request: HttpRequest, name: str) -> None:
    """Whoever came in starts anew; of the address only this attempt is taken back."""
    here, address, named = _counted(request, name)
    _store().delete_many([here, named])
    _store().set(address, _recent(address)[:-1], WINDOW)


def _counted(request: HttpRequest, name: str) -> dict[str, int]:
    """Under which keys an attempt is counted, and up to how many."""
    # Behind a proxy that we trust, the address it names; see NUM_PROXIES.
    address, name = BaseThrottle().get_ident(request), name.casefold()
    parts = {f"{name} at {address}": HERE, f"at {address}": ADDRESS, name: NAME}
    # What was typed as a name may be a password: no file holds it in clear.
    return {
        f"sign-in-{hashlib.sha256(part.encode(errors='replace')).hexdigest()}": most
        for part, most in parts.items()
    }


def _recent(key: str) -> list[float]:
    since = time.time() - WINDOW
    return [moment for moment in _store().get(key, []) if moment > since]


def _store() -> BaseCache:
    return caches["rates"]
