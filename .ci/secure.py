"""Say what bandit finds, and fail where docs/bandit.md has no reason for it.

The list names functions, not lines: a line moves with every edit above it. What bandit
holds to be of low severity is not asked for: assertions, programs started, dice thrown.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

LIST = Path("docs/bandit.md")
ROW = re.compile(
    r"^\| `(?P<file>[^`]+)` \| `(?P<place>[^`]+)` \| (?P<check>B\d+) \| .+ \|$"
)
READ = ("briefing", "entities", "sources", "bench", "manage.py", ".ci")
MODULE = "(module)"

# The file, the function in it, and the check of bandit's.
Finding = tuple[str, str, str]


def found() -> Counter[Finding]:
    """What bandit finds, of medium severity and high, with how often."""
    command = [sys.executable, "-m", "bandit", "-ll", "-q", "-f", "json", "-r", *READ]
    told = subprocess.run(command, capture_output=True, text=True)
    report = json.loads(told.stdout)
    if report["errors"]:
        sys.exit(f"bandit could not read everything: {report['errors']}")
    return Counter(
        (
            one["filename"],
            function_at(one["filename"], one["line_number"]),
            one["test_id"],
        )
        for one in report["results"]
    )


@cache
def functions(path: str) -> list[tuple[int, int, str]]:
    """First line, last line and name of each function of the file, outer ones first."""
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = ast.walk(ast.parse(Path(path).read_text()))
    return [
        (node.lineno, node.end_lineno or node.lineno, node.name)
        for node in nodes
        if isinstance(node, definitions)
    ]


def function_at(path: str, line: int) -> str:
    """The innermost function in which the line stands."""
    around = [name for first, last, name in functions(path) if first <= line <= last]
    return around[-1] if around else MODULE


def listed() -> set[Finding]:
    """What docs/bandit.md gives a reason for."""
    rows = map(ROW.match, LIST.read_text().splitlines())
    return {(row["file"], row["place"], row["check"]) for row in rows if row}


def silenced() -> list[str]:
    """Lines that would keep bandit from looking: the list is the one place for that."""
    paths = [path for name in READ for path in (Path(name), *Path(name).rglob("*.py"))]
    mark = "# " + "nosec"
    return [
        f"{path}:{number}"
        for path in paths
        if path.is_file()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if mark in line
    ]


def main() -> int:
    findings, reasons = found(), listed()
    faults = [
        f"{path}: {check} in {place} has no reason: mend it, or list it in {LIST}."
        for path, place, check in sorted(findings.keys() - reasons)
    ]
    faults += [
        f"{LIST}: {path} has no {check} in {place} now: take the row out."
        for path, place, check in sorted(reasons - findings.keys())
    ]
    faults += [f"{line}: give the reason in {LIST} instead." for line in silenced()]
    print(f"What bandit finds: {findings.total()}, each with its reason in {LIST}.")
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
