"""A browser's side of a form: what it holds when opened, and what it sends back."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any


class _Fields(HTMLParser):
    """The fields of the page's forms as a browser would send them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sent: dict[str, Any] = {}
        self.errors: list[str] = []
        self._name: str | None = None
        self._text: list[str] | None = None
        self._error_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name = given.get("name")
        if tag == "input" and name:
            self._input(name, given)
        elif tag == "select" and name:
            self._name = name
        elif tag == "option" and self._name and "selected" in given:
            self._add(self._name, given.get("value", ""))
        elif tag == "textarea" and name:
            self._name, self._text = name, []
        elif tag == "ul" and "errorlist" in given.get("class", ""):
            self._error_depth = 1

    def _input(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in ("submit", "button") or "disabled" in given:
            return
        if kind in ("checkbox", "radio"):
            if "checked" in given:
                self._add(name, given.get("value", "on"))
        else:
            self._add(name, given.get("value", ""))

    def _add(self, name: str, value: str) -> None:
        if name in self.sent and name != "csrfmiddlewaretoken":
            old = self.sent[name]
            self.sent[name] = [*(old if isinstance(old, list) else [old]), value]
        else:
            self.sent[name] = value

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)
        elif self._error_depth and data.strip():
            self.errors.append(data.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None and self._name:
            # A browser drops the first line end and sends the others as CRLF.
            text = "".join(self._text).removeprefix("\n")
            self.sent[self._name] = re.sub(r"\r?\n", "\r\n", text)
            self._name, self._text = None, None
        elif tag == "select":
            self._name = None
        elif tag == "ul":
            self._error_depth = 0


def _read(page: Any) -> _Fields:
    parser = _Fields()
    parser.feed(page.text)
    return parser


def fields(page: Any) -> dict[str, Any]:
    """What a browser would send if the form on the page were saved untouched."""
    sent = _read(page).sent
    others = ("q", "action")
    return {
        name: value
        for name, value in sent.items()
        if name not in others and "__prefix__" not in name
    }


def errors(page: Any) -> list[str]:
    """The messages at the fields, and above them."""
    return _read(page).errors


def fill(client: Any, address: str, **typed: Any) -> dict[str, Any]:
    """Open a form and type into it; what is to be sent, the form's state included."""
    page = client.get(address)
    sent = fields(page)
    rows = {re.sub(r"-(\d+)-.*", r"-\1-", name) for name in typed}
    rows = {new for new in rows if not any(name.startswith(new) for name in sent)}
    for name, value in _read(page).sent.items():
        for new in rows if "__prefix__" in name else ():
            if name.startswith(re.sub(r"-\d+-$", "-__prefix__-", new)):
                sent[new + name.split("__prefix__-")[1]] = value
    return {key: value for key, value in (sent | typed).items() if value is not None}


def save(client: Any, address: str, **typed: Any) -> Any:
    """Open a form, type into it, save it; the page that follows."""
    sent = fill(client, address, **typed)
    return client.post(address, {**sent, "_continue": "on"}, follow=True)


def row(prefix: str, number: int, **typed: Any) -> dict[str, Any]:
    """One more row of an inline; it is told by itself how many there are."""
    named = {f"{prefix}-{number}-{name}": value for name, value in typed.items()}
    return {f"{prefix}-TOTAL_FORMS": str(number + 1), **named}


def messages(page: Any) -> list[str]:
    """What the page says came of it."""
    return [str(message) for message in page.context["messages"]]
