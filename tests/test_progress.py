"""How far long work has come, on a terminal."""

from __future__ import annotations

import io
from typing import Any

import pytest

from sources import progress
from sources.progress import Progress


class Terminal(io.StringIO):
    """A terminal, as far as a command's stream is one."""

    def __init__(self, is_terminal: bool = True) -> None:
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self) -> bool:
        return self.is_terminal

    def write(self, text: str, ending: str = "\n") -> int:
        return super().write(text + ending)


@pytest.fixture(autouse=True)
def clock(monkeypatch: Any) -> None:
    """Each look at the clock is a second later."""
    seconds = iter(range(1000))
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(seconds))


def test_it_works() -> None:
    out = Terminal()
    line = Progress(out, "records", 10_000)
    line.step(2_500)
    assert out.getvalue() == (
        "\r\x1b[K2,500 of 10,000 records, 2,500 a second, 0:03 left"
    )
    line.end()
    assert out.getvalue().endswith("left\r\x1b[K")


def test_it_says_nothing_elsewhere() -> None:
    out = Terminal(is_terminal=False)
    line = Progress(out, "records", 2)
    line.step()
    line.end()
    assert (out.getvalue(), line.done) == ("", 1)


def test_it_says_what_it_can_where_nobody_knows_how_much_there_is() -> None:
    assert Progress(Terminal(), "records").line(0) == "0 records, 0 a second"


def test_it_counts_what_is_gone_through() -> None:
    out = Terminal()
    line = Progress(out, "lines")
    assert list(line.over("ab")) == ["a", "b"]
    assert (line.done, out.getvalue()[-4:]) == (2, "\r\x1b[K")


def test_it_begins_with_the_first_that_is_done() -> None:
    out = Terminal()
    with Progress(out, "rows") as line:
        line.began -= 100
        line.reach(500, 2_000)
    assert out.getvalue().startswith("\r\x1b[K500 of 2,000 rows, 500 a second, 0:03")


def test_it_is_not_told_at_every_step(monkeypatch: Any) -> None:
    monkeypatch.setattr(progress, "EVERY", 100)
    out = Terminal()
    line = Progress(out, "records")
    line.step()
    assert out.getvalue() == ""


def test_what_is_reached_at_once_is_told_at_no_rate(monkeypatch: Any) -> None:
    monkeypatch.setattr(progress.time, "monotonic", lambda: 5.0)
    terminal = Terminal()
    Progress(terminal, "rows").reach(500, 10_000)
    assert terminal.getvalue() == ""
