"""docs/api.md: each example is asked, and its answer holds what the document shows."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from briefing.api.embedding import paths
from briefing.api.resources import RESOURCES
from tests.cast import Cast
from tests.tokens import Program
from tests.tree import ROOT

TEXT = (ROOT / "docs" / "api.md").read_text()
EXAMPLES = re.findall(r"```\nGET (\S+)\n(\d+)\n(.*?)```", TEXT, re.DOTALL)
WRITTEN = re.findall(
    r"```\n(POST|PATCH) /api/v1(\S+)\n(?:If-Match: \"(\d+)\"\n)?(.*?)\n(\d+)\n(.*?)```",
    TEXT,
    re.DOTALL,
)


def shows(shown: Any, given: Any) -> bool:
    """Whether the answer holds all that the document shows of it."""
    if isinstance(shown, dict):
        return all(name in given and shows(shown[name], given[name]) for name in shown)
    if isinstance(shown, list):
        return all(shows(*pair) for pair in zip(shown, given, strict=False))
    return bool(shown == given)


def test_it_has_examples() -> None:
    assert len(EXAMPLES) + len(WRITTEN) == TEXT.count("```") / 2 >= 12


@pytest.mark.parametrize(("address", "status", "shown"), EXAMPLES)
def test_each_example_is_true(
    client: Client, cast: Cast, address: str, status: str, shown: str
) -> None:
    answer: Any = client.get(address)
    assert answer.status_code == int(status)
    assert shows(json.loads(shown), answer.json()), answer.json()


@pytest.mark.parametrize(
    ("method", "path", "version", "sent", "status", "shown"), WRITTEN
)
def test_each_example_of_writing_is_true(
    cast: Cast,
    contributor: Any,
    method: str,
    path: str,
    version: str,
    sent: str,
    status: str,
    shown: str,
) -> None:
    robot, given = Program(contributor), json.loads(sent)
    if method == "PATCH":
        answer = robot.patch(path, given, version)
    else:
        answer = robot.post(path, given)
    assert answer.status_code == int(status)
    assert shows(json.loads(shown), answer.json()), answer.json()


def test_it_names_every_list_and_what_can_be_included() -> None:
    for resource in RESOURCES:
        assert f"`{resource.plural}/" in TEXT
        row = re.search(rf"^\| {resource.plural} \| (.+) \|$", TEXT, re.MULTILINE)
        named = set(re.findall(r"`(\w+)`", row[1])) if row else set()
        assert named == {path for path in paths(resource) if "." not in path}
