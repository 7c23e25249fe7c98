"""Compiled templates are kept beside the templates, and never stand in for others."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from briefing import site
from briefing.compiled import Compiled
from tests.tree import ROOT


@pytest.fixture(autouse=True)
def _may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def rendered(folder: Path, template: str = "<b>", made_by: str = "") -> str:
    loader = DictLoader({"page.html": template})
    env = Environment(loader=loader, bytecode_cache=Compiled(folder, made_by))
    return env.get_template("page.html").render()


def kept(folder: Path) -> list[Path]:
    return sorted(folder.glob("*"))


def test_what_was_compiled_is_kept_and_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "compiled"
    assert rendered(folder) == "<b>" and len(kept(folder)) == 1
    monkeypatch.setattr(Environment, "_generate", None)
    assert rendered(folder) == "<b>"


def test_another_template_or_another_way_to_compile_is_compiled(tmp_path: Path) -> None:
    rendered(tmp_path)
    first = kept(tmp_path)[0].read_bytes()
    rendered(tmp_path, made_by="another")
    assert first != kept(tmp_path)[0].read_bytes()
    assert rendered(tmp_path, "<i>") == "<i>"


@pytest.mark.parametrize("length", [0, 1, 20, 40, 80])
def test_a_damaged_file_is_made_anew(tmp_path: Path, length: int) -> None:
    rendered(tmp_path)
    file = kept(tmp_path)[0]
    whole = file.read_bytes()
    file.write_bytes(whole[:length])
    assert rendered(tmp_path) == "<b>" and file.read_bytes() == whole


def test_where_nothing_may_be_written_pages_are_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.touch()
    assert rendered(file / "folder") == rendered(file) == "<b>"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(tmp_path / "none") == "<b>"
    assert not (tmp_path / "none").exists()


def test_they_stand_where_nobody_looks_for_templates() -> None:
    assert site.COMPILED == ROOT / "templates" / "site" / "__pycache__"
    assert "__pycache__/" in (ROOT / ".gitignore").read_text().splitlines()
