"""How far long work has come, told on a terminal and nowhere else."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
EVERY = 0.5
# What a shell expects of a program that Ctrl-C has ended.
INTERRUPTED = 130


@contextmanager
def stoppable(out: Any, words: str) -> Iterator[None]:
    """Let Ctrl-C end a command with these words, once all else is put away."""
    try:
        yield
    except KeyboardInterrupt:
        out.write(f"Stopped: {words}")
        sys.exit(INTERRUPTED)


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

    def reach(self, done: int, total: int) -> None:
        """So many are done by now, of so many; it begins with the first."""
        if not self.done:
            # A rate after no time at all would be any number.
            self.began = self.told = time.monotonic()
        self.total = total
        self.step(done - self.done)

    def over(self, items: Iterable[T]) -> Iterator[T]:
        """These, one after the other, each a step."""
        for item in items:
            yield item
            self.step()
        self.end()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()

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
