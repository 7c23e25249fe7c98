"""Measured figures: ours beside its counterpart, turn by turn, in one run.

Times say little on a machine that others share; ratios taken A B A B say more. The
turns are short, so that both sides meet the same quick and slow moments. Each round of
turns gives one ratio; the figure is their median, with the least and the greatest.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple

ROUNDS = 9
# A turn lasts so many seconds at least, so that clocks can tell; a round has as many
# turns as last so many seconds on the slower side.
TURN, ROUND = 0.005, 0.05


class Figure(NamedTuple):
    """One row of the results: what was measured, and whether the target is met.

    `figure`, `min` and `max` are in `unit`: "x" for a ratio, else ms, MB, rows ...
    `target`: in words, as "<= 1.6"; "" for what is told and not aimed at.
    """

    name: str
    size: str
    figure: float
    unit: str
    target: str
    met: bool
    min: float
    max: float


def figure(
    name: str, size: str, values: list[float], target: str = "", unit: str = "x"
) -> Figure:
    """The median of the values, held against the target."""
    middle = statistics.median(values)
    least, greatest = min(values), max(values)
    rounded = (round(value, 3) for value in (middle, least, greatest))
    middle, least, greatest = rounded
    return Figure(
        name, size, middle, unit, target, met(middle, target), least, greatest
    )


def met(value: float, target: str) -> bool:
    """Whether the value is on the right side of a target such as "<= 1.6"."""
    if not target:
        return True
    sign, bound = target.split()
    return value <= float(bound) if sign == "<=" else value >= float(bound)


def ratios(
    ours: Callable[[], Any],
    theirs: Callable[[], Any],
    rounds: int = ROUNDS,
    clock: Callable[[], float] = time.process_time,
) -> list[float]:
    """How often theirs fits into ours, round by round, each side in turn.

    `clock`: processor time unless what is timed happens in another process.
    """
    sides = [(side, calls(side, clock)) for side in (ours, theirs)]
    slower = max(count * seconds(side, count, clock) for side, count in sides)
    turns = max(1, round(ROUND / slower))
    # What is there already is not looked through at each collection.
    gc.freeze()
    try:
        return [_round(sides, turns, clock) for _ in range(rounds)]
    finally:
        gc.unfreeze()


def _round(
    sides: list[tuple[Callable[[], Any], int]],
    turns: int,
    clock: Callable[[], float],
) -> float:
    """One ratio, of what both sides took in these turns together.

    As in `timeit`, garbage is not collected meanwhile: it would be paid by whichever
    side comes next.
    """
    spent = [0.0, 0.0]
    gc.collect()
    gc.disable()
    try:
        for _ in range(turns):
            for place, (side, count) in enumerate(sides):
                spent[place] += seconds(side, count, clock)
    finally:
        gc.enable()
    return spent[0] / spent[1]


def calls(side: Callable[[], Any], clock: Callable[[], float]) -> int:
    """How many calls last long enough to be timed; warms the side up too."""
    side()
    began, count = clock(), 0
    while clock() - began < TURN:
        side()
        count += 1
    return max(count, 1)


def seconds(side: Callable[[], Any], count: int, clock: Callable[[], float]) -> float:
    """What one of so many calls takes."""
    began = clock()
    for _ in range(count):
        side()
    return (clock() - began) / count
