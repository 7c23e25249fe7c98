"""Long work in little memory: what is set for it, and that it is set back."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from django.db import connection

from sources.hurrying import SELDOM, frugally, in_bulk

pytestmark = pytest.mark.sqlite


def asked(name: str) -> Any:
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_file_is_read_in_little_memory_and_then_as_before() -> None:
    before = asked("cache_size"), asked("mmap_size")
    with pytest.raises(RuntimeError), frugally():
        assert (asked("cache_size"), asked("mmap_size")) == (-16384, 0)
        raise RuntimeError
    assert (asked("cache_size"), asked("mmap_size")) == before != (-16384, 0)


def test_what_can_go_is_looked_for_seldom_and_then_as_before() -> None:
    before = gc.get_threshold()
    with in_bulk():
        assert gc.get_threshold()[0] == SELDOM
        assert gc.get_freeze_count()
    assert gc.get_threshold() == before
