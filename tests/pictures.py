"""Take the README's pictures from the running site: `make pictures`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import FLAGS
from tests.needs import chromium
from tests.serving import serving

PICTURES = {
    "profile.png": "/people/liang-wenfeng/",
    "question.png": "/questions/high-flyer-founded/",
}
SIZE = {"width": 1280, "height": 900}


def take(browser: Browser, site: str, folder: Path) -> None:
    page = browser.new_page(viewport=SIZE, color_scheme="light")
    for name, address in PICTURES.items():
        answer = page.goto(f"{site}{address}")
        if answer is None or not answer.ok:
            raise SystemExit(f"{address} cannot be shown.")
        page.screenshot(path=folder / name)
        print(folder / name)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as database,
        serving(Path(database)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        take(browser, site.url, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
