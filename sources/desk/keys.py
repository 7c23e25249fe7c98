"""The desk's shortcuts in one list: the sheet shows it, a test holds the code to it.

A chord is written as in `aria-keyshortcuts`; on a Mac, Command does what Control does.
"""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sources.desk import records

SIGNS = {
    "Control": "Ctrl",
    "Escape": "Esc",
    "ArrowUp": "↑",
    "ArrowDown": "↓",
    "ArrowLeft": "←",
    "ArrowRight": "→",
}


class Key(NamedTuple):
    """What one chord, or each of several, does."""

    chords: str
    does: str

    @property
    def shown(self) -> list[list[str]]:
        """Each chord as the words on its keys."""
        return [
            [SIGNS.get(part, part) for part in chord.split("+")]
            for chord in self.chords.split()
        ]


class Place(NamedTuple):
    """Where some keys work; `name` is what the scripts call it."""

    name: str
    title: str
    keys: list[Key]
    # Keys that move within one thing work whatever the switch says.
    stays: bool = False


PLACES = [
    Place(
        "everywhere",
        "Everywhere",
        [
            Key("?", "This sheet"),
            Key("/", "Search the list, or the tables"),
            Key("D", "The front of the desk"),
        ],
    ),
    Place(
        "form",
        "A record’s form",
        [
            Key("Control+S", "Save and go on editing"),
            Key("Control+Enter", "Save"),
            Key("Control+Shift+Enter", "Save and open the next of the list"),
        ],
    ),
    Place(
        "reading",
        "Reading and citing",
        [
            Key("Control+Enter", "Save what you cite"),
            Key("Control+Shift+Enter", "Save, and cite the same words once more"),
            Key("Alt+L", "Again like the last"),
            Key("Alt+1 Alt+2 Alt+3 Alt+4 Alt+5", "The claim with that number"),
            Key("Alt+Z", "Take back the last"),
        ],
    ),
    Place(
        "article",
        "In the article, once it has the focus",
        [
            Key("ArrowDown ArrowUp", "The next sentence, the one before"),
            Key("ArrowRight ArrowLeft", "The next word, the one before"),
            Key("Shift+ArrowDown Shift+ArrowUp", "A sentence more, one less"),
            Key("Shift+ArrowRight Shift+ArrowLeft", "A word more, one less"),
            Key("N", "The next sentence without a claim"),
            Key("Enter", "Cite it"),
        ],
        stays=True,
    ),
    Place(
        "checking",
        "Checking",
        [
            Key("Y", "Yes, it says this"),
            Key("P", "Yes, and publish the claim"),
            Key("U", "Not sure"),
            Key("N", "No: then say why, and Enter sends it"),
        ],
    ),
]


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Every shortcut, and the switch for them all."""
    context = records.context(request, "Keys", places=PLACES)
    return render(request, "desk/keys.html", context)
