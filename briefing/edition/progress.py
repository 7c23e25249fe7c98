"""How far long work has come, told on a terminal and nowhere else."""

from __future__ import annotations

import time
from typing import Any

EVERY = 0.5


class Progress:
    """One line that says how many of how many, how fast, and how long still."""

    def __init__(self, out: Any, total: int, noun: str) -> None:
        self.out, self.total, self.noun = out, total, noun
        self.is_told = bool(getattr(out, "isatty", lambda: False)())
        self.done = 0
        self.began = self.told = time.monotonic()

    def step(self) -> None:
        self.done += 1
        now = time.monotonic()
        if self.is_told and now - self.told >= EVERY:
            self.told = now
            self.out.write(f"\r\x1b[K{self.line(now - self.began)}", ending="")
            self.out.flush()

    def line(self, seconds: float) -> str:
        rate = self.done / seconds if seconds else 0
        left = (self.total - self.done) / rate if rate else 0
        minutes, rest = divmod(round(max(left, 0)), 60)
        return (
            f"{self.done:,} of {self.total:,} {self.noun}, {rate:,.0f} a second, "
            f"{minutes}:{rest:02} left"
        )

    def end(self) -> None:
        if self.is_told:
            self.out.write("\r\x1b[K", ending="")
