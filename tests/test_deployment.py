"""The deployment of docs/deploy.md: gunicorn behind nginx, with the files there."""

from __future__ import annotations

import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.commands import Place
from tests.serving import free_port
from tests.tree import ROOT

DEPLOY = ROOT / "docs" / "deploy"
pytestmark = [pytest.mark.nginx, pytest.mark.sqlite, pytest.mark.slow]
NAME = "briefing.example"


class Site(NamedTuple):
    """What stands behind nginx: its port, the plain one, and what was logged."""

    port: int
    plain: int
    folder: Path

    def ask(self, method: str, path: str, headers: Any = None, body: Any = None) -> Any:
        """The answer and its body, over TLS, asked for by the site's name."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        line = HTTPSConnection("127.0.0.1", self.port, timeout=60, context=context)
        line.request(method, path, body, {"Host": NAME, **(headers or {})})
        answer = line.getresponse()
        return answer, answer.read().decode(errors="replace")


@pytest.fixture(scope="module")
def site(tmp_path_factory: Any, loaded: Path) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("deployed")
    place = Place(folder)
    shutil.copy(loaded, place.database)
    site = Site(free_port(), free_port(), folder)
    _certify(folder)
    (folder / "nginx.conf").write_text(_nginx(site))
    started = [_gunicorn(place), _start(folder, ["nginx", "-c", folder / "nginx.conf"])]
    try:
        _wait_for(site)
        yield site
    finally:
        for process in reversed(started):
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=120)


def _certify(folder: Path) -> None:
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=briefing"
    files = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subprocess.run([*command.split(), *files], check=True, capture_output=True)


def _nginx(site: Site) -> str:
    """The example as it stands, but for ports and folders."""
    example = (DEPLOY / "nginx.conf").read_text()
    for old, new in {
        "/run/briefing/": f"{site.folder}/",
        "/etc/ssl/briefing/": f"{site.folder}/",
        "/var/lib/nginx/briefing": f"{site.folder}/cache",
        "/var/log/nginx/briefing.log": f"{site.folder}/access.log",
        "listen [::]:": "# listen ",
        "listen 443": f"listen 127.0.0.1:{site.port}",
        "listen 80": f"listen 127.0.0.1:{site.plain}",
    }.items():
        assert old in example
        example = example.replace(old, new)
    return (
        f"user {_me()};\ndaemon off;\npid {site.folder}/nginx.pid;\n"
        f"error_log stderr;\nevents {{}}\n"
        f"http {{ access_log off; {example} }}\n"
    )


def _me() -> str:
    return subprocess.run(["id", "-un"], capture_output=True, text=True).stdout.strip()


def _gunicorn(place: Place) -> subprocess.Popen[bytes]:
    environment = place.environment | {
        "SECRET_KEY": "for-one-test-only-0123456789-abcdefghijklmnopqrstuvwxyz",
        "ALLOWED_HOSTS": NAME,
        "CSRF_TRUSTED_ORIGINS": f"https://{NAME}",
        "HTTPS": "1",
        "RATES_DIR": str(place.folder / "rates"),
    }
    bind = ["--bind", f"unix:{place.folder}/gunicorn.sock"]
    settings = ["--config", DEPLOY / "gunicorn.conf.py"]
    command = [sys.executable, "-m", "gunicorn", "briefing.wsgi", *settings, *bind]
    return _start(place.folder, command, env=environment)


def _start(folder: Path, command: list[Any], **how: Any) -> subprocess.Popen[bytes]:
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, **how)


def _wait_for(site: Site) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        try:
            if site.ask("GET", "/healthz")[1] == "ok":
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise RuntimeError((site.folder / "log").read_text())


def test_the_site_answers_over_tls(site: Site) -> None:
    answer, body = site.ask("GET", "/")
    assert answer.status == 200 and "DeepSeek" in body
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert (
        "gunicorn" not in str(answer.headers) and "1." not in answer.headers["Server"]
    )


def test_plain_http_leads_to_tls(site: Site) -> None:
    command = [
        "curl",
        "-si",
        "-H",
        f"Host: {NAME}",
        f"http://127.0.0.1:{site.plain}/a?b",
    ]
    told = subprocess.run(command, capture_output=True, text=True).stdout
    assert " 301 " in told.splitlines()[0] and f"https://{NAME}/a?b" in told


def test_case_54_another_name_is_not_answered(site: Site) -> None:
    with pytest.raises(OSError):
        site.ask("GET", "/", {"Host": "evil.example"})


def test_case_54_what_a_client_says_of_itself_is_not_believed(site: Site) -> None:
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}
    answer, body = site.ask("GET", "/people/", forged)
    assert answer.status == 200 and "evil.example" not in body


def test_signing_in_works_behind_it(site: Site) -> None:
    answer, body = site.ask("GET", "/admin/login/")
    cookies = answer.headers.get_all("Set-Cookie")
    assert cookies and all("Secure" in cookie for cookie in cookies)
    token = body.split('csrfmiddlewaretoken" value="')[1].split('"')[0]
    headers = {
        "Cookie": "; ".join(cookie.split(";")[0] for cookie in cookies),
        "Referer": f"https://{NAME}/admin/login/",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    data = f"username=nobody&password=x&csrfmiddlewaretoken={token}"
    answer, body = site.ask("POST", "/admin/login/", headers, data)
    assert answer.status == 200 and "Please enter the correct" in body


def test_past_days_are_slowed_down_and_others_are_not(site: Site) -> None:
    path = "/people/liang-wenfeng/?as_of=2026-11-01"
    seen = {site.ask("GET", path)[0].status for _ in range(12)}
    assert 429 in seen
    assert site.ask("GET", "/people/liang-wenfeng/")[0].status == 200


def test_a_body_over_the_limit_is_refused_at_the_door(site: Site) -> None:
    answer, _ = site.ask("POST", "/admin/login/", {"Content-Length": "50000000"})
    assert answer.status == 413


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_the_units_are_well_formed(tmp_path: Path) -> None:
    for unit in DEPLOY.glob("briefing*.*"):
        words = unit.read_text().replace("/srv/briefing/.venv/bin/", "/usr/bin/env ")
        (tmp_path / unit.name).write_text(words)
    units = [str(unit) for unit in tmp_path.iterdir()]
    command = ["systemd-analyze", "verify", *units]
    told = subprocess.run(command, capture_output=True, text=True)
    ours = [line for line in told.stderr.splitlines() if "briefing" in line]
    assert len(units) == 5 and not ours
