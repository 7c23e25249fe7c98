"""The program starts without the packages that few of its pages need."""

from __future__ import annotations

import subprocess
import sys

import pytest

from entities.later import Later
from tests.tree import ROOT

START = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "briefing.settings"
from django.conf import settings
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(*sys.modules)
"""
HEAVY = {"openpyxl", "pypdf", "docx", "trafilatura", "pylatexenc", "bibtexparser"}


def test_starting_reads_no_reader_of_files() -> None:
    command = [sys.executable, "-c", START]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = set(done.stdout.split())
    assert "briefing.pages.beside" in found and "sources.admin.exporting" in found
    assert not HEAVY & found


def test_what_it_is_asked_for_is_read() -> None:
    assert Later("entities.later").Later is Later
    with pytest.raises(AttributeError):
        _ = Later("entities.later").nothing
