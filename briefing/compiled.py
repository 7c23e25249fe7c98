"""Templates as they were compiled, kept beside them as Python keeps its own modules.

To compile those of the front page takes as long as to make all the rest of it. Whoever
can write in that folder can write the templates too; where nothing may be written, each
process compiles for itself.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import metadata
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class Compiled(FileSystemBytecodeCache):
    """A folder of them; `made_by` is what they follow from beside their templates."""

    def __init__(self, folder: Path, made_by: str) -> None:
        super().__init__(str(folder), "%s.jinja2")
        self.made_by = f"{metadata.version('jinja2')} {made_by}"

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(f"{self.made_by} {source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:
            # Whatever is wrong with it: the template itself is there.
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            Path(self.directory).mkdir(exist_ok=True)
            super().dump_bytecode(bucket)
