"""Take the pictures of README and docs from the running site: `make pictures`."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import FLAGS
from tests.needs import chromium
from tests.reader import Desk, open_panel, ready
from tests.serving import Site, serving

PICTURES = {
    "profile.png": "/people/liang-wenfeng/",
    "question.png": "/questions/high-flyer-founded/",
}
DESK_PICTURES = {
    "desk.png": "/admin/",
    "deciding.png": "/admin/decide/high-flyer-founded/",
    "keys.png": "/admin/keys/",
}
SIZE = {"width": 1280, "height": 900}
# The articles are not ours to show; this one is made up.
ARTICLE = "\n\n".join(
    (
        "Northwind Labs opens an office in Oslo",
        "Northwind Labs, a maker of weather models, said on 3 March 2025 that it has "
        "opened an office in Oslo. The company was founded in 2015 and employs about "
        "40 people.",
        "“We began with two borrowed computers,” Mira Holm said. She leads the office.",
        "The Harbour Herald reported last year that the company had raised $6 million.",
    )
)


def take(browser: Browser, site: Site, folder: Path) -> None:
    page = browser.new_page(viewport=SIZE, color_scheme="light")
    for name, address in PICTURES.items():
        photograph(page, site, address, folder / name)
    sign_in(page, site)
    for name, address in DESK_PICTURES.items():
        photograph(page, site, address, folder / name)
    read(page, site, folder)


def photograph(page: Page, site: Site, address: str, file: Path) -> None:
    answer = page.goto(f"{site.url}{address}")
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} cannot be shown.")
    page.screenshot(path=file)
    print(file)


def sign_in(page: Page, site: Site) -> None:
    """As the administrator whose password the site told the terminal."""
    told = re.search(r"^ +password +(\S+)$", site.told(), re.MULTILINE)
    if told is None:
        raise SystemExit("The site made no administrator.")
    page.goto(f"{site.url}/admin/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill(told[1])
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="All tables")).to_be_visible()


def read(page: Page, site: Site, folder: Path) -> None:
    """Bring in the article, cite two passages of it, and check them."""
    desk = Desk(page)
    page.goto(f"{site.url}/admin/texts/new/")
    page.get_by_label("Paste the text").fill(ARTICLE)
    desk.click("Read it")
    page.screenshot(path=folder / "text-in.png")
    desk.click("Make a draft and read it")
    ready(desk)
    desk.click("+ organisation")
    expect(page.get_by_text("Added “Northwind Labs”")).to_be_visible()
    cite(desk, "was founded in 2015", "founded")
    desk.drag_over("has opened an office in Oslo")
    open_panel(desk)
    page.screenshot(path=folder / "reading.png")


def cite(desk: Desk, quote: str, words: str) -> None:
    desk.drag_over(quote)
    open_panel(desk)
    desk.type(words, chooses=True)
    expect(desk.page.locator("#id_property_key")).not_to_have_value("")
    desk.shortcut("Control+Enter")
    expect(desk.page.locator("#panel.open")).to_have_count(0)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as database,
        serving(Path(database)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        take(browser, site, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
