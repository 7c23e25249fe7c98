"""One value in one cell of a table, and back: exactly, and never as a formula."""

from __future__ import annotations

import json
import re
from typing import Any

from django.db import models

from entities.characters import stored_form
from sources.exchange.kinds import FILLED_BY_MACHINE, Kind

# A spreadsheet takes what begins so for a formula, or for the end of the cell.
_FORMULA = re.compile("'*[=+@\t\r\n\0＝＋－＠-]")
_WORD = re.compile(r"[^\s;\[{]([^;]*[^\s;])?")
# Between the members of a list, and between the parts of one key.
BETWEEN, WITHIN = "; ", " / "
# Found or noted by the program: a blank cell is no wish to lose it.
KEPT = FILLED_BY_MACHINE - {"start", "end"}
NUMBERS = (models.DecimalField, models.IntegerField)


def guarded(text: str) -> str:
    """The text behind an apostrophe if a spreadsheet would calculate it."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that was guarded; any other as it is."""
    is_guarded = cell.startswith("'") and _FORMULA.match(cell)
    return cell[1:] if is_guarded else cell


def written(kind: Kind, name: str, value: Any) -> str:
    """A record's value as the words of a cell."""
    if value is None or value == []:
        return ""
    if isinstance(kind.columns.get(name), NUMBERS):
        # It is digits, and a number in a spreadsheet too.
        return str(value)
    return guarded(_in_words(kind, name, value))


def _in_words(kind: Kind, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value
    if name in kind.many or (isinstance(value, list) and name not in kind.references):
        if all(map(_is_a_word, value)):
            return BETWEEN.join(value)
    elif name in kind.references:
        return WITHIN.join(value)
    return json.dumps(value, ensure_ascii=False)


def _is_a_word(value: Any) -> bool:
    """Whether it can stand in a list without being taken for several, or for JSON."""
    return isinstance(value, str) and bool(_WORD.fullmatch(value))


def read(kind: Kind, cells: dict[str, str]) -> dict[str, Any]:
    """The values of a record's cells; blank ones that say nothing are left out.

    A cell without words means blank, but where the field cannot be blank, or is the
    program's own: there the record keeps what it has.
    """
    return {
        name: _value(kind, name, unguarded(stored_form(cell)))
        for name, cell in cells.items()
        if cell or not _keeps(kind, name)
    }


def _keeps(kind: Kind, name: str) -> bool:
    column = kind.columns.get(name)
    cannot_be_blank = column is not None and column.has_default() and not column.blank
    return name in KEPT or cannot_be_blank


def _value(kind: Kind, name: str, words: str) -> Any:
    column = kind.columns.get(name)
    if name in kind.many:
        return _members(words)
    if name in kind.references:
        return _key(kind.references[name], words)
    if isinstance(column, models.JSONField):
        return _structure(words)
    if isinstance(column, models.BooleanField):
        # Spreadsheets write TRUE.
        return {"true": True, "false": False}.get(words.lower(), words or None)
    is_text = isinstance(column, models.CharField | models.TextField)
    return words if words or is_text else None


def _key(model: Any, words: str) -> Any:
    """The key of a reference: only its last part can hold what stands between."""
    parts = len(model.key_lookups())
    return words.split(WITHIN, parts - 1) if words else None


def _members(words: str) -> list[str]:
    return [one.strip() for one in words.split(BETWEEN.strip()) if one.strip()]


def _structure(words: str) -> Any:
    if words[:1] not in ("[", "{"):
        return _members(words)
    try:
        return json.loads(words)
    except (ValueError, RecursionError):
        return words
