"""What the tests of pages share."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client

from entities.folding import fold
from entities.models import Entity


def read(client: Client, address: str, status: int = 200) -> str:
    """The visible text of a page, its white space as a reader sees it."""
    answer: Any = client.get(address)
    assert answer.status_code == status, f"{address}: {answer.status_code}"
    return visible(answer.content.decode())


def visible(source: str) -> str:
    body = re.sub(
        r"(?s)<(head|script|style)\b.*?</\1>|<div class=\"meaning\".*", " ", source
    )
    inline = re.sub(r"</?(a|strong|sup|q|s|span|i|button|em)\b[^>]*>", "", body)
    text = html.unescape(re.sub(r"<[^>]+>", " ", inline))
    return re.sub(r"\s+", " ", text).strip()


def links(client: Client, address: str) -> list[str]:
    """The addresses that a page leads to."""
    source = client.get(address).content.decode()
    return [html.unescape(found) for found in re.findall(r'href="([^"]+)"', source)]


def records(client: Client, address: str) -> list[str]:
    """The records that a list leads to, in its order."""
    path = address.split("?")[0]
    found = links(client, address)
    return [href for href in found if re.fullmatch(rf"{path}[-\w]+/", href)]


def walked(client: Client, address: str) -> list[str]:
    """The records of a list, from its first page to its last."""
    path, seen = address.split("?")[0], []
    while address:
        seen += records(client, address)
        following = [href for href in links(client, address) if "cursor=" in href]
        address = f"{path}{following[0]}" if following else ""
    return seen


def crowd(kind: str, size: int) -> None:
    """Many published entities at once, some of the same name."""
    names = [f"Ann Other {number % 7}" for number in range(size)]
    Entity.objects.bulk_create(
        Entity(
            kind=kind,
            name=name,
            slug=f"ann-{number}",
            status="published",
            folded=fold(name),
            sort_name=fold(name),
        )
        for number, name in enumerate(names)
    )
