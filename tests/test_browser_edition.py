"""The static edition in a real browser, served as plain files."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from entities.folding import words
from entities.models import Alias
from tests.cast import Cast
from tests.edition import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SPELLINGS = (
    *("Ada Vance", "ÉCOLE Zoë", "Straße", "Łódź Øre", "ﬁnd", "O’Brien", "梁文锋 Liang"),
    *(
        "Άδωνις ΟΔΥΣΣΕΥΣ",
        "Йод",
        "İstanbul ısı",
        "हिन्दी",
        "שָׁלוֹם",
        "ＡＢＣ１２",
        "Ｖ-3 x_y",
        "가나",
    ),
)


class Quiet(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'")
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        """Nobody reads it."""


@pytest.fixture
def site(cast: Cast, tmp_path: Path) -> Iterator[str]:
    Alias(entity=cast.ada, text="Ádá Lovejoy", status="published").save()
    publish(tmp_path / "site")
    handler = partial(Quiet, directory=str(tmp_path / "site"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("width", [390, 1440])
def test_it_works(page: Page, site: str, width: int) -> None:
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text))
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/", "/people/ada-vance/", "/search/", "/claims/", "/timeline/"):
        page.goto(f"{site}{path}")
        assert "Times" not in page.evaluate(
            "getComputedStyle(document.body).fontFamily"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert complaints == []


def test_a_name_is_found_from_any_page(page: Page, site: str) -> None:
    page.goto(f"{site}/claims/")
    page.get_by_role("searchbox").fill("vànce ada")
    page.keyboard.press("Enter")
    results = page.get_by_role("region", name="Names found")
    expect(results.get_by_role("link")).to_have_text(["Ada Vance"])
    expect(results.get_by_role("status")).to_have_text("1 name")
    page.get_by_role("searchbox").fill("LOVEJ")
    expect(results).to_contain_text("Also met as Ádá Lovejoy")
    page.get_by_role("searchbox").fill("nobody")
    expect(results.get_by_role("status")).to_have_text("0 names")
    page.get_by_role("searchbox").fill("northwind")
    results.get_by_role("link", name="Northwind Labs").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Northwind Labs")


def test_without_a_script_names_are_found_by_letter(browser: Any, site: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site}/search/?q=ada")
    page.get_by_role("link", name="A", exact=True).click()
    page.get_by_role("link", name="Ada Vance").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Vance")
    page.close()


def test_both_sides_fold_alike(page: Page, site: str) -> None:
    page.goto(f"{site}/search/")
    fold = """async (texts) => {
      const script = document.querySelector("script[src*='names.']").src;
      const { folder } = await import(script);
      const index = await (await fetch("/names/index.json")).json();
      return texts.map(folder(index));
    }"""
    letters = [chr(point) for point in (*range(32, 0x250), *range(0x370, 0x700))]
    texts = [*SPELLINGS, *letters]
    for text, folded in zip(texts, page.evaluate(fold, texts), strict=True):
        assert folded == words(text), f"{text} {ord(text[0]):x}"
