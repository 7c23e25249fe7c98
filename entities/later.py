"""Modules that are read when they are first needed.

Most commands and pages need no reader of PDF files and no writer of spreadsheets, whose
packages take longer to read than all else that starts the program.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


class Later:
    """A module of ours by its name; whatever it is asked for, it is read first."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)
