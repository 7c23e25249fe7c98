"""What waits at the desk: each queue with its title, its rows and how it is listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from entities.models import Entity
from entities.records import Record
from sources import summaries
from sources.models import Claim, Evidence, Note, Proposal, Question, Source

# A queue is counted up to here: nobody acts on how many more there are.
MOST_COUNTED = 100
# So many of the newest summaries are read through for sentences that cite nothing.
MOST_READ = 1000

Rows = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Queue:
    """One list of what waits, and whom it may be shown to."""

    name: str
    title: str
    model: type[Record]
    rows: Rows
    related: tuple[str, ...] = ()
    # Whether its first lines stand on the desk page itself.
    is_pressing: bool = False

    def listed(self, user: Any) -> Any:
        """Its rows with all that their lines need."""
        return self.rows(user).select_related(*self.related)

    def is_open_to(self, user: Any) -> bool:
        meta = self.model._meta
        return bool(user.has_perm(f"{meta.app_label}.view_{meta.model_name}"))


def counts(queues: list[Queue], user: Any) -> dict[str, int]:
    """How many wait in each, up to a limit, asked in one query."""
    if not queues:
        return {}
    parts, values = [], []
    for number, queue in enumerate(queues):
        rows = queue.rows(user).order_by().values("pk")[: MOST_COUNTED + 1]
        sql, given = rows.query.sql_with_params()
        parts.append(f"SELECT {number}, COUNT(*) FROM ({sql}) AS waiting")
        values += given
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return {queues[number].name: count for number, count in cursor.fetchall()}


def _without_citation(user: Any) -> Any:
    newest = Entity.objects.summed_up().order_by("-pk")[:MOST_READ]
    rows = newest.values_list("pk", "summary")
    # A key that no record has keeps the condition from being empty.
    return Entity.objects.keyed(
        [0, *(pk for pk, summary in rows if summaries.uncited(summary))]
    )


def _with_one_speaker(user: Any) -> Any:
    # What counts, said so that each claim's own evidence is read: for a single stance
    # a database without statistics would go through all that have it, each time.
    counted = Evidence.objects.weighed().exclude(stance=Evidence.Stance.DISPUTES)
    return Claim.objects.with_one_speaker(counted)


CLAIM = ("subject",)
EVIDENCE = ("claim", "source")
NOTE = ("claim", "source", "evidence__source", "created_by")
QUESTION = ("subject", "property")

YOURS = [
    Queue(
        "claims-of-yours",
        "Claims given to you",
        Claim,
        lambda user: Claim.objects.work_of(user),
        CLAIM,
        is_pressing=True,
    ),
    Queue(
        "sources-of-yours",
        "Sources given to you",
        Source,
        lambda user: Source.objects.work_of(user),
        is_pressing=True,
    ),
    Queue(
        "claims-due",
        "Claims due by today",
        Claim,
        lambda user: Claim.objects.due_by(timezone.localdate()),
        CLAIM,
        is_pressing=True,
    ),
    Queue(
        "sources-due",
        "Sources due by today",
        Source,
        lambda user: Source.objects.due_by(timezone.localdate()),
        is_pressing=True,
    ),
    Queue(
        "handed-over",
        "Left by the last shift",
        Note,
        lambda user: Note.objects.handed_over(),
        NOTE,
        is_pressing=True,
    ),
]
REVIEW = [
    Queue(
        "claims-in-review",
        "Claims sent to review",
        Claim,
        lambda user: Claim.objects.in_review(),
        CLAIM,
    ),
    Queue(
        "evidence-in-review",
        "Evidence sent to review",
        Evidence,
        lambda user: Evidence.objects.in_review(),
        EVIDENCE,
    ),
    Queue(
        "sources-in-review",
        "Sources sent to review",
        Source,
        lambda user: Source.objects.in_review(),
    ),
    Queue(
        "records-in-review",
        "People, organisations and events sent to review",
        Entity,
        lambda user: Entity.objects.in_review(),
    ),
    Queue(
        "proposals",
        "Changes proposed to what readers see",
        Proposal,
        lambda user: Proposal.objects.open(),
        ("created_by",),
    ),
    Queue(
        "claims-after-embargo",
        "Claims whose embargo has ended",
        Claim,
        lambda user: Claim.objects.embargo_over(),
        CLAIM,
    ),
    Queue(
        "sources-after-embargo",
        "Sources whose embargo has ended",
        Source,
        lambda user: Source.objects.embargo_over(),
    ),
]
PASSAGES = [
    Queue(
        "to-confirm",
        "Evidence that nobody has confirmed",
        Evidence,
        lambda user: Evidence.objects.never_confirmed(),
        EVIDENCE,
    ),
    Queue(
        "to-recheck",
        "Published evidence to confirm as it stands now",
        Evidence,
        lambda user: Evidence.objects.to_recheck(),
        EVIDENCE,
    ),
    Queue(
        "doubted",
        "Read and doubted by a second person",
        Note,
        lambda user: Note.objects.doubting(),
        NOTE,
    ),
    Queue(
        "quotes-lost",
        "Quotes that are not, or more than once, in our copy",
        Evidence,
        lambda user: Evidence.objects.not_as_it_stands(),
        EVIDENCE,
    ),
    Queue(
        "claims-without-evidence",
        "Claims without evidence",
        Claim,
        lambda user: Claim.objects.without_evidence(),
        CLAIM,
    ),
]
QUESTIONS = [
    Queue(
        "differ",
        "Sources differ, and nothing is decided",
        Question,
        lambda user: Question.objects.that_differ().undecided(),
        QUESTION,
    ),
    Queue(
        "under-review",
        "Desk decisions under review",
        Question,
        lambda user: Question.objects.under_review(),
        QUESTION,
    ),
    Queue(
        "cannot-tell",
        "Cannot tell whether answers differ",
        Question,
        lambda user: Question.objects.that_cannot_be_told(),
        QUESTION,
    ),
    Queue(
        "one-original-source",
        "Claims with one original source, of the newest",
        Claim,
        lambda user: Claim.objects.with_one_origin(),
        CLAIM,
    ),
    Queue(
        "one-speaker",
        "Claims for which one speaker alone is named, of the newest",
        Claim,
        _with_one_speaker,
        CLAIM,
    ),
]
RECORDS = [
    Queue(
        "origin-unknown",
        "Sources whose origin is not known",
        Source,
        lambda user: Source.objects.of_unknown_origin(),
    ),
    Queue(
        "fallen",
        "Sources corrected or retracted, with what depends on them",
        Source,
        lambda user: Source.objects.fallen(),
    ),
    Queue(
        "uncited",
        "Summaries with a sentence that cites nothing",
        Entity,
        _without_citation,
    ),
    Queue(
        "events-without-date",
        "Events without a date",
        Entity,
        lambda user: Entity.objects.without_date(),
    ),
]
GROUPS = [
    ("For you", YOURS),
    ("To decide on", REVIEW),
    ("Passages to read", PASSAGES),
    ("Questions", QUESTIONS),
    ("Sources and records", RECORDS),
]
BY_NAME = {queue.name: queue for _, queues in GROUPS for queue in queues}
