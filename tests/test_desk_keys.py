"""The sheet of shortcuts: what it says is what the scripts do."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sources.desk.keys import PLACES
from tests.tree import ROOT


def bound() -> dict[str, set[str]]:
    """The chords that the scripts bind, by place."""
    found: dict[str, set[str]] = {}
    for script in (ROOT / "static" / "desk").glob("*.js"):
        text = script.read_text()
        for call in re.finditer(r'\bbind\("(\w+)", (?:(\w+)|\{)', text):
            place, name = call.groups()
            # The actions stand in the call, or under a name of their own.
            start = text.index(f"const {name} = {{") if name else call.end()
            actions = re.split(r"^ *\}\)?;", text[start:], flags=re.M)[0]
            chords = re.findall(r'^ +(?:"([^"]+)"|(\w+)): ', actions, re.M)
            found.setdefault(place, set()).update(one or other for one, other in chords)
    return found


def test_it_works(editor: Any, client: Any) -> None:
    client.force_login(editor)
    page = client.get("/admin/keys/").text
    for place in PLACES:
        assert place.title in page
        for key in place.keys:
            assert key.does in page
    assert "<kbd>Ctrl</kbd>+<kbd>S</kbd>" in page
    assert "Without JavaScript there are no shortcuts" in page


def test_every_page_of_the_desk_leads_to_it(
    cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    for address in (
        "",
        "check/",
        "texts/new/",
        "read/herald-report/",
        "sources/claim/",
    ):
        assert 'href="/admin/keys/"' in client.get(f"/admin/{address}").text


def test_the_sheet_and_the_scripts_agree() -> None:
    told = {
        place.name: {chord for key in place.keys for chord in key.chords.split()}
        for place in PLACES
    }
    assert bound() == told


def test_no_chord_means_two_things_in_one_place() -> None:
    for place in PLACES:
        chords = [chord for key in place.keys for chord in key.chords.split()]
        assert len(chords) == len(set(chords)), place.title


@pytest.mark.parametrize("script", ["keys.js", "reading.js", "checking.js"])
def test_no_script_listens_for_letters_by_itself(script: str) -> None:
    """What goes round `bind` no switch turns off; Enter and Escape are no letters."""
    text = (ROOT / "static" / "desk" / script).read_text()
    keys = set(re.findall(r'event\.key [!=]== "(\w+)"', text))
    assert keys <= {"Enter", "Escape"}
