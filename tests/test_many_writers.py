"""Sixteen processes that each read, add one and save, on one record: none is lost."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.commands import COMMAND, Place
from tests.soak import times
from tests.tree import ROOT

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]
WRITERS, EACH = times(4, 16), times(5, 500)
# Whoever is passed reads again; whoever is locked out says so.
ADDING = """
import json, time
from django.db import OperationalError
from entities.models import Person
from entities.records import StaleRecord
from sources import settling
again = locked = 0
waits = []
for _ in range({each}):
    began = time.monotonic()
    while True:
        try:
            with settling.together():
                person = Person.objects.get(slug="counted")
                person.summary = str(int(person.summary) + 1)
                person.full_clean()
                person.save()
            break
        except StaleRecord:
            again += 1
        except OperationalError:
            locked += 1
    waits.append(time.monotonic() - began)
print(json.dumps([again, locked, max(waits)]))
"""
MAKE = 'Person(slug="counted", name="Counted", summary="0", status="draft").save()'


def test_case_12_of_many_additions_none_is_lost(place: Place) -> None:
    shell = ("shell", "--no-imports", "-c")
    made = place.run(*shell, f"from entities.models import Person; {MAKE}")
    assert made.returncode == 0, made.stderr
    writers = [
        subprocess.Popen(
            [*COMMAND, *shell, ADDING.format(each=EACH)],
            cwd=ROOT,
            env=place.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(WRITERS)
    ]
    told = [json.loads(writer.communicate()[0]) for writer in writers]
    ((total, version),) = place.ask(
        "SELECT summary, version FROM entities_entity WHERE slug = 'counted'"
    )
    locked, longest = sum(one[1] for one in told), max(one[2] for one in told)
    print(f"{WRITERS} x {EACH}: {total} kept, {locked} locked, {longest:.1f} s at most")
    assert (int(total), version, locked) == (WRITERS * EACH, 1 + WRITERS * EACH, 0)
    history = "SELECT count(*) FROM entities_historicalentity WHERE slug = 'counted'"
    assert place.ask(history) == [(1 + WRITERS * EACH,)]
