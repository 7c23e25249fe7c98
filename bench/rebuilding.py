"""Working out how questions stand: all of them anew, and the share of one edit.

Beside finding all disagreements stands a plain `count(distinct)` of the answers, which
does so where no rule is asked. Weighing goes on to the evidence, its origins and the
desk's rules: what it takes is told beside the same count, and beside reading all of the
evidence once. It is timed on some of the questions, and its whole taken from them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction

from bench.figures import Figure, figure
from sources import standings
from sources.models import Claim, Question

PLAIN = """
    SELECT question_id FROM sources_claim WHERE is_public
    GROUP BY question_id HAVING count(DISTINCT value_key) > 1
"""
# One walk along an index: only where there are several answers can one differ.
WALK = """
    SELECT question_id FROM sources_claim WHERE is_public
    GROUP BY question_id HAVING count(*) > 1
"""
# The least of weighing: what articles and origins stand behind each claim.
BEHIND = """
    SELECT count(*) FROM (
        SELECT count(DISTINCT source_id), count(DISTINCT origin_id)
        FROM sources_evidence WHERE is_public GROUP BY claim_id
    )
"""
FEW, CHUNK, SOME = 20, 500, 1000


def measure(size: str) -> Iterator[Figure]:
    assert set(_asked(PLAIN)) <= set(_asked(WALK)), "a question has rivals unseen"
    pairs = [(_spent(_asked, WALK), _spent(_asked, PLAIN)) for _ in range(3)]
    values = [walk / plain for walk, plain in pairs]
    name = "questions with several answers found / count(distinct)"
    yield figure(name, size, values, "<= 0.5")
    total = Question.objects.count()
    some = list(Question.objects.order_by("pk").values_list("pk", flat=True)[:SOME])
    whole = [_spent(_weigh_all, some) * total / len(some) for _ in range(3)]
    values = [mine / plain for mine, (_, plain) in zip(whole, pairs, strict=True)]
    yield figure("every question weighed anew / count(distinct)", size, values)
    values = [_spent(_asked, BEHIND) / plain for _, plain in pairs]
    name = "articles and origins of every claim counted / count(distinct)"
    yield figure(name, size, values)
    yield from _edits(size)


def _edits(size: str) -> Iterator[Figure]:
    """The share of one edit: its question weighed anew."""
    ordinary = Question.objects.exclude(subject=1).order_by("pk").values_list("pk")
    hub = Claim.objects.about(1).order_by("pk").values_list("question")
    for name, keys, target in (
        ("an ordinary edit", ordinary, 1),
        ("an edit of the 5 % entity", hub, 10),
    ):
        few = [[key] for (key,) in islice(keys, FEW)]
        standings.weigh(few[0])
        spent = [1000 * _spent(_weigh_all, key) for key in few]
        yield figure(f"{name}: its question weighed", size, spent, f"<= {target}", "ms")


def _asked(sql: str) -> list[int]:
    with connection.cursor() as cursor:
        found = [key for (key,) in cursor.execute(sql).fetchall()]
    assert found, "no question has several answers"
    return found


def _weigh_all(questions: list[int]) -> None:
    with transaction.atomic():
        for at in range(0, len(questions), CHUNK):
            standings.weigh(questions[at : at + CHUNK])


def _spent(work: Callable[[Any], Any], given: Any) -> float:
    """Processor time, in seconds."""
    began = time.process_time()
    work(given)
    return time.process_time() - began
