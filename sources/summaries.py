"""Summaries: what their sentences cite, and which of them cite nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

TOKEN = re.compile(r"\[\[([-\w]+)\]\]")
TOKENS = r"(?:\s*\[\[[-\w]+\]\])+"
# A sentence with its tokens, which stand before or after its full stop.
CITED = re.compile(rf"(.*?)({TOKENS})([.!?…]*)", re.DOTALL)
# Where one sentence ends and the next begins: not after initials and short forms.
BETWEEN = re.compile(
    r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St|Co|No|vs)\.)"
    r"(?<!\b(?:Mrs|Inc|Ltd)\.)(?<!\b(?:Prof|Corp)\.)[”’\")]*\s+(?=[“‘\"'(*_]*[A-Z0-9])"
)
BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.)\s)")
BULLET = re.compile(r"\A(?:\s*(?:[-*+]|\d+\.)\s+)?")


def cited_claims(summary: str) -> list[str]:
    """The slugs of the claims that a summary cites, in order."""
    return list(dict.fromkeys(TOKEN.findall(summary)))


def uncited(summary: str) -> list[str]:
    """The sentences that cite no claim: readers do not see them."""
    return [
        sentence.strip()
        for block in BLOCK.split(summary)
        for sentence in _uncited(BULLET.sub("", block))
        if sentence.strip()
    ]


def _uncited(block: str) -> Iterator[str]:
    end = 0
    for match in CITED.finditer(block):
        # The tokens stand for the sentence just before them alone.
        yield from BETWEEN.split(match[1])[:-1]
        end = match.end()
    yield from BETWEEN.split(block[end:])
