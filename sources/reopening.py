"""What has come since the desk decided: what a decision rests on, then and today."""

from __future__ import annotations

from dataclasses import dataclass

from sources import standings
from sources.models import Evidence, Finding, Question, Source


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a decision rested on and does no more, or the other way round."""

    is_new: bool
    # Only an original source, a correction or a retraction reopens a decision.
    reopens: bool
    words: str


def since_decided(question: Question, finding: Finding) -> list[Change]:
    """What is new since the decision, what reopens it first; then what has gone."""
    considered = set(finding.considered or ())
    today = set(standings.basis(question.pk))
    merged = {key for key in considered if key.startswith(standings.MERGED)}
    new = sorted((today - considered) | merged)
    gone = sorted(considered - today - merged)
    titles = _titles(new + gone)
    quotes = _quotes(new + gone)
    changes = [_change(key, True, titles, quotes) for key in new]
    changes += [_change(key, False, titles, quotes) for key in gone]
    return sorted(changes, key=lambda one: (not one.is_new, not one.reopens))


def _change(
    key: str, is_new: bool, titles: dict[str, str], quotes: dict[str, str]
) -> Change:
    kind, slug, *rest = key.split(":")
    if kind == "evidence":
        return Change(is_new, False, quotes.get(slug, f"Evidence “{slug}”"))
    if kind == "merged":
        words = f"The question “{slug}” was decided as well, and is this one now"
        return Change(is_new, True, words)
    title = titles.get(slug, slug)
    if kind == "standing":
        return Change(is_new, is_new, f"“{title}” was {rest[0]} by its publisher")
    return Change(is_new, is_new, f"An original source: “{title}”")


def _titles(keys: list[str]) -> dict[str, str]:
    slugs = [key.split(":")[1] for key in keys if not key.startswith("evidence:")]
    return {source.slug: str(source) for source in Source.objects.slugged(slugs)}


def _quotes(keys: list[str]) -> dict[str, str]:
    slugs = [key.split(":")[1] for key in keys if key.startswith("evidence:")]
    rows = Evidence.objects.slugged(slugs).select_related("source")
    return {one.slug: str(one) for one in rows}
