"""On which records' pages a change shows: what names what, as far as it is read.

Each step answers one sentence about the pages. A step too many costs a page that is
rendered to the same bytes; one too few would leave a page untrue, so in doubt there is
one too many. `tests/test_edition_changes.py` holds it against rendering everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from briefing.edition.manifest import Manifest
from entities.models import Entity
from sources.models import Property
from sources.summaries import cited_claims

CHUNK = 500
# How evidence names a source, and what else is about records.
ROLES = ("source", "via", "origin")
ABOUT = ("alias", "distinction", "correction", "approach")
Keys = set[Any]


def _filling() -> Keys:
    """What gives an event its date or place."""
    return set(Property.objects.exclude(fills="").values_list("pk", flat=True))


def _controlling() -> Keys:
    """What makes one record the voice of another."""
    rows = Property.objects.filter(confers_control=True)
    return set(rows.values_list("pk", flat=True))


class Touched(NamedTuple):
    """The records whose pages may say something else."""

    entity: Keys
    claim: Keys
    question: Keys
    source: Keys

    @property
    def owners(self) -> list[str]:
        return [
            f"{kind}:{key}"
            for kind, keys in self._asdict().items()
            for key in sorted(keys)
        ]


class Reach:
    def __init__(self, manifest: Manifest, changed: dict[str, Keys]) -> None:
        self.db = manifest.db
        self.changed = changed

    def follow(self) -> Touched:
        claims = self._claims_of_rows()
        renamed, sources = self._of("entity"), self._of("source")
        # An event's date and place are those that claims about it give.
        renamed |= self._ends(self._saying(claims, _filling()), "entity")
        # A source without a title has its publisher's name.
        sources |= self.get("id", "source", "entity", renamed)
        cited = self.get("id", "evidence", "entity", renamed)
        for role in ROLES:
            cited |= self.get("id", "evidence", role, sources)
        claims |= self.get("claim", "evidence", "id", cited)
        claims |= self._naming(renamed)
        # Who controls whom decides whose voice is an outside one.
        allies = self._ends(self._saying(claims, _controlling()), "entity", "other")
        claims |= self.get("id", "claim", "entity", allies)
        questions = self._of("question") | self._decided()
        claims |= self.get("id", "claim", "question", questions)
        return self._pages(claims, questions, renamed, sources | self._kin(sources))

    def _pages(
        self, claims: Keys, questions: Keys, entities: Keys, sources: Keys
    ) -> Touched:
        """The pages that show these claims, questions, records and sources."""
        opposed = self.get("claim", "contradiction", "counter", claims)
        opposed |= self.get("counter", "contradiction", "claim", claims)
        asked = questions | self.get("question", "claim", "id", claims | opposed)
        cited = self.get("id", "evidence", "claim", claims)
        entities = entities | self._ends(claims, "entity", "other")
        entities |= self._of_rows("entity") | self._of_rows("other")
        entities |= self.get("entity", "question", "id", asked)
        entities |= self.get("entity", "evidence", "id", cited) | self._citing(claims)
        entities |= self.get("other", "distinction", "entity", entities)
        entities |= self.get("entity", "distinction", "other", entities)
        sources = sources | self._of_rows("source")
        for role in ROLES:
            sources |= self.get(role, "evidence", "id", cited)
        # A claim's page names the others that answer its question.
        beside = self.get("id", "claim", "question", asked)
        asked |= self._siblings(self._of("question"))
        return Touched(entities, claims | opposed | beside, asked, sources)

    def get(self, wanted: str, kind: str, column: str, keys: Iterable[int]) -> Keys:
        """The `wanted` of the rows of a kind, as they are or were, with these keys."""
        found: Keys = set()
        ordered = sorted(keys)
        for start in range(0, len(ordered), CHUNK):
            chunk = ordered[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            rows = self.db.execute(
                f"SELECT {wanted} FROM row WHERE kind = ? AND {column} IN ({marks}) "
                f"AND {wanted} IS NOT NULL",
                [kind, *chunk],
            )
            found.update(key for (key,) in rows)
        return found

    def _of(self, kind: str) -> Keys:
        return set(self.changed.get(kind, ()))

    def _of_rows(self, wanted: str) -> Keys:
        """What names, corrections and approaches that changed are about."""
        return set().union(
            *(self.get(wanted, kind, "id", self._of(kind)) for kind in ABOUT)
        )

    def _claims_of_rows(self) -> Keys:
        claims = self._of("claim") | self._of_rows("claim")
        for kind in ("evidence", "preferred", "contradiction"):
            claims |= self.get("claim", kind, "id", self._of(kind))
        return claims | self.get(
            "counter", "contradiction", "id", self._of("contradiction")
        )

    def _decided(self) -> Keys:
        """Questions whose decision changed."""
        decided = self.get("question", "finding", "id", self._of("finding"))
        return decided | self.get("question", "preferred", "id", self._of("preferred"))

    def _saying(self, claims: Keys, properties: Iterable[int]) -> Keys:
        """Those of the claims that say one of these things."""
        said = {str(key) for key in properties}
        return {
            key
            for key in claims
            for (mark,) in self.db.execute(
                "SELECT mark FROM row WHERE kind = 'claim' AND id = ?", [key]
            )
            if mark in said
        }

    def _ends(self, claims: Keys, *columns: str) -> Keys:
        """What the claims are about, or what they name."""
        return set().union(
            *(self.get(column, "claim", "id", claims) for column in columns)
        )

    def _naming(self, entities: Keys) -> Keys:
        """Claims about these records, that name them, or that they were asked of."""
        return (
            self.get("id", "claim", "entity", entities)
            | self.get("id", "claim", "other", entities)
            | self.get("claim", "approach", "entity", entities)
        )

    def _kin(self, sources: Keys) -> Keys:
        """What derives from these sources, however far, and what they derive from."""
        family = self.get("source", "source", "id", sources)
        below = set(sources)
        while below:
            below = self.get("id", "source", "source", below) - family
            family |= below
        return family

    def _siblings(self, questions: Keys) -> Keys:
        """The same asked of the same record with another qualifier."""
        subjects = self.get("entity", "question", "id", questions)
        marks = self.get("mark", "question", "id", questions)
        found = self.get("id", "question", "entity", subjects)
        return {
            key for key in found if self.get("mark", "question", "id", [key]) & marks
        }

    def _citing(self, claims: Keys) -> Keys:
        """The records whose summary cites one of the claims by its address."""
        slugs = self.get("shown", "claim", "id", claims)
        summed = Entity.objects.summed_up().values_list("pk", "summary")
        return {key for key, text in summed if slugs.intersection(cited_claims(text))}
