"""What records hold beside their own columns, read for a whole page at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from briefing.api.shapes import Guard, Record, plain
from briefing.pages.addresses import address, is_shown
from briefing.pages.answers import FEW, asks, decisions
from briefing.pages.notes import COUNTING_ANCHORS
from briefing.pages.questions import MOST
from briefing.pages.summaries import PLACE, published
from entities.models import Alias
from entities.rows import Each, Rows
from sources import origins, values
from sources.models import Claim, Evidence, Source
from sources.summaries import cited_claims

Fill = Callable[[Sequence[Any], Sequence[Record]], None]
GUARD = ("slug", "status", "hold", "not_before")
VALUE = ("date", "unit", "bound", "text", "no_value", "during")
ALIASES = Rows(
    lambda entities: (
        Alias.objects.published()
        .of_any(Each(entities))
        .values_list("entity_id", "text", "kind", "language")
    )
)
CITED = Rows(
    lambda slugs: (
        Claim.objects.public().slugged(Each(slugs, "text")).values_list("slug")
    )
)
CONTRADICTS = Rows(
    lambda claims: (
        Claim.objects.public()
        .contradicting(Each(claims))
        .order_by("slug")
        .values_list("contradicts__id", "slug")
    )
)
CLAIM = (
    *("id", "question_id", "slug", "statement", "object__slug", "amount", *VALUE),
    *("amount_high", "is_contested", "support", "article_count", "origin_count"),
)
OF_SOME = Rows(
    lambda questions: (
        Claim.objects.public().answering(Each(questions)).in_order().values_list(*CLAIM)
    )
)
OF_ONE = Rows(
    lambda questions: (
        Claim.objects.public()
        .answering(Each(questions))
        .in_order()
        .values_list(*CLAIM)[:MOST]
    )
)
PREFERRED = Rows(
    lambda claims: Claim.objects.public().keyed(Each(claims)).values_list("id", "slug")
)
BEHIND = Rows(
    lambda claims: (
        Evidence.objects.public()
        .on(Each(claims))
        .order_by("id")
        .values_list(
            *("claim_id", "stance", "anchor", "source_id", "source__standing"),
            *("origin_id", *(f"origin__{name}" for name in GUARD)),
        )
    )
)


def fill(kind: str, rows: Sequence[Any], records: Sequence[Record]) -> None:
    """Complete the records of these rows, which are all of one kind."""
    FILLS[kind](rows, records)


def _entities(rows: Sequence[Any], records: Sequence[Record]) -> None:
    names = defaultdict(list)
    for entity, *name in ALIASES(entities=[row.id for row in rows]):
        names[entity].append(dict(zip(("text", "kind", "language"), name, strict=True)))
    cited = {slug for row in rows for slug in cited_claims(row.summary)}
    public = {row.slug for row in CITED(slugs=sorted(cited))} if cited else set()
    for row, record in zip(rows, records, strict=True):
        record["aliases"] = names[row.id]
        record["summary"] = PLACE.sub(r"[[\1]]", published(row.summary, public))
        record["page"] = address(row.kind, row.slug)


def _sources(rows: Sequence[Any], records: Sequence[Record]) -> None:
    for row, record in zip(rows, records, strict=True):
        record["page"] = address("source", row.slug)


def _properties(rows: Sequence[Any], records: Sequence[Record]) -> None:
    """A word of the vocabulary has nothing beside its own columns."""


def _claims(rows: Sequence[Any], records: Sequence[Record]) -> None:
    others = defaultdict(list)
    for claim, slug in CONTRADICTS(claims=[row.id for row in rows]):
        others[claim].append(slug)
    for row, record in zip(rows, records, strict=True):
        record["contradicts"] = others[row.id]
        record["page"] = address("claim", row.slug)


def _evidence(rows: Sequence[Any], records: Sequence[Record]) -> None:
    for row, record in zip(rows, records, strict=True):
        is_named = record["speaker"] is not None
        record["speaker_type"] = row.speaker_kind if is_named else None
        record["is_counted"] = _counts(row)
        record["page"] = f"{address('claim', row.claim_slug)}#{row.slug}"


def _corrections(rows: Sequence[Any], records: Sequence[Record]) -> None:
    for row, record in zip(rows, records, strict=True):
        kind = next(name for name in ("claim", "entity", "source") if record[name])
        shown = row.entity_kind if kind == "entity" else kind
        record["page"] = address(shown, record[kind])


def _counts(row: Any) -> bool:
    """As `Evidence.objects.counted()` has it."""
    return (
        row.stance == Evidence.Stance.SUPPORTS
        and row.anchor in COUNTING_ANCHORS
        and row.source_standing == Source.Standing.GOOD
    )


def _questions(rows: Sequence[Any], records: Sequence[Record]) -> None:
    shown = [row.id for row in rows if len(rows) == 1 or row.answer_count <= FEW]
    claims = (OF_ONE if len(rows) == 1 else OF_SOME)(questions=shown)
    decided = decisions([row.id for row in rows])
    preferred = {pk for _, keys in decided.values() for pk in keys}
    slugs = dict(PREFERRED(claims=sorted(preferred - {None})))
    answers = defaultdict(list)
    for answer, claim in zip(_answers(claims, preferred), claims, strict=True):
        answers[claim.question_id].append(answer)
    for row, record in zip(rows, records, strict=True):
        record["asks"] = asks(row)
        record["answers"] = sorted(
            answers[row.id],
            key=lambda one: (not one["is_preferred"], -one["article_count"]),
        )
        record["finding"] = _finding(decided.get(row.id), slugs)
        record["page"] = address("question", row.slug)
        if row.id not in shown:
            record["answers"] = None


def _answers(claims: Sequence[Any], preferred: set[int]) -> Iterable[Record]:
    behind = defaultdict(list)
    for row in BEHIND(claims=[claim.id for claim in claims]):
        behind[row.claim_id].append(row)
    for claim in claims:
        yield {
            "claim": claim.slug,
            "statement": claim.statement,
            "object": claim.object_slug,
            "amount": values.plain(claim.amount) or None,
            "amount_high": values.plain(claim.amount_high) or None,
            **{name: getattr(claim, name) for name in VALUE},
            "is_preferred": claim.id in preferred,
            "is_contested": claim.is_contested,
            "support": claim.support,
            **_weight(behind[claim.id]),
        }


def _weight(rows: Sequence[Any]) -> Record:
    """How much public evidence there is, and how many original sources."""
    counted = [row for row in rows if _counts(row)]
    tally = origins.tally((row.source_id, row.origin_id) for row in counted)
    found = Counter(row.stance for row in rows)
    known = {row.origin_slug for row in counted if _is_origin_shown(row)}
    return {
        "evidence_count": {stance: found[stance] for stance in Evidence.Stance.values},
        "article_count": tally.articles,
        "origin_count": tally.origins,
        "not_established_count": tally.not_established,
        "origins": sorted(known),
    }


def _is_origin_shown(row: Any) -> bool:
    return row.origin_id is not None and is_shown(
        Guard(row.origin_status, row.origin_hold, row.origin_not_before)
    )


def _finding(decided: Any, slugs: dict[int, str]) -> Record | None:
    if decided is None:
        return None
    row, preferred = decided
    names = ("outcome", "reason", "would_change_it", "decided_by", "decided_at")
    finding = {name: plain(getattr(row, name)) for name in names}
    return finding | {"preferred": sorted(slugs[pk] for pk in preferred if pk in slugs)}


FILLS: dict[str, Fill] = {
    "person": _entities,
    "organisation": _entities,
    "event": _entities,
    "source": _sources,
    "property": _properties,
    "question": _questions,
    "claim": _claims,
    "evidence": _evidence,
    "correction": _corrections,
}
