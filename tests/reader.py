"""Someone at the reading desk in a browser, whose actions are counted.

An action is a click, a shortcut, a selection, or one typed query with its choice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect


@dataclass
class Desk:
    """Someone at the reading desk, whose actions are counted."""

    page: Page
    actions: int = 0
    presses: int = 0

    def click(self, name: str, within: str = "body") -> None:
        self.page.locator(within).get_by_role("button", name=name).first.click()
        self.actions += 1

    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)
        self.presses += 1

    def shortcut(self, keys: str) -> None:
        self.press(keys)
        self.actions += 1

    def type(self, words: str, chooses: bool = False) -> None:
        """One typed query, with its choice if it has one."""
        self.page.keyboard.type(words)
        if chooses:
            self.page.keyboard.press("Enter")
        self.actions += 1

    def drag_over(self, quote: str) -> None:
        """Select words with the mouse."""
        box = self.page.evaluate(WHERE, quote)
        self.page.mouse.move(box["x"], box["y"])
        self.page.mouse.down()
        self.page.mouse.move(box["toX"], box["toY"], steps=4)
        self.page.mouse.up()
        self.actions += 1

    def walk_to(self, quote: str) -> None:
        """Select words from the keyboard: to the sentence, the word, then on."""
        self.page.locator("#article").focus()
        # Back to the start of the sentence, where the last passage was in it.
        self.press("ArrowUp")
        self.walk("ArrowDown", lambda heard: quote in heard)
        first = quote.split()[0]
        start = self.page.evaluate(PLACE, quote)
        self.walk("ArrowRight", lambda heard: heard in first and self.at() == start)
        self.walk("Shift+ArrowRight", lambda heard: heard.endswith(quote.split()[-1]))
        self.shortcut("Enter")

    def at(self) -> int:
        highlight = "[...CSS.highlights.get('chosen')][0]"
        return self.page.evaluate(
            "() => { const range = document.createRange();"
            "range.setStart(document.getElementById('article'), 0);"
            f"range.setEnd({highlight}.startContainer, {highlight}.startOffset);"
            "return range.toString().length }"
        )

    def walk(self, key: str, is_there: Callable[[str], bool]) -> None:
        for _ in range(80):
            if is_there(self.page.locator("#heard").text_content() or ""):
                return
            self.press(key)
        raise AssertionError(f"no {key} led there")


WHERE = """(quote) => {
  const all = document.createRange();
  const article = document.getElementById("article");
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  let text = "", nodes = [];
  while (walker.nextNode()) {
    nodes.push([text.length, walker.currentNode]);
    text += walker.currentNode.data;
  }
  const at = text.indexOf(quote), end = at + quote.length;
  const find = (place) => nodes.filter(([start]) => start <= place).at(-1);
  const [s, first] = find(at), [e, last] = find(end - 1);
  all.setStart(first, at - s);
  all.setEnd(last, end - e);
  first.parentElement.scrollIntoView({ block: "center" });
  const boxes = [...all.getClientRects()].filter((box) => box.width > 0);
  const from = boxes[0], to = boxes.at(-1);
  return { x: from.left + 0.5, y: from.top + from.height / 2,
           toX: to.right - 0.5, toY: to.top + to.height / 2 };
}"""
PLACE = """(quote) => {
  const range = document.createRange();
  range.selectNodeContents(document.getElementById("article"));
  return range.toString().indexOf(quote);
}"""


def ready(desk: Desk) -> None:
    """Wait for the script, as nobody has to who reads before selecting."""
    expect(desk.page.locator("#panel.live")).to_have_count(1)


def open_panel(desk: Desk) -> None:
    expect(desk.page.locator("#panel.open")).to_be_visible()
    expect(desk.page.locator("#panel #id_quote")).not_to_have_value("")
