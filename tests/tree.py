"""The project's own files, read as text and as syntax, for tests of its layout."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# From the ground up: each may import those before it, never those after.
ROOMS = ("entities", "sources", "briefing")


def modules(*folders: str, migrations: bool = False) -> Iterator[Path]:
    """The Python files of these folders, relative to the project."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if migrations or "migrations" not in path.parts:
                yield path.relative_to(ROOT)


def templates() -> Iterator[Path]:
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(ROOT)


@cache
def text(path: Path) -> str:
    return (ROOT / path).read_text()


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(text(path))


def lines(path: Path) -> int:
    return len(text(path).splitlines())


def length(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    """How many lines a definition takes, without its decorators."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(node: ast.AST) -> list[str]:
    """The modules that an import statement names; none for any other node."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{'.' * node.level}{node.module or ''}"]
    return []


def fail_with(offences: list[str], mend: str) -> None:
    """Name every offence at once, and how to mend them."""
    assert not offences, "\n".join(["", *offences, "", f"Mend: {mend}"])
