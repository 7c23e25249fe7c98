"""The house: which room may know which, how long things may be, what stands where."""

from __future__ import annotations

import ast
import fnmatch
import re
from collections.abc import Iterator
from pathlib import Path

from tests.tree import (
    ROOMS,
    ROOT,
    fail_with,
    functions,
    imported,
    length,
    lines,
    modules,
    syntax,
    templates,
    text,
)

FUNCTION, TEST_FUNCTION, MODEL_CLASS = 30, 25, 120
FILE, TEST_FILE, TEST_TABLE = 300, 200, 330
TEMPLATE, BASE_TEMPLATE, BASE_BLOCKS = 100, 80, 8
# Longer files that are the simpler house, each with its own limit and its reason.
LONGER = {
    "entities/edtf.py": (445, "one grammar, with a message for each way to miss it"),
    "sources/models/claims.py": (350, "one table: its help texts and constraints"),
    "sources/models/evidence.py": (350, "one table: its help texts and constraints"),
}
AT_THE_TOP = {
    *(".ci", ".git", ".gitignore", "Makefile", "manage.py", "pyproject.toml"),
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "SECURITY.md"),
    *("requirements.txt", "requirements-dev.txt"),
    *("entities", "sources", "briefing", "templates", "static"),
    *("fixtures", "tests", "docs", "bench"),
}


def test_imports_run_from_briefing_to_sources_to_entities() -> None:
    offences = [
        f"{path}:{node.lineno}: {room} imports {name}"
        for height, room in enumerate(ROOMS)
        for path in modules(room, migrations=True)
        for node in ast.walk(syntax(path))
        for name in imported(node)
        if name.split(".")[0] in (*ROOMS[height + 1 :], "tests")
    ]
    fail_with(offences, "move it up to the room that may know both, or use `follows`.")


def test_no_room_names_a_model_of_a_room_above_it() -> None:
    offences = [
        f"{path}:{node.lineno}: names {node.value}"
        for height, room in enumerate(ROOMS)
        for path in modules(room, migrations=True)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.match(rf"({'|'.join(ROOMS[height + 1 :]) or '-'})\.\w+$", node.value)
    ]
    fail_with(offences, "reach it by its reverse name, from the room above.")


def test_no_import_is_hidden_in_a_function() -> None:
    offences = [
        f"{path}:{node.lineno}: {function.name}() imports {imported(node)[0]}"
        for path in modules(*ROOMS, "tests")
        for function in functions(path)
        # Django asks for it: models cannot be imported before the app is ready.
        if function.name != "ready"
        for node in ast.walk(function)
        if imported(node)
    ]
    fail_with(offences, "import at the top; if that makes a circle, one of them moves.")


def test_functions_are_short() -> None:
    offences = [
        f"{path}:{function.lineno}: {function.name} has {length(function)} lines"
        for path in modules(*ROOMS, "tests", ".ci")
        for function in functions(path)
        if length(function)
        > (TEST_FUNCTION if function.name.startswith("test_") else FUNCTION)
    ]
    fail_with(offences, f"at most {FUNCTION} lines, {TEST_FUNCTION} in a test.")


def test_models_are_short() -> None:
    offences = [
        f"{path}:{node.lineno}: {node.name} has {behaviour(node)} lines beside columns"
        for path in modules(*ROOMS)
        if "models" in (path.stem, path.parent.name)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ClassDef) and behaviour(node) > MODEL_CLASS
    ]
    fail_with(offences, f"at most {MODEL_CLASS} lines, columns and choices apart.")


def behaviour(node: ast.ClassDef) -> int:
    """A class's lines without what it states: columns and constraints are no burden."""
    stated = sum(
        (part.end_lineno or part.lineno) - part.lineno + 1
        for part in node.body
        if isinstance(part, ast.Assign | ast.AnnAssign)
        or (isinstance(part, ast.ClassDef) and part.name == "Meta")
    )
    return length(node) - stated


def test_files_are_short() -> None:
    offences = [
        f"{path}: {lines(path)} lines, {limit(path)} allowed"
        for path in modules(*ROOMS, "tests", ".ci")
        if lines(path) > limit(path)
    ]
    fail_with(offences, "remove something; else split it by a noun; else say why here.")


def limit(path: Path) -> int:
    if str(path) in LONGER:
        return LONGER[str(path)][0]
    if path.parts[0] != "tests":
        return FILE
    return TEST_TABLE if "parametrize" in text(path) else TEST_FILE


def test_each_longer_file_still_needs_its_leave() -> None:
    offences = [name for name in LONGER if lines(Path(name)) <= FILE]
    fail_with(offences, "take it out of LONGER.")


def test_templates_are_short() -> None:
    bases = [path for path in templates() if path.name == "base.html"]
    offences = [
        f"{path}: {lines(path)} lines"
        for path in templates()
        if lines(path) > (BASE_TEMPLATE if path in bases else TEMPLATE)
    ]
    offences += [
        f"{path}: more than {BASE_BLOCKS} blocks"
        for path in bases
        if len(re.findall(r"{%-? *block ", text(path))) > BASE_BLOCKS
    ]
    fail_with(offences, f"at most {TEMPLATE} lines, {BASE_TEMPLATE} in a base.")


def test_nothing_else_stands_at_the_top() -> None:
    offences = [name for name in at_the_top() if name not in AT_THE_TOP]
    fail_with(offences, "it belongs in a room; if it is made, list it in .gitignore.")


def at_the_top() -> Iterator[str]:
    """What is at the top and not ignored."""
    ignored = [line.rstrip("/") for line in text(Path(".gitignore")).splitlines()]
    for path in ROOT.iterdir():
        if not any(fnmatch.fnmatch(path.name, pattern) for pattern in ignored):
            yield path.name
