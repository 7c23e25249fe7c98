"""Files that want more memory than there is: refused, and how much that took."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commands import Place
from tests.test_reading_documents import assembled
from tests.tree import ROOT

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]
# In megabytes: what a process may have held at its most (reliability, 31 and 32).
IMPORTING, READING = 256, 300
# Runs a program and says the most that it held; nothing of the parent's is counted.
MEASURED = """
import atexit, re, runpy, sys
def told():
    status = open("/proc/self/status").read()
    print("held", int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) // 1024)
atexit.register(told)
"""
COMMAND = "runpy.run_path('manage.py', run_name='__main__')"
FROM_FILE = """
import django
django.setup()
from sources.reading.intake import IntakeError, from_file
try:
    from_file(sys.argv[1], open(sys.argv[1], "rb").read())
except IntakeError as error:
    print(error)
"""
# What reads without a limit; only the judge is on trial.
CARELESS = """
import zipfile
zipfile.ZipFile(sys.argv[1]).read("word/document.xml")
"""


def held(place: Place, program: str, *arguments: object) -> tuple[int, str]:
    """The most megabytes that a program held, and what it said."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED + program, *map(str, arguments)],
        cwd=ROOT,
        env=place.environment | {"DJANGO_SETTINGS_MODULE": "briefing.settings"},
        capture_output=True,
        text=True,
    )
    *_, line = done.stdout.splitlines()
    name, megabytes = line.split()
    assert name == "held"
    return int(megabytes), done.stdout + done.stderr


def endless(path: Path, beginning: str) -> Path:
    """A file of 100 MB in one line."""
    with path.open("w") as file:
        file.write(beginning)
        for _ in range(100):
            file.write("x" * 1_000_000)
    return path


@pytest.mark.parametrize(
    ("name", "beginning"),
    [("people.jsonl", '{"type": "'), ("people.csv", "slug,name\nada,")],
)
def test_case_31_one_endless_line_is_refused_in_little_memory(
    place: Place, tmp_path: Path, name: str, beginning: str
) -> None:
    file = endless(tmp_path / name, beginning)
    megabytes, said = held(place, COMMAND, "importdata", file)
    assert "Traceback" not in said and "line" in said, said
    assert megabytes < IMPORTING
    assert place.ask("SELECT count(*) FROM entities_entity WHERE slug = 'ada'") == [
        (0,)
    ]


def zeros(pack: Callable[[bytes], bytes]) -> Iterator[bytes]:
    """A gigabyte of nothing, packed."""
    for _ in range(1000):
        yield pack(bytes(1_000_000))


def word_bomb() -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1000):
            part.write(bytes(1_000_000))
    return out.getvalue()


def lying_bomb() -> bytes:
    """One that says of itself that it unpacks to next to nothing."""
    content = word_bomb()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        told = package.getinfo("word/document.xml")
    lies = {told.file_size: 1000, told.CRC: zlib.crc32(bytes(1000))}
    for true, untrue in lies.items():
        content = content.replace(
            true.to_bytes(4, "little"), untrue.to_bytes(4, "little")
        )
    return content


def pdf_bomb() -> bytes:
    packer = zlib.compressobj()
    packed = b"".join([*zeros(packer.compress), packer.flush()])
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
            b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
            % (len(packed), packed),
            b"<<>>",
        ]
    )


@pytest.mark.parametrize(
    ("name", "made"),
    [("a.docx", word_bomb), ("b.docx", lying_bomb), ("c.pdf", pdf_bomb)],
)
def test_case_32_what_unpacks_without_end_is_refused_in_little_memory(
    place: Place, tmp_path: Path, name: str, made: Callable[[], bytes]
) -> None:
    file = tmp_path / name
    file.write_bytes(made())
    assert file.stat().st_size < 5_000_000
    megabytes, said = held(place, FROM_FILE, file)
    assert "Traceback" not in said and len(said.splitlines()) > 1, said
    assert megabytes < READING


def test_case_32_who_unpacks_without_a_limit_is_found_out(
    place: Place, tmp_path: Path
) -> None:
    """The control."""
    file = tmp_path / "a.docx"
    file.write_bytes(word_bomb())
    megabytes, _ = held(place, CARELESS, file)
    assert megabytes > READING
