"""Fixtures: Django's fixture form in YAML, with natural keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from sources.exchange.kinds import BY_LABEL
from sources.exchange.records import ImportRefused, Place, Problem, Row

# Text stays text: 2015 is a date, 1e999 no infinity, and 012 no octal number.
PLAIN_TAGS = {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:null"}


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads numbers and dates as the words they are; notes each record's line."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag in PLAIN_TAGS]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class _Mapping(dict[str, Any]):
    """A mapping that knows the line on which it begins."""

    line: int


def _mapping(loader: Any, node: Any) -> _Mapping:
    mapping = _Mapping()
    mapping.line = node.start_mark.line + 1
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        word = "stands twice" if isinstance(key, str) else "is no field name"
        if not isinstance(key, str) or key in mapping:
            line = key_node.start_mark.line + 1
            raise yaml.YAMLError(f"line {line}: “{key}” {word}.")
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read(path: Path) -> Iterator[Row]:
    """The records of one fixture file; raises ImportRefused if it cannot be read."""
    try:
        records = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        words = " ".join(str(error).split())
        raise ImportRefused([_problem(path, 1, "", words)]) from error
    except RecursionError as error:
        message = "This is nested too deeply to be records."
        raise ImportRefused([_problem(path, 1, "", message)]) from error
    if records is None:
        return
    if not isinstance(records, list):
        raise ImportRefused([_problem(path, 1, "", "This is not a list of records.")])
    for record in records:
        yield _row(path, record)


def _row(path: Path, record: Any) -> Row:
    line = record.line if isinstance(record, _Mapping) else 1
    if not isinstance(record, dict) or not isinstance(record.get("fields"), dict):
        message = "Each record needs `model` and `fields`."
        raise ImportRefused([_problem(path, line, "", message)])
    kind = BY_LABEL.get(str(record.get("model")).lower())
    if kind is None:
        message = f"There is no such model. Choose one of: {', '.join(BY_LABEL)}."
        raise ImportRefused([_problem(path, line, str(record.get("model")), message)])
    if "pk" in record:
        message = "Leave out `pk`: records are known by their keys."
        raise ImportRefused([_problem(path, line, kind.name, message)])
    for name in record.keys() - {"model", "fields"}:
        message = f"“{name}” does not belong here: a record has `model` and `fields`."
        raise ImportRefused([_problem(path, line, kind.name, message)])
    return Row(kind, dict(record["fields"]), Place(path.name, line))


def _problem(path: Path, line: int, record: str, message: str) -> Problem:
    return Problem(Place(path.name, line), record or "file", "", None, message)
