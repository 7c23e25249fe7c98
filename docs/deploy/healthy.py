"""Exit 1 unless the site on this machine answers; for a container's health check."""

import os
import sys
from urllib.error import URLError
from urllib.request import Request, urlopen

host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
request = Request("http://127.0.0.1:8000/healthz")
# What the proxy would say: without it the site would lead to https.
request.add_header("Host", host)
request.add_header("X-Forwarded-Proto", "https")
try:
    with urlopen(request, timeout=5) as answer:
        sys.exit(0 if answer.read() == b"ok" else 1)
except URLError:
    sys.exit(1)
