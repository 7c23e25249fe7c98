"""A file that is there once it is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from django.core.management.base import CommandError


@contextmanager
def written(name: str) -> Iterator[TextIO]:
    """A file to write; what stood under its name stays until all is written.

    Raises CommandError if it cannot be written.
    """
    with replaced(name) as part, part.open("w", encoding="utf-8", newline="") as file:
        yield file


@contextmanager
def replaced(name: str) -> Iterator[Path]:
    """Where to write what takes the place of the file of that name once it is whole.

    Raises CommandError if it cannot be written.
    """
    path = Path(name)
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise CommandError(f"“{name}” cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
