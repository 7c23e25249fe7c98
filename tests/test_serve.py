"""What a newcomer gets from `make run`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.serving import Site, serving

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served")


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[Site]:
    with serving(folder) as site:
        yield site


def page(site: Site, address: str) -> str:
    with urlopen(f"{site.url}{address}") as answer:
        assert answer.status == 200
        return answer.read().decode()


def test_it_works(site: Site) -> None:
    assert "Liang Wenfeng" in page(site, "/people/liang-wenfeng/")


def test_it_says_where_it_is_and_who_may_enter(site: Site) -> None:
    told = site.told()
    assert f"{site.url}/admin/" in told
    assert re.search(r"user name  admin\n\s+password   \S+\n", told)


def test_it_serves_the_styles_of_pages_and_admin(site: Site) -> None:
    for address in ("/", "/admin/login/"):
        sheets = re.findall(r'href="(/static/[^"]+\.css)"', page(site, address))
        assert sheets, f"{address} has no style"
        assert all(page(site, sheet) for sheet in sheets)


def test_it_ends_cleanly_and_tells_no_password_twice(site: Site, folder: Path) -> None:
    assert site.stop() == 0
    with serving(folder) as again:
        assert "password" not in again.told()
        assert "Traceback" not in again.told()
