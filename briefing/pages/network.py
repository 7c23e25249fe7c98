"""The network around a record: what claims connect it with, one or two steps away.

Drawn in columns, each connection in a row of its own, so that no words ever overlap.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from briefing.pages.addresses import address
from briefing.pages.passages import Name
from entities.rows import Each, Rows
from sources.models import Claim

# As many records as a picture shows, of as many claims as are read at a time.
MOST, MOST_CLAIMS = 200, 4000
CONNECTING = Rows(
    lambda entities: (
        Claim.objects.public()
        .connecting(Each(entities))
        .order_by(
            *("property__order", "property_id", "subject__name", "object__name", "id")
        )
        .values_list(
            *("id", "subject_id", "subject__name", "subject__kind", "subject__slug"),
            *("object_id", "object__name", "object__kind", "object__slug"),
            *("property__label", "property__inverse_label", "question__slug"),
            "is_contested",
        )[:MOST_CLAIMS]
    )
)
# In the units of the picture: a row's height, and from one column to the next.
ROW, COLUMN, LAST_COLUMN = 30, 450, 220
# How much of a name and of a property stands in the picture; all of it is beside.
NAME_ROOM, LABEL_ROOM = 24, 18
NAMED = ("name", "kind", "slug")


class Connection(NamedTuple):
    """What one question connects: a row of the table."""

    subject: Name
    label: str
    object: Name
    href: str
    is_contested: bool


class Node(NamedTuple):
    name: Name
    words: str
    x: int
    y: int


class Edge(NamedTuple):
    """A connection as drawn: its line, and what stands on it."""

    connection: Connection
    words: str
    path: str
    x: int
    y: int


class Network(NamedTuple):
    """`found` counts the records; not all of them are in a picture that is full."""

    connections: list[Connection]
    nodes: list[Node]
    edges: list[Edge]
    width: int
    height: int
    found: int
    is_cut: bool


def around(entity: Any, steps: int) -> Network:
    """What is connected with the record in one step or in two."""
    rows = CONNECTING(entities=[entity.id])
    layers = {entity.id: 0}
    _reach(layers, rows, 1)
    is_cut = len(rows) >= MOST_CLAIMS
    if steps > 1:
        nearest = [key for key in layers if key != entity.id][:MOST]
        further = CONNECTING(entities=nearest)
        _reach(layers, further, 2)
        is_cut = is_cut or len(further) >= MOST_CLAIMS
        rows = list({row.id: row for row in [*rows, *further]}.values())
    found = len(layers) - 1
    shown = dict(list(layers.items())[: MOST + 1])
    rows = [row for row in rows if row.subject_id in shown and row.object_id in shown]
    return _drawn(_merged(rows), shown, found, is_cut)


def _reach(layers: dict[int, int], rows: Iterable[Any], layer: int) -> None:
    """Note how many steps away each record is that was not met before."""
    for row in rows:
        for key in (row.subject_id, row.object_id):
            layers.setdefault(key, layer)


def _merged(rows: Iterable[Any]) -> list[Any]:
    """One row for each two records that a question connects, differing if any is."""
    found: dict[tuple[int, int, str], Any] = {}
    for row in rows:
        key = row.subject_id, row.object_id, row.question_slug
        if key not in found or row.is_contested:
            found[key] = row
    return [row for row in found.values() if row.subject_id != row.object_id]


def _drawn(
    rows: list[Any], layers: dict[int, int], found: int, is_cut: bool
) -> Network:
    names = {
        getattr(row, f"{role}_id"): _name(row, role)
        for row in rows
        for role in ("subject", "object")
    }
    places, lines = _placed(rows, layers)
    nodes = [
        Node(names[key], _clipped(names[key].words, NAME_ROOM), x, y)
        for key, (x, y) in places.items()
        if key in names
    ]
    edges = [_edge(row, places, *line) for row, *line in lines]
    width = max((node.x for node in nodes), default=0) + LAST_COLUMN
    lowest = [node.y for node in nodes] + [edge.y for edge in edges]
    height = max(lowest, default=0) + ROW
    connections = [_connection(row) for row in rows]
    return Network(connections, nodes, edges, width, height, found, is_cut)


def _placed(rows: list[Any], layers: dict[int, int]) -> tuple[Any, Any]:
    """Where each record stands, and by which row each line reaches its further end."""
    reached: dict[int, dict[int, list[tuple[Any, int]]]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: _ends(row, layers)[0]):
        near, far = _ends(row, layers)
        if layers[near] != layers[far]:
            reached[layers[far]].setdefault(far, []).append((row, near))
    tallest = max((_size(column) for column in reached.values()), default=1)
    centre = next(iter(layers))
    places, lines = {centre: (10, ROW + tallest * ROW // 2)}, []
    for layer, column in sorted(reached.items()):
        y = ROW + (tallest - _size(column)) * ROW // 2
        for key, met in column.items():
            places[key] = layer * COLUMN + 10, y + (len(met) - 1) * ROW // 2
            lines += [
                (row, near, key, y + at * ROW) for at, (row, near) in enumerate(met)
            ]
            y += len(met) * ROW
    return places, lines


def _size(column: dict[int, list[Any]]) -> int:
    return sum(len(met) for met in column.values())


def _ends(row: Any, layers: dict[int, int]) -> tuple[int, int]:
    """The end that is nearer to the record in the middle, and the further one."""
    order = {key: place for place, key in enumerate((row.subject_id, row.object_id))}
    near, far = sorted(order, key=lambda key: (layers[key], order[key]))
    return near, far


def _edge(
    row: Any, places: dict[int, tuple[int, int]], near: int, far: int, y: int
) -> Edge:
    (x0, y0), (x1, y1) = places[near], places[far]
    start, turn, end = x0 + 200, x1 - 165, x1 - 14
    middle = (start + turn) // 2
    curve = f"M{start} {y0}C{middle} {y0} {middle} {y} {turn} {y}"
    label = row.property_label
    if row.object_id == near:
        label = row.property_inverse_label or label
    words = ("≠ " if row.is_contested else "") + _clipped(label, LABEL_ROOM)
    return Edge(_connection(row), words, f"{curve}H{end}L{x1 - 4} {y1}", turn, y)


def _connection(row: Any) -> Connection:
    href = address("question", row.question_slug)
    ends = _name(row, "subject"), _name(row, "object")
    return Connection(ends[0], row.property_label, ends[1], href, row.is_contested)


def _name(row: Any, role: str) -> Name:
    name, kind, slug = (getattr(row, f"{role}_{part}") for part in NAMED)
    return Name(name, address(kind, slug))


def _clipped(words: str, room: int) -> str:
    """As much of the words as fits; Chinese characters are twice as wide."""
    widths = list(_reaches(words))
    if not widths or widths[-1] <= room:
        return words
    return words[: sum(width < room for width in widths)] + "…"


def _reaches(words: str) -> Iterator[int]:
    """How far the words reach after each character."""
    reach = 0
    for character in words:
        reach += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        yield reach
