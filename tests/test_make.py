"""The Makefile: what it promises in one line, it says in one line."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tree import ROOT, text

MAKEFILE = Path("Makefile")


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = ["make", "--no-print-directory", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A clone in which nothing was made yet."""
    shutil.copy(ROOT / MAKEFILE, tmp_path)
    for path in ROOT.glob("requirements*.txt"):
        shutil.copy(path, tmp_path)
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    return tmp_path


def fake_python(folder: Path, exit_code: int) -> str:
    """A Python that says whether it will do, and is good for nothing else."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n")
    path.chmod(0o755)
    return f"PYTHON={path}"


@pytest.mark.parametrize("goal", ["install", "run", "test"])
def test_it_says_in_one_line_that_python_is_missing(fresh: Path, goal: str) -> None:
    done = make(fresh, goal, "PYTHON=no-such-python")
    assert done.returncode != 0
    assert done.stdout == ""
    assert re.fullmatch(r".*Briefing needs Python 3\.11 or newer .*\n", done.stderr)


def test_it_takes_no_python_that_is_too_old(fresh: Path) -> None:
    done = make(fresh, "install", fake_python(fresh, exit_code=1))
    assert "Briefing needs Python 3.11 or newer" in done.stderr
    assert (fresh / ".venv").exists() is False


def test_it_makes_the_environment_with_the_python_named(fresh: Path) -> None:
    named = fake_python(fresh, exit_code=0)
    planned = make(fresh, "--dry-run", "install", named).stdout
    assert f"{fresh}/python -m venv" in planned
    assert "--require-hashes -r requirements.txt" in planned


def test_an_environment_that_is_gone_is_filled_anew(fresh: Path) -> None:
    """Though what is made in its place links to a Python older than the stamps."""
    (fresh / ".make").mkdir()
    (fresh / ".make" / "runtime").touch()
    named = fake_python(fresh, exit_code=0)
    (fresh / "python").write_text(
        "#!/bin/sh\n"
        'case "$*" in *venv\\ --clear*)\n'
        "mkdir -p .venv/bin; cp python .venv/bin/;"
        "touch -d 2001-01-01 .venv/bin/python;;\n"
        'esac; echo "$@" >> log\n'
    )
    assert make(fresh, "install", named).returncode == 0
    assert "--require-hashes -r requirements.txt" in (fresh / "log").read_text()


def test_it_does_nothing_twice(fresh: Path) -> None:
    for done in (".venv/bin/python", ".make/runtime"):
        (fresh / done).parent.mkdir(parents=True, exist_ok=True)
        (fresh / done).touch()
    (fresh / ".venv/bin/python").chmod(0o755)
    assert "Nothing to be done" in make(fresh, "install").stdout


def test_it_makes_nothing_that_help_does_not_list() -> None:
    goals = re.search(r"\.PHONY: (.*?)\n\.DEFAULT", text(MAKEFILE), re.DOTALL)
    assert goals is not None
    listed = re.findall(r"make (\w+)", make(ROOT, "help").stdout)
    assert sorted(listed) == sorted(goals[1].replace("\\\n", " ").split())
