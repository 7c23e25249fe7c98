"""How far long work has come, told on a terminal and nowhere else."""

from __future__ import annotations

import time
from typing import Any

EVERY = 0.5


class Progress:
    """One line that says how much is done, how fast, and how long it still takes.

    `total`: how much there is, None where nobody knows.
    """

    def __init__(self, out: Any, noun: str, total: int | None = None) -> None:
        self.out, self.noun, self.total = out, noun, total
        self.is_told = bool(getattr(out, "isatty", lambda: False)())
        self.done = 0
        self.began = self.told = time.monotonic()

    def step(self, count: int = 1) -> None:
        """So many more are done."""
        self.done += count
        now = time.monotonic()
        if self.is_told and now - self.told >= EVERY:
            self.told = now
            self.out.write(f"\r\x1b[K{self.line(now - self.began)}", ending="")
            self.out.flush()

    def line(self, seconds: float) -> str:
        """What is told after so many seconds."""
        rate = self.done / seconds if seconds else 0
        if self.total is None:
            return f"{self.done:,} {self.noun}, {rate:,.0f} a second"
        left = (self.total - self.done) / rate if rate else 0
        minutes, rest = divmod(round(max(left, 0)), 60)
        return (
            f"{self.done:,} of {self.total:,} {self.noun}, {rate:,.0f} a second, "
            f"{minutes}:{rest:02} left"
        )

    def end(self) -> None:
        """Take the line away again."""
        if self.is_told:
            self.out.write("\r\x1b[K", ending="")
            self.out.flush()
